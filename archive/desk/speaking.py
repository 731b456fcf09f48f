"""Who speaks on a card: the choice, the people to choose from, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from archive.desk.desk import Desk
from archive.desk.people import RECORD, Choice, folded, near
from archive.desk.values import who
from archive.models import Suggestion, SuggestionKind, SuggestionState

MAX_PEOPLE = 10  # of the article, beside the engine's candidates


class Speaking:
    """The part of a card that is about its speaker, issuer or proposer."""

    desk: Desk
    suggestion: Suggestion
    errors: Mapping[str, Sequence[str]]

    @property
    def record(self) -> Any:
        raise NotImplementedError

    @property
    def values(self) -> dict[str, Any]:
        raise NotImplementedError

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
        if chosen := who(self.values):
            return chosen
        if self.record is not None:
            return f"{RECORD}{self.speaker.pk}" if self.speaker else ""
        return self.sure.value if self.sure else ""

    @property
    def needs_choice(self) -> bool:
        """Whether the editor must choose the speaker before accepting."""
        is_optional = self.suggestion.kind == SuggestionKind.PROPOSAL
        is_open = self.suggestion.state == SuggestionState.OPEN
        return is_open and not is_optional and self.sure is None

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
        if self.speaker:
            choices.insert(0, Choice(f"{RECORD}{self.speaker.pk}", self.speaker.name))
        return list({each.value: each for each in reversed(choices)}.values())[::-1]

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
        if (
            self.suggestion.kind == SuggestionKind.LIST
            or self.values.get("form") == "collective"
        ):
            return "group" if self.values.get("form") else "organization"
        return str(speakers[0]["kind"]) if speakers else "person"
