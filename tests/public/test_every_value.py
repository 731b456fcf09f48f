"""Whatever value can be stored in any field, the record can be indexed, and every page,
list, file and feed answers.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from archive.core.rules import checked
from archive.devtools.page_types import routes
from archive.listing.answer import left_out
from archive.models import Correction
from archive.serving import indexing
from policies.models import Check
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_outlet
from tests.public.visible import make_public

pytestmark = [pytest.mark.volume, pytest.mark.django_db]
APPS = ("archive", "statements", "policies")
# Set by the archive, not by people; a status would only hide the record.
OURS = {"id", "uid", "status", "is_public", "sha256", "cited_at", "created_at"}
OURS |= {"updated_at", "first_published_at", "table", "record_uid"}
COUNTED = ("archive.FailedSearch", "count")
REFUSED = (IntegrityError, DataError, ValueError)  # NUL and surrogates: ValueError

TEXTS = [
    "",
    " ",
    "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT ISOLATE}",
    "bell\x07 escape\x1b tab\x0b feed\x0c delete\x7f next\x85",
    "line\u2028separator\u2029 \ufeff \ufffe \uffff \U0010ffff",
    "👩‍👩‍👧‍👦🏳️‍🌈🗽",
    "q\u0301" * 100,
    "null \0 inside",
    "a lone surrogate \ud800",
    "]]> <script>alert(1)</script> {{ 7|add:1 }} {% now %} %s %(x)s",
    '=cmd|"/c calc"!A0',
    "“„«‹'\"’»›”",
    "İıßﬁﷺ",
    "https://example.org/\N{RIGHT-TO-LEFT OVERRIDE}?a=%00&b=[]#\x0b",
    "Q1",
]
DAYS = [dt.date.min, dt.date(999, 12, 31), dt.date(1000, 1, 1), dt.date(1900, 2, 28)]
DAYS += [dt.date(2200, 1, 1), dt.date(2200, 1, 2), dt.date.max]
NUMBERS = [-(2**63), -(2**31) - 1, -1, 0, 1, 2**15 - 1, 2**15, 2**31 - 1, 2**63 - 1]
NUMBERS += [2**63, 10**40]


def values_of(field):
    """A strategy of what may be tried in this field."""
    if field.choices:
        return st.sampled_from([value for value, _label in field.choices])
    if isinstance(field, models.DateTimeField):
        return st.sampled_from(
            [dt.datetime.combine(day, dt.time(12), dt.UTC) for day in DAYS]
        )
    if isinstance(field, models.DateField):
        return st.sampled_from([None, *DAYS])
    if isinstance(field, models.BooleanField):
        return st.sampled_from([True, False, None])
    if isinstance(field, models.IntegerField):
        return st.sampled_from([None, *NUMBERS])
    size = field.max_length or 100_000
    odd = st.sampled_from([*TEXTS, "x" * size, "Long " * (size // 5), "🗽" * size])
    return odd | st.text(max_size=min(size, 60))


def fields_of(model):
    return [
        field
        for field in model._meta.concrete_fields
        if not field.is_relation
        and field.name not in OURS
        and (model._meta.label, field.name) != COUNTED
    ]


def an_archive():
    """A record of everything that is public."""
    public = make_public()
    article, speaker = public["article"], public["speaker"]
    article.outlet = make_outlet()
    article.save()
    Check.objects.create(
        speaker=speaker,
        proposal=public["proposal"],
        checked_on="2024-12-12",
        where="The record",
    )
    Correction.objects.create(
        table=article._meta.label_lower,
        record_uid=article.uid,
        kind="correction",
        note="A slip.",
        date="2024-12-12",
        status="published",
    )


def every_model():
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            is_ours = model._meta.label in ("archive.Change", "archive.Setting")
            if model._meta.managed and not is_ours and "Event" not in model.__name__:
                yield model


def every_record():
    for model in every_model():
        yield from model._default_manager.all()[:3]


def a_value_of_every_field():
    return st.fixed_dictionaries(
        {
            (model, field.name): values_of(field)
            for model in every_model()
            for field in fields_of(model)
        }
    )


def addresses(records):
    """Lists, files, feeds and other pages; the pages of each record."""
    for route, _pattern in routes():
        if "<" not in route:
            yield route
    for record in records:
        if hasattr(record, "get_absolute_url"):
            yield record.get_absolute_url()
        meta = record._meta
        admin = f"admin:{meta.app_label}_{meta.model_name}"
        for page, arguments in (("changelist", []), ("change", [record.pk])):
            try:
                yield reverse(f"{admin}_{page}", args=arguments)
            except NoReverseMatch:
                continue
    yield "/statements/?since=1000-01-01&until=2200-01-01&sort=oldest"
    yield "/articles/?sort=newest"
    yield "/search/?q=x"


def store(values):
    """Writes each value into the first records of its model, unless it is refused."""
    for (model, name), value in values.items():
        for pk in model._base_manager.values_list("pk", flat=True)[:3]:
            with suppress(*REFUSED), checked():
                model._base_manager.filter(pk=pk).update(**{name: value})


def test_every_value_that_can_be_stored_is_indexed_and_shown(reindex):
    an_archive()
    editor = signed_in(make_account("Ada", is_superuser=True))

    # shrinking would ask for every page a hundred times
    @settings(max_examples=4, deadline=None, database=None, phases=[Phase.generate])
    @given(a_value_of_every_field())
    def check(values):
        store(values)
        indexing.refresh()
        assert left_out() == []
        for client in (Client(), editor):
            for address in dict.fromkeys(addresses(every_record())):
                answer = client.get(address)
                assert answer.status_code < 500, address
                assert answer.getvalue() is not None

    check()
