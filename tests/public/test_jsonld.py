"""The schema.org data of the pages, which never says more than the records do."""

from __future__ import annotations

import pytest

from archive.models import Article
from tests.factories import (
    make_affiliation,
    make_article,
    make_list,
    make_listed,
    make_organization,
    make_outlet,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.public.machines import BLOCK, node_of, nodes, page, types

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def test_an_article_is_a_news_article_with_what_is_printed():
    article = make_article(
        headline="Lee speaks",
        outlet=make_outlet(name="Open Post"),
        byline="By Ann Lee and Bob Ray",
        url="https://example.org/a",
        published_on="2024-12-01",
        published_precision="month",
    )
    node = node_of(article)
    assert (node["@type"], node["@id"]) == ("NewsArticle", f"{SITE}/id/{article.uid}/")
    assert (node["headline"], node["url"], node["datePublished"]) == (
        "Lee speaks",
        "https://example.org/a",
        "2024-12",
    )
    assert node["publisher"] == {"@type": "Organization", "name": "Open Post"}
    assert (node["author"], node["creditText"]) == (
        [{"name": "Ann Lee"}, {"name": "Bob Ray"}],
        "By Ann Lee and Bob Ray",
    )


def test_what_an_article_does_not_print_is_not_said():
    node = node_of(make_article(headline="Ours", headline_is_supplied=True))
    assert node["name"] == "[Ours]"
    assert (
        not {
            "headline",
            "alternativeHeadline",
            "publisher",
            "author",
            "url",
            "datePublished",
        }
        & node.keys()
    )


def test_an_inferred_date_is_left_out_since_the_vocabulary_has_no_mark_for_it():
    article = make_article(published_on="2024-12-12", published_is_inferred=True)
    statement = make_statement(
        article=article, said_on="2024-12-11", said_is_inferred=True
    )
    assert "datePublished" not in node_of(article)
    assert "2024" not in BLOCK.findall(page(statement.get_absolute_url()))[0]
    known = make_statement(article=article, said_on="2024-12-11")
    assert node_of(known)["dateCreated"] == "2024-12-11"


def test_a_direct_statement_is_a_quotation_by_its_speaker_from_its_article():
    statement = make_statement(
        "We will fight,", "And we win.", speaker=make_speaker(name="Ann Lee")
    )
    node = node_of(statement)
    assert (node["@type"], node["text"]) == ("Quotation", statement.text)
    assert node["creator"] == {
        "@type": "Person",
        "@id": f"{SITE}/id/{statement.speaker.uid}/",
        "name": "Ann Lee",
    }
    assert node["isPartOf"]["@id"] == f"{SITE}/id/{statement.article.uid}/"


def test_of_a_partial_statement_only_the_fragments_are_the_quotation():
    statement = make_statement(
        "we win", form="partial", text="Lee promised that “we win” soon."
    )
    node = node_of(statement)
    assert (node["@type"], node["text"], node["description"]) == (
        "Quotation",
        "we win",
        statement.text,
    )


@pytest.mark.parametrize("form", ["indirect", "collective"])
def test_a_reported_statement_is_no_quotation_and_its_speaker_not_its_author(form):
    statement = make_statement(
        "taxes will fall", form=form, text="Lee expects lower taxes."
    )
    node = node_of(statement)
    assert node["text"] == "Lee expects lower taxes."
    assert node["mentions"][0]["name"] == statement.speaker.name
    assert "creator" not in node
    for path in (statement.get_absolute_url(), statement.article.get_absolute_url()):
        assert "Quotation" not in types(nodes(path)), path


def test_an_article_names_its_quotations_its_lists_and_who_speaks():
    article = make_article(rights="full_text")
    statement = make_statement("We will fight,", article=article)
    listed = make_listed(
        proposal_list=make_list(article=article, issued_by=make_speaker())
    )
    node = node_of(article)
    assert [part["@id"][-11:-1] for part in node["hasPart"]] == [
        statement.uid,
        listed.proposal_list.uid,
    ]
    assert [each["name"] for each in node["mentions"]] == [statement.speaker.name]


@pytest.mark.parametrize("rights", ["excerpts", "full_text", "link_only"])
def test_no_word_of_an_article_beside_its_passages_is_told_whatever_its_rights(rights):
    article = make_article(rights=rights)
    statement = make_statement(
        "taxes will fall",
        form="indirect",
        text="Lee expects lower taxes.",
        article=article,
    )
    for path in (article.get_absolute_url(), statement.get_absolute_url()):
        head = page(path).split("</head>")[0]
        assert "Lee expects lower taxes." in head or path == article.get_absolute_url()
        assert not [
            words
            for words in ("taxes will fall", "Mayor Ann Lee said", "Plant trees")
            if words in head
        ], path


def test_a_speaker_is_a_person_or_an_organization_and_a_group_is_neither():
    article = make_article()
    types_by_kind = {}
    for kind in ("person", "organization", "group"):
        speaker = make_statement(
            article=article, speaker=make_speaker(kind=kind)
        ).speaker
        types_by_kind[kind] = node_of(speaker)["@type"]
    assert types_by_kind == {
        "person": "Person",
        "organization": "Organization",
        "group": "Thing",
    }


def test_an_office_has_the_dates_that_are_known_and_no_title_is_said_to_be_held_today():
    speaker = make_statement(
        speaker=make_speaker(wikidata_id="Q42", url="https://lee.example")
    ).speaker
    speaker.affiliations.create(
        is_published=True,
        title="Mayor",
        organization=make_organization(name="The City"),
        start="2022-01-01",
        end="2023-12-31",
    )
    speaker.affiliations.create(
        is_published=True,
        title="Candidate",
        known_on="2024-12-12",
        known_is_inferred=True,
    )
    node = node_of(speaker)
    mayor, candidate = node["hasOccupation"]
    assert (mayor["startDate"], mayor["endDate"]) == ("2022-01-01", "2023-12-31")
    assert mayor["hasOccupation"]["name"] == "Mayor, The City"
    assert candidate["description"] == "as of Dec. 12, 2024 (date inferred)"
    assert "startDate" not in candidate
    assert "jobTitle" not in node
    assert node["sameAs"] == [
        "https://www.wikidata.org/wiki/Q42",
        "https://lee.example",
    ]


@pytest.mark.parametrize("source", ["", "https://example.org/members"])
def test_a_member_names_an_organization_by_its_address_only_if_that_opens(source):
    member = make_affiliation(
        speaker=make_statement().speaker,
        kind="member",
        organization=make_organization(name="The Club"),
        source_url=source,
    )
    (role,) = node_of(member.speaker)["memberOf"]
    assert role["memberOf"]["name"] == "The Club"
    assert ("@id" in role["memberOf"]) == bool(source)


def test_a_list_names_its_items_in_order_with_the_words_of_the_source():
    proposal_list = make_list()
    make_listed("Build a bridge.", proposal_list=proposal_list)
    make_listed("Plant trees.", proposal_list=proposal_list)
    node = node_of(proposal_list)
    assert node["@type"] == ["ItemList", "CreativeWork"]
    assert node["creator"]["name"] == proposal_list.issued_by.name
    items = [
        (item["position"], item["item"]["text"]) for item in node["itemListElement"]
    ]
    assert items == [(1, "Build a bridge."), (2, "Plant trees.")]


def test_the_wording_of_a_loose_proposal_is_ours_and_so_a_description():
    loose, listed = (
        make_proposal(text="Build one", proposed_by=make_speaker(name="Bob")),
        make_listed(),
    )
    assert node_of(loose)["description"] == "Build one"
    assert node_of(loose)["creator"]["name"] == "Bob"
    assert "text" not in node_of(loose)
    assert node_of(listed)["text"] == "Build a bridge."
    assert node_of(listed)["isPartOf"]["name"] == listed.proposal_list.title


def test_topics_and_the_start_page_have_their_kinds():
    topic = make_topic(name="Bridges")
    make_statement().topics.add(topic)
    assert (node_of(topic)["@type"], node_of(topic)["name"]) == (
        "DefinedTerm",
        "Bridges",
    )
    (site,) = nodes("/")
    assert (
        site["potentialAction"]["target"]["urlTemplate"]
        == f"{SITE}/search/?q={{words}}"
    )


def test_breadcrumbs_lead_to_the_page_itself():
    listed = make_listed()
    crumbs = nodes(listed.get_absolute_url())[-1]
    assert crumbs["@type"] == "BreadcrumbList"
    paths = [
        "/proposals/",
        listed.proposal_list.get_absolute_url(),
        listed.get_absolute_url(),
    ]
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        SITE + path for path in paths
    ]


def test_no_text_breaks_out_of_the_data_block_or_of_a_tag():
    evil = '</script><script>alert(1)</script><!-- "><evil>&amp;'
    article = make_article(
        text=f"“{evil}” she said.", headline=evil, byline=evil, summary=evil
    )
    statement = make_statement(
        evil,
        article=article,
        speaker=make_speaker(name=evil, summary=evil),
        attribution=evil,
        marks_exception=evil,
    )
    statement.speaker.affiliations.create(is_published=True, title=evil)
    proposal = make_proposal(
        title=evil, text=evil, article=article, proposed_by=statement.speaker
    )
    for record in (article, statement, statement.speaker, proposal):
        html = page(record.get_absolute_url())
        assert "<script>" not in html
        assert "<evil>" not in html
        assert evil in str(nodes(record.get_absolute_url()))
    assert Article.objects.get().headline == evil
