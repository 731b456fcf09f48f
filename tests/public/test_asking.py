"""Questions in words at /search/: how they are read and what comes first."""

import datetime as dt
import html as htmllib
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.core import caches
from archive.models import SynonymGroup
from archive.site_search import ask
from tests.factories import (
    make_affiliation,
    make_article,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture(params=["index", "PostgreSQL"])
def answering(request):
    """Builds the index, or lets PostgreSQL answer."""
    return (
        request.getfixturevalue("reindex") if request.param == "index" else lambda: None
    )


def page(query):
    answer = client.get("/search/", {"q": query} if isinstance(query, str) else query)
    assert answer.status_code == 200
    return htmllib.unescape(answer.content.decode())


def records(typed, **options):
    return [hit.record for hit in ask(typed, **options).results]


def filters(typed):
    return {each.name: each.value for each in ask(typed).reading.filters}


def card(html):
    found = re.search(
        r'<article class="found" data-kind="(\w+)">(.*?)</article>', html, re.S
    )
    return (found[1], found[2]) if found else ("", "")


def lee_on_harbors():
    lee = make_speaker(name="Ann B. Lee")
    said = make_statement(
        speaker=lee, form="indirect", text="Lee wants harbors.", said_on="2019-05-01"
    )
    return lee, said


def test_a_name_leads_to_the_person_with_office_counts_and_links(answering):
    lee, _said = lee_on_harbors()
    make_affiliation(
        speaker=lee, title="Senator", place="Ohio", source_url="https://a.org"
    )
    make_position(speaker=lee, stance="opposes")
    answering()
    for typed in ("Ann Lee", "lee", "Ann B. Lee"):
        kind, shown = card(page(typed))
        assert kind == "speaker", typed
        for part in (
            "Ann B. Lee",
            "Senator",
            "Ohio",
            "as of",
            "Opposes",
            "1 statement",
        ):
            assert part in shown
    assert records("Ann Lee")[0] == lee


def test_two_people_of_one_name_are_both_first(answering):
    lee, _said = lee_on_harbors()
    other = make_speaker(name="Bo Lee")
    make_statement(speaker=other, form="indirect", text="Bo is here.")
    answering()
    assert {record.pk for record in records("Lee")[:2]} == {lee.pk, other.pk}


def test_a_person_and_words_give_what_the_person_says_about_them(answering):
    lee, said = lee_on_harbors()
    make_statement(form="indirect", text="Diaz wants harbors.")
    answering()
    assert filters("Ann Lee on harbors") == {"speaker": "Ann B. Lee"}
    assert records("Ann Lee on harbors")[0] == said
    assert all(record.speaker == lee for record in records("Ann Lee on harbors")[:1])


def test_a_word_that_is_a_surname_too_is_searched_as_a_word(reindex):
    make_statement(
        speaker=make_speaker(name="Jim Justice"), form="indirect", text="Hi."
    )
    for _ in range(3):
        make_statement(form="indirect", text="Criminal justice needs reform.")
    reindex()
    assert filters("criminal justice reform") == {}


def test_a_person_and_a_proposal_are_answered_by_the_position(answering):
    lee = make_speaker(name="Ann Lee")
    bank = make_proposal(title="Creating a land bank")
    position = make_position(speaker=lee, proposal=bank, stance="opposes")
    make_position(proposal=bank, stance="supports")
    answering()
    assert records("Ann Lee on the land bank")[:2] == [position, bank]
    kind, shown = card(page("Ann Lee on the land bank"))
    assert kind == "pair"
    assert "Opposes" in shown
    assert "Supports" not in shown
    assert position.get_absolute_url() in shown


def test_who_opposes_a_proposal_is_answered_with_names_and_a_chip(answering):
    bank = make_proposal(title="Creating a land bank")
    lee, diaz, roe = (
        make_speaker(name=name) for name in ("Ann Lee", "Bo Diaz", "Jo Roe")
    )
    make_position(speaker=lee, proposal=bank, stance="opposes")
    make_position(speaker=diaz, proposal=bank, stance="supports")
    make_position(speaker=roe, proposal=bank, stance="opposes", status="draft")
    answering()
    html = page("who voted against the land bank")
    kind, shown = card(html)
    assert kind == "proposal"
    assert "Ann Lee" in shown
    assert "Bo Diaz" not in shown
    assert "Jo Roe" not in html
    assert "Position</b> Opposes" in html


def test_an_inferred_position_is_not_counted_and_says_what_it_is(answering, editors):
    bank = make_proposal(title="Creating a land bank")
    make_position(
        *(make_statement(),),
        speaker=make_speaker(name="Ann Lee"),
        proposal=bank,
        stance="opposes",
        basis="inferred",
        rationale="She said so.",
        recorded_by=editors[0],
        reviewed_by=editors[1],
    )
    answering()
    _kind, shown = card(page("who opposes the land bank"))
    assert re.search(r"Inferred by the editors.*Ann Lee", shown, re.S)
    assert "speaker opposes it" not in shown


@pytest.fixture
def editors(django_user_model):
    return [django_user_model.objects.create(username=name) for name in ("a", "b")]


def test_office_party_and_place_are_filters_that_can_be_taken_back(answering):
    party = make_organization(name="Green Party")
    for name, place in (("Ann Lee", "Ohio"), ("Bo Diaz", "Utah")):
        speaker = make_speaker(name=name)
        given = {"speaker": speaker, "source_url": "https://a.org"}
        make_affiliation(**given, title="U.S. Senator", place=place)
        make_affiliation(**given, kind="party", title="", organization=party)
    answering()
    assert filters("Green senators from Ohio") == {
        "office": "U.S. Senator",
        "party": "Green Party",
        "place": "Ohio",
    }
    html = page("Green senators from Ohio")
    assert card(html)[0] == "speaker"
    assert "Bo Diaz" not in html
    links = re.findall(r'class="chip" href="([^"]+)"', html)
    assert len(links) == 3
    taken_back = client.get(links[-1]).content.decode()
    assert "Read them as filters again" in taken_back
    assert 'class="chip"' in taken_back  # the two others


def test_a_place_is_a_filter_only_beside_an_office(answering):
    make_affiliation(title="Senator", place="Ohio", source_url="https://a.org")
    make_statement(form="indirect", text="Fires burn in Ohio.")
    answering()
    assert filters("fires in Ohio") == {}
    assert filters("senators of Ohio") == {"office": "Senator", "place": "Ohio"}


def test_a_speaker_found_by_an_office_not_shown_says_which(answering):
    lee = make_speaker(name="Ann Lee")
    given = {"speaker": lee, "source_url": "https://a.org", "known_on": None}
    make_affiliation(**given, title="Mayor", start="2000-01-01", end="2004-01-01")
    make_affiliation(**given, title="Senator", start="2020-01-01")
    answering()
    html = page({"q": "mayors", "type": "speakers"})
    assert "Office: <mark>Mayor</mark>" in html


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("harbors in 2019", "2019", "2019"),
        ("harbors since 2019", "2019", None),
        ("harbors after 2019", "2020", None),
        ("harbors before 2019", None, "2018"),
        ("harbors between 2014 and 2019", "2014", "2019"),
        ("harbors from 2014 to 2019", "2014", "2019"),
        ("Int 0570-2019 harbors", None, None),
        ("2019 harbors", None, None),
    ],
)
def test_years_are_read_beside_a_preposition(reindex, typed, since, until):
    for year in (2010, 2016, 2019, 2021):
        make_statement(form="indirect", text="Harbors.", said_on=dt.date(year, 1, 1))
    reindex()
    read = ask(typed).reading.parameters
    assert read.get("since", [None])[0] == since
    assert read.get("until", [None])[0] == until


def test_filters_that_find_nothing_are_left_out_and_named(answering):
    lee_on_harbors()
    answering()
    html = page("Ann Lee on zeppelins and harbors in 1950")
    assert "left out" in html
    assert "1950" in html
    assert "Lee wants" in html


def test_a_number_leads_to_its_proposal(answering):
    bank = make_proposal(title="Creating a land bank")
    bank.identifiers.create(scheme="Legistar", identifier="Int 0570-2024")
    make_proposal(title="Int something of 2024")
    answering()
    assert records("Int 0570-2024")[0] == bank
    assert card(page("int 0570-2024"))[0] == "proposal"


def test_a_topic_is_a_card_with_its_counts(answering):
    statement = make_statement()
    statement.topics.add(make_topic(name="Housing"))
    make_topic(name="Housing of drafts")
    answering()
    html = page("housing")
    kind, shown = card(html)
    assert kind == "topic"
    assert "1 statement" in shown
    assert "Housing of drafts" not in html


def test_synonyms_find_are_marked_and_are_told(answering):
    SynonymGroup.objects.create(words="jail\nprison")
    statement = make_statement(form="indirect", text="Lee wants prisons.")
    answering()
    for path in ("/search/", "/statements/"):
        html = client.get(path, {"q": "jail"}).content.decode()
        assert statement.get_absolute_url() in html
        assert "<mark>prisons</mark>" in html
        assert "Also searched for: “prison”" in html


def test_a_change_of_synonyms_makes_a_page_new(reindex):
    make_statement(form="indirect", text="Lee wants prisons.")
    make_statement(form="indirect", text="Lee wants jails.")
    reindex()
    before = client.get("/search/?q=jail")
    tag = before.headers["ETag"]
    assert (
        client.get("/search/?q=jail", headers={"If-None-Match": tag}).status_code == 304
    )
    group = SynonymGroup.objects.create(words="jail\nprison")
    after = client.get("/search/?q=jail", headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert after.context["total"] == 2
    group.delete()
    assert client.get("/search/?q=jail").context["total"] == 1


def test_drafts_and_withdrawn_records_are_in_no_answer(answering):
    shown = make_statement(form="indirect", text="Harbors freeze.")
    lee = make_speaker(name="Ann Harbors")
    make_statement(speaker=lee, form="indirect", text="Harbors.", status="draft")
    make_affiliation(speaker=lee, title="Harbormaster")
    make_proposal(title="Harbors first", status="withdrawn")
    answering()
    assert records("harbors") == [shown]
    assert filters("harbormaster") == {}
    assert ask("harbors").total == 1


def test_a_withdrawn_record_is_gone_although_the_index_still_has_it(reindex):
    proposal = make_proposal(title="Creating a land bank")
    reindex()
    assert records("land bank") == [proposal]
    type(proposal).objects.filter(pk=proposal.pk).update(status="withdrawn")
    assert records("land bank") == []


def test_results_go_on_over_pages_and_the_card_is_on_the_first(answering):
    lee = make_speaker(name="Ann Lee")
    for index in range(25):
        make_statement(speaker=lee, form="indirect", text=f"Lee said {index}.")
    answering()
    pages = [ask("Ann Lee", page=number) for number in (1, 2, 3)]
    assert [hit.kind for hit in pages[0].named] == ["speakers"]
    assert pages[1].named == []
    keys = [(hit.kind, hit.record.pk) for each in pages for hit in each.hits]
    assert len(keys) == len(set(keys))
    assert len(keys) + 1 == pages[0].total
    assert client.get("/search/?q=Ann+Lee&page=9").status_code == 404


def test_records_with_all_words_stand_above_those_with_some(reindex):
    make_article("A long harbor text about a bank and land. " * 9, rights="full_text")
    make_statement(form="indirect", text="The bank is closed.")
    best = make_statement(form="indirect", text="The land bank is open.")
    reindex()
    html = page("land bank open")
    assert records("land bank open")[0] == best
    assert html.index("The <mark>land</mark>") < html.index("With some of the words")


def test_an_empty_search_offers_ways_in(answering):
    make_statement().topics.add(make_topic(name="Housing"))
    answering()
    html = page("")
    assert "Ask by name, office, topic or dispute" in html
    assert "Housing" in html


def test_a_searched_word_in_the_office_of_a_result_is_marked_once(reindex):
    for index in range(2):
        lee = make_speaker(name=f"Ann Harbor {index}")
        make_affiliation(speaker=lee, title="Harbor Master")
        make_statement(speaker=lee, form="indirect", text="Harbor.")
    reindex()
    html = page("harbor")
    assert "<mark>Harbor</mark> Master" in html
    assert "&lt;mark&gt;" not in html


def test_the_first_page_after_a_change_asks_at_most_fourteen_queries(reindex):
    """Later pages of this revision ask fewer: the vocabulary is read once."""
    SynonymGroup.objects.create(words="harbor\nport")
    topic = make_topic(name="Harbor")
    for index in range(4):
        lee = make_speaker(name=f"Ann {index} Harbor", other_names="Port")
        make_statement(speaker=lee, form="indirect", text="Ports.").topics.add(topic)
        bank = make_proposal(title=f"Harbor {index}")
        bank.topics.add(topic)
        make_position(speaker=lee, proposal=bank)
    reindex()
    for typed in (
        "harbor",
        "Ann Harbor",
        "who supports Harbor 1",
        "Ann 1 Harbor on harbor 1",
    ):
        client.get("/search/", {"q": typed})
        caches.clear_revisions()
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": typed})
        assert len(queries) <= 14, typed
