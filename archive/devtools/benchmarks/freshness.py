"""How soon the site finds what another process has written: an import, a script,
another machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from statistics import median
from urllib.request import urlopen

from archive.devtools import throwaway
from statements.models import Statement
from statements.models.statements import Form

ROUNDS = 20
PATIENCE = 60


def run(**_options: object) -> Iterator[str]:
    """Seconds from a commit until the search page finds the change, in an archive of
    2,000 generated statements.
    """
    with throwaway.served("sample") as site:
        code = (
            "from archive.devtools.benchmarks import freshness; "
            f"freshness.write({site.host!r})"
        )
        seconds = [
            float(line)
            for line in site.manage(
                "shell", "--verbosity", "0", "--command", code
            ).split()
        ]
    yield (
        f"found {median(seconds):.2f} s after another process wrote it "
        f"({max(seconds):.2f} at most, {ROUNDS} times)"
    )


def write(host: str) -> None:
    """Runs in that archive: writes a new word into a public statement and searches
    until the site finds it.
    """
    statement = Statement.objects.public().filter(form=Form.INDIRECT).order_by("pk")[0]
    for index in range(ROUNDS):
        word = f"news{'o' * index}word"
        Statement.objects.filter(pk=statement.pk).update(
            text=f"Officials were said to discuss {word} often enough."
        )
        sys.stdout.write(
            f"{_seconds_until_found(host, word, statement.get_absolute_url())}\n"
        )
        # so that a write does not coincide with the index's last commit
        time.sleep(0.2)


def _seconds_until_found(host: str, word: str, address: str) -> float:
    start = time.monotonic()
    while time.monotonic() < start + PATIENCE:
        with urlopen(f"http://{host}/statements/?q={word}") as answer:
            if address in answer.read().decode():
                return time.monotonic() - start
        time.sleep(0.01)
    raise RuntimeError(f"not found within {PATIENCE} s")
