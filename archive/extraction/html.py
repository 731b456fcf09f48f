"""The main text of a web page, with what the page itself says about it."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

from archive.extraction.model import WebArticle
from archive.extraction.normalize import normalize

_META = re.compile(r"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_JSON_LD = re.compile(r"<script\b[^>]{0,300}ld\+json[^>]{0,300}>(.{0,200000}?)</script>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]{0,1000}>(.{0,1000}?)</h1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "opinionnewsarticle")
LONGEST_PAGE = 10_000_000


def extract_html(html: str) -> WebArticle:
    """The article of one HTML page.

    html: the page as decoded text, at most 10,000,000 characters, else ValueError. The text is normalized,
    one paragraph a line, and empty (with a warning) when the page holds no article. headline, published_on
    (ISO date), byline, outlet and url are None unless the page states them in its metadata (JSON-LD, Open
    Graph, meta and link elements; the headline also in its only h1): nothing is guessed from the text or
    from an address.
    """
    if len(html) > LONGEST_PAGE:
        raise ValueError(f"The page has {len(html):,} characters; at most {LONGEST_PAGE:,} are read.")
    text = _main_text(html)
    facts = _json_ld(html)
    meta = _meta(html)
    return WebArticle(
        text=text,
        headline=_clean(facts.get("headline") or meta.get("og:title") or meta.get("twitter:title") or _only_h1(html)),
        published_on=_day(facts.get("datePublished") or meta.get("article:published_time") or meta.get("date")),
        byline=_clean(_names(facts.get("author")) or meta.get("author") or meta.get("byl")),
        outlet=_clean(_names(facts.get("publisher")) or meta.get("og:site_name")),
        url=_address(_canonical(html) or meta.get("og:url")),
        warnings=() if text else ("No article text was found on this page.",),
    )


def _main_text(html: str) -> str:
    """By trafilatura, which is imported here so that the engine itself needs nothing."""
    import trafilatura

    if not html.strip():
        return ""
    found = trafilatura.extract(html, include_comments=False, include_tables=False, favor_precision=True)
    return normalize(found or "").strip()


def _attributes(tag: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)}


def _meta(html: str) -> dict[str, str]:
    """name or property -> content; the first one counts."""
    found: dict[str, str] = {}
    for tag in _META.findall(html):
        attributes = _attributes(tag)
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        if name and attributes.get("content", "").strip():
            found.setdefault(name, attributes["content"])
    return found


def _canonical(html: str) -> str | None:
    links = (_attributes(tag) for tag in _LINK.findall(html))
    return next((a["href"] for a in links if a.get("rel", "").lower() == "canonical" and a.get("href")), None)


def _json_ld(html: str) -> dict[str, Any]:
    """The first article among the page's JSON-LD objects; {} when there is none or it does not parse."""
    for block in _JSON_LD.findall(html):
        try:
            data = json.loads(block)
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else [data]
        nodes += [inner for node in nodes if isinstance(node, dict) for inner in _graph(node)]
        for node in nodes:
            if isinstance(node, dict) and _is_article(node.get("@type")):
                return node
    return {}


def _graph(node: dict[str, Any]) -> list[Any]:
    graph = node.get("@graph")
    return graph if isinstance(graph, list) else []


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.lower() in _ARTICLE_TYPES for k in kinds)


def _names(value: object) -> str | None:
    """The name or names of a JSON-LD person or organization."""
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_names, value))) or None
    return value if isinstance(value, str) else None


def _only_h1(html: str) -> str | None:
    found = _TITLE.findall(html)
    return _TAG.sub("", found[0]) if len(found) == 1 else None


def _clean(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(normalize(unescape(value)).split()) or None


def _address(value: object) -> str | None:
    cleaned = _clean(value)
    return cleaned if cleaned and cleaned.startswith(("http://", "https://")) else None


def _day(value: object) -> str | None:
    """The calendar day of an ISO date or time, if it is one."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None
