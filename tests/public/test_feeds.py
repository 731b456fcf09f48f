"""Feeds as a feed library reads them: what they hold, in which order, and what changes
when a record is corrected or withdrawn.
"""

import datetime as dt
from urllib.parse import urlsplit

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.editing.workflow import note
from archive.ingest import load_seed
from archive.listing import feeds
from archive.models import Article
from policies.models import Position, Proposal
from statements.models import Speaker, Statement
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
from tests.rules import sql

pytestmark = pytest.mark.django_db
client = Client()
LISTS = ("statements", "proposals", "positions", "speakers", "articles", "lists")


def read(address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def uids(feed):
    return [entry.id.removeprefix("urn:on-record:") for entry in feed.entries]


def publish_at(record, day):
    """First publication on that day; the database stamps it, so it is set past the
    triggers.
    """
    table = record._meta.db_table
    sql("SET LOCAL session_replication_role = replica")
    sql(f"UPDATE {table} SET first_published_at = '{day}' WHERE id = {record.pk}")
    sql("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_a_feed_of_its_records(name):
    load_seed()
    feed = read(f"/{name}.atom")
    page = client.get(f"/{name}/").context
    listing = page.get("page") or page["listing"].page
    assert len(feed.entries) == listing.paginator.count
    assert {*uids(feed)} == {
        row.uid
        for row in type(listing.object_list[0]).objects.filter(uid__in=uids(feed))
    }
    assert urlsplit(feed.feed.link).path == f"/{name}/"
    for entry in feed.entries:
        assert client.get(urlsplit(entry.link).path).status_code == 200, entry.link
        assert entry.title
        assert entry.published_parsed
        assert entry.updated_parsed >= entry.published_parsed


def test_a_feed_takes_the_parameters_of_its_list(reindex):
    load_seed()
    reindex()
    for query in ("speaker=tom-homan", "q=border&form=direct", "topic=none"):
        feed = read(f"/statements.atom?{query}&utm_source=x")
        listing = client.get(f"/statements/?{query}").context["listing"]
        assert {*uids(feed)} == {row.uid for row in listing.page}, query
        assert feed.feed.link == f"http://testserver/statements/?{query}"


def test_a_malformed_parameter_is_named():
    answer = client.get("/statements.atom?since=yesterday")
    assert (answer.status_code, answer.content[:6]) == (400, b"since:")
    for path in ("/lists.atom", f"/proposals/{make_proposal().slug}.atom"):
        answer = client.get(f"{path}?page=x")
        assert (answer.status_code, answer.content[:5]) == (400, b"page:")


def test_the_newest_publication_is_first_whatever_was_said_when():
    old, new = (
        make_statement(said_on="2024-05-06"),
        make_statement(said_on="2001-02-03"),
    )
    publish_at(old, "2020-01-01")
    for query in ("", "?sort=oldest", "?sort=newest"):
        assert uids(read(f"/statements.atom{query}")) == [new.uid, old.uid]


def test_a_feed_has_pages(monkeypatch):
    monkeypatch.setattr(feeds, "PAGE_SIZE", 2)
    made = [make_statement().uid for _ in range(5)]
    address, found = "/statements.atom?form=direct", []
    while address:
        feed = read(address)
        assert feed.feed.id == read("/statements.atom?form=direct").feed.id
        found += uids(feed)
        links = {link.rel: link.href for link in feed.feed.links}
        assert ("previous" in links) == ("page=" in address)
        address = links.get("next", "").removeprefix("http://testserver")
    assert found == made[::-1]


def test_a_feed_is_the_same_whatever_the_order_of_its_parameters():
    first, second = (
        read(f"/statements.atom?{query}").feed
        for query in ("form=direct&speaker=a", "speaker=a&form=direct&sort=oldest")
    )
    assert first.id == second.id != read("/statements.atom").feed.id


def test_an_entry_keeps_its_identifier_and_is_updated_when_corrected():
    statement = make_statement()
    publish_at(statement, "2020-01-01")
    before = read("/statements.atom").entries[0]
    note(statement, "correction", "The name was <misspelt>.")
    after = read("/statements.atom").entries[0]
    assert after.id == before.id == f"urn:on-record:{statement.uid}"
    assert after.published == before.published
    assert after.updated >= before.updated
    assert "The name was &lt;misspelt&gt;." in after.summary
    assert "misspelt" not in before.summary
    assert read(f"/speakers/{statement.speaker.slug}.atom").entries[0].id == before.id


def test_what_is_withdrawn_leaves_every_feed():
    topic, statement = make_topic(), make_statement()
    statement.topics.add(topic)
    held = make_position(statement, speaker=statement.speaker, basis="own_words")
    paths = [
        "/statements.atom",
        f"/speakers/{statement.speaker.slug}.atom",
        f"/topics/{topic.slug}.atom",
    ]
    assert all(statement.uid in uids(read(path)) for path in paths)
    assert held.uid in uids(read(f"/proposals/{held.proposal.slug}.atom"))
    other = make_statement(speaker=statement.speaker)
    other.topics.add(topic)
    Statement.objects.filter(pk=statement.pk).update(status="withdrawn")
    for path in paths:
        assert uids(read(path)) == [other.uid]
    assert held.uid not in uids(read(f"/proposals/{held.proposal.slug}.atom"))
    Proposal.objects.filter(pk=held.proposal_id).update(status="withdrawn")
    assert client.get(f"/proposals/{held.proposal.slug}.atom").status_code == 410


def test_a_person_has_a_feed_of_statements_positions_and_proposals():
    ann = make_speaker(name="Ann Lee")
    statement = make_statement(speaker=ann)
    held, alone = make_position(speaker=ann), make_proposal(proposed_by=ann)
    listed = make_listed(proposal_list=make_list(issued_by=ann))
    make_statement()
    feed = read("/speakers/ann-lee.atom")
    assert feed.feed.title == "On Record: Ann Lee"
    assert uids(feed) == [each.uid for each in (listed, alone, held, statement)]


def test_the_feed_of_a_merged_speaker_leads_to_the_other():
    ann = make_statement().speaker
    merged = make_speaker(name="A. Lee", merged_into=ann)
    answer = client.get(f"/speakers/{merged.slug}.atom")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/speakers/{ann.slug}.atom"
    assert client.get("/speakers/nobody.atom").status_code == 404
    assert client.get("/topics/nothing.atom").status_code == 404


def test_a_topic_has_a_feed_of_statements_and_proposals():
    topic = make_topic(name="Housing")
    statement, proposal = make_statement(), make_proposal()
    for record in (statement, proposal):
        record.topics.add(topic)
    assert uids(read("/topics/housing.atom")) == [proposal.uid, statement.uid]


def test_words_are_quoted_only_if_they_are_the_speakers():
    direct = make_statement(context="of the budget")
    reported = make_statement(
        "taxes will fall", form="indirect", text="Lee expects lower taxes."
    )
    make_position(reported, basis="reported")
    entries = {entry.id: entry for entry in read("/statements.atom").entries}
    quoted = entries[feeds.entry_id(direct.uid)]
    assert "[of the budget] “We will fight,”" in quoted.summary
    assert "“We will fight,”" in quoted.title
    (position,) = read("/positions.atom").entries
    for entry in (entries[feeds.entry_id(reported.uid)], position):
        assert "Lee expects lower taxes." in entry.summary
        assert "Reported, not verbatim" in entry.summary
        assert not {*'“”„«»"'} & {*entry.title}
        assert "“" not in entry.summary
    assert "(Reported, not verbatim)" in entries[feeds.entry_id(reported.uid)].title


def test_an_inferred_position_says_so_in_its_title_and_text():
    one, two = User.objects.create(username="one"), User.objects.create(username="two")
    make_position(
        basis="inferred",
        rationale="It follows from the vote.",
        recorded_by=one,
        reviewed_by=two,
    )
    (entry,) = read("/positions.atom").entries
    assert entry.title.endswith("(Inferred by the editors)")
    assert "<strong>Inferred by the editors</strong>" in entry.summary
    assert "It follows from the vote." in entry.summary


@pytest.mark.parametrize("rights", ["full_text", "excerpts"])
def test_a_feed_shows_no_text_of_an_article(rights):
    make_statement(
        article=make_article(text="Secret words. “We will fight,” she.", rights=rights)
    )
    for name in LISTS:
        assert "Secret" not in client.get(f"/{name}.atom").content.decode()


def test_an_unchanged_feed_is_a_304():
    make_statement()
    tag = client.get("/statements.atom").headers["ETag"]
    headers = {"If-None-Match": tag}
    assert client.get("/statements.atom", headers=headers).status_code == 304
    make_statement()
    assert client.get("/statements.atom", headers=headers).status_code == 200


def test_a_speaker_is_as_new_as_the_first_record_about_them():
    late, early = make_speaker(name="Late"), make_speaker(name="Early")
    for speaker, day in ((early, "2020-01-01"), (late, "2021-01-01")):
        publish_at(make_statement(speaker=speaker), day)
        publish_at(make_position(speaker=speaker), "2022-01-01")
    rows = Speaker.objects.filter(pk__in=[late.pk, early.pk])
    assert [row.name for row in rows.newest_published()] == ["Late", "Early"]
    feed = read("/speakers.atom")
    published = {entry.title: entry.published_parsed[:3] for entry in feed.entries}
    assert (published["Late"], published["Early"]) == ((2021, 1, 1), (2020, 1, 1))


def test_control_characters_in_a_record_stop_no_feed():
    article = make_article(text="“We will \x0cfight,” she said.")
    make_statement("We will \x0cfight,", article=article)
    assert "We will fight," in read("/statements.atom").entries[0].summary


def test_a_page_announces_its_feed():
    statement = make_statement()
    topic = make_topic()
    statement.topics.add(topic)
    proposal, speaker = make_proposal(), statement.speaker
    pages = {
        "/statements/?form=direct": "/statements.atom?form=direct",
        **{f"/{name}/": f"/{name}.atom" for name in ("lists", "corrections")},
        speaker.get_absolute_url(): f"/speakers/{speaker.slug}.atom",
        topic.get_absolute_url(): f"/topics/{topic.slug}.atom",
        proposal.get_absolute_url(): f"/proposals/{proposal.slug}.atom",
    }
    for page, feed in pages.items():
        head = client.get(page).content.decode().split("</head>")[0]
        assert 'rel="alternate" type="application/atom+xml"' in " ".join(head.split())
        assert f'href="{feed}"' in head, page


@pytest.mark.parametrize("name", LISTS)
def test_a_feed_of_many_asks_no_more_queries_than_one_of_few(
    name, django_assert_max_num_queries
):
    for _ in range(6):
        make_position(make_statement(article=make_article()), basis="reported")
        make_listed(proposal_list=make_list(article=make_article()))
    client.get(f"/{name}.atom")
    with django_assert_max_num_queries(9):
        client.get(f"/{name}.atom?page=1")


def test_an_archive_without_records_has_empty_feeds():
    for name in LISTS:
        feed = read(f"/{name}.atom")
        assert not feed.entries
        assert feed.feed.updated_parsed[:3] == (2000, 1, 1)
    assert dt.datetime(2000, 1, 1, tzinfo=dt.UTC) == feeds.NEVER
    assert not Article.objects.exists()
    assert not Position.objects.exists()
