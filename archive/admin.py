"""The admin of articles with their texts, topics, outlets, corrections and accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.core.sorting import SortKey
from archive.editing import similar, versions
from archive.editing.accounts import AccountAdmin, ReadOnlyGroups
from archive.editing.article_pages import ListsRecords
from archive.editing.authorship import may_change
from archive.editing.forms import RecordForm
from archive.editing.narrowing import Linked, Related, narrowed_by, related_link
from archive.editing.new_version import NewVersionPage
from archive.editing.passages import ExactTextField
from archive.editing.picking import RecordField, RecordSearch
from archive.editing.records import Mine, PartInline, RecordAdmin, related_count
from archive.editing.reports import KindOfRecord, NamesRecords, ReportAdmin
from archive.editing.search import FailedSearchAdmin
from archive.models import (
    Article,
    ArticleIdentifier,
    ArticleVersion,
    Correction,
    FailedSearch,
    Outlet,
    Report,
    SynonymGroup,
    Topic,
)

HEAD = [
    (
        None,
        {
            "fields": [
                "headline",
                "headline_is_supplied",
                "kind",
                "outlet",
                "byline",
                "url",
                "archived_url",
            ]
        },
    ),
    (
        _("Date"),
        {
            "fields": [
                "published_on",
                "published_precision",
                "published_is_inferred",
                "date_note",
            ]
        },
    ),
]
RIGHTS = (
    _("What readers see"),
    {"fields": ["summary", "language", "rights", "excerpt_limit"]},
)
LINK_MISSING = _(
    "Without a URL the record links to no source; add one as soon as you know it."
)


class ArticleForm(RecordForm):
    text = ExactTextField(
        label=_("Text"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField words"}),
        help_text=_(
            "Paste the whole article as it was printed. It is kept permanently as "
            "the first version; a changed text is added later as a new version. "
            "“Rights” decides how much of it readers see."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["text"]
        if "url" in self.fields:
            self.fields["url"].help_text = LINK_MISSING

    def find_doubts(self, cleaned: dict[str, Any]) -> Iterable[Any]:
        return similar.articles(self.instance, cleaned)


class VersionInline(PartInline, admin.TabularInline):
    model = ArticleVersion
    fields = ["number", "retrieved_at", "note", "characters", "cited_at"]
    readonly_fields = ["number", "retrieved_at", "note", "characters", "cited_at"]
    verbose_name_plural = _(
        "Versions of the text (a version never changes; add a new one)"
    )
    show_change_link = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("characters"))
    def characters(self, version: ArticleVersion) -> int:
        return len(version.text)


class IdentifierInline(PartInline, admin.TabularInline):
    model = ArticleIdentifier


@admin.register(Article)
class ArticleAdmin(ListsRecords, NewVersionPage, RecordAdmin):
    form = ArticleForm
    inlines = [VersionInline, IdentifierInline]
    list_display = [
        "titled",
        "state",
        narrowed_by("outlet", _("outlet")),
        "published_on",
        "statement_count",
        "proposal_count",
        "changed",
    ]
    list_select_related = ["outlet"]
    list_filter = [
        *("status", Mine, "rights", "headline_is_supplied", ("outlet", Related)),
        *(("statements__speaker", Linked), ("statements__topics", Linked)),
    ]
    date_hierarchy = "published_on"
    words = ("headline", "summary", "byline", "outlet__name")
    search_fields = ["headline", "slug", "uid", "url"]
    autocomplete_fields = ["outlet"]
    readonly_fields = ["state", "slug"]
    rule_fields = {
        "article_date_precision": "published_precision",
        "article_date_inferred": "published_is_inferred",
        "version_not_empty": "text",
        "excerpt_limit": "excerpt_limit",
    }

    def sections(self, request: HttpRequest, obj: Any = None) -> Any:
        text = (_("Text"), {"fields": ["text"]})
        state = (_("State"), {"fields": ["state", "slug"]})
        return [
            *HEAD,
            *([text] if obj is None else []),
            RIGHTS,
            *([state] if obj else []),
        ]

    def tools(self, request: HttpRequest, record: Any) -> list[tuple[str, Any]]:
        url = reverse("admin:archive_article_new_version", args=[record.pk])
        return (
            [(url, _("New version of the text"))]
            if self.has_change_permission(request, record)
            else []
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        return self.inlines if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.annotate(
            statement_count=related_count(Article, "statements"),
            proposal_count=related_count(Article, "proposals"),
        )

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if (text := form.cleaned_data.get("text", "")).strip():
            versions.add_version(form.instance, text)

    @admin.display(description=_("headline"), ordering=SortKey("headline"))
    def titled(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("statements"), ordering="statement_count")
    def statement_count(self, article: Any) -> Any:
        return related_link(article, "statements", article.statement_count)

    @admin.display(description=_("proposals"), ordering="proposal_count")
    def proposal_count(self, article: Any) -> Any:
        return related_link(article, "proposals", article.proposal_count)


@admin.register(ArticleVersion)
class VersionAdmin(RecordAdmin):
    """Read-only; a version is added on its article's page."""

    fields = ["article", "number", "retrieved_at", "note", "cited_at", "text"]
    readonly_fields = ["article", "number", "retrieved_at", "note", "cited_at", "text"]
    list_display = ["article", "number", "retrieved_at", "cited_at"]
    list_select_related = ["article"]
    list_filter = ["retrieved_at"]
    search_fields = ["article__headline", "note"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version can be deleted until something is published from it, so that an
        article begun by mistake can be removed.
        """
        return (
            obj is not None
            and obj.cited_at is None
            and may_change(request.user, obj.article)
        )


class NameForm(RecordForm):
    def find_doubts(self, cleaned: dict[str, Any]) -> Iterable[Any]:
        return similar.names(self.instance, cleaned.get("name", ""))


class NameAdmin(RecordAdmin):
    """A topic or an outlet: little more than a name, whose slug never changes."""

    form = NameForm
    readonly_fields = ["slug"]
    words = ("name",)
    search_fields = ["name", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return rows
        return rows.annotate(
            **{
                f"{name}_count": related_count(self.model, name)
                for name in self.counted
            }
        )

    counted: tuple[str, ...] = ()


@admin.register(Topic)
class TopicAdmin(NameAdmin):
    fields = ["name", "slug"]
    list_display = ["name", "statement_count", "proposal_count"]
    counted = ("statements", "proposals")

    @admin.display(description=_("statements"), ordering="statements_count")
    def statement_count(self, topic: Any) -> Any:
        return related_link(topic, "statements", topic.statements_count)

    @admin.display(description=_("proposals"), ordering="proposals_count")
    def proposal_count(self, topic: Any) -> Any:
        return related_link(topic, "proposals", topic.proposals_count)


@admin.register(SynonymGroup)
class SynonymGroupAdmin(RecordAdmin):
    """Words that mean the same for a search. Readers see at once what is saved."""

    fields = ["words"]
    list_display = ["__str__"]
    search_fields = ["words"]
    words = ("words",)


@admin.register(Outlet)
class OutletAdmin(NameAdmin):
    fields = ["name", "url", "slug"]
    list_display = ["name", "url", "article_count"]
    search_fields = ["name", "slug", "url"]
    counted = ("articles",)

    @admin.display(description=_("articles"), ordering="articles_count")
    def article_count(self, outlet: Any) -> Any:
        return related_link(outlet, "articles", outlet.articles_count)


class CorrectionForm(RecordForm):
    record = RecordField(
        label=_("Record"),
        help_text=_("Search for its words, its speaker or its permanent identifier."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            about = f"{self.instance.table}:{self.instance.record_uid}"
            self.initial["record"] = about

    @staticmethod
    def past_values(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "record": f"{values['table']}:{values['record_uid']}"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if key := cleaned.get("record"):
            self.instance.table, _colon, self.instance.record_uid = key.partition(":")
        return cleaned


@admin.register(Correction)
class CorrectionAdmin(NamesRecords, RecordSearch, RecordAdmin):
    form = CorrectionForm
    fields = ["record", "kind", "note", "date", "state"]
    readonly_fields = ["state"]
    list_display = ["__str__", "kind", "about", "date", "state"]
    list_filter = ["status", "kind", KindOfRecord]
    date_hierarchy = "date"
    words = ("note",)
    search_fields = ["record_uid"]
    rule_fields = {"correction_note": "note"}


admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Report, ReportAdmin)
admin.site.register(FailedSearch, FailedSearchAdmin)
admin.site.register(Group, ReadOnlyGroups)
