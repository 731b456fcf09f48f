"""The admin of statements with their passages, and of speakers with their
affiliations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.core.roles import PUBLISH
from archive.editing import similar
from archive.editing.forms import RecordForm
from archive.editing.narrowing import (
    Linked,
    Related,
    link,
    narrowed_by,
    related_link,
)
from archive.editing.passages import ExactTextField, PassageInline
from archive.editing.records import Mine, RecordAdmin, related_count
from archive.models import ArticleVersion
from archive.wording import anchoring, invisible
from archive.wording.shortening import truncate
from archive.wording.sort_names import sort_name
from statements.inlines import AffiliationInline, SpeakerIdentifierInline
from statements.merge_pages import MergePages
from statements.models import Speaker, Statement, StatementPassage, Turn
from statements.models.sort_names import HOW_TO_SORT
from statements.models.statements import VERBATIM


class WordsInline(PassageInline):
    model = StatementPassage


class StatementForm(RecordForm):
    def clean(self) -> dict[str, Any] | None:
        """A fragment stands in our sentence as the source has it, even with characters
        that nobody sees; a sentence without one is cleaned.
        """
        cleaned = super().clean()
        if cleaned and cleaned.get("form") not in VERBATIM:
            cleaned["text"] = invisible.paragraphs(cleaned.get("text", ""))
        return cleaned


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    form = StatementForm
    kept_fields = ("article", "speaker", "form")
    inlines = [WordsInline]
    parts_early = True
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "article",
                    "speaker",
                    "form",
                    "attribution",
                    "text",
                    "context",
                    "marks_exception",
                ],
                "description": _(
                    "Direct: whole sentences in the speaker’s words; the text is "
                    "filled in from the words below. Partial: a fragment; write a "
                    "sentence of ours that contains it in quotation marks. Indirect "
                    "or collective: our own neutral sentence, without quotation "
                    "marks; the words below are the reporter’s and are not shown."
                ),
            },
        ),
        (
            _("Date, occasion, topics"),
            {
                "fields": [
                    "said_on",
                    "said_precision",
                    "said_is_inferred",
                    "occasion",
                    "reported_by",
                    "topics",
                ]
            },
        ),
        (_("State"), {"fields": ["state"]}),
    ]
    list_display = [
        "shortened",
        "state",
        narrowed_by("speaker", _("speaker")),
        "form",
        "source",
        "said_on",
        "changed",
    ]
    list_select_related = ["speaker", "article"]
    list_filter = [
        *("status", Mine, "form", "said_is_inferred", ("topics", Related)),
        *(("article", Linked), ("article__outlet", Linked), ("speaker", Linked)),
    ]
    date_hierarchy = "said_on"
    words = (
        "text",
        "context",
        "occasion",
        "speaker__name",
        "speaker__other_names",
        "article__headline",
    )
    search_fields = ["uid", "attribution"]
    autocomplete_fields = ["article", "speaker", "reported_by", "topics"]
    readonly_fields = ["state"]
    rule_fields = {
        "statement_fragment": "text",
        "statement_marks": "marks_exception",
        "statement_no_marks": "text",
        "statement_text": "text",
        "statement_date_precision": "said_precision",
        "statement_date_inferred": "said_is_inferred",
        "keeps_article": "article",
    }

    def formfield_for_dbfield(self, db_field: Any, *args: Any, **options: Any) -> Any:
        if db_field.name == "text":
            options["form_class"] = forms.CharField
        return super().formfield_for_dbfield(db_field, *args, **options)

    @admin.display(description=_("words"), ordering="text")
    def shortened(self, statement: Statement) -> str:
        return truncate(statement.label, 90) if statement.text else "—"

    @admin.display(description=_("article"), ordering="article")
    def source(self, statement: Statement) -> str:
        name = truncate(str(statement.article), 40)
        return link(Statement, name, article=statement.article_id)


class SpeakerForm(RecordForm):
    class Meta:
        help_texts: ClassVar = {"sort_name": HOW_TO_SORT}

    def clean(self) -> dict[str, Any] | None:
        """A sort name that was filled in follows the name."""
        cleaned = super().clean()
        before = [self.initial.get(name, "") for name in ("name", "kind", "sort_name")]
        is_ours = before[2] == sort_name(before[0], before[1])
        if cleaned and is_ours and cleaned.get("sort_name") == before[2]:
            cleaned["sort_name"] = ""  # the model fills it in again
        return cleaned

    def find_doubts(self, cleaned: dict[str, Any]) -> Iterable[Any]:
        return similar.names(self.instance, cleaned.get("name", ""))


@admin.register(Speaker)
class SpeakerAdmin(MergePages, RecordAdmin):
    form = SpeakerForm
    inlines = [AffiliationInline, SpeakerIdentifierInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kind",
                    "name",
                    "sort_name",
                    "other_names",
                    "summary",
                    "wikidata_id",
                    "url",
                ],
                "description": _(
                    "A surname alone never identifies a person: look for the full "
                    "name first."
                ),
            },
        ),
        (_("An unnamed group"), {"fields": ["article"], "classes": ["collapse"]}),
        (_("State"), {"fields": ["slug", "merged_into"], "classes": ["collapse"]}),
    ]
    list_display = [
        "name",
        "kind",
        "offices_known",
        "statement_count",
        "position_count",
        "merged_into",
    ]
    list_select_related = ["merged_into"]
    list_filter = [
        "kind",
        Mine,
        ("merged_into", admin.EmptyFieldListFilter),
        ("article", admin.EmptyFieldListFilter),
    ]
    words = ("name", "other_names", "summary")
    search_fields = ["name", "other_names", "sort_name", "slug", "uid"]
    autocomplete_fields = ["article"]
    readonly_fields = ["slug", "merged_into"]
    rule_fields = {
        "speaker_unnamed_is_group": "article",
        "speaker_wikidata": "wikidata_id",
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return rows.filter(merged_into=None)
        counts = {
            f"{name}_count": related_count(Speaker, name)
            for name in ("statements", "positions")
        }
        return rows.annotate(**counts).prefetch_related("affiliations__organization")

    def tools(self, request: HttpRequest, record: Any) -> list[tuple[str, Any]]:
        url = reverse("admin:statements_speaker_merge", args=[record.pk])
        return (
            [(url, _("Merge into another"))] if request.user.has_perm(PUBLISH) else []
        )

    @admin.display(description=_("offices, parties"))
    def offices_known(self, speaker: Speaker) -> str:
        return ", ".join(str(each) for each in speaker.affiliations.all())

    @admin.display(description=_("statements"), ordering="statements_count")
    def statement_count(self, speaker: Any) -> Any:
        return related_link(speaker, "statements", speaker.statements_count)

    @admin.display(description=_("positions"), ordering="positions_count")
    def position_count(self, speaker: Any) -> Any:
        return related_link(speaker, "positions", speaker.positions_count)


class TurnForm(RecordForm):
    """A turn is entered by its words; without any it is the whole text."""

    exact = ExactTextField(
        label=_("Words of the turn"),
        required=False,
        strip=False,
        help_text=_(
            "Paste the whole turn as it stands in the version. Leave it empty for a "
            "speech, a press release or a post: the turn is then the whole text."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        turn = self.instance
        if turn.pk:
            self.initial.setdefault("exact", turn.version.text[turn.start : turn.end])

    @staticmethod
    def past_values(values: dict[str, Any]) -> dict[str, Any]:
        version = ArticleVersion.objects.filter(pk=values["version"]).first()
        words = version.text[values["start"] : values["end"]] if version else None
        return {**values, "exact": words}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        version = cleaned.get("version") if cleaned else None
        if cleaned is None or version is None:
            return cleaned
        if self.instance.pk and not {"version", "exact"} & set(self.changed_data):
            return cleaned
        words = cleaned["exact"].strip() or version.text
        matches = anchoring.find(version.text, words)
        if len(matches) == 1:
            self.instance.start, self.instance.end = matches[0].start, matches[0].end
        elif matches:
            self.add_error("exact", _("These words occur more than once: paste more."))
        else:
            self.add_error("exact", _("These words do not occur in that version."))
        return cleaned


@admin.register(Turn)
class TurnAdmin(RecordAdmin):
    form = TurnForm
    fieldsets = [
        (
            None,
            {
                "fields": ["version", "speaker", "exact"],
                "description": _(
                    "A run of a text that is one speaker’s own words, such as a speech "
                    "or a turn of a transcript. Quotations from it need no quotation "
                    "marks."
                ),
            },
        )
    ]
    list_display = ["speaker", "version", "start", "end"]
    list_select_related = ["speaker", "version__article"]
    autocomplete_fields = ["version", "speaker"]
    words = ("speaker__name",)
    search_fields = ["speaker__name", "version__article__headline"]
