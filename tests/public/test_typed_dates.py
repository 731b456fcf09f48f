"""Dates in the address of a list, as people type them."""

import pytest
from django.test import Client

from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_statement,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client()
DAYS = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-12-01", "2024-12-31"]
DAYS += ["2025-01-01"]
LISTS = ["statements", "proposals", "positions", "articles"]
CASES = [
    ("since=2024", DAYS[1:]),
    ("since=2024-12", DAYS[3:]),
    ("since=2024-12-02", DAYS[4:]),
    ("until=2024", DAYS[:5]),
    ("until=2024-02", DAYS[:3]),
    ("until=2024-11", DAYS[:3]),
    ("since=2024&until=2024", DAYS[1:5]),
    ("since=2024-2&until=2024-2", DAYS[2:3]),
    ("since=%202024%20", DAYS[1:]),
    ("since=2024-02-9&until=2024-12-1", DAYS[2:4]),
]


@pytest.fixture(scope="module")
def of_each_day(records_of_module):
    for day in DAYS:
        article = make_article(published_on=day)
        statement = make_statement(article=article, said_on=day)
        listed = make_listed(proposal_list=make_list(article=article, issued_on=day))
        make_position(statement, proposal=listed, held_on=day)


def days(path):
    response = client.get(path)
    assert response.status_code == 200
    listing = response.context["listing"]
    rows = listing.filterset.queryset.filter(
        pk__in=[row.pk for row in response.context["page"].object_list]
    )
    return sorted(str(row.day) for row in rows)


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_a_year_or_month_stands_for_its_first_or_last_day(of_each_day, query, expected):
    for name in LISTS:
        assert days(f"/{name}/?{query}") == expected, name


def test_the_index_understands_the_same(of_each_day, request):
    request.getfixturevalue("reindex")
    for query, expected in CASES:
        for name in LISTS:
            assert days(f"/{name}/?{query}") == expected, (name, query)


def test_a_file_understands_the_same(of_each_day):
    lines = client.get("/positions.csv?since=2024-12&until=2024").getvalue().decode()
    assert len(lines.splitlines()) == 1 + 2


@pytest.mark.parametrize("typed", ["12/12/2024", "Dec 2024", "24", "２０２４"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_another_form_is_refused_with_the_forms_that_are_read(typed, name):
    said = "Write a day as 2024-12-31, a month as 2024-12, a year as 2024."
    for path in ("/statements/", "/proposals/", "/positions.csv"):
        response = client.get(path, {name: typed})
        assert response.status_code == 400
        assert said in response.content.decode()


def test_a_day_that_the_calendar_lacks_is_named():
    response = client.get("/statements/?since=2023-02-29")
    assert response.status_code == 400
    assert "2023-02-29 is not in the calendar." in response.content.decode()


@pytest.mark.parametrize("typed", ["2024", "2024-12", "12/12/2024"])
def test_the_field_shows_what_was_typed(typed):
    page = Html(client.get("/statements/", {"since": typed}).content.decode())
    field = page.partition('name="since"')[2].partition(">")[0]
    assert f'value="{typed}"' in field
    assert 'type="date"' not in field  # which would show nothing for a year


def test_links_keep_what_was_typed(of_each_day):
    listing = client.get("/statements/?since=2024&until=2024-12").context["listing"]
    assert listing.url() == "?since=2024&until=2024-12"
    assert [chip.label for chip in listing.chips] == ["2024", "2024-12"]


def test_a_refused_date_is_asked_for_again_beside_the_other_filters():
    page = client.get("/statements/?q=tax&form=direct&since=1/2/2024&until=2025")
    form = Html(page.content.decode()).partition("not valid")[2].partition("</form>")[0]
    assert Html(form).count("<input") == 4
    for name, value in (("q", "tax"), ("form", "direct"), ("until", "2025")):
        assert f'name="{name}"' in form
        assert f'value="{value}"' in form


def test_the_years_between_typed_years_are_marked(of_each_day, request):
    request.getfixturevalue("reindex")
    years = client.get("/statements/?since=2024&until=2024-12").context["listing"].years
    assert years.chosen.startswith("M10 ")
    assert years.chosen.count("M") == 1
