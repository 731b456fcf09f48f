"""Turns words that an editor pastes into passages: located in the newest text, or
chosen by the editor if the location is ambiguous.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.editing import versions
from archive.editing.records import PartInline
from archive.extraction.normalize import normalize
from archive.models import ArticleVersion
from archive.wording import anchoring, cuts
from archive.wording.anchoring import Anchor
from archive.wording.cuts import Cut


class ExactTextField(forms.CharField):
    """A text field that keeps spaces at both ends and normalizes line ends as the
    archive does.
    """

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField words"})

    def to_python(self, value: Any) -> str:
        return normalize(super().to_python(value) or "")


class PassageForm(forms.ModelForm):
    """`location` is requested only if the words occur more than once, or not at all."""

    exact = ExactTextField(
        label=_("Exact words"),
        strip=False,
        help_text=_(
            "Paste them from the article, without the quotation marks around them."
        ),
    )
    location = forms.CharField(
        label=_("Location"), required=False, widget=forms.HiddenInput
    )
    relocate = forms.BooleanField(
        label=_("Find again"),
        required=False,
        help_text=_(
            "This passage is from an older version; locate it in the newest one."
        ),
    )

    removed = forms.BooleanField(
        label=_("Removed by the source"),
        required=False,
        help_text=_(
            "The publisher took these words out. They stay with their older version, "
            "and readers see that the source has since removed them."
        ),
    )

    class Meta:
        fields = ["exact"]

    def __init__(
        self, *args: Any, owner: Any, restored: str | None = None, **kwargs: Any
    ) -> None:
        """`restored` holds the passage's words in an earlier state; "" means that the
        passage did not exist then.
        """
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.doubts: list[Any] = []
        self.further: list[tuple[int, int]] = []
        if restored is not None:
            self.initial.update(
                exact=restored or self.instance.exact, DELETE=not restored
            )
        self.newest: ArticleVersion | None = None
        self.initial["removed"] = self.instance.removed_in_id is not None
        if self.is_up_to_date:
            self.fields["relocate"].widget = forms.HiddenInput()
            self.fields["removed"].widget = forms.HiddenInput()

    @staticmethod
    def past_values(row: dict[str, Any]) -> dict[str, Any]:
        """The values of the form's own fields in an earlier state of the passage."""
        return {**row, "removed": row["removed_in"] is not None}

    @property
    def is_up_to_date(self) -> bool:
        if not self.instance.pk:
            return True
        return (
            self.instance.version_id == self.instance.version.article.latest_version.pk
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if (
            cleaned
            and cleaned.get("exact")
            and {"exact", "location", "relocate"}.intersection(self.changed_data)
        ):
            self._find(cleaned["exact"], cleaned.get("location", ""))
        elif cleaned and "removed" in self.changed_data:
            self._keep_with_its_version(cleaned["removed"])
        return cleaned

    def _keep_with_its_version(self, removed: bool) -> None:
        self.instance.removed_in = (
            versions.removed_since(self.instance) if removed else None
        )
        if removed and self.instance.removed_in is None:
            message = _("The newest version holds these words: find them again.")
            self.add_error("removed", message)

    def _find(self, words: str, chosen: str) -> None:
        article = source_of(self.owner)
        self.newest = article and article.latest_version
        if self.newest is None:
            self.add_error(
                "exact",
                _(
                    "Choose an article that has a text first: these words are looked "
                    "up in it."
                ),
            )
            return
        matches = anchoring.find(
            self.newest.text, anchoring.unquoted(words)
        ) or anchoring.find(self.newest.text, words)
        choices = matches or anchoring.closest(self.newest.text, words)
        match = next((one for one in choices if key(one) == chosen), None)
        if match is None and len(matches) == 1:
            match = matches[0]
        if match is None:
            self._ask_which(matches, choices)
        else:
            self.instance.version, self.instance.removed_in = self.newest, None
            self._take(match.start, match.end)
            if getattr(self.owner, "is_verbatim", False):
                self._split_and_check(match)

    def _split_and_check(self, match: Anchor) -> None:
        """Takes a quotation apart where the article interrupts it, and asks about one
        that is cut or already recorded.
        """
        version = self.instance.version
        text, spans = version.text, _ranges_of(version)
        first, *self.further = cuts.pieces(spans, match.start, match.end)
        self._take(*first)
        if self.data.get("confirmed"):
            return
        cut = cuts.cut(text, spans, *first)
        if cut and self.owner.is_direct:
            self.doubts.append(cut_message(cut))
        if duplicate := self._duplicate():
            self.doubts.append(
                format_html(
                    gettext("These words of this speaker are already recorded: {}."),
                    record_link(duplicate),
                )
            )
        for doubt in self.doubts:
            self.add_error("exact", doubt)

    def _duplicate(self) -> Any:
        """Another record of the same words by the same speaker."""
        return (
            type(self.owner)
            .objects.filter(
                speaker=self.owner.speaker_id,
                passages__version=self.instance.version,
                passages__start=self.instance.start,
                passages__end=self.instance.end,
            )
            .exclude(pk=self.owner.pk)
            .first()
        )

    def _take(self, start: int, end: int) -> None:
        self.instance.start, self.instance.end = start, end
        self.instance.exact = self.instance.version.text[start:end]
        self.cleaned_data["exact"] = self.instance.exact

    def _ask_which(self, matches: list[Anchor], choices: list[Anchor]) -> None:
        if matches:
            message = ngettext(
                "These words occur %d time in the article: choose where.",
                "These words occur %d times in the article: choose where.",
                len(matches),
            ) % len(matches)
        elif choices:
            message = gettext(
                "These words do not occur in the article. Choose the closest match, "
                "or correct them."
            )
        else:
            message = gettext(
                "Neither these words nor similar ones occur in the article."
            )
        self.add_error("exact", message)
        if choices:
            field = self.fields["location"]
            field.widget = forms.RadioSelect(
                choices=[(key(one), in_context(one)) for one in choices]
            )
            field.widget.is_required = False


class PassageFormSet(BaseInlineFormSet):
    """Parts keep the order in which they were entered. `restored` holds the words of an
    earlier state, to fill the forms with.
    """

    def __init__(
        self, *args: Any, restored: list[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.restored = restored
        self.messages: list[str] = []
        if restored is not None:
            self.extra = max(len(restored) - self.initial_form_count(), 0)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(index), "owner": self.instance}
        if self.restored is not None and index is not None:
            kwargs["restored"] = (
                self.restored[index] if index < len(self.restored) else ""
            )
        return kwargs

    def save(self, commit: bool = True) -> Any:
        """Saves the further parts of split quotations after all others."""
        saved = super().save(commit=commit)
        forms: list[Any] = self.forms
        split = [form for form in forms if form.further]
        for form in split:
            for start, end in form.further:
                saved.append(self._save_further(form, start, end))
        if split:
            self._renumber()
            words = " · ".join(f"“{part.exact}”" for part in self._parts())
            self.messages.append(
                gettext("The quotation was split where the article interrupts it: %s")
                % words
            )
        return saved

    def _parts(self) -> Any:
        model: Any = self.model
        return model.objects.filter(**{self.fk.name: self.instance})

    def _save_further(self, form: Any, start: int, end: int) -> Any:
        model: Any = self.model
        return model.objects.create(
            **{self.fk.name: self.instance},
            version=form.instance.version,
            start=start,
            end=end,
            exact=form.instance.version.text[start:end],
            ordinal=self._next_ordinal(),
        )

    def _next_ordinal(self) -> int:
        return max(self._parts().values_list("ordinal", flat=True), default=0) + 1

    def _renumber(self) -> None:
        """Puts the parts in the order of the source; an ordinal is taken only once."""
        beyond = self._next_ordinal()
        for step in (beyond, 1):
            for offset, part in enumerate(self._parts().order_by("version", "start")):
                self._parts().filter(pk=part.pk).update(ordinal=step + offset)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        form.instance.ordinal = self._next_ordinal()
        return super().save_new(form, commit=commit)


class PassageInline(PartInline, admin.StackedInline):
    form = PassageForm
    formset = PassageFormSet
    fields = ["exact", "location", "relocate", "removed"]
    verbose_name = _("passage")
    verbose_name_plural = _("Exact words, in one or more passages")

    def get_extra(self, request: Any, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.passages.exists() else 1


def _ranges_of(version: ArticleVersion) -> list[tuple[int, int]]:
    return list(version.quotation_ranges.values_list("start", "end"))


def cut_message(cut: Cut) -> str:
    """Shows the whole quotation and names a negation or condition that is left out."""
    message = gettext("The whole quotation is: “%s”") % cut.whole
    if cut.turning:
        message += " " + gettext("Your words leave out: %s.") % ", ".join(cut.turning)
    return (
        message
        + " "
        + gettext(
            "Take whole sentences, or choose “Partial quotation” and write a sentence "
            "that contains the fragment. If you save it as it is, readers see … where "
            "it was cut."
        )
    )


def record_link(record: Any) -> str:
    url = reverse(admin_urlname(record._meta, SafeString("change")), args=[record.pk])
    return format_html('<a href="{}">{}</a>', url, record)


def key(anchor: Anchor) -> str:
    return f"{anchor.start}:{anchor.end}"


def in_context(anchor: Anchor) -> str:
    return format_html(
        "… {}<mark>{}</mark>{} …", anchor.before, anchor.words, anchor.after
    )


def source_of(owner: Any) -> Any:
    """Returns the article in whose text the passages of a statement or proposal are
    located.
    """
    issued = getattr(owner, "proposal_list", None)
    if issued:
        return issued.article
    return owner.article if owner.article_id else None
