"""schema.org data of pages, as plain dicts. URLs are paths until `script` makes them
absolute.

It never claims more than the record: unknown or inferred values are left out, because
schema.org cannot mark them as such.
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
    """The JSON of a data block, escaped so that no text can end the block or start
    another; `site` is https://host.
    """
    data = {
        "@context": "https://schema.org",
        "@graph": [_linked(node, site) for node in nodes],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(
        HARMLESS
    )


def without_empty(**fields: Any) -> Node:
    """The fields that have a value."""
    return {
        name: value for name, value in fields.items() if value not in (None, "", [], {})
    }


def permanent(record: Any) -> str:
    return reverse("record", args=[record.uid])


def day(when: When | None) -> str:
    """The date as precisely as it is known; empty if inferred, because it would look
    like a stated date.
    """
    return when.iso if when and not when.is_inferred else ""


def breadcrumbs(*crumbs: tuple[Any, str]) -> Node:
    """Takes (name, path) of each step and of the page itself."""
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
