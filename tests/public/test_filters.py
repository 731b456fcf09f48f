"""What the query string of a list means."""

import pytest
from django.test import Client

from archive.listing.page import MAX_CHIPS, Listing
from archive.models import Article
from archive.pages.filters import ArticleFilterSet
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal
from statements.filters import SpeakerFilterSet, StatementFilterSet
from statements.models import Speaker, Statement
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
from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client()


def results(filterset_class, rows, query):
    """Returns the rows for a query string, and the page's text."""
    from django.http import QueryDict

    filterset = filterset_class(QueryDict(query), queryset=rows)
    assert filterset.is_valid(), filterset.errors
    return list(filterset.results()), Listing(filterset)


def statements(query=""):
    return results(StatementFilterSet, Statement.objects.public().dated(), query)


def proposals(query=""):
    return results(
        ProposalFilterSet, Proposal.objects.public().dated().with_parties(), query
    )


def positions(query=""):
    return results(PositionFilterSet, Position.objects.public().dated(), query)


def counts(listing, name):
    return {option.value: option.count for option in listing.facet(name).options}


def test_values_of_one_name_or_together_and_names_and():
    ann, bob, topic = make_speaker(), make_speaker(), make_topic()
    one, two, three = (
        make_statement(speaker=speaker) for speaker in (ann, bob, make_speaker())
    )
    one.topics.add(topic)
    three.topics.add(topic)
    assert statements(f"speaker={ann.slug}&speaker={bob.slug}")[0] == [one, two]
    assert statements(f"speaker={ann.slug}&speaker={bob.slug}&topic={topic.slug}")[
        0
    ] == [one]


def test_a_row_with_two_matching_topics_comes_once():
    statement, topics = make_statement(), [make_topic(), make_topic()]
    statement.topics.set(topics)
    rows, listing = statements(f"topic={topics[0].slug}&topic={topics[1].slug}")
    assert rows == [statement]
    assert counts(listing, "topic") == {topics[0].slug: 1, topics[1].slug: 1}


def test_a_facet_ignores_its_own_filter_and_keeps_the_others():
    ann, bob, outlet = make_speaker(), make_speaker(), make_outlet()
    here = make_article(outlet=outlet)
    make_statement(speaker=ann, article=here)
    make_statement(speaker=ann)
    make_statement(speaker=bob, article=here)
    _rows, listing = statements(f"speaker={ann.slug}")
    assert counts(listing, "speaker") == {ann.slug: 2, bob.slug: 1}
    assert counts(listing, "outlet") == {outlet.slug: 1}


def test_the_filters_on_positions_speak_of_one_position():
    speaker = make_speaker()
    statement = make_statement(speaker=speaker)
    a, b = make_proposal(title="A"), make_proposal(title="B")
    make_position(
        statement, speaker=speaker, proposal=a, stance="supports", basis="own_words"
    )
    make_position(
        statement, speaker=speaker, proposal=b, stance="opposes", basis="own_words"
    )
    assert statements("proposal=a&stance=supports")[0] == [statement]
    assert statements("proposal=a&stance=opposes")[0] == []
    assert statements("proposal=b&stance=supports")[0] == []
    _rows, listing = statements("proposal=a")
    assert counts(listing, "stance") == {"supports": 1}
    assert counts(statements("stance=opposes")[1], "proposal") == {"b": 1}


def test_on_proposals_the_speaker_is_of_that_one_position_too():
    ann, bob, proposal = make_speaker(), make_speaker(), make_proposal()
    make_position(speaker=ann, proposal=proposal, stance="supports")
    make_position(speaker=bob, proposal=proposal, stance="opposes")
    assert proposals(f"speaker={ann.slug}&stance=supports")[0] == [proposal]
    assert proposals(f"speaker={ann.slug}&stance=opposes")[0] == []
    assert counts(proposals(f"speaker={ann.slug}")[1], "stance") == {"supports": 1}
    assert counts(proposals("stance=opposes")[1], "speaker") == {bob.slug: 1}


def test_issuer_and_addressee_are_of_the_list_or_of_the_proposal():
    issuer, addressee = make_speaker(), make_speaker()
    listed = make_listed(
        proposal_list=make_list(issued_by=issuer, addressed_to=addressee)
    )
    loose = make_proposal(proposed_by=issuer, addressed_to=addressee)
    rows, listing = proposals(f"issuer={issuer.slug}&addressee={addressee.slug}")
    assert set(rows) == {listed, loose}
    assert counts(listing, "issuer") == {issuer.slug: 2}


def test_records_without_a_date_are_left_out_by_since_and_come_last():
    old = make_statement(said_on="2020-01-01")
    new = make_statement(said_on="2024-12-12")
    by_article = make_statement(article=make_article(published_on="2022-06-01"))
    undated = make_statement()
    assert statements()[0] == [new, by_article, old, undated]
    assert statements("sort=oldest")[0] == [old, by_article, new, undated]
    rows, listing = statements("since=2022-01-01&until=2024-12-12")
    assert (rows, listing.undated) == ([new, by_article], 1)


def test_a_position_is_dated_by_what_it_rests_on():
    speaker = make_speaker()
    evidence = make_statement(speaker=speaker, said_on="2024-12-12")
    position = make_position(evidence, speaker=speaker, basis="own_words")
    make_position()
    assert positions("since=2024-12-12&until=2024-12-12")[0] == [position]


@pytest.mark.parametrize(
    "query",
    ["aviles", "Avilés", "AVILÉS’S bridges", "bridge -tunnel", '"build bridges"'],
)
def test_words_are_found_whatever_their_accents_case_and_ending(query):
    article = make_article("“We build bridges.”")
    statement = make_statement(
        "We build bridges.", article=article, speaker=make_speaker(name="Alexa Avilés")
    )
    make_statement()
    from urllib.parse import quote_plus

    assert statements(f"q={quote_plus(query)}")[0] == [statement]


def test_unnamed_groups_stand_neither_in_the_list_nor_in_facets():
    article = make_article()
    group = make_speaker(kind="group", name="several officials", article=article)
    make_statement(
        "taxes will fall",
        article=article,
        speaker=group,
        form="collective",
        text="Officials hoped so.",
    )
    assert counts(statements()[1], "speaker") == {}
    assert "several officials" not in client.get("/speakers/").content.decode()
    assert client.get(f"/speakers/{group.slug}/").status_code == 404
    assert group.get_absolute_url() == article.get_absolute_url()
    assert counts(statements(f"speaker={group.slug}")[1], "speaker") == {group.slug: 1}


def test_a_topic_of_a_speaker_is_one_they_spoke_about():
    topic, ann, _bob = make_topic(), make_speaker(), make_statement().speaker
    make_statement(speaker=ann).topics.add(topic)
    rows, listing = results(
        SpeakerFilterSet,
        Speaker.objects.public().with_activity(),
        f"topic={topic.slug}",
    )
    assert rows == [ann]
    assert counts(listing, "topic") == {topic.slug: 1}


def test_an_active_value_stays_visible_when_nothing_has_it():
    ann, bob = make_speaker(name="Ann Lee"), make_speaker()
    topic = make_topic()
    make_statement(speaker=ann)
    make_statement(speaker=bob).topics.add(topic)
    _rows, listing = statements(f"speaker={ann.slug}&topic={topic.slug}")
    active = [option for option in listing.facet("speaker").options if option.is_active]
    assert [(option.label, option.count) for option in active] == [("Ann Lee", 0)]


def test_a_chip_leads_to_the_results_without_it():
    ann, topic = make_speaker(name="Ann Lee"), make_topic(name="Taxes")
    make_statement(speaker=ann).topics.add(topic)
    _rows, listing = statements(
        "speaker=ann-lee&topic=taxes&sort=oldest&utm_source=x&page=1"
    )
    assert [(chip.label, chip.url) for chip in listing.chips] == [
        ("Ann Lee", "?topic=taxes&sort=oldest"),
        ("Taxes", "?speaker=ann-lee&sort=oldest"),
    ]


def test_many_values_of_a_parameter_share_a_chip():
    make_statement()
    many = "&".join(f"topic=t{number}" for number in range(MAX_CHIPS + 1))
    _rows, listing = statements(f"{many}&speaker=ann-lee")
    assert [(chip.label, chip.url) for chip in listing.chips] == [
        ("ann-lee", f"?{many}"),
        (f"{MAX_CHIPS + 1} values", "?speaker=ann-lee"),
    ]


def test_a_filter_without_a_facet_is_named_on_the_page():
    statement = make_statement(article=make_article(headline="The Open Article"))
    page = Html(
        client.get(f"/statements/?article={statement.article.slug}").content.decode()
    )
    assert "The Open Article" in page.split('class="active"')[1].split("</ul>")[0]


def test_pages_hold_every_row_once():
    article = make_article()
    made = {make_statement(article=article).uid for _ in range(45)}
    seen = []
    for page in (1, 2, 3):
        _rows, listing = statements(f"page={page}")
        seen += [statement.uid for statement in listing.page]
    assert (len(seen), set(seen)) == (45, made)


def test_all_active_values_stay_in_the_form():
    speakers = [make_speaker() for _ in range(14)]
    for speaker in speakers:
        make_statement(speaker=speaker)
    query = "&".join(f"speaker={speaker.slug}" for speaker in speakers)
    active = [
        option
        for option in statements(query)[1].facet("speaker").options
        if option.is_active
    ]
    assert len(active) == 14


def test_an_articles_topics_are_those_of_its_statements_and_proposals():
    article, discussed, wanted = make_article(), make_topic(), make_topic()
    make_statement(article=article).topics.add(discussed, wanted)
    make_proposal(article=article).topics.add(wanted)
    make_proposal().topics.add(wanted)
    for topic in (discussed, wanted):
        rows, listing = results(
            ArticleFilterSet,
            Article.objects.public().dated().searchable(),
            f"topic={topic.slug}",
        )
        assert rows == [article]
        assert counts(listing, "topic") == {discussed.slug: 1, wanted.slug: 1}
