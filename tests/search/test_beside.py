"""Benchmarks compare our search pages with others; both must do the same work."""

from concurrent.futures import ThreadPoolExecutor

from archive.devtools.benchmarks import load


def test_datasette_finds_by_words_as_we_do(tmp_path):
    """Runs in a thread, since a browser test in this process keeps an event loop in the
    main one.
    """
    rows = [
        (pk, text, "lee", "taxes", "direct", "post", None, None, None)
        for pk, text in enumerate(["rent", "water"])
    ]

    def measured() -> float:
        cost = load._datasette(tmp_path / "archive.db", rows)
        assert cost is not None
        return cost({"q": "rent"})

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(measured).result() > 0
