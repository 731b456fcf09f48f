"""Each kind of file becomes records."""

import datetime as dt
import json

import pytest

from archive.models import Article, Change, ExternalId, Outlet, Topic
from policies.models import Position, Proposal, ProposalList
from statements.models import Affiliation, Speaker, Statement
from tests.factories import (
    make_affiliation,
    make_article,
    make_outlet,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.importing.helpers import SPEECH, counts

pytestmark = pytest.mark.django_db


def test_outlets_are_created_with_their_home_pages(bring):
    outcome = bring("outlets", "name,url\nThe Gazette,https://gazette.example\n")
    assert counts(outcome) == {"created": 1}
    outlet = Outlet.objects.get()
    assert (outlet.name, outlet.slug) == ("The Gazette", "the-gazette")
    assert outlet.url == "https://gazette.example"


def test_speakers_are_created_with_kind_and_other_names(bring):
    bring(
        "speakers",
        "id,full_name,kind,other_names,wikidata\n"
        "a,Ann Lee,,Annie Lee; A. Lee,https://www.wikidata.org/wiki/Q7\n"
        "b,City Council,organization,,\n",
    )
    ann, council = Speaker.objects.order_by("pk")
    assert (ann.kind, ann.sort_name, ann.wikidata_id) == ("person", "Lee, Ann", "Q7")
    assert ann.other_names == "Annie Lee\nA. Lee"
    assert council.kind == "organization"


def test_affiliations_belong_to_the_speakers_of_the_same_source(bring):
    bring("speakers", "id,name,kind\na,Ann Lee,\nb,City,organization\n")
    text = "speaker_id,role,organisation,district,start,source\n"
    bring("affiliations", f"{text}a,Mayor,City,Ohio,2020,https://a.example/\n")
    made = Affiliation.objects.get()
    assert (made.speaker.name, made.kind, made.title) == ("Ann Lee", "office", "Mayor")
    assert (made.organization.name, made.place) == ("City", "Ohio")
    assert (made.start, made.start_precision) == (dt.date(2020, 1, 1), "year")
    assert (made.source_url, made.is_published) == ("https://a.example/", False)


def test_an_empty_cell_says_nothing_on_an_inferred_date(bring):
    make_speaker(name="Ann Lee")
    text = "speaker,title,known_on,known_is_inferred\nAnn Lee,Mayor,2020,\n"
    assert counts(bring("affiliations", text)) == {"created": 1}


def test_an_affiliation_that_the_archive_has_is_not_made_twice(bring):
    known = make_affiliation(speaker=make_speaker(name="Ann Lee"), title="Mayor")
    bring("affiliations", "speaker,title\nAnn Lee,Mayor\nAnn Lee,Senator\n")
    assert Affiliation.objects.count() == 2
    assert Affiliation.objects.get(title="Mayor") == known


def test_identifiers_of_any_scheme_come_with_speakers_and_articles(bring):
    bring("speakers", "id,name,identifiers\na,Ann Lee,Bioguide L000001; Legistar 7\n")
    bring("articles", "id,headline,identifiers\na,Hi,DOI 10.1/x\n")
    ann, article = Speaker.objects.get(), Article.objects.get()
    assert [str(each) for each in ann.identifiers.all()] == [
        "Bioguide L000001",
        "Legistar 7",
    ]
    assert str(article.identifiers.get()) == "DOI 10.1/x"


def test_an_article_is_a_draft_with_its_text_and_the_precision_of_its_date(bring):
    make_outlet(name="Gazette")
    row = {"id": "1", "title": "A speech", "body": SPEECH, "published": 2019}
    bring("articles", json.dumps(row | {"publisher": "gazette"}), "file.jsonl")
    article = Article.objects.get()
    assert (article.status, article.outlet.name) == ("draft", "Gazette")
    assert str(article.when_published) == "2019"
    assert article.latest_version.text == SPEECH


def test_a_speech_is_one_turn_of_its_speaker(bring):
    speaker = make_speaker(name="Ann Lee")
    text = f'headline,text,kind,speaker\nHi,"{SPEECH}",speech,Ann Lee\n'
    bring("articles", text)
    turn = Article.objects.get().latest_version.turns.get()
    assert (turn.speaker, turn.start, turn.end) == (speaker, 0, len(SPEECH))


def test_a_headline_in_square_brackets_is_supplied_by_the_archive(bring):
    bring("articles", "headline\n[A meeting]\n")
    article = Article.objects.get()
    assert (article.headline, article.headline_is_supplied) == ("A meeting", True)


def test_a_statement_has_its_passage_speaker_and_topics(bring):
    article, speaker = make_article(SPEECH), make_speaker(name="Ann Lee")
    Topic.objects.create(name="Bridges")
    bring(
        "statements",
        "id,article_uid,speaker,form,quote,topics,said_on\n"
        f"1,{article.uid},Ann Lee,Direct,We will fight.,bridges; Money,2024-02\n",
    )
    statement = Statement.objects.get()
    assert (statement.text, statement.speaker) == ("We will fight.", speaker)
    assert [topic.name for topic in statement.topics.all()] == ["Bridges", "Money"]
    assert (statement.status, str(statement.when_said)) == ("draft", "February 2024")


def test_words_that_stand_twice_need_their_start(bring):
    article, _speaker = make_article("We win. We win."), make_speaker(name="Ann")
    head = "article_uid,speaker,form,passage,start\n"
    lines = bring.refused("statements", f"{head}{article.uid},Ann,direct,We win.,\n")
    assert "stands 2 times in the article, at 0, 8" in lines[0]
    bring("statements", f"{head}{article.uid},Ann,direct,We win.,8\n")
    assert Statement.objects.get().passages.get().start == 8


def test_offsets_alone_locate_a_passage_without_the_blanks_around_it(bring):
    article, _speaker = make_article(SPEECH), make_speaker(name="Ann")
    start = SPEECH.index("We will build")
    rows = f"{article.uid},Ann,direct,{start - 1},{start + 24}\n"
    bring("statements", f"article_uid,speaker,form,char_start,char_end\n{rows}")
    assert Statement.objects.get().text == "We will build a bridge."


def test_words_that_the_article_does_not_hold_are_refused(bring):
    article, _speaker = make_article(SPEECH), make_speaker(name="Ann")
    lines = bring.refused(
        "statements",
        f"article_uid,speaker,form,passage\n{article.uid},Ann,direct,We lose.\n",
    )
    assert lines == [
        "file.csv, line 2, column passage: “We lose.” does not stand in the article."
    ]


def test_a_reported_statement_has_our_sentence_and_its_anchor(bring):
    article, _speaker = make_article(SPEECH), make_speaker(name="Ann")
    bring(
        "statements",
        "article_uid,speaker,form,passage,text\n"
        f"{article.uid},Ann,indirect,It costs little.,The bridge is cheap.\n",
    )
    statement = Statement.objects.get()
    assert statement.text == "The bridge is cheap."
    assert statement.passages.get().exact == "It costs little."


def test_a_list_and_its_proposals(bring):
    article, _issuer = make_article(SPEECH), make_speaker(name="City")
    bring("lists", f"id,title,article_uid,issued_by\nl,Plan,{article.uid},City\n")
    bring(
        "proposals",
        "id,list_id,number,title,passage\np,l,1,Build it,We will build a bridge.\n",
    )
    proposal = Proposal.objects.get()
    assert proposal.proposal_list == ProposalList.objects.get()
    assert (proposal.text, proposal.article) == ("We will build a bridge.", article)


def test_a_proposal_outside_a_list_has_its_own_proposer_and_identifiers(bring):
    speaker = make_speaker(name="Ann")
    bring(
        "proposals",
        "id,title,text,proposed_by,identifiers\n1,Plant,Trees.,Ann,nyc Int 1-2024\n",
    )
    proposal = Proposal.objects.get()
    assert proposal.proposed_by == speaker
    assert [str(each) for each in proposal.identifiers.all()] == ["nyc Int 1-2024"]


def test_a_position_rests_on_statements_and_a_source(bring):
    statement, proposal = make_statement(), make_proposal()
    bring(
        "positions",
        "proposal_uid,speaker_uid,stance,basis,held_on,evidence,source_url\n"
        f"{proposal.uid},{statement.speaker.slug},supports,own_words,2024-03-01,"
        f"{statement.uid},https://example.org/1\n",
    )
    position = Position.objects.get()
    assert list(position.evidence.all()) == [statement]
    assert (position.stance, position.held_on) == ("supports", dt.date(2024, 3, 1))


def test_what_is_written_has_history_and_stands_in_the_change_log(bring):
    before = Change.objects.count()
    bring("proposals", "id,title\n1,Plant trees\n")
    events = Proposal.objects.get().events.order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert"]
    assert events[0].pgh_context.metadata["origin"] == "import"
    assert Change.objects.count() == before + 1


def test_an_import_leaves_no_public_trace_of_its_own(bring):
    bring("outlets", "name\nGazette\n")
    entry = ExternalId.objects.get()
    assert (entry.source, entry.kind, entry.external_id) == (
        "test",
        "outlets",
        "Gazette",
    )
    assert not hasattr(ExternalId, "pgh_event_models")
