"""The cards of the workbench: each suggestion with the record that came of it, as the
templates show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from archive.core.dates import Precision
from archive.desk.desk import Desk, token
from archive.desk.labels import (
    ARTICLE_DATE,
    FRAGMENT,
    LABELS,
    NO_MARKS,
    PRINTED,
    WHO,
)
from archive.desk.speaking import Speaking
from archive.desk.values import EARLIER, EDITS
from archive.editing.workflow import change_url
from archive.models import Suggestion, SuggestionKind, SuggestionState, Topic
from policies.models import Proposal
from statements.models import Statement
from statements.models.statements import VERBATIM

DATE_FIELDS = ("said_on", "issued_on")
PLAIN_FIELDS: dict[str, tuple[str, ...]] = {
    SuggestionKind.STATEMENT: (
        *("form", "attribution", "occasion", "said_precision", "said_is_inferred"),
        *("text", "context", "marks_exception"),
    ),
    SuggestionKind.PROPOSAL: ("title", "text"),
    SuggestionKind.LIST: ("title", "introduction"),
}


@dataclass
class Card(Speaking):
    desk: Desk
    suggestion: Suggestion
    is_expanded: bool = False
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    has_doubts: bool = False
    unsaved: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pk(self) -> int:
        return self.suggestion.pk

    @property
    def kind(self) -> str:
        return self.suggestion.kind

    @property
    def state(self) -> str:
        return self.suggestion.state

    @property
    def is_open(self) -> bool:
        return self.state == SuggestionState.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.state == SuggestionState.ACCEPTED

    @cached_property
    def record(self) -> Any:
        return self.desk.records.get((self.kind, self.suggestion.record_uid))

    @property
    def token(self) -> str:
        return token(self.suggestion, self.record.updated_at if self.record else None)

    @property
    def saved(self) -> str:
        """When the record was saved last."""
        return self.token.partition(".")[2]

    @cached_property
    def passages(self) -> list[tuple[int, int, str]]:
        text = self.suggestion.version.text
        return [(start, end, text[start:end]) for start, end in self.suggestion.spans]

    @cached_property
    def values(self) -> dict[str, Any]:
        """The fields as they are shown: what was typed, else what is stored."""
        own = dict(self.suggestion.values)
        edits = own.pop(EDITS, {})
        if self.record is not None:
            own = own | self._of_record(self.record) | edits
        return own | dict(self.unsaved)

    @property
    def has_edits(self) -> bool:
        """Whether something is typed that the record does not have yet."""
        return bool(self.suggestion.values.get(EDITS))

    def _of_record(self, record: Any) -> dict[str, Any]:
        values = {name: getattr(record, name) for name in PLAIN_FIELDS[self.kind]}
        for name in DATE_FIELDS:
            if hasattr(record, name):
                day = getattr(record, name)
                values[name] = day.isoformat() if day else ""
        if hasattr(record, "topics"):
            values["topics"] = [str(topic.pk) for topic in record.topics.all()]
        if hasattr(record, "addressed_to"):
            values["addressed_to"] = str(record.addressed_to or "")
        if self.kind == SuggestionKind.LIST:
            values["is_complete"] = {None: "unknown", True: "true", False: "false"}[
                record.is_complete
            ]
            for number, proposal in enumerate(self.items):
                values[f"item-{number}-title"] = proposal.title
        return {**values, "speaker": "", "speaker_other": "", "topics_other": ""}

    @property
    def items(self) -> list[Proposal]:
        return sorted(self.record.proposals.all(), key=lambda each: each.number or 0)

    @property
    def can_go_back(self) -> bool:
        """Whether a change of the words can be undone."""
        return bool(self.suggestion.values.get(EARLIER))

    @property
    def sign(self) -> str:
        """The class of the sign of the state."""
        if self.record is not None:
            return str(self.record.status)
        return "withdrawn" if self.state == SuggestionState.REJECTED else "open"

    @property
    def state_name(self) -> str:
        record = self.record
        return str(
            record.get_status_display()
            if record is not None
            else self.suggestion.get_state_display()
        )

    @property
    def has_more(self) -> bool:
        """Whether the fields that are rarely needed are filled in, or wrong."""
        names = ("context", "marks_exception")
        return any(self.values.get(name) or name in self.errors for name in names)

    # a statement

    @property
    def is_verbatim(self) -> bool:
        return self.values.get("form") in VERBATIM

    @property
    def needs_sentence(self) -> bool:
        return self.values.get("form") != "direct"

    @property
    def topics(self) -> list[tuple[Topic, bool]]:
        """Suggested topics, and whether each is chosen."""
        chosen = self.values.get("topics", [])
        return [(each, str(each.pk) in chosen) for each in self.desk.topics]

    @property
    def positions(self) -> list[Any]:
        return list(self.record.positions.all()) if self.record else []

    @property
    def other_statements(self) -> list[Statement]:
        """Further evidence for a position: what the same speaker says here."""
        return [
            record
            for (kind, _uid), record in self.desk.records.items()
            if kind == SuggestionKind.STATEMENT
            and record.pk != self.record.pk
            and record.speaker_id == self.record.speaker_id
        ]

    @property
    def other_people(self) -> list[Any]:
        """The other speakers of the article's records, for a position that these words
        report.
        """
        names = ("speaker", "issued_by", "proposed_by")
        people = {
            getattr(record, name)
            for record in self.desk.records.values()
            for name in names
            if getattr(record, name, None)
        }
        return sorted(people - {self.speaker}, key=str)

    @property
    def people_choices(self) -> list[tuple[int, Any]]:
        return [(each.pk, each) for each in self.other_people]

    @property
    def proposal_choices(self) -> list[tuple[int, str]]:
        return [(each.pk, each.title) for each in self.desk.proposals]

    @property
    def basis(self) -> str:
        return "own_words" if self.is_verbatim else "reported"

    # texts

    @property
    def title(self) -> str:
        if self.kind == SuggestionKind.STATEMENT:
            labels = {
                "direct": _("Direct quotation"),
                "partial": _("Partial quotation"),
                "indirect": _("Reported, not verbatim"),
                "collective": _("Attributed to a group"),
            }
            return labels.get(self.values.get("form", ""), _("Statement"))
        return str(SuggestionKind(self.kind).label)

    @property
    def record_url(self) -> str:
        return change_url(self.record)

    def label(self, name: str) -> str:
        return str(LABELS[self.kind][name][0])

    def hint(self, name: str) -> str:
        """What helps to fill in the field: what the article says, else what it is."""
        day = self.desk.article.published_on
        if name in DATE_FIELDS and day:
            return str(ARTICLE_DATE) % day.isoformat()
        printed = self.values.get("addressed_to_printed", "")
        if name == "addressed_to" and printed:
            return str(PRINTED) % printed
        if name == "speaker_other" and self.speaker_name:
            return self.speaker_name
        if name == "text" and self.kind == SuggestionKind.STATEMENT:
            return str(FRAGMENT if self.is_verbatim else NO_MARKS)
        return str(LABELS[self.kind][name][1])

    @property
    def who_label(self) -> str:
        return str(WHO[self.kind])

    @property
    def sides(self) -> list[tuple[str, str, str, str]]:
        """The ends of a passage, and what the buttons that move them do."""
        return [
            (
                "start",
                _("Start"),
                _("Start one word earlier"),
                _("Start one word later"),
            ),
            ("end", _("End"), _("End one word earlier"), _("End one word later")),
        ]

    @property
    def precisions(self) -> list[tuple[str, Any]]:
        return list(Precision.choices)


def cards(desk: Desk, expanded: Iterable[int] = ()) -> list[Card]:
    opened = set(expanded)
    return [Card(desk, each, each.pk in opened) for each in desk.suggestions]
