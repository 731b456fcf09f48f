"""party, office, body and place: as held on the date of the record."""

import pytest
from django.test import Client

from statements.filters import SpeakerFilterSet
from statements.models import Affiliation, Speaker
from tests.factories import make_position, make_speaker, make_statement
from tests.public.test_filters import counts, positions, results, statements
from tests.public.test_search import answering  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def join(speaker, organization, **fields):
    body, _ = Speaker.objects.get_or_create(name=organization, kind="organization")
    fields = {"kind": "office", "source_url": "https://example.org/a", **fields}
    return Affiliation.objects.create(
        speaker=speaker, organization=body, **{"is_published": True, **fields}
    )


@pytest.fixture
def ann():
    """A senator from 2019 on: of the Reform Party until 2022, then of another."""
    speaker = make_speaker(name="Ann Lee")
    join(speaker, "Reform", kind="party", start="2019-01-01", end="2022-12-31")
    join(speaker, "Union", kind="party", start="2023-01-01")
    join(speaker, "Senate", title="Senator", place="Illinois", start="2019-01-01")
    return speaker


def said(speaker, day):
    return make_statement(speaker=speaker, said_on=day)


def held(speaker, day):
    return make_position(speaker=speaker, held_on=day, source_url="https://example.org")


def speakers(query):
    return results(SpeakerFilterSet, Speaker.objects.public().with_activity(), query)


def test_a_statement_is_found_under_the_party_of_its_day(ann):
    old, new = said(ann, "2020-05-01"), said(ann, "2024-05-01")
    assert statements("party=reform")[0] == [old]
    assert statements("party=union")[0] == [new]
    assert set(statements("party=union&party=reform")[0]) == {old, new}


def test_before_an_office_began_nothing_is_found_under_it(ann):
    said(ann, "2018-12-31")
    first = said(ann, "2019-01-01")
    assert statements("office=senator&body=senate&place=illinois")[0] == [first]


def test_a_record_without_a_date_is_under_no_party(ann):
    make_statement(speaker=ann)
    assert statements("party=reform")[0] == []


def test_a_position_counts_under_the_party_of_its_day(ann):
    held(ann, "2020-05-01"), held(ann, "2021-05-01"), held(ann, "2024-05-01")
    rows, listing = positions("office=senator")
    assert len(rows) == 3
    assert counts(listing, "party") == {"reform": 2, "union": 1}
    assert counts(listing, "place") == {"illinois": 3}


def test_a_speaker_is_found_under_every_party_they_were_in(ann):
    said(ann, "2020-05-01")
    said(make_speaker(name="Bob"), "2020-05-01")
    assert speakers("party=reform")[0] == [ann] == speakers("party=union")[0]


def test_a_draft_affiliation_neither_finds_nor_is_counted(ann):
    bob = make_speaker(name="Bob")
    said(bob, "2020-05-01")
    join(bob, "Reform", kind="party", start="2019-01-01", is_published=False)
    join(bob, "Camarilla", title="Schemer", place="Lair", is_published=False)
    assert statements("party=reform")[0] == []
    _rows, listing = statements()
    for name in ("party", "office", "body", "place"):
        assert counts(listing, name) == {}
    assert speakers("office=schemer")[0] == []


def test_a_facet_names_the_party_the_office_and_the_place(ann):
    said(ann, "2020-05-01")
    _rows, listing = statements("party=reform")
    labels = {f.name: [o.label for o in f.options] for f in listing.facets}
    assert labels["party"] == ["Reform"]
    assert labels["office"] == ["Senator"]
    assert labels["body"] == ["Senate"]
    assert labels["place"] == ["Illinois"]


def test_an_organization_without_a_page_is_a_value_too(answering):  # noqa: F811
    ann = make_speaker()
    join(ann, "Club", kind="member", start="2019-01-01", source_url="")
    said(ann, "2020-05-01")
    answering()
    assert counts(statements()[1], "body") == {"club": 1}
    assert "Club" in fold("/statements/?body=club")


def fold(address):
    """The fold around the four facets, as it is sent."""
    page = Client().get(address).content.decode()
    folds = [part.split("</details>", 1)[0] for part in page.split("<details")[1:]]
    return next(part for part in folds if 'name="body"' in part)


def test_the_four_facets_are_folded_until_one_of_them_filters(ann):
    said(ann, "2020-05-01")
    closed, opened = fold("/statements/"), fold("/statements/?office=senator")
    assert not closed.split(">", 1)[0].strip()
    assert opened.split(">", 1)[0].strip() == "open"
    names = ("party", "office", "body", "place")
    assert all(f'name="{name}"' in closed for name in names)
    assert 'name="topic"' not in closed


def test_without_an_affiliation_there_is_no_fold():
    make_statement()
    page = Client().get("/statements/").content.decode()
    assert 'name="body"' not in page
