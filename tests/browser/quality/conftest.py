"""One served archive and one browser for all tests; the site runs as in production,
with compressed static files.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from archive.devtools import throwaway
from tests import database


@pytest.fixture(scope="session")
def site() -> Iterator[throwaway.Site]:
    with throwaway.served(
        "seed", lambda folder: database.prepare(folder.parent)
    ) as site:
        yield site


@pytest.fixture(scope="session")
def saved_pages(site, tmp_path_factory) -> list[str]:
    """Saves the HTML of every page to a file."""
    folder, paths = tmp_path_factory.mktemp("html"), []
    for page in site.pages:
        paths.append(str(folder / f"{page.name}.html"))
        (folder / f"{page.name}.html").write_bytes(fetched(site.url + page.address))
    return paths


def fetched(address: str) -> bytes:
    try:
        with urlopen(address) as answer:  # noqa: S310  our own server
            return answer.read()
    except HTTPError as error:
        with error:
            return error.read()
