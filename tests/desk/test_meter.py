"""The excerpt meter counts as the rule of the database does."""

import pytest

from archive.desk.meter import counted_spans, meter_with
from archive.models import Article
from tests.factories import (
    TEXT,
    add_passage,
    make_article,
    make_list,
    make_listed,
    make_statement,
    make_version,
)
from tests.rules import sql

pytestmark = pytest.mark.django_db
WORDS = "We will fight,"  # 14 characters


def counted_by_the_database(article: Article) -> int:
    return sql("SELECT policies_public_characters(%s)", article.pk)[0][0]


def excerpt_meter(article, further=()):
    spans = [(article.latest_version.pk, *span) for span in further]
    return meter_with(article, spans)


def test_it_counts_what_the_database_counts():
    article = make_article(excerpt_limit=200)
    make_statement(WORDS, article=article)
    make_statement("fight,", article=article)  # the same characters
    make_statement("taxes", article=article, form="indirect", text="Lee spoke.")
    make_statement("And we win.", article=article, status="draft")
    make_listed("Plant trees.", proposal_list=make_list(article=article))
    make_listed(proposal_list=make_list(article=article, status="draft"))
    meter = excerpt_meter(article)
    assert meter.characters == counted_by_the_database(article) == 14 + 12
    assert (meter.limit, meter.length) == (200, len(TEXT))
    assert meter.share == round(100 * 26 / len(TEXT))
    assert not meter.stop


def test_each_version_counts_by_itself():
    article = make_article()
    make_statement(WORDS, article=article)
    version = make_version(article, f"Later. {TEXT}", number=2)
    other = make_statement(article=article, passages=False, status="draft")
    add_passage(other, WORDS, version=version)
    type(other).objects.filter(pk=other.pk).update(status="published")
    assert excerpt_meter(article).characters == counted_by_the_database(article) == 28


def test_further_spans_are_counted_as_if_they_were_public():
    article = make_article(excerpt_limit=20)
    make_statement(WORDS, article=article)
    start = TEXT.index("fight,")
    assert excerpt_meter(article, [(start, start + 6)]).characters == 14
    meter = excerpt_meter(article, [(start, start + 20)])
    assert meter.characters == 28
    assert meter.is_exceeded
    assert "28 characters" in meter.stop
    assert "allow 20" in meter.stop


def test_drafts_add_what_they_would_show():
    article = make_article()
    draft = make_statement(WORDS, article=article, status="draft")
    reported = make_statement(
        "taxes", article=article, status="draft", form="indirect", text="Lee spoke."
    )
    listed = make_listed(
        proposal_list=make_list(article=article, status="draft"), status="draft"
    )
    spans = counted_spans([draft, reported, listed])
    assert meter_with(article, spans).characters == 14 + len("Build a bridge.")


@pytest.mark.parametrize(
    ("rights", "limit"), [("full_text", None), ("link_only", 0), ("excerpts", 9)]
)
def test_the_rights_decide_the_limit(rights, limit):
    article = make_article(rights=rights, excerpt_limit=9)
    assert excerpt_meter(article).limit == limit
    assert excerpt_meter(article, [(0, 10)]).is_exceeded == (limit is not None)


def test_an_article_without_text_has_nothing_to_measure():
    article = Article.objects.create(headline="H")
    meter = excerpt_meter(article)
    assert (meter.characters, meter.share, meter.part_of_limit) == (0, 0, 0)
