"""What the page of a speaker says of its affiliations and of its members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Value
from django.db.models.fields import DateField
from django.utils.timezone import localdate

from statements.models import Affiliation, AffiliationKind, Speaker, SpeakerKind

MEMBERS = 100  # on one page


def affiliated(speaker: Speaker, page: str) -> dict[str, Any]:
    """Offices, parties and memberships of the speaker; members of an organization, the
    current ones first. Organizations without a page are not linked.
    """
    rows = speaker.public_affiliations
    groups = [
        (kind, [row for row in rows if row.kind == kind]) for kind in AffiliationKind
    ]
    members = None
    if speaker.kind == SpeakerKind.ORGANIZATION:
        members = Paginator(members_of(speaker), MEMBERS).get_page(page)
    return {
        "affiliations": [group for group in groups if group[1]],
        "with_page": with_page(rows),
        "members": members,
    }


def members_of(organization: Speaker) -> Any:
    """Adds `is_current`: held today, as far as recorded."""
    today = Value(localdate(), DateField())
    now = Affiliation.objects.filter(pk=OuterRef("pk")).held_on(today)
    return (
        Affiliation.objects.displayed()
        .filter(organization=organization)
        .filter(speaker__in=Speaker.objects.public().listed().order_by().values("pk"))
        .annotate(is_current=Exists(now))
        .select_related("speaker")
        .order_by("-is_current", "kind", "title", "speaker__sort_key", "start", "pk")
    )


def with_page(rows: Sequence[Affiliation]) -> set[int]:
    """Primary keys of the organizations that readers can open."""
    pks = {row.organization_id for row in rows if row.organization_id}
    if not pks:
        return set()
    public = Speaker.objects.public().listed().filter(pk__in=pks)
    return set(public.order_by().values_list("pk", flat=True))
