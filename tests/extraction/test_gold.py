"""Every construction the engine must recognise, on articles written for it
(gold/*.txt).
"""

from pathlib import Path

import pytest

from archive.extraction import extract
from archive.extraction.goldset import Article, findings, read

GOLD = [read(path) for path in sorted((Path(__file__).parent / "gold").glob("*.txt"))]


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article.name)
def test_everything_in_a_gold_article_is_found_and_nothing_else(
    article: Article,
) -> None:
    assert sorted(findings(extract(article.text))) == sorted(article.expected)


def test_the_gold_set_has_at_least_fifteen_articles_that_say_what_they_are_for() -> (
    None
):
    assert len(GOLD) >= 15
    assert all(article.about for article in GOLD)


def test_a_gold_file_without_separator_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_text("Only a text.", encoding="utf-8")
    with pytest.raises(ValueError, match="has no line ====="):
        read(path)
