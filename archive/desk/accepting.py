"""What an editor does with a suggestion. Accepting creates a draft record by the
functions of the admin; each action is one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.core.publishing import Status
from archive.core.rules import take_turn
from archive.desk.reading import MODELS
from archive.desk.related import addressee, name_of, speaker_of, topics
from archive.desk.values import (
    AT_ONCE,
    EDITS,
    MOVED,
    POSITION,
    for_record,
    merged,
    who,
)
from archive.editing.authorship import may_change
from archive.editing.saving import Invalid, save
from archive.models import (
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from policies.models import Proposal, ProposalList
from statements.models import Statement


def record_of(suggestion: Suggestion) -> Any:
    """The record that came of it; None if there is none."""
    model = MODELS[suggestion.kind]
    uid = suggestion.record_uid
    return model.objects.filter(uid=uid).first() if uid else None


@transaction.atomic
def accept(request: HttpRequest, suggestion: Suggestion, values: dict[str, Any]) -> Any:
    """Saves the suggestion as a draft record, or changes the record that came of it;
    returns the record. Raises Invalid.
    """
    take_turn()
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if locked.state == SuggestionState.REJECTED:
        raise Invalid({"": [_("Somebody has rejected it meanwhile: undo that first.")]})
    before = dict(locked.values)
    edits = before.pop(EDITS, {})
    edits.pop(MOVED, None)
    values = {**edits, **values}
    if locked.state != SuggestionState.ACCEPTED:
        values = before | values
    record = _ACCEPT[locked.kind](request, locked, values, record_of(locked))
    locked.change(
        request.user,
        state=SuggestionState.ACCEPTED,
        record_uid=record.uid,
        values={**before, **values, "confirmed": ""},
    )
    return record


@transaction.atomic
def keep(
    request: HttpRequest,
    suggestion: Suggestion,
    values: dict[str, Any],
    seen: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Stores what was typed so far. Of an accepted suggestion these are edits that the
    record does not have yet. `seen` are the values that the form showed before; returns
    what somebody else had stored meanwhile in the same fields.
    """
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    values = {name: each for name, each in values.items() if name not in AT_ONCE}
    edits = locked.values.get(EDITS, {})
    values, theirs = merged(values, seen or {}, {**locked.values, **edits})
    position = values.pop(POSITION, None)
    if locked.state == SuggestionState.ACCEPTED and values:
        values = {EDITS: {**edits, **values}}
    if position is not None:
        values[POSITION] = position
    locked.change(request.user, values={**locked.values, **values})
    return theirs


SPREAD = ("said_on", "said_precision", "said_is_inferred", "occasion", "topics")


@transaction.atomic
def spread(request: HttpRequest, suggestion: Suggestion) -> list[Suggestion]:
    """Gives date, occasion and topics of one card to the other open statements of its
    speaker; returns these.
    """
    values = {**suggestion.values, **suggestion.values.get(EDITS, {})}
    given = {name: values[name] for name in SPREAD if values.get(name)}
    name = name_of(suggestion)
    rows = Suggestion.objects.filter(
        article=suggestion.article, kind=SuggestionKind.STATEMENT
    )
    others = [
        row
        for row in rows.open().exclude(pk=suggestion.pk)
        if name and name_of(row) == name
    ]
    for row in others:
        row.change(request.user, values={**row.values, **given})
    return others


def reject(request: HttpRequest, suggestion: Suggestion) -> None:
    if suggestion.state == SuggestionState.ACCEPTED:
        raise Invalid({"": [_("It is accepted: undo that first.")]})
    suggestion.change(request.user, state=SuggestionState.REJECTED)


@transaction.atomic
def reopen(request: HttpRequest, suggestion: Suggestion) -> None:
    """Undoes a rejection, or deletes the draft that came of it, with its positions.
    What was typed and not yet saved in the draft stays.
    """
    take_turn()
    if record := record_of(suggestion):
        _delete(request, suggestion, record)
    values = dict(suggestion.values)
    edits = values.pop(EDITS, {})
    edits.pop(MOVED, None)
    suggestion.change(
        request.user,
        state=SuggestionState.OPEN,
        record_uid="",
        values={**values, **edits},
    )


def _delete(request: HttpRequest, suggestion: Suggestion, record: Any) -> None:
    if not may_change(request.user, record):
        raise PermissionDenied
    proposals = (
        list(record.proposals.all())
        if suggestion.kind == SuggestionKind.LIST
        else [record]
        if suggestion.kind == SuggestionKind.PROPOSAL
        else []
    )
    if any(
        each.first_published_at or each.status != Status.DRAFT
        for each in [record, *proposals]
    ):
        raise Invalid({"": [_("It is no longer a draft, so it cannot be undone.")]})
    try:
        if suggestion.kind == SuggestionKind.STATEMENT:
            _drop_positions(request, record)
        for each in proposals:
            each.delete()
        if record.pk:
            record.delete()
    except ProtectedError:
        message = _("Other records rest on it: remove these first.")
        raise Invalid({"": [message]}) from None


def _drop_positions(request: HttpRequest, statement: Statement) -> None:
    """Deletes the draft positions that rest on this statement alone; none that others
    recorded or that is no longer a draft loses its evidence.
    """
    for position in statement.positions.all():
        if position.status != Status.DRAFT or not may_change(request.user, position):
            message = _("A position of somebody else or in review rests on it: “%s”.")
            raise Invalid({"": [message % position]})
        if position.evidence.count() == 1:
            position.delete()


def _statement(
    request: HttpRequest,
    suggestion: Suggestion,
    values: dict[str, Any],
    record: Statement | None,
) -> Any:
    fields = for_record(suggestion.kind, values)
    if fields.get("form") == "direct":
        fields["text"] = ""  # PostgreSQL fills it in from the passages
    elif "form" in fields and not str(values.get("text", "")).strip():
        raise Invalid({"text": [_("Write our own sentence first.")]})
    fields |= topics(request, values)
    if record is None:
        fields["article"] = str(suggestion.article_id)
    if record is None or who(values):
        fields["speaker"] = str(speaker_of(request, suggestion, values).pk)
    text = suggestion.version.text
    return save(request, Statement, fields, record, _spans(suggestion), text).record


def _proposal(
    request: HttpRequest,
    suggestion: Suggestion,
    values: dict[str, Any],
    record: Proposal | None,
) -> Any:
    fields = for_record(suggestion.kind, values) | topics(request, values)
    if record is None:
        fields["article"] = str(suggestion.article_id)
    if who(values):
        fields["proposed_by"] = str(speaker_of(request, suggestion, values).pk)
    fields |= addressee(request, suggestion, values)
    text = suggestion.version.text
    return save(request, Proposal, fields, record, _spans(suggestion), text).record


def _list(
    request: HttpRequest,
    suggestion: Suggestion,
    values: dict[str, Any],
    record: ProposalList | None,
) -> Any:
    fields = for_record(suggestion.kind, values)
    if record is None:
        fields["article"] = str(suggestion.article_id)
    if record is None or who(values):
        fields["issued_by"] = str(speaker_of(request, suggestion, values).pk)
    fields |= addressee(request, suggestion, values)
    saved = save(request, ProposalList, fields, record).record
    _items(request, suggestion, values, saved)
    return saved


def _items(
    request: HttpRequest,
    suggestion: Suggestion,
    values: Mapping[str, Any],
    record: ProposalList,
) -> None:
    """Creates or changes the proposals of the list, one for each span in order."""
    stored = {each.number: each for each in record.proposals.all()}
    _must_be_same_words(suggestion, stored)
    errors: dict[str, list[str]] = {}
    for index, span in enumerate(_spans(suggestion)):
        proposal = stored.pop(index + 1, None)
        title = str(values.get(f"item-{index}-title", "")).strip()
        fields: dict[str, Any] = {"title": title} if title or not proposal else {}
        if proposal is None:
            fields |= {"proposal_list": str(record.pk), "number": str(index + 1)}
        try:
            save(request, Proposal, fields, proposal, [span], suggestion.version.text)
        except Invalid as invalid:
            messages = [one for each in invalid.errors.values() for one in each]
            errors[f"item-{index}-title"] = messages
    for proposal in stored.values():
        _drop_proposal(request, proposal)
    if errors:
        raise Invalid(errors)


def _must_be_same_words(
    suggestion: Suggestion, stored: Mapping[int | None, Proposal]
) -> None:
    """No proposal, with its title and positions, gets the words of another one."""
    for number, span in enumerate(_spans(suggestion), 1):
        rows = stored[number].passages.all() if number in stored else ()
        words = [
            (row.start, row.end)
            for row in rows
            if row.version_id == suggestion.version_id
        ]
        if words and not any(a < span[1] and span[0] < b for a, b in words):
            message = _(
                "Proposal %d would get the words of another one. Undo the change of "
                "the words: in a list that is accepted, only the last proposal can be "
                "left out, and words can only be added at its end."
            )
            raise Invalid({"words": [message % number]})


def _drop_proposal(request: HttpRequest, proposal: Proposal) -> None:
    message = _("Proposal %d is no longer a draft of yours: it cannot be left out.")
    is_draft = proposal.status == Status.DRAFT and not proposal.first_published_at
    if not is_draft or not may_change(request.user, proposal):
        raise Invalid({"words": [message % (proposal.number or 0)]})
    try:
        proposal.delete()
    except ProtectedError:
        message = _("Other records rest on proposal %d: remove these first.")
        raise Invalid({"words": [message % (proposal.number or 0)]}) from None


def _spans(suggestion: Suggestion) -> Sequence[tuple[int, int]]:
    return [(start, end) for start, end in suggestion.spans]


_ACCEPT: dict[str, Any] = {
    SuggestionKind.STATEMENT: _statement,
    SuggestionKind.PROPOSAL: _proposal,
    SuggestionKind.LIST: _list,
}
