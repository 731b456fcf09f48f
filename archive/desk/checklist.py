"""What keeps an article's records from readers, each with a link to where it is mended.

One line a record: the database is asked by a try-out in which all of them are
published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from archive.core.publishing import Status
from archive.desk import tryout
from archive.editing import workflow
from archive.editing.below import records_below
from archive.editing.history import state_tokens
from archive.editing.steps import key_of
from archive.editing.workflow import change_url
from archive.models import Article, Suggestion
from archive.wording import cuts
from policies.confirmation import may_confirm
from policies.models import Position
from statements.models import StatementPassage

UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
ON_CARDS = ("statement", "proposal", "proposallist")


@dataclass(frozen=True)
class Note:
    """`is_refusal`: the database would refuse the record for this reason."""

    text: str
    url: str
    is_refusal: bool = False


@dataclass
class Line:
    """`is_offered`: this account may take the step with the record; `is_to_confirm`: it
    may confirm this inference as the second person; `token` differs whenever the record
    or its passages do.
    """

    record: Any
    url: str
    is_offered: bool
    token: str = ""
    notes: list[Note] = field(default_factory=list)
    is_to_confirm: bool = False
    is_ticked: bool = False

    @property
    def key(self) -> str:
        return key_of(self.record)

    @property
    def name(self) -> str:
        return str(self.record) if str(self.record) != "“”" else _("(no words yet)")

    @property
    def about(self) -> Any:
        """Who or what the name of the record does not mention."""
        names = ("proposal", "speaker", "issued_by", "put_forward_by")
        given = (getattr(self.record, name, None) for name in names)
        return next((each for each in given if each), "")

    @property
    def is_refused(self) -> bool:
        return any(note.is_refusal for note in self.notes)


@dataclass(frozen=True)
class Group:
    title: str
    lines: list[Line]


class Checklist:
    """The records of an article that readers do not see, for the step that `user` may
    take with them; `chosen` are the keys that were ticked, None before a choice.
    """

    def __init__(
        self, article: Article, user: Any, step: str, chosen: set[str] | None = None
    ) -> None:
        self.article, self.user, self.step = article, user, step
        self.records = [article, *records_below(article)]
        self.on_cards = set(
            Suggestion.objects.filter(article=article)
            .exclude(record_uid="")
            .values_list("record_uid", flat=True)
        )
        hidden = [each for each in self.records if each.status in UNPUBLISHED]
        tokens = state_tokens(hidden)
        self.lines = [self._line(record, tokens[record]) for record in hidden]
        self._add_notes()
        for line in self.lines:
            ticked = not line.is_refused if chosen is None else line.key in chosen
            line.is_ticked = ticked and line.is_offered

    @property
    def groups(self) -> list[Group]:
        by_kind: dict[Any, list[Line]] = {}
        for line in self.lines:
            by_kind.setdefault(type(line.record), []).append(line)
        return [Group(_title(model, each), each) for model, each in by_kind.items()]

    @property
    def offered(self) -> list[Line]:
        return [line for line in self.lines if line.is_offered]

    @property
    def ticked(self) -> list[Any]:
        return [line.record for line in self.lines if line.is_ticked]

    @property
    def public(self) -> list[Any]:
        return [each for each in self.records if each.is_public]

    @property
    def recallable(self) -> list[Any]:
        """What this account may take back from review."""
        return [
            each for each in self.records if workflow.open_to(self.user, "recall", each)
        ]

    def place(self, record: Any) -> str:
        """Where the record is mended: its card on the desk, else its form."""
        if record._meta.model_name in ON_CARDS and record.uid in self.on_cards:
            desk = reverse("admin:desk_article", args=[self.article.uid])
            return f"{desk}#record-{record.uid}"
        return change_url(record)

    def orphans(self) -> list[tuple[Any, str]]:
        """The ticked records that readers would not see, because what they belong to is
        neither public nor ticked, each with a sentence.
        """
        ticked = self.ticked
        return [
            (record, _("Publish “%s”, too: readers do not see it without.") % parent)
            for record in ticked
            for name in record.hangs_from
            if (parent := getattr(record, name)) is not None
            and parent.status != Status.PUBLISHED
            and parent not in ticked
        ]

    def changed(self, seen: Iterable[str]) -> list[Any]:
        """The ticked records that are not as `seen`, pairs of key and token, says."""
        tokens = dict(each.split("|", 1) for each in seen if "|" in each)
        return [
            line.record
            for line in self.lines
            if line.is_ticked and tokens.get(line.key, line.token) != line.token
        ]

    def _line(self, record: Any, token: str) -> Line:
        offered = workflow.open_to(self.user, self.step, record)
        return Line(record, self.place(record), offered, token)

    def _add_notes(self) -> None:
        refused = tryout.refusals([line.record for line in self.lines])
        sentences = {key_of(record): sentence for record, sentence in refused}
        hints = cut_quotations([line.record for line in self.lines])
        for line in self.lines:
            record = line.record
            if isinstance(record, Article):
                line.notes += missing(record)
            if waits_for_second_person(record):
                line.notes.append(self._second_person(record))
                line.is_to_confirm = line.is_offered and may_confirm(record, self.user)
            elif line.key in sentences:
                line.notes.append(Note(sentences[line.key], line.url, True))
            line.notes += [Note(each, line.url) for each in hints.get(line.key, ())]

    def _second_person(self, position: Position) -> Note:
        if may_confirm(position, self.user):
            url = reverse("admin:policies_position_confirm", args=[position.pk])
            back = reverse("admin:desk_publish", args=[self.article.uid])
            sentence = _("Read this inference of %s, and confirm it as second person.")
            return Note(sentence % position.recorded_by, f"{url}?next={back}", True)
        sentence = _("A second person must confirm this inference; %s recorded it.")
        return Note(sentence % position.recorded_by, change_url(position), True)


def _title(model: Any, lines: Sequence[Line]) -> str:
    names = model._meta
    return capfirst(
        names.verbose_name if len(lines) == 1 else names.verbose_name_plural
    )


def waits_for_second_person(record: Any) -> bool:
    return (
        isinstance(record, Position)
        and record.is_inferred
        and record.reviewed_by_id is None
    )


def missing(article: Article) -> Iterator[Note]:
    """What a reader would miss in the article, each with its field."""
    for name, field_name in workflow.missing_fields(article):
        sentence = _("It has no %s.") % name
        if field_name == "text":
            url = reverse("admin:archive_article_new_version", args=[article.pk])
            yield Note(sentence, url)
        else:
            yield Note(sentence, f"{change_url(article)}#id_{field_name}")


def cut_quotations(records: Iterable[Any]) -> dict[str, list[str]]:
    """The direct statements that leave out words of their quotation, by key."""
    hints: dict[str, list[str]] = {}
    ranges: dict[int, list[tuple[int, int]]] = {}
    direct = [each for each in records if getattr(each, "is_direct", False)]
    passages = StatementPassage.objects.filter(statement__in=direct).select_related(
        "version", "statement"
    )
    for passage in passages:
        version = passage.version
        if version.pk not in ranges:
            rows = version.quotation_ranges.values_list("start", "end")
            ranges[version.pk] = list(rows)
        cut = cuts.cut(version.text, ranges[version.pk], passage.start, passage.end)
        if cut:
            hints.setdefault(key_of(passage.statement), []).append(_leaves_out(cut))
    return hints


def _leaves_out(cut: cuts.Cut) -> str:
    sentence = _("It is cut out of: “%s”.") % cut.whole
    if cut.turning:
        sentence += " " + _("It leaves out: %s.") % ", ".join(cut.turning)
    return sentence
