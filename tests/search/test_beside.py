"""What search pages are compared with must do the same work."""

from concurrent.futures import ThreadPoolExecutor

from archive.devtools.benchmarks import load


def test_datasette_finds_by_words_as_we_do(tmp_path):
    rows = [(pk, text, "lee", "taxes", "direct", "post", None, None, None) for pk, text in enumerate(["rent", "water"])]
    cost = load._datasette(tmp_path / "archive.db", rows)
    assert cost is not None
    with ThreadPoolExecutor(1) as another_thread:  # in this one Playwright may have its event loop
        assert another_thread.submit(cost, {"q": "rent"}).result() > 0
