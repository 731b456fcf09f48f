from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from archive.core.roles import PUBLISH
from archive.importing import describing, mapping, running, sets, undoing
from archive.importing.kinds import KINDS
from archive.importing.mapping import Map
from archive.importing.problems import Refused, Unreadable
from archive.importing.progress import for_terminal
from archive.importing.running import Order, Outcome
from archive.importing.sets import loading
from archive.importing.who import open_pairs, reviewing
from archive.importing.withdrawing import Withdrawal
from archive.models import ImportRun
from archive.search import Busy, Unavailable
from archive.serving import indexing

# what an option cannot be combined with, because it would not be read
FOR_FILES = ("kind", "map", "source", "max_lost", "publish")
UNREAD = {
    "set": (*FOR_FILES, "review", "decisions"),
    "who": (*FOR_FILES, "dry_run"),
    "undo": (*FOR_FILES, "dry_run", "review", "decisions"),
}


class Command(BaseCommand):
    help = (
        "Imports records from CSV, JSON lines or JSON, all or nothing; a second import "
        "of a file writes only what changed. archive/importing/README.md says how; "
        "--columns lists the columns."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", choices=KINDS, metavar="KIND")
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--set",
            choices=sets.names(),
            metavar="NAME",
            help=f"load and publish a shipped set: {', '.join(sets.names())}",
        )
        parser.add_argument("--source", help="the name of where the files come from")
        parser.add_argument(
            "--map", type=Path, help="a TOML file: which column is which"
        )
        parser.add_argument(
            "--max-lost",
            type=float,
            metavar="PERCENT",
            help="stop if more rows than this disappeared (5)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="try everything, write nothing"
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish; drafts otherwise"
        )
        parser.add_argument("--as", dest="username", help="the account that imports")
        parser.add_argument("--undo", type=int, metavar="RUN", help="undo this run")
        parser.add_argument(
            "--withdraw",
            metavar="REASON",
            help="with --undo: withdraw what it published, with this public reason",
        )
        parser.add_argument(
            "--review",
            type=Path,
            metavar="FILE.csv",
            help="write what must be decided about speakers into this file",
        )
        parser.add_argument(
            "--decisions",
            type=Path,
            metavar="FILE.csv",
            help="read the file, filled in",
        )
        parser.add_argument(
            "--who",
            action="store_true",
            help="only --review or --decisions, of the speakers in the archive",
        )
        parser.add_argument("--runs", action="store_true", help="list the runs")
        parser.add_argument(
            "--columns", action="store_true", help="list the columns of KIND"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_unread(options)
        if options["runs"]:
            self._print(_runs())
        elif options["columns"]:
            self._print(_columns(options["kind"]))
        elif options["who"]:
            self._who(options)
        elif options["undo"] is not None:
            self._undo(options)
        elif options["set"]:
            self._load_set(options)
        elif not options["kind"] or not options["files"]:
            raise CommandError(f"Name a kind and files. Kinds: {', '.join(KINDS)}.")
        else:
            self._import(options)

    def _print(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _import(self, options: dict[str, Any]) -> None:
        try:
            order = _order(options)
            outcome = running.run(order, for_terminal)
        except Unreadable as error:
            raise CommandError(error.sentence) from error
        except Refused as refused:
            raise self._refusal(refused) from refused
        self._print(_summary(order, outcome))
        if outcome.run:
            self._refresh_index()

    def _load_set(self, options: dict[str, Any]) -> None:
        try:
            loaded = loading.load(
                sets.read(options["set"]),
                _account(options["username"], True) if options["username"] else None,
                is_trial=options["dry_run"],
                progress=for_terminal,
            )
        except Unreadable as error:
            raise CommandError(error.sentence) from error
        except Refused as refused:
            raise self._refusal(refused) from refused
        for order, outcome in loaded:
            self._print(_summary(order, outcome, options["dry_run"]))
        if not options["dry_run"]:
            self._refresh_index()

    def _who(self, options: dict[str, Any]) -> None:
        try:
            for line in _who_is_who(options):
                self.stdout.write(line)
        except Unreadable as error:
            raise CommandError(error.sentence) from error
        except Refused as refused:
            raise self._refusal(refused) from refused
        if options["decisions"]:
            self._refresh_index()

    def _refusal(self, refused: Refused) -> CommandError:
        for line in refused.problems.lines():
            self.stderr.write(line)
        for line in refused.problems.notice_lines():
            self.stderr.write(f"Note: {line}")
        at_least = "" if refused.problems.is_complete else " at least"
        return CommandError(
            f"Nothing was written. Problems:{at_least} {refused.problems.total:,}."
        )

    def _undo(self, options: dict[str, Any]) -> None:
        number, reason = options["undo"], options["withdraw"]
        withdrawal = reason and Withdrawal(_account(options["username"], True), reason)
        try:
            counts = undoing.undo(number, withdrawal or None)
        except Refused as refused:
            raise self._refusal(refused) from refused
        done = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        self.stdout.write(f"Run {number} is undone: {done}.")
        self._refresh_index()

    def _refresh_index(self) -> None:
        """An archive without an index gets one when it is served."""
        try:
            if indexing.is_usable():
                indexing.refresh()
        except Busy:
            self.stderr.write(
                "Note: another process is writing the search index. A running server "
                "brings it up to date by itself; without one, run manage.py index."
            )
        except Unavailable:
            self.stderr.write(
                "Note: the search index is behind; manage.py index brings it up to "
                "date."
            )


def _refuse_unread(options: dict[str, Any]) -> None:
    """Options that this use of the command would pass over."""
    for name, others in UNREAD.items():
        given = [each for each in others if options[each]]
        if options[name] and given:
            option = "KIND" if given[0] == "kind" else f"--{given[0].replace('_', '-')}"
            raise CommandError(f"--{name} does not go together with {option}.")
    if options["withdraw"] and options["undo"] is None:
        raise CommandError("--withdraw needs --undo RUN.")


def _order(options: dict[str, Any]) -> Order:
    kind = KINDS[options["kind"]]
    if (options["review"] or options["decisions"]) and kind.name != "speakers":
        raise CommandError("--review and --decisions are for speakers.")
    given: Map = mapping.load(options["map"], kind.columns)
    source = " ".join((options["source"] or given.source).split())
    if source in sets.names():
        raise CommandError(
            f"{source} is a shipped set: load it with --set {source}, or name another "
            "source."
        )
    if not source or len(source) > 100:
        raise CommandError(
            "Name the source of the files: --source NAME, at most 100 characters. Ids "
            "are told apart by it."
        )
    lost = given.max_lost
    if options["max_lost"] is not None:
        lost = mapping.max_lost(options["max_lost"])
    return Order(
        kind,
        options["files"],
        replace(given, source=source, max_lost=lost),
        _account(options["username"], options["publish"]),
        options["publish"],
        options["dry_run"],
        options["review"],
        options["decisions"],
    )


def _who_is_who(options: dict[str, Any]) -> Iterator[str]:
    review, decided = options["review"], options["decisions"]
    if decided:
        account = _account(options["username"], publishes=True)
        merged, apart = open_pairs.take_decisions(decided, account)
        yield f"Merged {merged:,}, not the same {apart:,}."
    pairs = open_pairs.undecided()
    if review:
        reviewing.write(review, pairs)
        yield f"{review.name} has the {len(pairs):,} pairs that are not decided."
    elif not decided:
        for pair in pairs:
            yield f"{pair.one} — {pair.other}: {', '.join(pair.verdict.reasons)}"
        yield f"Pairs that are not decided: {len(pairs):,}."


def _account(username: str | None, publishes: bool) -> Any:
    if not username:
        if publishes:
            raise CommandError(
                "Publishing, withdrawing and merging need an editor: --as USERNAME."
            )
        return None
    users = get_user_model().objects.filter(username=username, is_active=True)
    if not (user := users.first()):
        raise CommandError(f"There is no active account {username}.")
    if publishes and not user.has_perm(PUBLISH):
        raise CommandError(f"The account {username} may not publish.")
    return user


def _summary(order: Order, outcome: Outcome, is_trial: bool = False) -> Iterator[str]:
    report = outcome.report
    yield from report.lines
    if report.line_count > len(report.lines):
        yield f"… and {report.line_count - len(report.lines):,} more lines."
    for line in outcome.problems.notice_lines():
        yield f"Note: {line}"
    done = ", ".join(
        f"{name} {count:,}" for name, count in report.counts.items() if count
    )
    if is_trial:
        yield f"Dry run, {order.kind.name}, nothing was written: {done}."
    elif outcome.run:
        yield f"Run {outcome.run.pk}, {order.kind.name}, {order.map.source}: {done}."
    else:
        yield f"Dry run, nothing was written: {done}."


def _runs() -> Iterator[str]:
    for run in ImportRun.objects.select_related("account").order_by("pk"):
        day = timezone.localtime(run.started_at)
        files = ", ".join(each["name"] for each in run.files)
        account = f" as {run.account}" if run.account else ""
        counts = ", ".join(f"{name} {count:,}" for name, count in run.counts.items())
        yield (
            f"{run.pk}  {day:%Y-%m-%d %H:%M}  {run.kind}, {run.source}{account}: "
            f"{files}: {counts} ({run.get_state_display()})"
        )


def _columns(name: str | None) -> Iterator[str]:
    """Those of a kind, or the table of all."""
    if name is None:
        yield from describing.table()
        return
    for column in KINDS[name].columns:
        aliases = f" (or {', '.join(column.aliases)})" if column.aliases else ""
        yield f"{column.name}{aliases}: {column.meaning}"
