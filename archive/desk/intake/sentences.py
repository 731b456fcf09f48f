"""What the intake tells editors: why something cannot be read, and where a suggestion
comes from.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.desk.intake.decoding import Unreadable
from archive.desk.intake.reading import Notice, Origin

_REFUSED: dict[str, Any] = {
    Unreadable.PDF: _(
        "This is a PDF. Only text and HTML can be read: open it, copy the text, and "
        "paste it."
    ),
    Unreadable.OFFICE: _(
        "This is a file of a word processor. Only text and HTML can be read: open it, "
        "copy the text, and paste it."
    ),
    Unreadable.BINARY: _(
        "This file holds no text. Choose a .txt or .html file, or paste the text."
    ),
    Unreadable.ENCODING: _(
        "The characters of this file cannot be read. Save it as UTF-8, or paste the "
        "text."
    ),
    "empty": _("There is no text. Paste the article, or choose a file that holds it."),
    "too large": _(
        "The file is larger than 5 MB. Paste the text of the article alone."
    ),
    "too long": _(
        "The text is longer than 1,000,000 characters. Shorten it, or split it into "
        "several articles."
    ),
    "too many tags": _(
        "This page has more than 50,000 tags. Paste the text of the article alone."
    ),
    "no article": _(
        "No article was found in this HTML: it holds links and menus, but no sentence. "
        "Open the article’s own page and copy its source, or paste its text."
    ),
}
ORIGINS: dict[Origin, Any] = {
    Origin.METADATA: _("From the page’s metadata"),
    Origin.HEADING: _("From the page’s main heading"),
    Origin.FIRST_LINE: _("From the first line of the text"),
    Origin.BYLINE: _("From the line that begins with “By”"),
    Origin.DATELINE: _("From the dateline"),
    Origin.DATE_LINE: _("From a line above the text"),
    Origin.ADDRESS: _("From the address; check it"),
    Origin.RELEASE: _("From the line “For immediate release”"),
    Origin.FILE_NAME: _("From the name of the file"),
}
NO_HEADLINE = _("No headline was recognised. Type it as it was printed.")
NOTICES: dict[Notice, Any] = {
    Notice.HTML: _(
        "This is the main text of an HTML page. Menus, scripts and what stands beside "
        "the article were left out. Compare it with the page."
    ),
    Notice.WORD: _(
        "This is the text of a Word document. Its formatting was left out; its words "
        "and quotation marks were not changed."
    ),
    Notice.GUESSED: _(
        "The file is not UTF-8 and was read as Windows-1252. Check the quotation marks "
        "and accents; if they are wrong, save the file as UTF-8 and upload it again."
    ),
    Notice.NO_SENTENCE: _(
        "No line of this text ends a sentence. If it is a menu or a list of links, go "
        "back and paste the article itself."
    ),
}


def refused(reason: str) -> Any:
    return _REFUSED[reason]
