"""Where people stand, entered at the statement that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.core.publishing import Status
from archive.desk.accepting import record_of
from archive.desk.values import POSITION
from archive.editing.addresses import is_key
from archive.editing.authorship import may_change
from archive.editing.saving import Invalid, save
from archive.models import Suggestion
from policies.models import Position, Proposal


@transaction.atomic
def add_position(
    request: HttpRequest, suggestion: Suggestion, data: Mapping[str, Any]
) -> Position:
    """Records where the statement's speaker stands on a proposal. `data` are the fields
    of the position's form; `other` names a proposal that the form does not offer.
    """
    statement = record_of(suggestion)
    if statement is None:
        raise Invalid({"position": [_("Accept the statement first.")]})
    proposal = _chosen_proposal(data)
    fields = {
        "speaker": data.get("speaker") or str(statement.speaker_id),
        "proposal": str(proposal.pk),
        "evidence": [str(statement.pk), *data.get("evidence", ())],
        **{
            name: data.get(name, "")
            for name in ("stance", "basis", "conditions", "rationale")
        },
    }
    position: Position = save(request, Position, fields).record
    values = dict(suggestion.values)
    values.pop(POSITION, None)
    suggestion.change(request.user, values=values)
    return position


def remove_position(request: HttpRequest, suggestion: Suggestion, uid: str) -> None:
    statement = record_of(suggestion)
    rows = statement.positions.all() if statement else Position.objects.none()
    position = rows.filter(uid=uid).first()  # only what rests on this statement
    if position is None or not may_change(request.user, position):
        raise PermissionDenied
    if position.first_published_at or position.status != Status.DRAFT:
        raise Invalid({"": [_("It is no longer a draft: withdraw it instead.")]})
    position.delete()
    suggestion.change(request.user)


def _chosen_proposal(data: Mapping[str, Any]) -> Proposal:
    key, other = str(data.get("proposal", "")), str(data.get("other", "")).strip()
    rows = Proposal.objects.all()
    if other:
        slug = other.rstrip("/").rpartition("/")[2]
        matches = rows.filter(slug=slug) or rows.filter(uid=slug)
        matches = matches or rows.filter(title__iexact=other)
    else:
        matches = rows.filter(pk=key) if is_key(key) else rows.none()
    if proposal := matches.first():
        return proposal
    message = _("Choose a proposal, or give the title or the address of one.")
    raise Invalid({"proposal": [message]})
