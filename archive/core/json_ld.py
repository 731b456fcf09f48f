"""What a page tells machines in the words of schema.org, as plain dicts; addresses are
paths until they are printed.

It never says more than the record: what is not known, or inferred, has no place in a
vocabulary without a mark for it.
"""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.core.dates import When

Node = dict[str, Any]

ADDRESSES = {"@id", "url", "mainEntityOfPage", "item", "urlTemplate"}
HARMLESS = {ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&"}


def script(nodes: list[Node], site: str) -> str:
    """The JSON of a data block, in which no text can end the block or begin another;
    `site` is https://host.
    """
    data = {
        "@context": "https://schema.org",
        "@graph": [_linked(node, site) for node in nodes],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(
        HARMLESS
    )


def known(**fields: Any) -> Node:
    """Those that say something."""
    return {
        name: value for name, value in fields.items() if value not in (None, "", [], {})
    }


def permanent(record: Any) -> str:
    return reverse("record", args=[record.uid])


def day(when: When | None) -> str:
    """As precisely as it is known; nothing if it is inferred, for without its mark it
    would be taken for printed.
    """
    return when.iso if when and not when.is_inferred else ""


def breadcrumbs(*crumbs: tuple[Any, str]) -> Node:
    """(name, path) of each step to the page and of the page itself."""
    items = [
        {"@type": "ListItem", "position": position, "name": str(name), "item": path}
        for position, (name, path) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def website() -> Node:
    entry_point = {
        "@type": "EntryPoint",
        "urlTemplate": f"{reverse('search')}?q={{words}}",
    }
    return {
        "@type": "WebSite",
        "@id": reverse("home"),
        "url": reverse("home"),
        "name": _("On Record"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": entry_point,
            "query-input": "required name=words",
        },
    }


def _linked(value: Any, site: str, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _linked(inner, site, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_linked(inner, site, name) for inner in value]
    return site + value if name in ADDRESSES and str(value).startswith("/") else value
