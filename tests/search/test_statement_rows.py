"""A page of statements: what its rows show, in how many queries, and that they are
current.
"""

import pytest
from django.test import Client

from archive.listing import labels
from archive.listing.labels import Labels
from archive.search import find
from statements.models import Affiliation, Speaker, Statement
from statements.views import StatementList
from tests.factories import (
    make_article,
    make_outlet,
    make_position,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db


def make_statements():
    article = make_article(outlet=make_outlet(), published_on="2024-12-12")
    speaker = make_speaker()
    Affiliation.objects.create(
        is_published=True,
        speaker=speaker,
        title="Mayor",
        start="2024-01-01",
        end="2025-01-01",
    )
    Affiliation.objects.create(
        is_published=True,
        speaker=speaker,
        title="Senator",
        start="2020-01-01",
        end="2021-01-01",
    )
    statements = [
        make_statement(article=article, speaker=speaker) for _ in range(2)
    ] + [make_statement()]
    for basis in ("own_words", "reported"):
        make_position(statements[0], speaker=speaker, basis=basis)
    return [statement.pk for statement in statements]


def page(ids):
    """Returns the rows of a page in this order, as the list loads them."""
    return StatementList.all_rows().with_ids(ids)


def test_rows_come_in_the_order_of_their_ids_with_offices_and_positions():
    ids = make_statements()
    rows = page([*ids, 0])
    assert [statement.pk for statement in rows] == ids
    assert [statement.office for statement in rows] == ["Mayor", "Mayor", ""]
    assert [len(statement.public_positions) for statement in rows] == [2, 0, 0]


def test_a_page_of_statements_is_three_queries_however_many_there_are(
    django_assert_num_queries,
):
    ids = make_statements()
    page(ids)
    for page_ids in (ids[:1], ids):
        with django_assert_num_queries(3):
            assert [row.office for row in page(page_ids)]


def test_what_is_withdrawn_is_missing_from_the_very_next_page():
    ids = make_statements()
    position = page(ids)[0].public_positions[0]
    type(position).objects.filter(pk=position.pk).update(status="withdrawn")
    Statement.objects.filter(pk=ids[1]).update(status="withdrawn")
    rows = page(ids)
    assert [statement.pk for statement in rows] == [ids[0], ids[2]]
    assert position not in rows[0].public_positions


@pytest.mark.parametrize("most", [labels.MAX_WHOLE, 0])
def test_a_name_is_told_of_public_records_only(monkeypatch, most):
    """Also where there are too many to load them all."""
    monkeypatch.setattr(labels, "MAX_WHOLE", most)
    statement, hidden = make_statement(), make_speaker()
    told = Labels(1).of(Speaker, "name", [statement.speaker.slug, hidden.slug])
    assert told == {statement.speaker.slug: statement.speaker.name}


def test_what_was_counted_for_another_page_order_or_value_is_not_counted_again(
    reindex, monkeypatch
):
    one, other = (
        make_statement(),
        make_statement(form="indirect", text="Lee was brief."),
    )
    reindex()
    passes, count = [], find.terms
    monkeypatch.setattr(
        find, "terms", lambda *args: passes.append(sorted(args[2])) or count(*args)
    )

    def counted(query):
        passes.clear()
        assert Client().get(f"/statements/{query}").status_code == 200
        return list(passes)

    assert len(counted("")) == 1
    assert counted("?sort=oldest") == []
    assert len(counted(f"?speaker={one.speaker.slug}")) == 1
    assert counted(f"?speaker={other.speaker.slug}&all=form") != []
    assert ["speaker"] not in counted(f"?speaker={other.speaker.slug}")


def test_a_page_that_was_shown_shows_at_once_what_has_changed(reindex):
    """Rows are cached for one revision; the index need not have been updated."""
    statement = make_statement("We will fight,", speaker=make_speaker(name="Ann Lee"))
    position = make_position(statement)
    reindex()

    def first_page():
        return Client().get("/statements/").content.decode()

    assert "We will fight," in first_page()
    Speaker.objects.filter(pk=statement.speaker.pk).update(name="Bea Ray")
    assert "Bea Ray" in first_page()
    assert "Ann Lee" not in first_page()
    assert position.proposal.title in first_page()
    type(position).objects.filter(pk=position.pk).update(status="withdrawn")
    assert position.proposal.title not in first_page()
    type(statement.article).objects.filter(pk=statement.article.pk).update(
        status="withdrawn"
    )
    assert "We will fight," not in first_page()
