import pytest

from archive.core.triggers import refuse
from archive.models import Article, ArticleVersion
from tests.factories import (
    add_passage,
    make_article,
    make_outlet,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.rules import refused, sql

pytestmark = pytest.mark.django_db


def test_a_version_never_changes():
    version = make_article().latest_version
    version.save()  # nothing changed, so it is allowed
    with refused("version_immutable"):
        ArticleVersion.objects.update(text="x")
    with refused("version_immutable"):
        sql("UPDATE archive_articleversion SET note = 'x'")
    version.text = "retyped"
    with refused("version_immutable"):
        ArticleVersion.objects.bulk_update([version], ["text"])


def test_a_version_is_kept_once_something_was_published_from_it():
    statement = make_statement(status="draft")
    version = statement.article.latest_version
    statement.passages.all().delete()
    version.delete()  # nothing was ever published from it
    version = ArticleVersion.objects.create(
        article=statement.article, number=2, text="We will fight, she said"
    )
    add_passage(statement, "We will fight,", version=version)
    statement.status = "published"
    statement.save()
    statement.status = "withdrawn"
    statement.save()
    statement.passages.all().delete()
    with refused("version_kept"):
        sql("DELETE FROM archive_articleversion")


def test_a_version_whose_whole_text_was_shown_is_kept():
    article = make_article(rights="full_text", status="draft")
    Article.objects.update(status="published")
    with refused("version_kept"):
        article.versions.all().delete()
    ArticleVersion.objects.create(article=article, number=2, text="later")
    with refused("version_kept"):
        article.versions.filter(number=2).delete()


@pytest.mark.parametrize(
    ("text", "rule"),
    [("e\u0301", "version_nfc"), ("a\r\nb", "version_lf"), ("", "version_not_empty")],
)
def test_a_version_is_normalized(text, rule):
    article = make_article()
    with refused(rule):
        ArticleVersion.objects.bulk_create(
            [ArticleVersion(article=article, number=2, text=text)]
        )


def test_a_version_has_the_hash_of_its_text():
    version = make_article("abc").latest_version
    assert (
        version.sha256
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    with refused("version_immutable"):
        sql("UPDATE archive_articleversion SET sha256 = 'x'")


def test_version_numbers_are_not_given_twice():
    article = make_article()
    with refused("version_number"):
        ArticleVersion.objects.create(article=article, number=1, text="other")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"headline": ""}, "article_headline"),
        ({"rights": "stolen"}, "article_rights"),
        ({"status": "secret"}, "archive_article_status"),
        ({"uid": "UPPER_CASE"}, "archive_article_uid"),
        (
            {"published_on": "2024-12-12", "published_precision": "month"},
            "article_date_precision",
        ),
        (
            {"published_on": "2024-02-01", "published_precision": "year"},
            "article_date_precision",
        ),
        ({"published_is_inferred": True}, "article_date_inferred"),
    ],
)
def test_an_article_that_breaks_a_rule_is_refused(fields, rule):
    with refused(rule):
        Article.objects.bulk_create([Article(**{"headline": "x", **fields})])


def test_a_slug_is_made_from_the_title_and_counted_up():
    first, second = (
        make_article(headline="L’Été à Brooklyn"),
        make_article(headline="L'Ete a Brooklyn!"),
    )
    slugs = [Article.objects.get(pk=article.pk).slug for article in (first, second)]
    assert slugs == ["lete-a-brooklyn", "lete-a-brooklyn-2"]
    Article.objects.bulk_create(
        [Article(headline="L'ete a Brooklyn"), Article(headline="纽约")]
    )
    assert {"lete-a-brooklyn-3", "niu-yue"} <= set(
        Article.objects.values_list("slug", flat=True)
    )


def test_a_slug_follows_the_title_until_it_is_public():
    article = make_article(headline="Old", status="draft")
    Article.objects.update(headline="New")
    article.refresh_from_db()
    assert article.slug == "new"
    Article.objects.update(status="published")
    Article.objects.update(status="withdrawn", headline="Newest")
    article.refresh_from_db()
    assert article.slug == "new"
    with refused("slug_is_fixed"):
        sql("UPDATE archive_article SET slug = 'other'")


@pytest.mark.parametrize("title", ["Budget for 2025", "中文"])
def test_a_draft_slug_follows_also_a_title_that_ends_in_a_number_or_is_not_latin(title):
    make_article(headline=title)
    article = make_article(headline=title, status="draft")
    Article.objects.filter(pk=article.pk).update(headline="New")
    article.refresh_from_db()
    assert article.slug == "new"


def test_a_slug_chosen_by_hand_stays():
    article = make_article(headline="Old", slug="mine", status="draft")
    Article.objects.update(headline="New")
    article.refresh_from_db()
    assert article.slug == "mine"


@pytest.mark.parametrize("make", [make_speaker, make_topic, make_outlet])
def test_the_slug_of_a_record_without_status_never_changes(make):
    record = make(name="First")
    type(record).objects.update(name="Second")
    with refused("slug_is_fixed"):
        type(record).objects.update(slug="second")


def test_a_uid_is_permanent():
    make_statement()
    for table in ("archive_article", "statements_statement", "statements_speaker"):
        with refused("uid_is_permanent"):
            sql(f"UPDATE {table} SET uid = 'aaaaaaaaaa'")


def test_updated_at_moves_only_when_something_changed():
    article = make_article()
    before = Article.objects.get()
    Article.objects.update(
        headline=article.headline,
        created_at=None,
        updated_at=None,
        first_published_at=None,
    )
    same = Article.objects.get()
    assert (same.created_at, same.updated_at) == (before.created_at, before.updated_at)
    assert same.first_published_at == before.first_published_at
    sql("UPDATE archive_article SET byline = 'x'")
    assert Article.objects.get().updated_at > before.updated_at


def test_a_sentence_with_an_apostrophe_reaches_the_reader():
    with refused("x"):
        sql(f"DO $$ BEGIN {refuse('x', 'It isn’t, or isnt')} END $$")
