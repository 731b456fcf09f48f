"""What reference managers and link previews read from a page."""

from __future__ import annotations

import struct

import pytest
from django.conf import settings

from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.public.machines import client, meta, page
from tests.public.zotero import read

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
PICTURES = settings.BASE_DIR / "static" / "pictures"


def saved(record):
    return read(page(record.get_absolute_url()))


def test_zotero_saves_an_article_as_the_newspaper_article_it_is():
    article = make_article(
        headline="Lee speaks",
        outlet=make_outlet(name="Open Post"),
        byline="By Ann Lee and Bob Ray",
        url="https://example.org/a",
        published_on="2024-12-12",
    )
    assert saved(article) == {
        "itemType": "newspaperArticle",
        "title": "Lee speaks",
        "creators": ["Ann Lee", "Bob Ray"],
        "date": "2024-12-12",
        "publicationTitle": "Open Post",
        "publisher": "Open Post",
        "url": "https://example.org/a",
        "language": "en",
    }


def test_a_supplied_headline_is_saved_in_brackets_and_an_inferred_date_not_at_all():
    article = make_article(
        headline="Ours",
        headline_is_supplied=True,
        published_on="2024-12-12",
        published_is_inferred=True,
    )
    item = saved(article)
    assert (item["title"], item["date"], item["creators"]) == ("[Ours]", "", [])


def test_a_quotation_is_saved_with_its_speaker_as_creator():
    statement = make_statement(
        speaker=make_speaker(name="Ann Lee"),
        said_on="2024-12-01",
        said_precision="month",
    )
    item = saved(statement)
    assert (item["title"], item["creators"], item["date"]) == (
        "“We will fight,”",
        ["Ann Lee"],
        "2024-12",
    )
    assert (item["itemType"], item["publicationTitle"]) == ("webpage", "On Record")
    assert meta(statement.get_absolute_url())["dc:identifier"] == [
        f"{SITE}/id/{statement.uid}/"
    ]
    assert meta(statement.get_absolute_url())["dc:type"] == ["Direct quotation"]


def test_a_reported_statement_is_saved_without_the_speaker_as_its_author():
    lee = make_speaker(name="Ann Lee")
    statement = make_statement(
        "taxes will fall",
        form="indirect",
        text="Lower taxes are expected.",
        speaker=lee,
    )
    assert saved(statement)["creators"] == []
    assert saved(statement)["title"] == "Ann Lee: Lower taxes are expected."
    assert meta(statement.get_absolute_url())["dc:subject"] == ["Ann Lee"]
    partly = make_statement(
        "we win", form="partial", text="Lee promised that “we win” soon.", speaker=lee
    )
    assert saved(partly)["creators"] == []


def test_proposals_and_lists_are_saved_with_who_put_them_forward():
    issuer = make_speaker(name="The Office")
    listed = make_listed(proposal_list=make_list(issued_by=issuer))
    for record in (listed, listed.proposal_list):
        assert saved(record)["creators"] == ["The Office"]
        assert meta(record.get_absolute_url())["dc:identifier"] == [
            f"{SITE}/id/{record.uid}/"
        ]
    assert saved(make_proposal())["creators"] == []


def test_every_page_has_a_title_a_description_and_a_picture_of_its_own_site():
    statement = make_statement()
    records = [statement, statement.article, statement.speaker, make_listed()]
    paths = [
        "/",
        "/about/",
        "/articles/",
        "/statements/",
        "/proposals/",
        "/positions/",
        "/speakers/",
        "/topics/",
    ]
    titles, descriptions = set(), set()
    for path in paths + [record.get_absolute_url() for record in records]:
        tags = meta(path)
        titles.update(tags["og:title"])
        descriptions.update(tags["og:description"])
        assert tags["og:url"] == [SITE + path]
        assert tags["og:image"][0].startswith(SITE)
        assert tags["twitter:card"] == ["summary_large_image"]
        assert "On Record" not in tags["og:title"][0] or path == "/"
    assert len(titles) == len(descriptions) == len(paths) + len(records)


def test_a_title_is_escaped_once():
    article = make_article(headline='The Mayor\'s "plan" & more')
    html = page(article.get_absolute_url())
    assert (
        "<title>The Mayor&#x27;s &quot;plan&quot; &amp; more — On Record</title>"
        in html
    )
    assert meta(article.get_absolute_url())["og:title"] == [article.headline]


def test_the_pictures_have_the_size_they_are_given_as_and_are_light():
    for name, size, most in [
        ("share", (1200, 630), 60_000),
        ("touch", (180, 180), 5_000),
    ]:
        data = (PICTURES / f"{name}.png").read_bytes()
        assert struct.unpack(">II", data[16:24]) == size
        assert len(data) <= most
    assert client.get("/favicon.ico").status_code == 302
