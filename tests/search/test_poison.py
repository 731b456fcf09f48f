"""One record that cannot be indexed stops nothing: it is left out and named."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import transaction
from django.test import Client

from archive.listing.answer import left_out
from archive.models import Article
from archive.search import find
from archive.search import schema as fields
from archive.search.index import AppliedPosition, SearchIndex
from archive.search.question import Parameter, Question
from archive.search.schema import IndexDocument
from archive.serving import indexing
from statements.filters import StatementFilterSet
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_article, make_statement
from tests.rules import sql
from tests.search.small import change, make_index, results_of
from tests.search.test_freshness import eventually, say, statement_count

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poison(monkeypatch):
    """Statements whose text names poison cannot be converted."""
    convert = IndexDocument.to_tantivy

    def fail(document):
        if any("Poison" in text for text in document.body):
            raise OverflowError("can't convert negative int to unsigned")
        return convert(document)

    monkeypatch.setattr(IndexDocument, "to_tantivy", fail)


@pytest.mark.parametrize(
    "day", [dt.date.min, dt.date(999, 12, 31), dt.date(2500, 1, 1), dt.date.max]
)
def test_a_date_of_any_year_has_a_sort_key(day):
    document = IndexDocument("statements", 1, ["words"], day=day, tie=fields.TIE)
    assert document.to_tantivy()
    assert all(0 <= key < 2**64 for key in fields.sort_keys(day, fields.TIE))


def test_dates_that_can_be_stored_keep_their_order():
    days = [dt.date(1000, 1, 1), dt.date(1599, 1, 1), dt.date(2200, 1, 1)]
    for earlier, later in zip(days, [*days[1:], None], strict=True):
        if later:
            assert fields.sort_keys(earlier, 0)[0] < fields.sort_keys(later, 0)[0]
        assert fields.sort_keys(earlier, 0)[1] < fields.sort_keys(later, 0)[1]


def test_a_rebuild_leaves_out_what_cannot_be_indexed(poison, search_folder):
    statement, other = say("Poison."), say("Harbors freeze.")
    indexing.rebuild()
    assert statement_count() == 1
    assert statement_count("q=harbors") == 1
    assert left_out() == [("statements", statement.pk)]
    assert other.pk != statement.pk


def test_a_record_is_named_until_it_can_be_indexed(poison, reindex):
    statement = say("Poison.")
    indexing.refresh()
    assert left_out() == [("statements", statement.pk)]
    type(statement).objects.filter(pk=statement.pk).update(text="Harbors freeze.")
    indexing.refresh()
    assert left_out() == []
    assert statement_count("q=harbors") == 1


def test_a_record_that_cannot_be_read_is_left_out_alone(reindex, monkeypatch):
    statements = [say(f"Harbors freeze {index}.") for index in range(5)]
    speaker = StatementFilterSet.base_filters["speaker"]
    read = speaker.values

    def fail(rows):
        if rows.filter(pk=statements[3].pk).exists():
            raise ValueError("year -5 is out of range")
        return read(rows)

    monkeypatch.setattr(speaker, "values", fail)
    indexing.refresh()
    assert statement_count("q=harbors") == 4
    assert left_out() == [("statements", statements[3].pk)]


def test_healthz_and_the_editors_home_page_name_what_was_left_out(poison, reindex):
    statement, editor = say("Poison."), signed_in(make_account("Edda"))
    indexing.refresh()
    index = Client().get("/healthz").json()["index"]
    assert index["left_out"] == [f"statements:{statement.pk}"]
    page = editor.get("/admin/").content.decode()
    assert "Not found by any search" in page
    assert f"/admin/statements/statement/{statement.pk}/change/" in page


def test_the_editors_home_page_is_silent_if_all_records_are_indexed(reindex):
    make_statement()
    indexing.refresh()
    page = signed_in(make_account("Edda")).get("/admin/").content.decode()
    assert "Not found by any search" not in page


def test_no_write_fails_with_the_index(reindex, monkeypatch):
    account = make_account("Edda", password="one long password")

    def fail(_index):
        raise OverflowError("a record of tomorrow")

    monkeypatch.setattr(indexing, "_drain", fail)
    signing_in = {"username": account.username, "password": "one long password"}
    assert Client().post("/admin/login/?next=/admin/", signing_in).status_code == 302
    answer = signed_in(account).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 302


def test_a_follower_goes_on_after_any_error(reindex, monkeypatch):
    drain, failures = indexing._drain, []

    def fail_twice(index):
        if len(failures) < 2:
            failures.append(1)
            raise OverflowError("a record of tomorrow")
        return drain(index)

    monkeypatch.setattr(indexing, "_drain", fail_twice)
    monkeypatch.setattr(indexing, "WAIT_SECONDS", 0.05)
    done = threading.Event()
    thread = threading.Thread(target=indexing.follow, args=(done.is_set,))
    thread.start()
    try:
        say("Harbors freeze.")
        eventually(lambda: statement_count("q=harbors") == 1)
    finally:
        done.set()
        thread.join()
    assert len(failures) == 2


def test_a_date_stored_before_the_rule_stops_neither_index_nor_pages(reindex):
    editor = signed_in(make_account("Edda"))
    with transaction.atomic():
        article = make_article(published_on=dt.date(2024, 1, 1))
        statement = make_statement("We will fight,", article=article)
    sql("ALTER TABLE archive_article DROP CONSTRAINT article_days")
    try:
        for day in ("9999-12-31", "0001-01-01"):
            sql(f"UPDATE archive_article SET published_on = '{day}'")
            assert editor.post("/theme/", {"theme": "dark"}).status_code == 302
            assert statement_count() == 1
            pages = [statement.get_absolute_url(), article.get_absolute_url()]
            for page in [*pages, "/", "/articles/", "/statements/", "/sitemap.xml"]:
                assert editor.get(page).status_code == 200, page
    finally:
        Article.objects.update(published_on=None)
        sql(
            "ALTER TABLE archive_article ADD CONSTRAINT article_days "
            "CHECK (published_on BETWEEN '1000-01-01' AND '2200-01-01')"
        )


def test_a_record_with_thousands_of_positions_breaks_no_facet(tmp_path):
    rows = [
        {"speaker": f"speaker-with-a-long-name-{index:05}", "stance": stance}
        for index in range(3_000)
        for stance in ("supports", "opposes")
    ]
    crowd = [{**row, "list": "one-list"} for row in rows]
    document = IndexDocument("proposals", 1, ["words"], joint=crowd)
    index = SearchIndex(tmp_path)
    index.rebuild(lambda: [document], lambda: AppliedPosition("here", 7))
    stance = Parameter("stance", ("supports",), is_joint=True)
    question = Question("proposals", parameters=(stance,))
    with index.reading() as searcher:
        counts = find.joint_values(searcher, index.schema, question, "speaker", None)
        lists = find.joint_values(searcher, index.schema, question, "list", None)
    assert len(counts) == 3_000
    assert lists == {"one-list": 1}


def test_a_stand_in_is_found_by_no_question(tmp_path):
    index = make_index(tmp_path)
    with index.locked("write", 1):
        index.apply(
            [fields.Unindexed("statements", 9)],
            ["statements:9"],
            AppliedPosition("here", 9),
        )
    assert results_of(index).total == 4
    change(index, {9: "Mended."}, 10)
    assert results_of(index, "mended").ids == [9]
    with index.reading() as searcher:
        assert index.left_out(searcher) == []
