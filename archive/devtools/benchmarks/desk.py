"""The workbench of a long article: the cost of its page, and how soon a key is seen."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from archive.devtools import programs, sample_article, throwaway
from archive.devtools.benchmarks.bulk import server_seconds
from archive.models import Article, ArticleVersion, Suggestion

PRESSES = 20
WATCH = """
window.times = [];
addEventListener("keydown", () => {
  const start = performance.now();
  requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - start)));
}, true);
"""


def run(**_options: object) -> Iterator[str]:
    """CPU seconds of the page with and without reading the text, and milliseconds from
    a key to what it paints, in Chromium.
    """
    with throwaway.served("seed") as site:
        code = "from archive.devtools.benchmarks import desk; desk.measure()"
        lines = site.manage("shell", "--verbosity", "0", "--command", code).splitlines()
        yield from lines[:-1]
        address, cookie = lines[-1].split()
        yield from _keys(site.url, address, cookie)


def measure() -> None:
    """Runs in that archive: prints the figures, then the page and a session."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("benchmark"))
    _page(client, _article("Warm-up", sample_article.text(500, 10)))
    text = sample_article.text()
    article = _article("Ten thousand words", text)
    with_reading = _page(client, article)
    count = Suggestion.objects.filter(article=article).count()
    without = _page(client, article)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    sys.stdout.write(
        f"{len(text.split())} words, {count} suggestions: {with_reading:.2f} s CPU for "
        f"the first page, with the reading; {without:.2f} s for each further one\n"
        f"/admin/desk/{article.uid}/ {cookie}\n"
    )


def _article(headline: str, text: str) -> Article:
    article = Article.objects.create(headline=headline)
    ArticleVersion.objects.create(article=article, text=text)
    return article


def _page(client: Client, article: Article) -> float:
    start, database = time.process_time(), server_seconds()
    response = client.get(f"/admin/desk/{article.uid}/")
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")
    return time.process_time() - start + server_seconds() - database


def _keys(url: str, address: str, cookie: str) -> Iterator[str]:
    with programs.browser() as browser, browser.new_context() as context:
        session: Any = {"name": settings.SESSION_COOKIE_NAME, "value": cookie}
        context.add_cookies([{**session, "url": url}])
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(url + address)
        page.wait_for_selector(".card.current")
        for key, name in (("j", "next card"), ("a", "accept, go to the next")):
            for _press in range(PRESSES):
                page.keyboard.press(key)
                page.wait_for_selector("#desk:not([aria-busy])")
            page.wait_for_timeout(500)
            times = page.evaluate("times.splice(0)")
            yield (
                f"{key} ({name}): {median(times):.0f} ms from key to paint "
                f"({max(times):.0f} at most, {PRESSES} times)"
            )
