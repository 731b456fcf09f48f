"""Names and titles stand where a reader looks for them, in every list."""

import html

import pytest
from django.test import Client

from archive.models import Outlet
from statements.models import Speaker
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
client = Client()

PEOPLE = [
    *("Knut Ångström", "李强", "Tip O'Neil", "Mary O’Neil", "Östen"),
    *("zoe small", "Jan van der Berg", "Émile Zola"),
]
ENTERED = [PEOPLE[index] for index in (5, 0, 7, 4, 3, 6, 2, 1)]
IN_ORDER = [
    *("Knut Ångström", "李强", "Mary O’Neil", "Tip O'Neil", "Östen"),
    *("zoe small", "Jan van der Berg", "Émile Zola"),
]
TITLES = ["zebras", "Élan", "Ärger", "The daily news", "O’Neil’s law", "oneself"]
TITLES_IN_ORDER = ["Ärger", "The daily news", "Élan", "O’Neil’s law", "oneself"]
TITLES_IN_ORDER += ["zebras"]


def shown(response, names):
    """The names in the order in which the page first has them."""
    page = html.unescape(response.content.decode())
    page = page.partition('id="results"')[2] or page
    assert [name for name in names if name not in page] == []
    return sorted(names, key=page.index)


@pytest.fixture
def people():
    return [make_statement(speaker=make_speaker(name=name)).speaker for name in ENTERED]


def options(page, name):
    """The labels of a facet, in its order."""
    listing = client.get(page).context["listing"]
    facet = next(facet for facet in listing.facets if facet.name == name)
    return [option.label for option in facet.options]


def test_speakers_who_are_as_active_are_sorted_by_surname(people, request):
    assert shown(client.get("/speakers/"), PEOPLE) == IN_ORDER
    request.getfixturevalue("reindex")
    assert shown(client.get("/speakers/"), PEOPLE) == IN_ORDER


def test_the_list_of_speakers_begins_with_the_most_active(people, request):
    busiest, second = people[2], people[4]
    for _ in range(2):
        make_position(speaker=busiest)
    make_statement(speaker=second)
    make_statement(speaker=people[0], status="draft")
    rest = [name for name in IN_ORDER if name not in (busiest.name, second.name)]
    expected = [busiest.name, second.name, *rest]
    assert shown(client.get("/speakers/"), PEOPLE) == expected
    request.getfixturevalue("reindex")
    assert shown(client.get("/speakers/"), PEOPLE) == expected


def test_speakers_with_the_same_count_are_sorted_in_a_facet_too(people, request):
    assert options("/statements/?all=speaker", "speaker") == IN_ORDER
    request.getfixturevalue("reindex")
    assert options("/statements/?all=speaker", "speaker") == IN_ORDER


def test_the_values_of_every_facet_are_sorted(request):
    for title, name in zip(TITLES, ENTERED, strict=False):
        topic, speaker = make_topic(name=title), make_speaker(name=name)
        article = make_article(outlet=make_outlet(name=title))
        make_statement(article=article).topics.add(topic)
        listed = make_list(title=title, issued_by=speaker, addressed_to=speaker)
        proposal = make_listed(proposal_list=listed)
        proposal.topics.add(topic)
        make_position(proposal=proposal, speaker=speaker)
    people = [name for name in IN_ORDER if name in ENTERED[:6]]
    expected = {"topic": TITLES_IN_ORDER, "outlet": TITLES_IN_ORDER}
    expected |= {"list": TITLES_IN_ORDER, "issuer": people, "addressee": people}
    facets = [("statements", "topic"), ("articles", "topic"), ("articles", "outlet")]
    facets += [("proposals", name) for name in ("topic", "list", "issuer", "addressee")]
    facets += [("positions", "list"), ("positions", "topic")]
    for answer in (lambda: None, lambda: request.getfixturevalue("reindex")):
        answer()
        for page, name in facets:
            assert options(f"/{page}/?all={name}", name) == expected[name]
        assert options("/proposals/?all=speaker", "speaker") == people


def test_topics_are_sorted_on_their_page():
    for title in TITLES:
        make_statement().topics.add(make_topic(name=title))
    assert shown(client.get("/topics/"), TITLES) == TITLES_IN_ORDER


def test_positions_of_a_speaker_are_sorted_by_topic():
    speaker = make_speaker()
    for title in TITLES:
        proposal = make_proposal(title=f"Do {title}")
        proposal.topics.add(make_topic(name=title))
        make_position(speaker=speaker, proposal=proposal)
    page = client.get(speaker.get_absolute_url())
    assert [row.topic for row in page.context["stated"]] == TITLES_IN_ORDER


def test_a_surname_that_begins_another_comes_first():
    for name in ("Ann Lander Smith", "Zoe Lander", "Bea Landers"):
        make_speaker(name=name, sort_name="Lander Smith, Ann" if "Ann" in name else "")
    names = [speaker.name for speaker in Speaker.objects.all()]
    assert names == ["Zoe Lander", "Ann Lander Smith", "Bea Landers"]


@pytest.mark.parametrize(
    ("name", "kind", "sorted_as"),
    [
        ("Jumaane D. Williams", "person", "Williams, Jumaane D."),
        ("Martin Luther King Jr.", "person", "King, Martin Luther, Jr."),
        ("Jan van der Berg", "person", "van der Berg, Jan"),
        ("Ursula von der Leyen", "person", "von der Leyen, Ursula"),
        ("Alexandria Ocasio-Cortez", "person", "Ocasio-Cortez, Alexandria"),
        ("Dr. Ana Costa", "person", "Costa, Ana"),
        ("Östen", "person", "Östen"),
        ("李强", "person", "李强"),
        ("Xi Jinping", "person", "Xi Jinping"),
        ("Chen Guangcheng", "person", "Chen Guangcheng"),
        ("Li Keqiang", "person", "Li Keqiang"),
        ("Kim Jong-un", "person", "Kim Jong-un"),
        ("Tsai Ing-wen", "person", "Tsai Ing-wen"),
        ("Kim Reynolds", "person", "Reynolds, Kim"),
        ("Lee Zeldin", "person", "Zeldin, Lee"),
        ("Li Wang", "person", "Wang, Li"),
        ("Song Anderson", "person", "Anderson, Song"),
        ("Lin Chen Smith", "person", "Smith, Lin Chen"),
        ("Bashar al-Assad", "person", "al-Assad, Bashar"),
        ("The City Council", "organization", "City Council"),
        ("the mayors of five cities", "group", "mayors of five cities"),
        ("Theatre Guild", "organization", "Theatre Guild"),
        ("The", "organization", "The"),
    ],
)
def test_a_new_speaker_is_sorted_by_surname_or_without_the(name, kind, sorted_as):
    assert make_speaker(name=name, kind=kind).sort_name == sorted_as
    Speaker.objects.bulk_create([Speaker(name=f"{name} ", kind=kind, sort_name="X")])
    assert Speaker.objects.get(name=f"{name} ").sort_name == "X"


def test_outlets_are_sorted_without_the():
    for name in ("The Post", "Courier", "the Argus", "Quarterly"):
        make_outlet(name=name)
    names = [outlet.name for outlet in Outlet.objects.all()]
    assert names == ["the Argus", "Courier", "The Post", "Quarterly"]
