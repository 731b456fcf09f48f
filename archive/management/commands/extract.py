"""Runs the extraction engine on a text and prints what it finds. Uses no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.extraction import ArticleDraft, Speaker, extract
from archive.extraction.model import TextKind
from archive.extraction.output import as_dict, as_line


class Command(BaseCommand):
    help = "Print the statements, speakers and proposal lists of an article."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            default="-",
            help="a text file in UTF-8; - reads standard input",
        )
        form = parser.add_mutually_exclusive_group()
        form.add_argument(
            "--json", action="store_true", help="print the whole draft as JSON"
        )
        form.add_argument(
            "--jsonl",
            action="store_true",
            help='read lines {"id", "text"}, print lines {"id", "quotes"} for the '
            "extraction scorer",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read(options["file"])
        if options["jsonl"]:
            for line in _scored(text):
                self.stdout.write(line)
            return
        draft = extract(text)
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(draft), ensure_ascii=False, indent=1))
        else:
            for line in _readable_lines(draft):
                self.stdout.write(line)


def _read(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        name = "standard input" if file == "-" else file
        raise CommandError(
            f"{name} is not UTF-8: byte {error.start} cannot be decoded."
        ) from error


def _scored(text: str) -> Iterator[str]:
    """Yields one line of JSON for each line of JSON. Only LF ends a line: the texts may
    contain other line separators.
    """
    for line_number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            identifier, article = record["id"], record["text"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CommandError(
                f'Line {line_number} is not a JSON object with "id" and "text".'
            ) from error
        if not isinstance(article, str):
            raise CommandError(f'Line {line_number}: "text" is not a string.')
        yield json.dumps(
            as_line(identifier, article, extract(article)), ensure_ascii=False
        )


def _readable_lines(draft: ArticleDraft) -> Iterator[str]:
    """Yields the draft as lines for people to read."""
    if draft.kind is not TextKind.ARTICLE:
        yield f"This text is read as: {draft.kind.value}."
    if draft.language != "en":
        yield (
            f"This text is not English ({draft.language}): only its marked quotations "
            "are given."
        )
    for statement in draft.statements:
        words = " […] ".join(p.exact for p in statement.passages)
        yield f"{statement.form.value:10} {_speaker_line(statement.speaker)}: {words}"
    for proposals in draft.lists:
        issuer = _speaker_line(proposals.issuer) if proposals.issuer else "not named"
        addressee = f", to {proposals.addressee.exact}" if proposals.addressee else ""
        yield f"list       by {issuer}{addressee}"
        for item in proposals.items:
            yield f"           {item.number}. {item.passage.exact}"
    if not (draft.statements or draft.lists):
        yield "Nothing found."


def _speaker_line(speaker: Speaker) -> str:
    if speaker.name:
        confidence = "" if speaker.confidence >= 0.8 else f" ({speaker.confidence:.0%})"
        return speaker.name + confidence
    maybe = ", ".join(c.name for c in speaker.candidates[:3])
    printed = speaker.mention.exact if speaker.mention else "speaker not found"
    return f"{printed} (perhaps {maybe})" if maybe else printed
