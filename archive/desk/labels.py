"""The labels of a card's fields, and a hint beside each. They stand here because
makemessages finds a string in a Jinja2 template only where it comes first in its tag.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.models import SuggestionKind

Label = tuple[Any, Any]  # the label, and the hint or ""

WHO: dict[str, Any] = {
    SuggestionKind.STATEMENT: _("Who speaks?"),
    SuggestionKind.PROPOSAL: _("Who proposes it?"),
    SuggestionKind.LIST: _("Who issued it?"),
}
LABELS: dict[str, dict[str, Label]] = {
    SuggestionKind.STATEMENT: {
        "attribution": (_("Name and title as printed"), ""),
        "said_on": (_("Said on"), ""),
        "occasion": (_("Occasion"), ""),
        "context": (_("Context"), _("in square brackets before the words")),
        "marks_exception": (
            _("Why it is a quotation without marks"),
            _("readers see this"),
        ),
        "other": ("", _("its title or address")),
        "conditions": ("", _("of a mixed position")),
        "rationale": ("", _("of an inference: quote the words it rests on")),
    },
    SuggestionKind.PROPOSAL: {
        "title": (_("Title"), _("short and neutral: what would be done")),
        "text": (_("Our wording"), _("readers see that it is ours")),
        "addressed_to": (_("Addressed to"), ""),
        "speaker_other": (_("Proposed by"), _("empty if the article does not say")),
    },
    SuggestionKind.LIST: {
        "title": (_("Title of the list"), _("ours")),
        "speaker_other": (_("Issued by"), ""),
        "addressed_to": (_("Addressed to"), ""),
        "issued_on": (_("Issued on"), ""),
        "introduction": (_("Introduction"), _("our own words")),
    },
}
FRAGMENT = _("with the fragment in quotation marks")
NO_MARKS = _("without quotation marks")
ARTICLE_DATE = _("the article is of %s")
PRINTED = _("printed: “%s”")
