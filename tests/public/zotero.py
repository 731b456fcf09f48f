"""How Zotero's translators “Embedded Metadata” and “RDF” read a page, as far as our
tags are concerned.

The name of a tag is a namespace and a name, separated by a dot, a colon or an
underscore; the name's first letter is in lower case. A type from DC takes precedence
over the guess from citation_title (journalArticle); og:type=website takes precedence
over DC.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

ITEM_TYPES = {
    "newspaperArticle",
    "webpage",
    "journalArticle",
    "statute",
    "interview",
    "document",
}
HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_public_url": "url",
    "citation_language": "language",
}
RDF = {
    "title": ("dc:title", "og:title"),
    "date": ("dc:date",),
    "publicationTitle": ("prism:publicationName", "dc:source", "og:site_name"),
    "publisher": ("dc:publisher",),
    "url": ("og:url",),
    "language": ("dc:language",),
}


class Head(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, list[str]] = {}
        self.feed(page.split("</head>", maxsplit=1)[0])

    def handle_starttag(self, tag: str, attrs: list) -> None:
        attributes = dict(attrs)
        if (
            tag == "meta"
            and (name := attributes.get("name") or attributes.get("property"))
            and attributes.get("content")
        ):
            self.tags.setdefault(_named(name), []).append(attributes["content"])


def read(page: str) -> dict:
    """Returns the item that Zotero would save: itemType, creators and the fields named
    above.
    """
    tags = Head(page).tags
    item = {
        field: next((tags[name][0] for name in names if name in tags), "")
        for field, names in RDF.items()
    }
    item |= {field: tags[name][0] for name, field in HIGHWIRE.items() if name in tags}
    creators = [
        name for each in tags.get("citation_author", []) for name in each.split(";")
    ]
    return item | {
        "itemType": _type(tags),
        "creators": creators or tags.get("dc:creator", []),
    }


def _named(name: str) -> str:
    if name.startswith("citation_"):
        return name
    prefix, _delimiter, rest = re.match(r"([a-zA-Z]*)([.:_]?)(.*)", name).groups()
    return f"{prefix.lower()}:{rest[:1].lower()}{rest[1:]}"


def _type(tags: dict[str, list[str]]) -> str:
    if tags.get("og:type") == ["website"]:
        return "webpage"
    if (named := tags.get("dc:type", [""])[0]) in ITEM_TYPES:
        return named
    return "journalArticle" if "citation_title" in tags else "webpage"
