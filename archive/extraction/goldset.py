"""Reads articles and their expected findings, in a format that people can read and
write.

    # What the article tests.
    The text, one paragraph per line.
    =====
    direct   Jane Roe: It is late, […] We go.
    indirect ?: the bridge is closed
    list     Jane Roe -> the council (open)
    - the first item, without its bullet

Speakers are names as the engine gives them, or "?" if it must not name anybody. "[…]"
separates the passages of one statement. A list is open (says that there is more), whole
(says that it is all) or unstated; "-" means that there is no issuer or addressee.
The engine must find nothing else.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from archive.extraction.model import ArticleDraft, ProposalList, Speaker

SEPARATOR = "====="
_JOINT = " […] "
_COMPLETE = {False: "open", True: "whole", None: "unstated"}


@dataclass(frozen=True, slots=True)
class Article:
    """One article and its expected findings, each as one line of text."""

    name: str
    about: str
    text: str
    expected: tuple[str, ...]


def read(path: Path) -> Article:
    """Parses one file (UTF-8). Raises ValueError if no line consists of five equals
    signs.
    """
    head, separator, tail = path.read_text(encoding="utf-8").partition(
        f"\n{SEPARATOR}\n"
    )
    if not separator:
        raise ValueError(f"{path.name} has no line {SEPARATOR}.")
    lines = head.split("\n")
    comments = [line for line in lines if line.startswith("# ")]
    text = "\n".join(line for line in lines if not line.startswith("# "))
    about = " ".join(line[2:] for line in comments)
    return Article(path.stem, about, text.strip("\n"), tuple(_expected(tail)))


def _expected(tail: str) -> list[str]:
    """Returns the expected findings with whitespace normalized; a list and its items
    form one line.
    """
    expected: list[str] = []
    for line in filter(str.strip, tail.split("\n")):
        if line.startswith("- ") and expected:
            expected[-1] += "\n" + line
        else:
            kind, _, rest = line.partition(" ")
            expected.append(f"{kind} {rest.strip()}")
    return expected


def findings(draft: ArticleDraft) -> list[str]:
    """Returns what the engine found, in the same form."""
    statements = [
        f"{s.form.value} {_name(s.speaker)}: {_JOINT.join(p.exact for p in s.passages)}"
        for s in draft.statements
    ]
    return statements + [_list(entry) for entry in draft.lists]


def _name(speaker: Speaker | None) -> str:
    return (speaker.name if speaker else None) or "?"


def _list(entry: ProposalList) -> str:
    issuer = _name(entry.issuer) if entry.issuer else "-"
    addressee = entry.addressee.exact if entry.addressee else "-"
    head = f"list {issuer} -> {addressee} ({_COMPLETE[entry.is_complete]})"
    return "\n".join([head, *(f"- {item.passage.exact}" for item in entry.items)])


def compare(article: Article, draft: ArticleDraft) -> dict[str, tuple[int, int, int]]:
    """Returns kind of finding -> (right, actual, expected). Right means that words,
    pieces, form and speaker match exactly.
    """
    expected, actual = Counter(article.expected), Counter(findings(draft))
    right = expected & actual
    kinds = {line.split(" ", 1)[0] for line in [*expected, *actual]}
    return {
        kind: (_count(right, kind), _count(actual, kind), _count(expected, kind))
        for kind in sorted(kinds)
    }


def _count(lines: Counter[str], kind: str) -> int:
    return sum(count for line, count in lines.items() if line.split(" ", 1)[0] == kind)
