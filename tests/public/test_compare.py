"""Speakers × proposals: the contents of each cell, and the accepted parameters."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from policies import compared_cells
from policies.comparison import COLUMNS, ROWS
from policies.models import Check, Position
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client(raise_request_exception=False)


def page(address="/compare/", status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return Html(answer.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def table(address):
    """Returns row header -> column header -> text of the cell."""
    html = page(address)
    heads = [
        text_of(head)
        for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html, re.S)
    ][1:]
    rows = re.findall(
        r'<tr><th scope="row"[^>]*><a[^>]*>(.*?)</a>(.*?)</tr>', html, re.S
    )
    # on a phone, where a row is a card, each cell names its speaker
    rows = [(title, re.sub(r'<b class="nm">.*?</b>', "", row)) for title, row in rows]
    cells = {title: re.findall(r"<td>(.*?)</td>", row, re.S) for title, row in rows}
    return {
        title: dict(zip(heads, map(text_of, row), strict=True))
        for title, row in cells.items()
    }


def infer(**fields):
    one, two = (User.objects.get_or_create(username=name)[0] for name in ("one", "two"))
    return make_position(
        basis="inferred",
        rationale="It follows.",
        recorded_by=one,
        reviewed_by=two,
        **fields,
    )


def look(speaker, proposal, **fields):
    return Check.objects.create(
        speaker=speaker,
        proposal=proposal,
        **{"checked_on": "2025-01-02", "where": "the hearing", **fields},
    )


def test_every_position_of_a_speaker_stands_in_the_cell_in_the_order_of_its_date():
    ann, proposal = make_speaker(name="Ann"), make_proposal(title="Build")
    for stance, day in (("opposes", "2024-03-04"), ("supports", "2023-01-02")):
        make_position(speaker=ann, proposal=proposal, stance=stance, held_on=day)
    cell = table(f"/compare/?proposal={proposal.slug}")["Build"]["Ann"]
    assert cell == "Supports 2023 Opposes March 4, 2024 Positions differ"


def test_of_many_positions_a_cell_shows_each_change_and_the_way_to_all():
    ann, proposal = make_speaker(name="Ann"), make_proposal(title="Build")
    for year in (2020, 2021, 2022, 2023, 2024):
        stance = "opposes" if year == 2020 else "supports"
        make_position(
            speaker=ann, proposal=proposal, stance=stance, held_on=f"{year}-01-02"
        )
    cell = table(f"/compare/?proposal={proposal.slug}")["Build"]["Ann"]
    dates = "Opposes 2020 Supports Jan. 2, 2024"
    assert cell == f"{dates} Positions differ All 5 positions"
    way = f"/positions/?proposal={proposal.slug}&amp;speaker={ann.slug}"
    assert f'href="{way}"' in page(f"/compare/?proposal={proposal.slug}")


def test_of_many_inferred_positions_a_cell_shows_the_newest():
    ann, proposal = make_speaker(name="Ann"), make_proposal(title="Build")
    for year in (2020, 2021, 2022, 2023):
        infer(speaker=ann, proposal=proposal, held_on=f"{year}-01-02")
    cell = table(f"/compare/?proposal={proposal.slug}")["Build"]["Ann"]
    assert (cell.count("Inferred"), cell.endswith("2023 All 4 positions")) == (1, True)


def test_a_page_has_at_most_144_positions_of_each_kind():
    assert ROWS * COLUMNS * compared_cells.MAX_IN_CELL == 144


def test_the_dates_of_a_table_load_no_statement_and_no_article():
    for _ in range(3):
        make_position(make_statement(said_on="2024-01-02"), basis="reported")
    with CaptureQueriesContext(connection) as queries:
        page()
    start = 'SELECT "policies_position_evidence"'
    [columns] = [
        q["sql"].partition("FROM")[0] for q in queries if q["sql"].startswith(start)
    ]
    assert '"statements_statement"."said_on"' in columns
    assert "text" not in columns
    assert "headline" not in columns


def test_a_position_leads_to_its_row_on_the_proposals_page():
    position = make_position()
    assert f'href="{position.get_absolute_url()}"' in page()


def test_a_position_without_a_day_has_the_date_of_what_it_rests_on():
    article = make_article(
        published_on="2024-12-01",
        published_precision="month",
        published_is_inferred=True,
    )
    position = make_position(make_statement(article=article), basis="reported")
    cell = table("/compare/")[position.proposal.title][position.speaker.name]
    assert cell == "Supports December 2024 * (date inferred)"


def test_the_three_kinds_of_empty_cell_say_which_they_are():
    ann, bea, cat = (make_speaker(name=name) for name in ("Ann", "Bea", "Cat"))
    proposal, other = make_proposal(title="Build"), make_proposal(title="Plant")
    make_position(
        speaker=ann, proposal=proposal, stance="declined", held_on="2024-01-02"
    )
    look(bea, proposal)
    for speaker in (bea, cat):
        make_position(speaker=speaker, proposal=other)
    row = table(f"/compare/?proposal={proposal.slug}&proposal={other.slug}")["Build"]
    assert row == {
        "Ann": "Declined to say Jan. 2, 2024",
        "Bea": "Looked, found nothing Jan. 2, 2025 , the hearing",
        "Cat": "Not checked",
    }


def test_a_stated_position_makes_a_search_in_vain_void_and_an_inferred_one_does_not():
    ann, bea, proposal = (
        make_speaker(name="Ann"),
        make_speaker(name="Bea"),
        make_proposal(title="Build"),
    )
    for speaker in (ann, bea):
        look(speaker, proposal)
    make_position(speaker=ann, proposal=proposal)
    infer(speaker=bea, proposal=proposal, stance="opposes")
    row = table("/compare/")["Build"]
    assert row["Ann"] == "Supports no date"
    assert row["Bea"].startswith(
        "Opposes Inferred by the editors no date Looked, found nothing"
    )


def test_who_put_a_proposal_forward_stands_in_the_row_and_is_no_position():
    office, ann = make_speaker(name="The Office"), make_speaker(name="Ann")
    proposal = make_listed(title="Build", proposal_list=make_list(issued_by=office))
    make_position(speaker=ann, proposal=proposal)
    make_position(speaker=office)
    html = page(
        f"/compare/?proposal={proposal.slug}&speaker={ann.slug}&speaker={office.slug}"
    )
    assert "Put forward by The Office" in text_of(html)
    cells = table(
        f"/compare/?proposal={proposal.slug}&speaker={ann.slug}&speaker={office.slug}"
    )["Build"]
    assert cells == {
        "Ann": "Supports no date A document",
        "The Office": "Put it forward",
    }


def test_where_nobody_has_a_position_the_columns_are_those_who_proposed():
    proposal = make_listed(title="Build")
    address = f"/compare/?list={proposal.proposal_list.slug}"
    assert "No speaker has a recorded position on these proposals" in page(address)
    assert table(address)["Build"] == {proposal.put_forward_by.name: "Put it forward"}


def test_a_proposal_nobody_is_known_to_have_put_forward_is_named_without_a_table():
    proposal = make_proposal(title="Build")
    html = page(f"/compare/?proposal={proposal.slug}")
    assert "<table" not in html
    assert proposal.get_absolute_url() in html


def test_without_parameters_the_most_discussed_proposals_are_compared():
    often, once, never = make_proposal(), make_proposal(), make_proposal()
    for proposal in (once, often, often):
        make_position(proposal=proposal)
    assert list(table("/compare/")) == [often.title, once.title]
    assert never.title not in page()


def test_rows_are_chosen_by_list_topic_article_and_proposal_and_columns_by_speaker():
    ann, bea, topic = make_speaker(name="Ann"), make_speaker(name="Bea"), make_topic()
    one = make_listed(title="Build")
    two = make_listed("Plant trees.", title="Plant", proposal_list=one.proposal_list)
    two.topics.add(topic)
    for proposal, speaker in ((one, ann), (two, bea), (make_proposal(), ann)):
        make_position(speaker=speaker, proposal=proposal)
    whole = f"list={one.proposal_list.slug}"
    for query, rows, heads in [
        (whole, ["Build", "Plant"], ["Ann", "Bea"]),
        (f"{whole}&topic={topic.slug}", ["Plant"], ["Bea"]),
        (f"article={one.article.slug}&proposal={one.slug}", ["Build"], ["Ann"]),
        (f"{whole}&speaker={bea.slug}", ["Build", "Plant"], ["Bea"]),
        (f"speaker={bea.slug}", ["Plant"], ["Bea"]),
    ]:
        cells = table(f"/compare/?{query}")
        assert (list(cells), list(cells[rows[0]])) == (rows, heads), query


def test_more_speakers_than_fit_follow_on_further_pages_with_the_same_rows():
    proposal = make_proposal(title="Build")
    names = [f"S{index:02}" for index in range(COLUMNS + 3)]
    for name in names:
        make_position(speaker=make_speaker(name=name), proposal=proposal)
    address = f"/compare/?proposal={proposal.slug}"
    html = page(address)
    assert f"Speakers 1 to {COLUMNS} of {COLUMNS + 3}" in html
    assert html.count('name="speaker"') == COLUMNS + 3
    following = f"{address}&amp;people=2"
    assert f'href="{following}">Next speakers' in html
    assert list(table(f"{address}&people=2")["Build"]) == names[COLUMNS:]
    assert f'href="{address}">Previous speakers' in page(f"{address}&people=2")
    assert f'rel="canonical" href="http://testserver{following}"' in page(
        f"{address}&people=2"
    )
    page(f"{address}&people=3", 404)
    page(f"{address}&people=x", 400)


def test_more_proposals_than_fit_follow_on_further_pages_with_the_same_columns():
    ann, topic = make_speaker(name="Ann"), make_topic()
    for index in range(ROWS + 2):
        proposal = make_proposal()
        proposal.topics.add(topic)
        if index == ROWS + 1:
            make_position(speaker=ann, proposal=proposal)
    address = f"/compare/?topic={topic.slug}"
    assert f"shows proposals 1 to {ROWS} of {ROWS + 2}." in page(address)
    following = re.search(r'rel="next" href="([^"]+)"', page(address))[1].replace(
        "&amp;", "&"
    )
    assert [list(row) for row in table(following).values()] == [["Ann"], ["Ann"]]
    page(f"{address}&page=3", 404)


@pytest.mark.parametrize("name", ["proposal", "list", "topic", "article", "speaker"])
def test_an_unknown_value_finds_nothing_and_says_so(name):
    make_position()
    assert "Nothing in the archive matches this." in page(
        f"/compare/?{name}=nobody-knows"
    )


@pytest.mark.parametrize(
    "query",
    [
        "list=%00",
        "topic=a%20b",
        "speaker=%ff",
        "page=0",
        "page=x",
        "&".join(f"speaker=s{n}" for n in range(41)),
    ],
    ids=lambda query: query[:12],
)
def test_a_malformed_value_is_named_and_answered_400(query):
    make_position()
    for path in ("/compare/", "/compare.csv", "/positions.csv"):
        assert query.split("=")[0] in page(f"{path}?{query}", 400), path


def test_names_the_page_does_not_know_are_ignored():
    make_position()
    assert page("/compare/?utm_source=x&q=%00&since=never").count("<table") == 1


def test_a_withdrawn_position_is_neither_a_cell_nor_a_column():
    position, other = make_position(), make_position()
    Position.objects.filter(pk=position.pk).update(status="withdrawn")
    html = page()
    assert position.proposal.title not in html
    assert list(table("/compare/")) == [other.proposal.title]
    both = f"/compare/?proposal={position.proposal.slug}&proposal={other.proposal.slug}"
    assert table(both)[position.proposal.title] == {other.speaker.name: "Not checked"}


def test_a_check_of_a_speaker_who_is_not_public_is_absent():
    position = make_position()
    look(make_speaker(name="Hidden"), position.proposal, where="a secret place")
    html = page()
    assert "Hidden" not in html
    assert "secret" not in html
    assert "1 speaker stands" in html


def test_a_check_on_a_draft_proposal_is_absent():
    position = make_position()
    look(
        position.speaker,
        make_proposal(title="Secret", status="draft"),
        where="a secret place",
    )
    assert "ecret" not in page(f"/compare/?speaker={position.speaker.slug}")


def test_an_unnamed_group_is_a_column_without_a_page_and_is_not_offered():
    article = make_article(headline="Zzhidden", status="draft")
    group = make_speaker(name="several officials", kind="group", article=article)
    make_position(speaker=group)
    html = page()
    assert '<th scope="col">several officials</th>' in html
    assert 'name="speaker"' not in html
    assert article.slug not in html


def test_the_table_has_headers_a_caption_and_a_region_that_scrolls_by_keys():
    make_position()
    html = page()
    assert re.search(
        r'<div class="across" role="region" aria-labelledby="compared" tabindex="0">',
        html,
    )
    assert '<caption id="compared">' in html
    for words in (
        "Not checked",
        "Looked, found nothing",
        "Declined to say",
        "Inferred by the editors",
    ):
        assert words in text_of(html.split('class="legend"')[1]), words
