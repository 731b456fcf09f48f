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
from archive.desk.people import Choice, folded, near
from archive.desk.values import (
    EARLIER,
    EDITS,
    EVIDENCE,
    FIELDS,
    ITEM,
    OF_POSITION,
    POSITION,
    who,
)
from archive.editing.workflow import change_url
from archive.models import Suggestion, SuggestionKind, SuggestionState, Topic
from policies.models import Proposal
from statements.models import Statement
from statements.models.statements import VERBATIM

MAX_PEOPLE = 10  # of the article, beside the engine's candidates
# fields at which the card shows no message
NO_PLACE = {"said_precision", "said_is_inferred", "topics_other", "is_complete"}
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
class Card:
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

    # who

    @property
    def speaker(self) -> Any:
        """The record's speaker, issuer or proposer."""
        names = ("speaker", "issued_by", "proposed_by")
        record = self.record
        return next((getattr(record, n) for n in names if hasattr(record, n)), None)

    @cached_property
    def sure(self) -> Choice | None:
        return self.desk.people.sure(self.suggestion.speakers)

    @cached_property
    def choice(self) -> str:
        """The value of the chosen speaker; "" while nobody is."""
        chosen = who(self.values)
        return chosen or (self.sure.value if self.sure and not self.record else "")

    @property
    def needs_choice(self) -> bool:
        """Whether the editor must choose the speaker before accepting."""
        is_optional = self.kind == SuggestionKind.PROPOSAL
        return self.is_open and not is_optional and self.sure is None

    @cached_property
    def choices(self) -> list[Choice]:
        """The engine's candidates, speakers with nearly the typed name, then the other
        people of the article.
        """
        people = self.desk.people
        choices = people.choices(self.suggestion.speakers)
        if "speaker" in self.errors:
            choices += near(self.values.get("speaker_other") or self._first_name)
        listed = {folded(each.name) for each in choices}
        others = [
            people.choice(name, kind)
            for name, kind in self.desk.names.items()
            if folded(name) not in listed
        ]
        choices += others[:MAX_PEOPLE]
        return list({each.value: each for each in choices}.values())

    @property
    def _first_name(self) -> str:
        speakers = self.suggestion.speakers
        return speakers[0]["name"] if speakers else ""

    @property
    def why(self) -> str:
        """The words of the article that say who speaks."""
        printed, cue = (self.values.get(name, "") for name in ("attribution", "cue"))
        if not printed and not cue:
            return ""
        return _("The article: “%s”") % " … ".join(filter(None, [printed, cue]))

    @property
    def speaker_name(self) -> str:
        if self.values.get("speaker_other"):
            return str(self.values["speaker_other"])
        if self.choice:
            return next(
                (each.name for each in self.choices if each.value == self.choice),
                self.choice.rpartition(":")[2],
            )
        return str(self.speaker or "")

    @property
    def is_new_speaker(self) -> bool:
        return self.choice.startswith("new:")

    @property
    def kind_of_new(self) -> str:
        """The kind of speaker that a typed name would be."""
        if chosen := self.values.get("speaker_kind"):
            return str(chosen)
        speakers = self.suggestion.speakers
        if self.kind == SuggestionKind.LIST or self.values.get("form") == "collective":
            return "group" if self.values.get("form") else "organization"
        return str(speakers[0]["kind"]) if speakers else "person"

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

    @property
    def date_hint(self) -> str:
        """The article's date, which most statements share."""
        day = self.desk.article.published_on
        return _("the article is of %s") % day.isoformat() if day else ""

    @property
    def addressee_hint(self) -> str:
        """How the article names the addressee."""
        printed = self.values.get("addressed_to_printed", "")
        return _("printed: “%s”") % printed if printed else ""

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


def shown_errors(
    suggestion: Suggestion, errors: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The errors at the fields that the card shows; all others at the whole card."""
    names = {"words", "exact", "speaker", "topics", *FIELDS[suggestion.kind]}
    if suggestion.state == SuggestionState.ACCEPTED:
        names |= {*OF_POSITION, EVIDENCE, POSITION}
    result: dict[str, list[str]] = {}
    for name, messages in errors.items():
        is_shown = name in names - NO_PLACE or ITEM.fullmatch(name)
        result.setdefault(name if is_shown else "", []).extend(messages)
    return result


def cards(desk: Desk, expanded: Iterable[int] = ()) -> list[Card]:
    opened = set(expanded)
    return [Card(desk, each, each.pk in opened) for each in desk.suggestions]
