"""No address costs more than the sum of its values: nothing is multiplied."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from archive.listing import page as listing_page
from archive.search import find, query
from archive.search.query import OneOf
from archive.search.question import Parameter, Question
from tests.factories import make_position, make_proposal, make_speaker, make_statement
from tests.search.small import make_index

pytestmark = pytest.mark.django_db
client = Client()
JOINT = ("proposal", "list", "stance", "basis")
FILES = ["/positions.csv", "/compare.csv"]
PAGES = ["/statements/", "/proposals/", "/positions/", "/articles/", "/compare/"]


@pytest.fixture
def terms(monkeypatch):
    """The number of values in each condition that is asked of the index."""
    counts, ask = [], OneOf.query

    def counted(condition, schema):
        counts.append(len(condition.values))
        return ask(condition, schema)

    monkeypatch.setattr(OneOf, "query", counted)
    return counts


class Counting:
    """A searcher that counts how often each of its methods is called."""

    def __init__(self, searcher):
        self.searcher, self.calls = searcher, {}

    def __getattr__(self, name):
        self.calls[name] = self.calls.get(name, 0) + 1
        return getattr(self.searcher, name)


def address(path, **values):
    return f"{path}?{urlencode(values, doseq=True)}"


def made_up(name, count):
    return [f"{name}{index}" for index in range(count)]


def test_made_up_values_of_the_joint_filters_are_not_multiplied(reindex, terms):
    statement = make_statement()
    make_position(statement, proposal=make_proposal())
    reindex()
    terms.clear()
    values = {name: made_up(name, 8) for name in JOINT}
    assert client.get(address("/statements/", **values)).status_code == 200
    assert sum(terms) < 8 * len(JOINT) * 10
    assert max(terms) <= 8


def test_only_combinations_that_exist_are_asked_for(reindex, terms):
    speakers = [make_speaker() for _ in range(6)]
    proposal = make_proposal()
    for speaker in speakers:
        make_position(speaker=speaker, proposal=proposal)
    reindex()
    terms.clear()
    values = {
        "speaker": [speaker.slug for speaker in speakers],
        "stance": ["supports", "opposes", "mixed", "discusses", "abstains"],
        "basis": ["document", "action", "reported", "own_words"],
    }
    page = client.get(address("/proposals/", **values))
    assert [row.pk for row in page.context["page"]] == [proposal.pk]
    assert max(terms) <= len(speakers)


def test_combinations_are_read_once_for_each_value_of_one_parameter(tmp_path):
    values = {name: made_up(name, 40) for name in JOINT}
    index = make_index(tmp_path)
    with index.reading() as searcher:
        counting = Counting(searcher)
        assert list(query.joint_tokens(counting, values)) == []
    assert counting.calls == {"terms_with_prefix": 40}


def test_values_that_no_record_has_are_not_searched_for_one_by_one(tmp_path):
    unknown = tuple(made_up("topic", 50))
    question = Question(
        "statements", parameters=(Parameter("topic", unknown, OneOf("topic", unknown)),)
    )
    index = make_index(tmp_path)
    with index.reading() as searcher:
        counting = Counting(searcher)
        counts = find.values(counting, index.schema, question, ["topic"])
    assert counts == {"topic": {"a": 4, "b": 1}}
    assert "search" not in counting.calls


def test_each_value_is_encoded_once_however_many_links_hold_it(monkeypatch):
    encoded, encode = [], listing_page.urlencode
    monkeypatch.setattr(
        listing_page,
        "urlencode",
        lambda pairs: encoded.extend(pairs) or encode(pairs),
    )
    values = {"topic": made_up("topic", 20), "outlet": made_up("outlet", 20)}
    assert client.get(address("/statements/", **values)).status_code == 200
    assert len(encoded) < 2 * 40


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_too_many_values_are_refused_with_a_sentence(path):
    names = ("speaker", "topic", "proposal", "list", "outlet", "article")
    values = {name: made_up(name, 14) for name in names}
    answer = client.get(address(path, **values))
    assert answer.status_code == 400
    assert "the limit is 40. Remove some" in answer.content.decode()
    one = {"topic": made_up("topic", 41)}
    assert client.get(address(path, **one)).status_code == 400
