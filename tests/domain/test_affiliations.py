"""What a speaker has been, and when, as the archive knows it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.fields import DateField
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.core.rules import checked
from statements.models import Affiliation, Speaker
from tests.factories import make_organization, make_speaker

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 12, 12)
DAYS = st.dates(dt.date(2018, 12, 1), dt.date(2021, 2, 1))
PRECISIONS = st.sampled_from(["day", "month", "year"])


def first_day(day, precision):
    if day is None or precision == "day":
        return day
    return day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)


@st.composite
def affiliations(draw):
    dates = {}
    for name, precision in (
        ("start", "start_precision"),
        ("end", "end_precision"),
        ("known_on", "known_precision"),
    ):
        dates[precision] = draw(PRECISIONS)
        dates[name] = first_day(draw(st.none() | DAYS), dates[precision])
    return Affiliation(title="Mayor", **dates)


@pytest.mark.parametrize(
    ("dates", "day", "is_held"),
    [
        ({"start": "2019-01-01", "start_precision": "year"}, "2019-01-01", True),
        ({"start": "2019-01-01", "start_precision": "year"}, "2018-12-31", False),
        ({"start": "2019-01-01", "start_precision": "year"}, "2031-01-01", True),
        ({"end": "2019-02-01", "end_precision": "month"}, "2019-02-01", False),
        ({"known_on": "2019-02-01", "known_precision": "month"}, "2019-02-28", True),
        ({"known_on": "2019-02-01", "known_precision": "month"}, "2019-03-01", False),
        ({"known_on": "2019-02-01"}, "2019-02-02", False),
        (
            {"known_on": "2019-02-01", "end": "2019-01-01", "end_precision": "year"},
            "2019-12-31",
            True,
        ),
        ({}, "2019-12-31", False),
    ],
)
def test_it_is_held_on_the_days_that_its_dates_hold(dates, day, is_held):
    days = {
        name: dt.date.fromisoformat(value) if "-" in value else value
        for name, value in dates.items()
    }
    assert Affiliation(**days).held_on(dt.date.fromisoformat(day)) is is_held


@settings(max_examples=60, deadline=None)
@given(st.lists(affiliations(), min_size=1, max_size=20), DAYS)
def test_the_database_and_python_agree_on_who_holds_what_when(rows, day):
    with transaction.atomic():
        for row in rows:
            row.speaker = Speaker.objects.create(name="Ann Lee")
            if row.end and row.start:
                row.end = max(row.end, first_day(row.start, row.end_precision))
            row.save()
        expression = Value(day, DateField())
        saved = Affiliation.objects.filter(pk__in=[row.pk for row in rows])
        held = set(saved.held_on(expression).values_list("pk", flat=True))
        assert held == {row.pk for row in rows if row.held_on(day)}
        transaction.set_rollback(True)


def test_slugs_follow_title_and_place():
    row = make_speaker().affiliations.create(title="City Comptroller", place="Québec")
    row.refresh_from_db()
    assert (row.title_slug, row.place_slug) == ("city-comptroller", "quebec")
    Affiliation.objects.update(title="Mayor", place="")
    row.refresh_from_db()
    assert (row.title_slug, row.place_slug) == ("mayor", "")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, "affiliation_says_something"),
        ({"place": "Illinois"}, "affiliation_says_something"),
        ({"kind": "party"}, "affiliation_says_something"),
        ({"title": "Mayor", "kind": "king"}, "affiliation_kind"),
        ({"title": "Mayor", "source_url": "javascript:x"}, "affiliation_source"),
        (
            {"title": "Mayor", "start": "2020-02-03", "start_precision": "year"},
            "affiliation_start_precision",
        ),
        (
            {"title": "Mayor", "start": "2020-02-03", "end": "2020-02-02"},
            "affiliation_dates",
        ),
    ],
)
def test_what_says_nothing_or_is_wrong_is_refused(fields, rule):
    with pytest.raises(IntegrityError, match=rule), checked():
        make_speaker().affiliations.create(**fields)


def test_an_end_known_to_the_year_may_lie_before_the_start_in_that_year():
    made = make_speaker().affiliations.create(
        title="Mayor", start="2020-02-03", end="2020-01-01", end_precision="year"
    )
    assert Affiliation.objects.filter(start__gt=F("end")).get() == made


def test_only_another_organization_can_be_the_organization():
    council = make_organization()
    merged = make_organization(name="The council", merged_into=council)
    for who, organization in (
        (make_speaker(), make_speaker()),
        (make_speaker(), merged),
        (council, council),
    ):
        with pytest.raises(IntegrityError, match="must be an organization"), checked():
            who.affiliations.create(kind="member", organization=organization)
    assert make_speaker().affiliations.create(kind="member", organization=council)


def test_the_office_is_an_office_else_a_titled_membership():
    speaker = make_speaker()
    for kind, title in (
        ("party", "Democrat"),
        ("member", "Chair"),
        ("office", "Mayor"),
    ):
        speaker.affiliations.create(
            kind=kind, title=title, known_on=DAY, is_published=kind != "office"
        )
    assert str(speaker.office_on(DAY)) == "Chair"
    speaker.affiliations.update(is_published=True)
    assert str(speaker.office_on(DAY)) == "Mayor"
    assert speaker.office_on(DAY + dt.timedelta(days=1)) is None
