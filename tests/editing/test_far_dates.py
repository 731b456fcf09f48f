"""Dates that no source can bear are refused where they are typed, with a sentence."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import DateField
from django.utils import timezone

from archive.core.dates import near
from archive.models import Article, ArticleVersion, Correction
from policies.models import Check
from tests.editing.forms import change_url, errors, page_url, send
from tests.factories import (
    make_article,
    make_list,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/archive/article/add/"


def make_check():
    return Check.objects.create(
        speaker=make_speaker(),
        proposal=make_proposal(),
        checked_on="2024-01-01",
        where="Records",
    )


def make_correction():
    article = make_article()
    return Correction.objects.create(
        table="archive.article", record_uid=article.uid, note="N", date="2024-01-01"
    )


TOO_FAR = f"too far ahead: the latest year is {timezone.localdate().year + 5}."
FULL = "Write the date as 2024-12-31, with all four digits of the year."
TOO_OLD = "No source has a date before the year 1000."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("9999-12-31", TOO_FAR),
        ("2500-01-01", TOO_FAR),
        ("12/05/68", FULL),
        ("12/05/19", FULL),
        ("12/05/2019", FULL),
        ("68", FULL),
        ("2024-12", FULL),
        ("0068-12-05", TOO_OLD),
        ("0999-12-31", TOO_OLD),
        ("0001-01-01", TOO_OLD),
    ],
)
def test_a_date_far_off_is_refused_at_its_field(editor, typed, message):
    response = send(editor, ADD, headline="H", published_on=typed)
    assert "published_on: " in errors(response)
    assert message in errors(response)
    assert not Article.objects.exists()


@pytest.mark.parametrize("typed", ["2024-12-31", "December 31, 2024", "31 Dec 2024"])
def test_a_date_with_a_full_year_is_read(editor, typed):
    assert send(editor, ADD, headline="H", published_on=typed).status_code == 302
    assert Article.objects.get().published_on == dt.date(2024, 12, 31)


@pytest.mark.parametrize("typed", ["12/05/68", "9999-12-31", "0001-01-01"])
def test_every_date_field_of_the_admin_refuses_it(editor, typed):
    """Also those of inlines; `errors` names each field."""
    speaker = make_speaker()
    rows = {"affiliations-TOTAL_FORMS": "1", "affiliations-0-title": "Mayor"}
    rows |= {f"affiliations-0-{name}": typed for name in ("start", "end", "known_on")}
    said = errors(send(editor, change_url(speaker), **rows))
    assert all(f"{name}: " in said for name in ("start", "end", "known_on"))
    forms = {"statements/statement": "said_on", "archive/article": "published_on"}
    forms |= {"policies/proposallist": "issued_on", "policies/position": "held_on"}
    forms |= {"policies/check": "checked_on", "archive/correction": "date"}
    for url, name in forms.items():
        said = errors(send(editor, f"/admin/{url}/add/", **{name: typed}))
        assert f"{name}: " in said, url


def test_no_date_field_of_a_model_is_left_unguarded():
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model.__module__.split(".")[0] in ("archive", "statements", "policies")
        and isinstance(field, DateField)
        and field.editable
        and "Event" not in model.__name__
    ]
    unguarded = {field.name for field in fields if near not in field.validators}
    # Written by the archive itself, never typed.
    written = {"last_on", "at", "made_at", "undone_at", "finished_at", "read_to"}
    written |= {"first", "last"}
    assert unguarded <= written


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_statement, "said_on"),
        (make_list, "issued_on"),
        (make_position, "held_on"),
    ],
)
def test_every_form_with_a_date_refuses_one_far_off(editor, make, field):
    typed = {field: "9999-12-31", "correction": "minor"}
    assert f"{field}: " in errors(send(editor, change_url(make()), **typed))


def test_the_time_of_a_new_version_is_near(editor):
    page = page_url(make_article("One text."), "new_version")
    sent = {"text": "Another text.", "base": "1", "retrieved_at_1": "12:00"}
    response = editor.post(page, {**sent, "retrieved_at_0": "9999-12-31"})
    assert TOO_FAR in response.content.decode()
    assert ArticleVersion.objects.count() == 1


def test_next_year_and_the_year_1000_are_near():
    near(dt.date(1000, 1, 1))
    near(dt.date(timezone.localdate().year + 5, 12, 31))
    with pytest.raises(ValidationError):
        near(dt.datetime.max)


@pytest.mark.parametrize("day", ["0999-12-31", "2200-01-02", "9999-12-31"])
def test_the_database_refuses_what_no_form_has_seen(day):
    statement, proposals = make_statement(), make_list()
    office = make_speaker().affiliations.create(
        is_published=True, title="Mayor", known_on="2024-01-01"
    )
    rows = [
        (statement, "said_on"),
        (statement.article, "published_on"),
        (proposals, "issued_on"),
        (make_position(), "held_on"),
        (make_check(), "checked_on"),
        (make_correction(), "date"),
        (office, "start"),
        (office, "end"),
        (office, "known_on"),
    ]
    for record, field in rows:
        stored = type(record).objects.filter(pk=record.pk)
        with pytest.raises(IntegrityError, match="_days"), transaction.atomic():
            stored.update(**{field: day})
