"""Merges two records of one speaker: everything moves, the old URL redirects, and the
merge can be undone.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from archive.core.rules import checked, take_turn
from archive.models import IdentityDecision
from archive.models.identity import IdentityDecisionQuerySet, sides
from statements.models import Affiliation, Speaker, SpeakerMerge

OWN = ("merged_into",)
# what a speaker has once
AFFILIATION = ("speaker_id", "kind", "title", "organization_id", "place", "start")


def relations() -> list[tuple[Any, str]]:
    """(model, foreign key) of everything that refers to a speaker, in all apps."""
    foreign_keys = []
    for relation in Speaker._meta.related_objects:
        model: Any = relation.related_model
        if (
            relation.field.name not in OWN
            and not hasattr(model, "pgh_tracked_model")
            and model is not SpeakerMerge
        ):
            foreign_keys.append((model, relation.field.name))
    return foreign_keys


def belongings(speaker: Speaker) -> list[tuple[str, int]]:
    """(description, count) of everything that refers to the speaker."""
    counts = [
        (model, name, model.objects.filter(**{name: speaker}).count())
        for model, name in relations()
    ]
    return [
        (f"{model._meta.verbose_name_plural}: {name.replace('_', ' ')}", count)
        for model, name, count in counts
    ]


def merge(source: Speaker, target: Speaker, user: Any, note: str = "") -> SpeakerMerge:
    """Moves everything from `source` to `target`, except affiliations that both
    have, and those between the two; what was published stays public. The decision is
    remembered.
    """
    with checked():
        take_turn()
        speakers = (
            Speaker.objects.select_for_update()
            .order_by("pk")
            .filter(pk__in=[source.pk, target.pk], merged_into=None)
        )
        if len(speakers) < 2 or source.pk == target.pk:
            raise ValueError(
                "Only two different speakers that are not merged yet can be merged."
            )
        source.refresh_from_db()
        target.refresh_from_db()
        _decide(source, target, user, note)
        exchanged = [
            (name, *pair)
            for model, name in relations()
            if model is Affiliation
            for pair in _hiding(name, source, target)
        ]
        for each in exchanged:
            _exchange(*each, source, target)
        moved = [
            [model._meta.label_lower, name, _move(model, name, source, target)]
            for model, name in relations()
        ]
        earlier_ids = list(source.merged.values_list("pk", flat=True))
        source.merged.update(merged_into=target)
        merge_record = SpeakerMerge.objects.create(
            source=source,
            target=target,
            made_by=user,
            moved={
                "rows": moved,
                "merged": earlier_ids,
                "exchanged": exchanged,
                "other_names": target.other_names,
            },
        )
        target.other_names = joined_names(source, target)
        target.save(update_fields=["other_names"])
        source.merged_into = target
        source.save(update_fields=["merged_into"])
    return merge_record


def _decide(source: Speaker, target: Speaker, user: Any, note: str) -> None:
    decision = _decision(source, target).first()
    if decision and not decision.is_same:
        raise ValueError(
            "An editor decided that these two are not the same. Undo that decision "
            "first, on the page “Who is who”."
        )
    if not decision:
        fields = sides(("", source.uid), ("", target.uid))
        IdentityDecision.objects.create(**fields, is_same=True, made_by=user, note=note)


def undo(merge_record: SpeakerMerge, user: Any = None) -> None:
    """Moves back what is still where the merge put it; later additions stay with the
    target. The decision is undone too, so the pair is asked about again.
    """
    with checked():
        take_turn()
        locked = SpeakerMerge.objects.select_for_update().get(pk=merge_record.pk)
        if locked.undone_at:
            return
        source, target = locked.source, locked.target
        _decision(source, target).filter(is_same=True).undo(user)
        # first, since only a speaker that is not merged has members
        Speaker.objects.filter(pk=source.pk).update(merged_into=None)
        for name, public, draft in locked.moved.get("exchanged", ()):
            _exchange(name, public, draft, target, source)
        for label, name, keys in locked.moved["rows"]:
            apps.get_model(label).objects.filter(pk__in=keys, **{name: target}).update(
                **{name: source}
            )
        Speaker.objects.filter(
            pk__in=locked.moved["merged"], merged_into=target
        ).update(merged_into=source)
        if target.other_names == joined_names(
            source, target, locked.moved["other_names"]
        ):
            Speaker.objects.filter(pk=target.pk).update(
                other_names=locked.moved["other_names"]
            )
        SpeakerMerge.objects.filter(pk=merge_record.pk).update(undone_at=timezone.now())


def joined_names(source: Speaker, target: Speaker, own: str | None = None) -> str:
    """The target's other names and all names of the source, each once."""
    existing = target.other_names if own is None else own
    names = [*existing.splitlines(), source.name, *source.other_names.splitlines()]
    return "\n".join(
        dict.fromkeys(name for name in names if name and name != target.name)
    )


def _decision(source: Speaker, target: Speaker) -> IdentityDecisionQuerySet:
    """The decision that stands about whether they are the same."""
    pair = (("", source.uid), ("", target.uid))
    return IdentityDecision.objects.standing().about(*pair)


def _move(model: Any, name: str, source: Speaker, target: Speaker) -> list[int]:
    rows = model.objects.select_for_update().filter(**{name: source})
    if model is Affiliation:
        keys = _movable(rows, name, target)
    else:
        keys = list(rows.values_list("pk", flat=True))
    model.objects.filter(pk__in=keys).update(**{name: target})
    return keys


def _movable(rows: QuerySet, name: str, target: Speaker) -> list[int]:
    """Affiliations that the target does not have already; nobody is a member of
    itself.
    """
    existing = set(
        Affiliation.objects.filter(**{name: target}).values_list(*AFFILIATION)
    )
    keys = []
    for row in rows:
        moved = {each: getattr(row, each) for each in AFFILIATION} | {
            f"{name}_id": target.pk
        }
        is_own = moved["speaker_id"] == moved["organization_id"]
        if not is_own and tuple(moved.values()) not in existing:
            keys.append(row.pk)
    return keys


def _hiding(name: str, source: Speaker, target: Speaker) -> list[tuple[int, int]]:
    """(published row of the source, draft of the target) of one affiliation: the draft
    would hide what readers see.
    """
    key = [each for each in AFFILIATION if each != f"{name}_id"]
    drafts = {
        row[1:]: row[0]
        for row in Affiliation.objects.filter(
            **{name: target}, is_published=False
        ).values_list("pk", *key)
    }
    published = Affiliation.objects.filter(**{name: source}, is_published=True)
    return [
        (row[0], drafts[row[1:]])
        for row in published.values_list("pk", *key)
        if row[1:] in drafts
    ]


def _exchange(name: str, public: int, draft: int, one: Speaker, other: Speaker) -> None:
    """Gives the published row from `one` to `other`, and the draft from `other` to
    `one`: it is deleted and written again, because no speaker may have both at once.
    """
    rows = Affiliation.objects.select_for_update()
    hiding = rows.filter(pk=draft, is_published=False, **{name: other}).first()
    if hiding:
        hiding.delete()
    rows.filter(pk=public, **{name: one}).update(**{name: other})
    if hiding:
        hiding.pk = draft
        setattr(hiding, name, one)
        hiding.save(force_insert=True)
