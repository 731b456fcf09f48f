from collections.abc import Sequence
from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.listing.filters import (
    JointFilter,
    SinceFilter,
    SortFilter,
    UntilFilter,
    ValuesFilter,
)
from archive.listing.filterset import BY_RELEVANCE, ArchiveFilterSet
from archive.listing.text_filter import TextFilter
from statements.affiliation_filters import (
    BodyFilter,
    OfficeFilter,
    PartyFilter,
    PlaceFilter,
)
from statements.models import Speaker, Statement


class StatementFilterSet(ArchiveFilterSet):
    type = "statements"
    facet_names: ClassVar[tuple[str, ...]] = (
        "speaker",
        "topic",
        "form",
        "outlet",
        "stance",
        "basis",
        "party",
        "office",
        "body",
        "place",
    )

    q = TextFilter(
        *("text", "context", "occasion", "attribution"),
        *("speaker__name", "speaker__other_names"),
        many=("topics__name",),
        sense=("text",),
        explained={
            "attribution": _("As printed:"),
            "speaker__other_names": _("Another name of the speaker:"),
            "topics__name": _("Topic:"),
        },
    )
    speaker = ValuesFilter(
        "speaker__slug", _("Speaker"), listed=Q(speaker__article=None)
    )
    topic = ValuesFilter("topics__slug", _("Topic"))
    form = ValuesFilter("form", _("Wording"), is_choice=True)
    outlet = ValuesFilter("article__outlet__slug", _("Outlet"))
    article = ValuesFilter(
        "article__slug", _("Article"), label_path="article__headline"
    )
    proposal = JointFilter(
        "proposal__slug",
        _("Proposal"),
        relation="positions",
        label_path="proposal__title",
    )
    list = JointFilter(
        "proposal__proposal_list__slug",
        _("List"),
        relation="positions",
        label_path="proposal__proposal_list__title",
    )
    stance = JointFilter("stance", _("Position"), relation="positions", is_choice=True)
    basis = JointFilter(
        "basis", _("Basis of the position"), relation="positions", is_choice=True
    )
    party = PartyFilter()
    office = OfficeFilter()
    body = BodyFilter()
    place = PlaceFilter()
    since = SinceFilter(label=_("From"))
    until = UntilFilter(label=_("To"))
    sort = SortFilter(BY_RELEVANCE)

    class Meta:
        model = Statement
        fields = ()

    def also_shown(self, row: Statement) -> Sequence[str]:
        return [row.office]


class SpeakerStatementFilterSet(StatementFilterSet):
    """The statements on the page of a speaker."""

    facet_names = ("topic", "form", "stance")


class SpeakerFilterSet(ArchiveFilterSet):
    type = "speakers"
    facet_names = ("kind", "topic", "party", "office", "body", "place")
    order = ("idleness", "sort_key", "name", "id")
    is_dated = False

    q = TextFilter(
        *("name", "other_names", "summary"),
        titles=("name", "other_names"),
        many=(
            *("affiliations__title", "affiliations__place"),
            "affiliations__organization__name",
        ),
        explained={
            "other_names": _("Another name:"),
            "summary": _("About the speaker:"),
            "affiliations__title": _("Office:"),
            "affiliations__place": _("Place:"),
            "affiliations__organization__name": _("Organization:"),
        },
    )
    kind = ValuesFilter("kind", _("Kind"), is_choice=True)
    topic = ValuesFilter("topics__slug", _("Topic"), relation="statements")
    party = PartyFilter("pk")
    office = OfficeFilter("pk")
    body = BodyFilter("pk")
    place = PlaceFilter("pk")

    class Meta:
        model = Speaker
        fields = ()
