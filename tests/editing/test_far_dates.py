"""Dates that no source can bear are refused where they are typed, with a sentence."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.core.dates import near
from archive.models import Article, ArticleVersion
from tests.editing.forms import change_url, errors, page_url, send
from tests.factories import (
    make_article,
    make_list,
    make_position,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/archive/article/add/"
TOO_FAR = f"too far ahead: the latest year is {timezone.localdate().year + 5}."
TOO_OLD = "No source has a date before the year 1000."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("9999-12-31", TOO_FAR),
        ("2500-01-01", TOO_FAR),
        ("12/05/68", TOO_FAR),
        ("0999-12-31", TOO_OLD),
        ("0001-01-01", TOO_OLD),
    ],
)
def test_a_date_far_off_is_refused_at_its_field(editor, typed, message):
    response = send(editor, ADD, headline="H", published_on=typed)
    assert "published_on: " in errors(response)
    assert message in errors(response)
    assert not Article.objects.exists()


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
    role = make_speaker().roles.create(title="Mayor", known_on="2024-01-01")
    rows = [
        (statement, "said_on"),
        (statement.article, "published_on"),
        (proposals, "issued_on"),
        (make_position(), "held_on"),
        (role, "start"),
        (role, "end"),
        (role, "known_on"),
    ]
    for record, field in rows:
        stored = type(record).objects.filter(pk=record.pk)
        with pytest.raises(IntegrityError, match="_days"), transaction.atomic():
            stored.update(**{field: day})
