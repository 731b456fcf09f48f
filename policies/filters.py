from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.listing.filters import (
    JointFilter,
    PageFilter,
    SinceFilter,
    SortFilter,
    UntilFilter,
    ValuesFilter,
)
from archive.listing.filterset import BY_RELEVANCE, ArchiveFilterSet
from archive.listing.text_filter import TextFilter
from policies.models import Position, Proposal
from policies.querysets import load_earlier
from statements.affiliation_filters import (
    BodyFilter,
    OfficeFilter,
    PartyFilter,
    PlaceFilter,
)
from statements.models import Speaker


class ProposalFilterSet(ArchiveFilterSet):
    type = "proposals"
    facet_names = ("topic", "list", "issuer", "addressee", "speaker", "stance", "basis")
    order = ("proposal_list", "number", "id")

    q = TextFilter(
        "title",
        "text",
        "proposal_list__title",
        "issuer_name",
        "addressee_name",
        titles=("title",),
        sense=("title", "text"),
        many=("topics__name", "identifiers__identifier"),
        explained={
            "topics__name": _("Topic:"),
            "identifiers__identifier": _("Number at the source:"),
        },
    )
    topic = ValuesFilter("topics__slug", _("Topic"))
    list = ValuesFilter(
        "proposal_list__slug", _("List"), label_path="proposal_list__title"
    )
    issuer = ValuesFilter(
        "issuer", _("Put forward by"), label_path="issuer_name", names=(Speaker, "name")
    )
    addressee = ValuesFilter(
        "addressee",
        _("Addressed to"),
        label_path="addressee_name",
        names=(Speaker, "name"),
    )
    speaker = JointFilter(
        "speaker__slug",
        _("Who has a position"),
        relation="positions",
        listed=Q(speaker__article=None),
    )
    stance = JointFilter("stance", _("Position"), relation="positions", is_choice=True)
    basis = JointFilter(
        "basis", _("Basis of the position"), relation="positions", is_choice=True
    )
    article = ValuesFilter(
        "article__slug", _("Article"), label_path="article__headline"
    )
    since = SinceFilter(label=_("From"))
    until = UntilFilter(label=_("To"))
    sort = SortFilter(BY_RELEVANCE)

    class Meta:
        model = Proposal
        fields = ()


class ColumnsFilter(ValuesFilter):
    """Selects the columns of a table and does not filter its rows."""

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows


class CompareFilterSet(ArchiveFilterSet):
    """Speakers × proposals: `speaker` selects the columns, `people` a page of them, the
    other parameters the proposals. `differ` is 1 for only
    those on which two chosen speakers differ.
    """

    order = ("proposal_list", "number", "id")
    is_dated = False

    proposal = ValuesFilter("slug", _("Proposal"), label_path="title")
    list = ValuesFilter(
        "proposal_list__slug", _("List"), label_path="proposal_list__title"
    )
    topic = ValuesFilter("topics__slug", _("Topic"))
    article = ValuesFilter(
        "article__slug", _("Article"), label_path="article__headline"
    )
    speaker = ColumnsFilter("speaker__slug", _("Speaker"), relation="positions")
    people = PageFilter()
    differ = PageFilter(last=1)

    class Meta:
        model = Proposal
        fields = ()


class ChangedFilter(ValuesFilter):
    """Positions with which a speaker's stated stance changed; the one value is 1."""

    def __init__(self) -> None:
        super().__init__("pk", _("Changed positions"), is_choice=True)

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [("1", _("Changed"))]

    def filter(self, rows: Any, value: list[str]) -> QuerySet[Any]:
        if not value:
            return rows
        return rows.changed() if "1" in value else rows.none()

    def values(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, bool]]:
        pks = self.filter(rows.order_by(), ["1"]).values_list("pk", flat=True)
        yield from ((pk, "1", True) for pk in pks)

    def value_counts(
        self, rows: QuerySet[Any], related_condition: Q, active: Sequence[str]
    ) -> list[tuple[str, str, str, int]]:
        count = self.filter(rows, ["1"]).count()
        return [("1", "1", "", count)] if count else []


class PositionFilterSet(ArchiveFilterSet):
    type = "positions"
    facet_names = (
        *("speaker", "stance", "changed", "basis", "list", "topic"),
        *("party", "office", "body", "place"),
    )

    q = TextFilter(
        "rationale",
        "conditions",
        "body__name",
        "speaker__name",
        "speaker__other_names",
        "proposal__title",
        explained={"speaker__other_names": _("Another name of the speaker:")},
    )
    speaker = ValuesFilter(
        "speaker__slug", _("Speaker"), listed=Q(speaker__article=None)
    )
    proposal = ValuesFilter(
        "proposal__slug", _("Proposal"), label_path="proposal__title"
    )
    list = ValuesFilter(
        "proposal__proposal_list__slug",
        _("List"),
        label_path="proposal__proposal_list__title",
    )
    topic = ValuesFilter("proposal__topics__slug", _("Topic"))
    stance = ValuesFilter("stance", _("Position"), is_choice=True)
    changed = ChangedFilter()
    basis = ValuesFilter("basis", _("Basis"), is_choice=True)
    party = PartyFilter()
    office = OfficeFilter()
    body = BodyFilter()
    place = PlaceFilter()
    since = SinceFilter(label=_("From"))
    until = UntilFilter(label=_("To"))
    sort = SortFilter(BY_RELEVANCE)

    class Meta:
        model = Position
        fields = ()

    def complete(self, rows: Sequence[Any]) -> None:
        load_earlier(rows)
