"""What the engine took a text for, in an editor's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.extraction.kinds import kind_of_text, language_of
from archive.extraction.model import TextKind

KINDS: dict[TextKind, Any] = {
    TextKind.ARTICLE: _("an article"),
    TextKind.TRANSCRIPT: _("a debate or hearing, each turn one speaker’s words"),
    TextKind.INTERVIEW: _("an interview, each answer the words of who was asked"),
    TextKind.SPEECH: _("a speech, the words of one speaker"),
    TextKind.RELEASE: _("a press release"),
    TextKind.POSTS: _("an article that quotes posts"),
    TextKind.FACT_SHEET: _("a fact sheet"),
}
LANGUAGES: dict[str, Any] = {
    "de": _("German"),
    "es": _("Spanish"),
    "fr": _("French"),
    "und": _("written in a script that the engine does not read"),
}


@dataclass(frozen=True)
class ReadAs:
    """`language` is "" for English."""

    kind: Any
    language: Any = ""


def read_as(text: str) -> ReadAs:
    language = language_of(text)
    return ReadAs(KINDS[kind_of_text(text)], LANGUAGES.get(language, ""))
