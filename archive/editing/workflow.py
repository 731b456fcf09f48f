"""The workflow of records: draft, in review, published, withdrawn. A step takes all the
given records or none.

`step` is one of STEPS. The database enforces the rules; this module only checks what a
person should be told first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from archive.core.publishing import Publishable, Status
from archive.core.roles import PUBLISH
from archive.core.rules import checked, refusal, take_turn
from archive.editing.authorship import may_change, may_recall
from archive.editing.history import state_token
from archive.editing.step_kinds import STEPS
from archive.models import Article, Correction, ReviewNote, ReviewStep


class Refused(Exception):
    """Nothing was changed. `reasons` are pairs of a record and a sentence."""

    def __init__(self, reasons: list[tuple[Any, str]]) -> None:
        super().__init__("; ".join(f"{record}: {reason}" for record, reason in reasons))
        self.reasons = reasons


def open_to(user: Any, name: str, record: Any) -> bool:
    """Returns whether `user` may take the step with the record, so whether its button
    is shown.
    """
    if not _starts_there(name, record):
        return False
    if name == "recall":
        return may_recall(user, record)
    return may_change(user, record) if name == "submit" else user.has_perm(PUBLISH)


def _starts_there(name: str, record: Any) -> bool:
    """Whether the step leads on from the record's status; what was public before is
    reinstated, not published.
    """
    if record.status not in STEPS[name].comes_from:
        return False
    before = record.first_published_at is not None
    return before if name == "reinstate" else name != "publish" or not before


def take(name: str, records: Sequence[Any], user: Any, reason: str = "") -> None:
    """Takes one step with all `records`, in one transaction; raises Refused with the
    reason for each record that cannot take it.
    """
    refused = [
        (record, problem)
        for record in records
        if (problem := _refusal(name, record, user))
    ]
    if STEPS[name].needs_reason and not reason.strip():
        refused += [(record, _no_reason(name)) for record in records]
    if refused:
        raise Refused(refused)
    _take_all(name, parents_first(records), user, reason)


class _Undo(Exception):
    """Rolls back an attempt that succeeded."""


def why_unpublishable(record: Any) -> str:
    """The sentence with which the database would refuse to publish the draft; "" if it
    would not.
    """
    if getattr(record, "status", "") not in (Status.DRAFT, Status.IN_REVIEW):
        return ""
    rows = type(record).objects.filter(pk=record.pk)
    try:
        with transaction.atomic():
            with checked():
                rows.update(status=Status.PUBLISHED)
            raise _Undo
    except _Undo:
        return ""
    except IntegrityError as error:
        return refusal(error)


def missing_parts(record: Any) -> list[str]:
    """What a reader would miss in an article, each in a word."""
    return [name for name, _field in missing_fields(record)]


def missing_fields(record: Any) -> list[tuple[str, str]]:
    """The same, each with the field of the article's form that it belongs in."""
    if not isinstance(record, Article):
        return []
    parts = [
        (_("text"), "text", record.versions.exists()),
        (_("date"), "published_on", record.published_on),
        (_("outlet"), "outlet", record.outlet_id),
        (_("address"), "url", record.url),
    ]
    return [(str(name), field) for name, field, present in parts if not present]


def waiting_children(record: Any) -> list[Any]:
    """Returns the records that depend on `record`, directly or not, and are not public
    yet.
    """
    children: list[Any] = []
    for model, parent in children_of(type(record)):
        waiting = model.objects.filter(**{parent: record.pk}).exclude(
            status=Status.WITHDRAWN
        )
        for child in waiting.order_by("pk"):
            children += [child] if child.status != Status.PUBLISHED else []
            children += waiting_children(child)
    return list(dict.fromkeys(children))


def children_of(model: type[models.Model]) -> list[tuple[Any, str]]:
    """Returns (child model, its foreign key) of the records that can only be public if
    a record of `model` is.
    """
    return [
        (child, name)
        for child in publishable_models()
        for name in child.hangs_from
        if child._meta.get_field(name).related_model is model
    ]


def publishable_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Publishable) and not model._meta.proxy
    ]


def identified_models() -> list[Any]:
    """Returns the models with a permanent public identifier: all that have a status,
    and speakers.
    """
    current_models = [
        model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model")
    ]
    return [
        model
        for model in current_models
        if "uid" in {field.name for field in model._meta.concrete_fields}
    ]


def change_url(record: Any) -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_change",
        args=[record.pk],
    )


def label(record: Any) -> str:
    """Returns, for example, Statement: “We will fight, …”. Quotation marks come from
    the record itself: a paraphrase never has any.
    """
    return f"{capfirst(record._meta.verbose_name)}: {record}"


def _refusal(name: str, record: Any, user: Any) -> str:
    if not _starts_there(name, record):
        if name == "publish" and record.status in STEPS[name].comes_from:
            return str(_("It was public before: reinstate it, with a public note."))
        status = record.get_status_display()
        return str(
            _("It is “%(status)s”, so this step is not possible.") % {"status": status}
        )
    return (
        ""
        if open_to(user, name, record)
        else str(_("You do not have permission to do this."))
    )


def _no_reason(name: str) -> str:
    if STEPS[name].is_public:
        return str(_("Give a reason; readers will see it."))
    return str(_("Give a reason; the author will read it."))


@transaction.atomic
def _take_all(name: str, records: Sequence[Any], user: Any, reason: str) -> None:
    """Takes the step with each record in a savepoint of its own, to collect every
    reason; rolls everything back if there is one.
    """
    take_turn()
    refused = []
    for record in records:
        try:
            with checked():
                _set(name, record, user, reason)
        except IntegrityError as error:
            refused.append((record, refusal(error)))
    if refused:
        raise Refused(refused)


def _set(name: str, record: Any, user: Any, reason: str) -> None:
    step = STEPS[name]
    rows = type(record).objects.filter(pk=record.pk, status__in=step.comes_from)
    if not rows.update(status=step.goes_to):
        raise IntegrityError(str(_("Somebody else has just changed its status.")))
    if step.is_public:
        note(record, step.note_kind, reason)
    if name in ReviewStep.values:
        ReviewNote.objects.create(
            table=record._meta.label_lower,
            record_uid=record.uid,
            step=name,
            note=reason,
            state=state_token(record),
            author=user,
        )


def note(record: Any, kind: str, text: str) -> Correction:
    """Creates a public note about a change of the record."""
    return Correction.objects.create(
        table=record._meta.label_lower,
        record_uid=record.uid,
        kind=kind,
        note=text,
        date=timezone.localdate(),
        status=Status.PUBLISHED,
    )


def parents_first(records: Sequence[Any]) -> list[Any]:
    order = {model: index for index, model in enumerate(publishable_models())}
    return sorted(dict.fromkeys(records), key=lambda record: order[type(record)])
