"""`verify` looks at the whole archive and prints each problem under its article."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.core.querysets import PublicQuerySet
from archive.ingest import load_seed
from archive.models import ArticleVersion
from tests.factories import (
    make_article,
    make_position,
    make_statement,
)
from tests.rules import sql
from tests.seed.test_damages import DAMAGES, make_archive, silence_the_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def _archive() -> None:
    make_archive()


def verify(*options):
    """Returns the problems that the command prints."""
    out = StringIO()
    try:
        call_command("verify", *options, stdout=out)
    except CommandError:
        return [line for line in out.getvalue().splitlines() if ": " in line]
    return []


@pytest.mark.usefixtures("_archive")
def test_verify_finds_nothing_before_the_damage():
    make_article()
    assert verify() == []


@pytest.mark.usefixtures("_archive")
def test_verify_prints_each_problem_under_its_article_and_fails():
    silence_the_rules()
    for damage in ("a version whose hash is another", "words under a link only"):
        sql(DAMAGES[damage][0])
    out = StringIO()
    with pytest.raises(CommandError, match="Problems found: 2"):
        call_command("verify", stdout=out)
    assert re.search(
        r"^Article article-\d+, problems: 2\n"
        r"  archive.articleversion .*does not match its hash\n"
        r"  archive.article .* exceed its limit of 0$",
        out.getvalue(),
        re.MULTILINE,
    )


@pytest.mark.usefixtures("_archive")
@pytest.mark.parametrize(
    ("public", "named"),
    [
        (lambda rows: rows.all(), "is public, but it or"),
        (lambda rows: rows.none(), "should be public, but is not"),
        (
            lambda rows: (
                rows.filter(status="published")
                if hasattr(rows.model, "status")
                else rows
            ),
            "is public, but it or",
        ),
    ],
    ids=["shows all", "shows nothing", "forgets the parents"],
)
def test_verify_sees_when_public(public, named, monkeypatch):
    make_statement(article=make_article(status="draft"))
    assert verify() == []
    monkeypatch.setattr(PublicQuerySet, "public", public)
    assert any(named in line for line in verify())


def test_the_seed_is_in_order(capsys):
    load_seed()
    call_command("verify")
    lines = capsys.readouterr().out.splitlines()
    assert {
        "1 article, 1 public",
        "15 statements, 15 public",
        "13 proposals, 13 public",
    } <= set(lines)
    assert {"5 positions, 5 public", "Everything is in order."} <= set(lines)


def test_what_is_not_published_is_counted_and_not_held_against_it(capsys):
    make_statement(status="withdrawn")
    make_position(status="draft", basis="own_words")
    call_command("verify")
    assert "1 statement, 0 public" in capsys.readouterr().out


def test_an_empty_archive_is_wrong_unless_allowed(capsys):
    with pytest.raises(CommandError, match="empty"):
        call_command("verify")
    call_command("verify", allow_empty=True)
    assert "0 statements, 0 public" in capsys.readouterr().out


def test_the_queries_do_not_grow_with_the_statements_of_an_article():
    def query_count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert verify() == []
        return len(queries)

    article = make_article()
    make_position(make_statement(article=article))
    before = query_count()
    for _ in range(5):
        make_position(make_statement(article=article))
    assert query_count() == before
    assert ArticleVersion.objects.count() == 1


def test_a_date_stored_before_its_rule_is_named():
    statement = make_statement()
    rule = sql(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conname = 'statement_days'"
    )[0][0]
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("ALTER TABLE statements_statement DROP CONSTRAINT statement_days")
    sql(
        "UPDATE statements_statement SET said_on = '2999-01-01', said_precision = 'day'"
    )
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE statements_statement ADD CONSTRAINT statement_days {rule}")
    _article, line = verify()
    assert statement.uid in line
    assert "stored before the rule statement_days, which it breaks" in line
