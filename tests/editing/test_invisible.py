"""Characters that nobody sees are taken out of what an editor types."""

import pytest
from django.db import IntegrityError, transaction

from archive.migrations import _visible
from archive.models import Article, Correction, Outlet, Topic
from archive.wording.invisible import one_line, paragraphs
from policies.models import Check, Position, Proposal, ProposalList
from statements.models import Speaker, Statement
from tests.editing.forms import change_url, errors, page_url, send
from tests.factories import (
    make_article,
    make_list,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.rules import refused

pytestmark = pytest.mark.django_db
TYPED = "\u202eAna\u200b\u2066 Co\u00adsta\x07  of\r\nRio\ufeff\u200e "
LINE, TEXT = "Ana Costa of Rio", "Ana Costa  of\nRio"
SPEAKER = "/admin/statements/speaker/add/"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (TYPED, LINE),
        ("Ana\u00a0\u2003Costa", "Ana Costa"),
        ("Cafe\u0301", "Café"),
        ("\u202a\u202b\u202c\u202d\u2067\u2068\u2069\u061c\u180e\u2060\u3164", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("می\u200c خواهم\u200c", "می خواهم"),
        ("An\u200ca Cos\u200dta", "Ana Costa"),
        ("👩‍👩‍👧 🏳️‍🌈", "👩‍👩‍👧 🏳️‍🌈"),
        ("\u200d👩\u200d", "👩"),
        ("\u0600\u0661", "\u0600\u0661"),
        ("a\0b", "a\0b"),
        ("", ""),
    ],
)
def test_what_is_seen_stays_and_the_rest_goes(typed, stored):
    assert one_line(typed) == stored
    assert one_line(stored) == stored


def test_paragraphs_stay_paragraphs():
    assert paragraphs("One.\u200b \r\n\r\n  Two\u2028three\u202e\n\n") == (
        "One.\n\n  Two\nthree"
    )


def test_a_long_text_of_marks_is_cleaned_in_linear_time():
    assert one_line("a\u202e" * 500_000) == "a" * 500_000


def test_every_form_cleans_its_lines_and_texts(editor):
    speaker, proposal = make_speaker(), make_proposal()
    both = {"speaker": speaker.pk, "proposal": proposal.pk}
    article = make_article()
    named = {"record": f"archive.article:{article.uid}", "date": "2024-01-01"}
    checked = {"checked_on": "2024-01-01"}
    forms = [
        (Outlet, "archive/outlet", {"name": LINE}, {}),
        (Topic, "archive/topic", {"name": LINE}, {}),
        (
            Article,
            "archive/article",
            {"headline": LINE, "byline": LINE, "date_note": LINE, "summary": TEXT},
            {},
        ),
        (Correction, "archive/correction", {"note": TEXT}, named),
        (
            Speaker,
            "statements/speaker",
            {"name": LINE, "sort_name": LINE, "other_names": TEXT, "summary": TEXT},
            {"confirmed": "on"},
        ),
        (
            Statement,
            "statements/statement",
            {"attribution": LINE, "occasion": LINE, "context": LINE, "text": TEXT},
            {"article": article.pk, "speaker": speaker.pk, "form": "indirect"},
        ),
        (
            ProposalList,
            "policies/proposallist",
            {"title": LINE, "introduction": TEXT},
            {"article": article.pk, "issued_by": speaker.pk},
        ),
        (Proposal, "policies/proposal", {"title": LINE, "text": TEXT}, {}),
        (
            Position,
            "policies/position",
            {"conditions": TEXT, "rationale": TEXT},
            {**both, "stance": "mixed", "basis": "document"},
        ),
        (
            Check,
            "policies/check",
            {"where": LINE},
            {**both, **checked},
        ),
    ]
    for model, url, expected, further in forms:
        typed = dict.fromkeys(expected, TYPED)
        response = send(editor, f"/admin/{url}/add/", **typed, **further)
        assert response.status_code == 302, (url, errors(response))
        record = model.objects.latest("pk")
        assert {name: getattr(record, name) for name in expected} == expected, url


def test_offices_notes_and_reasons_are_cleaned_too(editor):
    speaker = make_speaker()
    row = {"kind": "office", "title": TYPED, "place": TYPED}
    row |= {f"{name}_precision": "day" for name in ("start", "end", "known")}
    rows = {f"affiliations-0-{name}": value for name, value in row.items()}
    send(editor, change_url(speaker), **rows, **{"affiliations-TOTAL_FORMS": "1"})
    office = speaker.affiliations.get()
    assert (office.title, office.place) == (LINE, LINE)
    article = make_article("One text.")
    sent = {"text": "Another text.", "base": "1", "note": TYPED, "save": "1"}
    editor.post(page_url(article, "new_version"), sent)
    assert article.versions.last().note == LINE
    send(
        editor,
        change_url(article),
        summary="New",
        correction="correction",
        correction_note=TYPED,
    )
    assert Correction.objects.latest("pk").note == TEXT


def test_a_name_of_invisible_characters_is_no_name(editor):
    said = errors(send(editor, SPEAKER, name="\u200b\u202e \u2066"))
    assert "name: This field is required." in said


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Ana Costa", "Ana\u200b Costa"),
        ("Ana Costa", "Ana  Costa"),
        ("Ana Costa", "Ana\r\nCosta"),
        ("Ana Costa", "ana costa"),
        ("Tip O’Neil", "Tip O'Neil"),
        ("Tip O'Neil", "Tip Oʼ\u200bNeil"),
        ("李强", "李\u200b强"),
        ("李强", "Li Qiang"),
        ("José Brāo", "Jose\u0301 Brao"),
    ],
)
@pytest.mark.parametrize(
    ("make", "url"),
    [
        (make_speaker, "statements/speaker"),
        (make_topic, "archive/topic"),
        (make_outlet, "archive/outlet"),
    ],
)
def test_a_name_that_looks_like_another_is_pointed_out(
    editor, make, url, stored, typed
):
    record = make(name=stored)
    said = errors(send(editor, f"/admin/{url}/add/", name=typed))
    assert "A record with nearly this name already exists" in said
    assert stored.replace("'", "&#x27;") in said
    assert type(record).objects.count() == 1


@pytest.mark.parametrize(
    ("make", "rule", "names"),
    [
        (make_outlet, "outlet_visible", ["name"]),
        (make_topic, "topic_visible", ["name"]),
        (
            make_article,
            "article_visible",
            ["headline", "byline", "date_note", "summary"],
        ),
        (
            make_speaker,
            "speaker_visible",
            ["name", "sort_name", "other_names", "summary"],
        ),
        (make_list, "list_visible", ["title", "introduction"]),
        (make_proposal, "proposal_visible", ["title", "outcome"]),
        (make_position, "position_visible", ["conditions", "rationale"]),
        (
            make_statement,
            "statement_visible",
            ["attribution", "occasion", "context", "marks_exception"],
        ),
    ],
)
def test_the_database_refuses_what_no_form_has_cleaned(make, rule, names):
    record = make()
    for name in names:
        for bad in ("a\u202eb", "a\u200b", "\ufeffa", "a\x07", "Ana\u200c", "e\u200dé"):
            with refused(rule):
                type(record).objects.filter(pk=record.pk).update(**{name: bad})
        for good in ("می\u200cخواهم", "क्\u200dष", "👩‍👩‍👧", "a b — “c”"):
            type(record).objects.filter(pk=record.pk).update(**{name: good})


def test_the_text_of_a_version_stays_as_it_is(editor):
    text = "“I\u200b will,” said\u202e Ana\u00ad Costa."
    send(editor, "/admin/archive/article/add/", headline="H", text=text)
    assert Article.objects.get().latest_version.text == text


def test_a_fragment_stands_in_our_sentence_as_in_the_source(editor):
    article = make_article("He said “we\u200b will see”.")
    statement = make_statement(
        "we\u200b will see",
        article=article,
        form="partial",
        text="He said “we\u200b will see”.",
    )
    response = send(editor, change_url(statement), occasion="x", correction="minor")
    assert response.status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(name="\u202e")


def test_an_upgrade_keeps_two_offices_that_looked_the_same():
    offices = make_speaker().affiliations
    offices.create(title="Mayor")
    other = offices.create(title="Mayor of Rio")
    _visible.write(offices.filter(pk=other.pk), "title", "Mayor")
    assert set(offices.values_list("title", flat=True)) == {"Mayor", "Mayor (2)"}
