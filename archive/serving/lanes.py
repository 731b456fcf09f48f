"""Threads of their own for each kind of request, so that dear answers never hold up a
page. A lane that is full refuses at once.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

FILE = re.compile(r"\.(csv|json|jsonl|ndjson|xlsx|atom|xml|bib|ris|zip)$")
EDITORS = "/admin/"
QUESTIONS = ("/search/", "/compare/", "/api/")


@dataclass
class Lane:
    """At most `threads` requests are answered at once and `waiting` wait."""

    name: str
    threads: int
    waiting: int
    busy: int = 0  # changed by the event loop alone
    pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(self.threads, thread_name_prefix=self.name)

    @property
    def is_full(self) -> bool:
        return self.busy >= self.threads + self.waiting


class Lanes:
    """`count` threads in all: the database's pool must have as many connections."""

    count = 11

    def __init__(self) -> None:
        self.pages = Lane("pages", 4, 400)
        self.questions = Lane("questions", 3, 40)
        self.files = Lane("files", 2, 8)
        self.editors = Lane("editors", 2, 50)

    @property
    def all(self) -> tuple[Lane, ...]:
        return self.pages, self.questions, self.files, self.editors

    def of(self, path: str, query: str) -> Lane:
        """Records and the fixed pages are cheap; what has parameters, such as a search
        or a filter, is a question.
        """
        if path.startswith("/static/"):
            return self.pages
        if path.startswith(EDITORS):
            return self.editors
        if FILE.search(path):
            return self.files
        return self.questions if query or path.startswith(QUESTIONS) else self.pages
