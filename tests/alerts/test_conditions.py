"""A condition finds what its list finds: the FilterSet is the second opinion."""

import random

import pytest
from django.http import QueryDict

from archive.alerts.conditions import Matcher
from archive.alerts.news import KINDS
from archive.alerts.targets import target
from archive.models import Topic
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal
from statements.filters import StatementFilterSet
from statements.models import Speaker, Statement
from tests.factories import (
    make_article,
    make_listed,
    make_outlet,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
LISTS = {
    "statements": (StatementFilterSet, Statement),
    "proposals": (ProposalFilterSet, Proposal),
    "positions": (PositionFilterSet, Position),
}
WORDS = ("We will fight,", "And we win.", "taxes will fall")


@pytest.fixture
def archive():
    draw = random.Random(7)
    topics = [make_topic() for _ in range(3)]
    speakers = [make_speaker() for _ in range(4)]
    outlets = [make_outlet() for _ in range(2)]
    for number in range(30):
        article = make_article(
            outlet=draw.choice(outlets), published_on=f"20{10 + number % 9}-05-01"
        )
        statement = make_statement(
            draw.choice(WORDS[:2]),
            article=article,
            speaker=draw.choice(speakers),
            said_on=draw.choice([None, f"20{10 + number % 7}-03-0{1 + number % 9}"]),
        )
        statement.topics.set(draw.sample(topics, draw.choice([0, 1, 2])))
        if number % 3 == 0:
            proposal = make_listed(proposal_list=None)
            proposal.topics.add(draw.choice(topics))
            for stance in draw.sample(["supports", "opposes", "abstains"], 2):
                make_position(
                    statement,
                    proposal=proposal,
                    speaker=statement.speaker,
                    stance=stance,
                    basis="own_words",
                )


def drawn(draw: random.Random) -> tuple[str, str]:
    """A list and its parameters."""
    name = draw.choice(list(LISTS))
    slugs = {
        "speaker": list(Speaker.objects.values_list("slug", flat=True)),
        "topic": list(Topic.objects.values_list("slug", flat=True)),
        "proposal": list(Proposal.objects.values_list("slug", flat=True)),
        "stance": ["supports", "opposes"],
        "basis": ["own_words", "document"],
        "since": ["2012", "2013-05"],
        "until": ["2016", "2015-03-02"],
        "q": ["fight", '"we win"', "win -fight", "bridge OR win"],
    }
    if name == "proposals":
        slugs.pop("proposal")
    pairs = []
    for parameter in draw.sample(list(slugs), draw.choice([1, 1, 2, 3])):
        values = slugs[parameter]
        count = 2 if parameter in ("speaker", "topic", "proposal", "stance") else 1
        pairs += [f"{parameter}={each}" for each in draw.sample(values, count)]
    return name, "&".join(pairs).replace(" ", "+").replace('"', "%22")


def test_a_followed_list_matches_what_its_page_lists(archive):
    draw, not_empty = random.Random(1), 0
    matcher, expected = Matcher(), {}
    for number in range(250):
        name, query = drawn(draw)
        filterset, model = LISTS[name]
        [condition] = target(f"/{name}/?{query}").conditions
        matcher.add(number, condition)
        kind = KINDS[model]
        rows = filterset(QueryDict(query), queryset=kind.rows()).qs
        expected[number] = {(model, pk) for pk in rows.values_list("pk", flat=True)}
        not_empty += bool(expected[number])
    found: dict = {number: set() for number in expected}
    for model in (Statement, Proposal, Position):
        for document in KINDS[model].index_documents():
            for number in matcher.matches(document):
                found[number].add((model, document.pk))
    assert found == expected
    assert not_empty > 60
