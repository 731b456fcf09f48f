"""The admin of proposals and their lists, of positions with their evidence, and of
checks.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.editing.forms import RecordForm
from archive.editing.narrowing import Linked, Related, narrowed_by, related_link
from archive.editing.passages import PassageInline
from archive.editing.records import Mine, PartInline, RecordAdmin, related_count
from archive.models import Article
from archive.wording.shortening import truncate
from policies.confirmation import SUBSTANCE, ConfirmPage
from policies.models import (
    Check,
    Position,
    Proposal,
    ProposalIdentifier,
    ProposalList,
    ProposalPassage,
)
from statements.models import StatementPassage


class ItemInline(PartInline, admin.TabularInline):
    """Adds and lists a list's items. An item's words are entered in its own form."""

    model = Proposal
    fields = ["number", "title", "status"]
    readonly_fields = ["status"]
    ordering = ["number"]
    show_change_link = True
    verbose_name_plural = _("Items")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ProposalList)
class ListAdmin(RecordAdmin):
    kept_fields = ("article",)
    inlines = [ItemInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "article",
                    "title",
                    "issued_by",
                    "addressed_to",
                    "issued_on",
                    "introduction",
                    "is_complete",
                ],
                "description": _(
                    "Proposals issued together. Add the items below; open each one "
                    "to enter its words."
                ),
            },
        ),
        (_("State"), {"fields": ["state", "slug"]}),
    ]
    list_display = [
        "title",
        "state",
        narrowed_by("issued_by", _("issued by")),
        narrowed_by("addressed_to", _("addressed to")),
        "item_count",
        "issued_on",
        "changed",
    ]
    list_select_related = ["issued_by", "addressed_to"]
    list_filter = [
        *("status", Mine, "is_complete", ("article", Linked)),
        *(("article__outlet", Linked), ("issued_by", Linked), ("addressed_to", Linked)),
        ("proposals__topics", Linked),
    ]
    date_hierarchy = "issued_on"
    words = ("title", "introduction", "issued_by__name", "addressed_to__name")
    search_fields = ["title", "slug", "uid"]
    autocomplete_fields = ["article", "issued_by", "addressed_to"]
    readonly_fields = ["state", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .annotate(item_count=related_count(ProposalList, "proposals"))
        )

    @admin.display(description=_("items"), ordering="item_count")
    def item_count(self, record: Any) -> Any:
        return related_link(record, "proposals", record.item_count)

    def text_of(self, record: Any) -> tuple[Article | None, Any]:
        """Marks the words of its items."""
        passages = ProposalPassage.objects.filter(proposal__proposal_list=record)
        return record.article, passages


class WordsInline(PassageInline):
    model = ProposalPassage


class IdentifierInline(PartInline, admin.TabularInline):
    model = ProposalIdentifier
    classes = ["collapse"]


@admin.register(Proposal)
class ProposalAdmin(RecordAdmin):
    kept_fields = ("proposal_list", "article", "proposed_by")
    inlines = [WordsInline, IdentifierInline]
    fieldsets = [
        (None, {"fields": ["title", "topics", "outcome"]}),
        (
            _("In a list"),
            {
                "fields": ["proposal_list", "number"],
                "description": _("The words are those of the source."),
            },
        ),
        (
            _("Outside a list"),
            {
                "fields": [
                    *("article", "source_url", "proposed_by", "proposed_on"),
                    *("addressed_to", "text"),
                ],
                "description": _(
                    "We word it ourselves, and readers are told so. Leave this empty "
                    "for a proposal in a list."
                ),
            },
        ),
        (_("State"), {"fields": ["state", "slug"]}),
    ]
    list_display = [
        "title",
        "state",
        "list_item",
        narrowed_by("proposed_by", _("proposed by")),
        "position_count",
        "changed",
    ]
    list_select_related = ["proposal_list", "proposed_by"]
    list_filter = [
        "status",
        Mine,
        ("proposal_list", admin.EmptyFieldListFilter),
        ("topics", Related),
        *(("article", Linked), ("article__outlet", Linked), ("proposed_by", Linked)),
        *(("proposal_list", Linked), ("proposal_list__issued_by", Linked)),
    ]
    words = (
        "title",
        "text",
        "proposal_list__title",
        "proposed_by__name",
        "addressed_to__name",
    )
    search_fields = ["title", "slug", "uid", "identifiers__identifier"]
    autocomplete_fields = [
        "proposal_list",
        "article",
        "proposed_by",
        "addressed_to",
        "topics",
    ]
    readonly_fields = ["state", "slug"]
    rule_fields = {
        "proposal_number_in_list": "number",
        "proposal_of_list": "proposed_by",
        "proposal_date_of_list": "proposed_on",
        "keeps_article": "article",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .annotate(position_count=related_count(Proposal, "positions"))
        )

    @admin.display(description=_("list"), ordering="proposal_list")
    def list_item(self, proposal: Proposal) -> str:
        """Returns the proposal's number and its list."""
        return (
            f"{proposal.number}. {truncate(str(proposal.proposal_list), 40)}"
            if proposal.proposal_list
            else ""
        )

    @admin.display(description=_("positions"), ordering="position_count")
    def position_count(self, proposal: Any) -> Any:
        return related_link(proposal, "positions", proposal.position_count)


class PositionForm(RecordForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        public = (
            self.instance.pk
            and self.asks_for_correction
            and self.initial.get("basis") == "inferred"
        )
        if public and SUBSTANCE.intersection(self.changed_data):
            message = _(
                "This inference is public because a second person confirmed it. To "
                "change it, withdraw it, send it back, change it, and have it "
                "confirmed again."
            )
            self.add_error(None, message)
        return cleaned


@admin.register(Position)
class PositionAdmin(ConfirmPage, RecordAdmin):
    kept_fields = ("proposal", "basis")
    form = PositionForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "speaker",
                    "proposal",
                    "stance",
                    "conditions",
                    "basis",
                    "evidence",
                    "source_url",
                ],
                "description": _(
                    "Where a speaker stands, and the evidence for it: choose the "
                    "statements it rests on, or give the address of a source."
                ),
            },
        ),
        (_("When and where"), {"fields": ["held_on", "body", "source_ref"]}),
        (
            _("An inference"),
            {
                "fields": ["rationale", "recorded_by", "reviewed_by"],
                "description": _(
                    "A stance that nobody stated explicitly is an inference: quote "
                    "the words it is based on and say what they leave open. It is "
                    "published only when a second person has confirmed it."
                ),
            },
        ),
        (_("State"), {"fields": ["state"]}),
    ]
    list_display = [
        "__str__",
        "state",
        narrowed_by("proposal", _("proposal")),
        "basis",
        "held_on",
        "recorded_by",
        "reviewed_by",
    ]
    list_select_related = ["speaker", "proposal", "recorded_by", "reviewed_by"]
    list_filter = [
        "status",
        Mine,
        "stance",
        "basis",
        ("reviewed_by", admin.EmptyFieldListFilter),
        *(("speaker", Linked), ("proposal", Linked), ("proposal__topics", Linked)),
        *(("evidence__article", Linked), ("evidence__article__outlet", Linked)),
    ]
    date_hierarchy = "held_on"
    words = (
        "rationale",
        "conditions",
        "body__name",
        "speaker__name",
        "speaker__other_names",
        "proposal__title",
    )
    search_fields = ["uid", "speaker__name", "proposal__title"]
    autocomplete_fields = ["speaker", "proposal", "body", "evidence"]
    readonly_fields = ["recorded_by", "reviewed_by", "state"]
    rule_fields = {
        "position_mixed_conditions": "conditions",
        "position_inferred_rationale": "rationale",
        "position_evidence": "evidence",
        "position_body": "body",
    }

    def text_of(self, record: Any) -> tuple[Article | None, Any]:
        """Marks the words of its evidence in the article of the first."""
        passages = StatementPassage.objects.filter(statement__positions=record)
        first = record.evidence.select_related("article").first()
        article = first.article if first else record.proposal.article
        return article, passages.filter(version__article=article)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Records the account that words an inference as the one who recorded it, and
        requires a new confirmation.
        """
        if not change:
            obj.recorded_by = request.user
        elif obj.is_inferred and SUBSTANCE.intersection(form.changed_data):
            obj.recorded_by, obj.reviewed_by = request.user, None
        super().save_model(request, obj, form, change)


@admin.register(Check)
class CheckAdmin(RecordAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["speaker", "proposal", "checked_on", "where"],
                "description": _(
                    "Record that you looked for a position and found none; readers "
                    "will see that an editor looked."
                ),
            },
        )
    ]
    list_display = ["speaker", "proposal", "checked_on", "where"]
    list_select_related = ["speaker", "proposal"]
    list_filter = ["checked_on"]
    date_hierarchy = "checked_on"
    words = ("where", "speaker__name", "speaker__other_names", "proposal__title")
    search_fields = ["speaker__name", "proposal__title"]
    autocomplete_fields = ["speaker", "proposal"]
