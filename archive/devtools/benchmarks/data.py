"""What researchers and followers ask for: every list as a file in each format, and as a
feed. CPU, and the memory that a request adds to a process.

    python3 manage.py sample_archive --statements 100000 --seed 1
    python3 manage.py benchmark data
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.devtools.benchmarks.files import measured

PATHS = (
    "/statements.csv",
    "/statements.jsonl",
    "/statements.csv?form=direct",
    "/statements.csv?q=rent",
    "/positions.csv",
    "/statements.atom",
    "/statements.atom?q=rent",
    "/speakers.atom",
)


def run(**_options: object) -> Iterator[str]:
    """A line for each path, each measured in a process of its own."""
    return measured(PATHS)
