"""Reads the structured data of a page."""

from __future__ import annotations

import json
import re

from django.test import Client

from tests.public.zotero import Head

client = Client()
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(path: str) -> str:
    return client.get(path).content.decode()


def nodes(path: str) -> list[dict]:
    """Returns the things that the page's data block describes; breadcrumbs come
    last.
    """
    blocks = BLOCK.findall(page(path))
    assert len(blocks) == 1, path
    data = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node_of(record) -> dict:
    return nodes(record.get_absolute_url())[0]


def types(node) -> set[str]:
    """Yields the types of a node and of everything inside it."""
    if isinstance(node, list):
        return set().union(*map(types, node))
    if not isinstance(node, dict):
        return set()
    own = node.get("@type", [])
    return ({own} if isinstance(own, str) else set(own)) | types(list(node.values()))


def meta(path: str) -> dict[str, list[str]]:
    return Head(page(path)).tags


def canonical(path: str) -> str:
    return next(
        iter(re.findall(r'<link rel="canonical" href="([^"]*)">', page(path))), ""
    ).replace("&amp;", "&")
