"""Publishing as far as the database allows, and undoing it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.desk import tryout
from statements.models import Statement
from tests.desk.records import make_drafts
from tests.editing.test_workflow import status
from tests.factories import make_article, make_speaker, make_statement

pytestmark = pytest.mark.django_db


def numbered(count):
    """An article of so many quotations, and a draft of each."""
    lines = [f"“This is number {number} of all.”" for number in range(count)]
    article, speaker = make_article("\n".join(lines)), make_speaker()
    return [
        make_statement(
            line.strip("“”"), article=article, speaker=speaker, status="draft"
        )
        for line in lines
    ]


def test_what_is_refused_is_named_and_everything_else_is_public_meanwhile():
    good = numbered(9)
    bad = make_statement(article=good[0].article, passages=False, status="draft")
    records = [*good[:4], bad, *good[4:]]
    with tryout.published(records) as refused:
        assert refused == [(bad, "A published statement needs its passage.")]
        assert set(Statement.objects.public()) == set(good)
    assert {status(each) for each in records} == {"draft"}


def test_one_refusal_among_many_costs_few_attempts():
    good = numbered(32)
    bad = make_statement(article=good[0].article, passages=False, status="draft")
    with CaptureQueriesContext(connection) as queries:
        assert len(tryout.refusals([*good, bad])) == 1
    assert len(queries) < 90


def test_parents_come_first_whatever_the_order():
    drafts = make_drafts()
    records = [drafts[name] for name in ("position", "listed", "list", "statement")]
    assert tryout.refusals([*records, drafts["article"]]) == []


def test_what_is_public_or_withdrawn_stays_as_it_is():
    public, gone = make_statement(), make_statement(status="withdrawn")
    with tryout.published([public, gone]) as refused:
        assert refused == []
        assert set(Statement.objects.public()) == {public}


def test_the_first_records_that_fit_the_limit_are_published():
    records = numbered(3)
    article = records[0].article
    length = len("This is number 0 of all.")
    type(article).objects.filter(pk=article.pk).update(excerpt_limit=2 * length)
    assert [each for each, _why in tryout.refusals(records)] == [records[2]]
