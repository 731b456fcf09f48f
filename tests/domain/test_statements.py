import pytest

from statements.models import Speaker, Statement, StatementPassage
from tests.factories import (
    TEXT,
    add_passage,
    make_article,
    make_position,
    make_speaker,
    make_statement,
)
from tests.rules import refused, sql

pytestmark = pytest.mark.django_db


def test_direct_words_are_those_of_the_passages_whatever_is_typed():
    statement = make_statement("We will fight,", "And we win.")
    assert statement.text == "We will fight, […] And we win."
    statement.text = "lies"
    statement.save()
    Statement.objects.update(text="more lies")
    sql("UPDATE statements_statement SET text = 'raw lies'")
    Statement.objects.bulk_update([statement], ["text"])
    statement.refresh_from_db()
    assert statement.text == "We will fight, […] And we win."


def test_words_follow_a_passage_that_is_removed():
    statement = make_statement("We will fight,", "And we win.")
    StatementPassage.objects.filter(ordinal=1).delete()
    statement.refresh_from_db()
    assert statement.text == "And we win."


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_passage_one_character_off_is_refused(shift):
    passage = make_statement().passages.get()
    with refused("passage_stands"):
        StatementPassage.objects.update(
            start=passage.start + shift, end=passage.end + shift
        )
    with refused("passage_stands"):
        sql("UPDATE statements_statementpassage SET exact = 'x'")
    passage.pk, passage.ordinal, passage.start = None, 2, passage.start + shift
    with refused("passage_stands"):
        StatementPassage.objects.bulk_create([passage])


def test_offsets_count_code_points():
    statement = make_statement("🗽 q\u0301", status="draft")
    passage = statement.passages.get()
    assert TEXT[passage.start : passage.end] == passage.exact == "🗽 q\u0301"
    assert (passage.prefix, passage.suffix[:8]) == ("Café ", ": “We wi")


def test_an_empty_passage_is_refused():
    statement = make_statement(status="draft")
    with refused("statements_statementpassage_not_empty"):
        add_passage(statement, "", 2, start=3)


def test_a_passage_of_another_article_is_refused():
    statement, other = make_statement(), make_article()
    with refused("passage_stands"):
        add_passage(statement, "And we win.", 2, version=other.latest_version)
    with refused("keeps_article"):
        Statement.objects.update(article=other)


def test_two_passages_cannot_have_one_place_in_the_order():
    statement = make_statement()
    with refused("statementpassage_ordinal"):
        add_passage(statement, "And we win.", 1)


def test_a_published_statement_has_a_passage():
    with refused("statement_passage"):
        make_statement(passages=False)
    draft = make_statement(passages=False, status="draft")
    with refused("statement_passage"):
        Statement.objects.filter(pk=draft.pk).update(status="published")
    published = make_statement()
    with refused("statement_passage"):
        sql(
            "DELETE FROM statements_statementpassage WHERE statement_id = %s",
            published.pk,
        )


def test_a_fragment_stands_verbatim_between_marks_in_its_sentence():
    with refused("statement_fragment"):
        make_statement("we win", form="partial", text="Lee promised to win.")
    with refused("statement_fragment"):
        make_statement("we win", form="partial", text="Lee said that we win.")
    good = make_statement("we win", form="partial", text="Lee said “we win”.")
    with refused("statement_fragment"):
        Statement.objects.filter(pk=good.pk).update(text="Lee said “we won”.")
    with refused("statement_fragment"):
        sql("UPDATE statements_statement SET text = 'we win' WHERE id = %s", good.pk)
    with refused("statement_fragment"):
        Statement.objects.filter(pk=good.pk).update(
            text="Lee said “we win” and “by Friday”."
        )
    with refused("statement_fragment"):
        add_passage(good, "Lee said taxes", 2)


@pytest.mark.parametrize("form", ["indirect", "collective"])
@pytest.mark.parametrize(
    "text", ["“Taxes will fall.”", 'Lee said "taxes" will fall.', "«Taxes» will fall."]
)
def test_a_reported_statement_never_stands_in_quotation_marks(form, text):
    with refused("statement_no_marks"):
        make_statement("taxes will fall", form=form, text=text)
    good = make_statement(
        "taxes will fall", form=form, text="Lee said that taxes’ll fall."
    )
    with refused("statement_no_marks"):
        Statement.objects.filter(pk=good.pk).update(text=text)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"form": "shouted"}, "statement_form"),
        ({"form": "indirect", "text": ""}, "statement_text"),
        ({"said_is_inferred": True}, "statement_date_inferred"),
        (
            {"said_on": "2024-12-12", "said_precision": "year"},
            "statement_date_precision",
        ),
    ],
)
def test_a_statement_that_breaks_a_rule_is_refused(fields, rule):
    article, speaker = make_article(), make_speaker()
    row = {
        "article": article,
        "speaker": speaker,
        "form": "direct",
        "status": "published",
        **fields,
    }
    with refused(rule):
        Statement.objects.bulk_create([Statement(**row)])


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "robot"}, "speaker_kind"),
        ({"name": ""}, "speaker_name"),
        ({"wikidata_id": "eric"}, "speaker_wikidata"),
    ],
)
def test_a_speaker_that_breaks_a_rule_is_refused(fields, rule):
    with refused(rule):
        Speaker.objects.bulk_create([Speaker(**{"name": "x", **fields})])


def test_only_a_group_belongs_to_one_article():
    with refused("speaker_unnamed_is_group"):
        make_speaker(article=make_article())


def test_a_speaker_is_not_merged_into_itself():
    speaker = make_speaker()
    with refused("speaker_not_into_itself"):
        Speaker.objects.update(merged_into=speaker)


def test_an_affiliation_ends_after_it_starts_and_stands_once():
    speaker = make_speaker()
    with refused("affiliation_dates"):
        speaker.affiliations.create(
            is_published=True, title="Mayor", start="2024-01-02", end="2024-01-01"
        )
    speaker.affiliations.create(is_published=True, title="Mayor")
    with refused("affiliation_known_inferred"):
        speaker.affiliations.update(known_is_inferred=True)
    with refused("affiliation_once"):
        speaker.affiliations.create(is_published=True, title="Mayor")


def test_sort_name_falls_back_to_the_name():
    make_speaker(name="Ann Lee")
    Speaker.objects.update(sort_name="")
    assert Speaker.objects.get().sort_name == "Ann Lee"


@pytest.mark.parametrize(
    ("name", "attribution", "office"),
    [
        ("Ann Lee", "Mayor Ann Lee", "Mayor"),
        ("Ann Lee", "Ann Lee, the mayor of Springfield,", "the mayor of Springfield"),
        ("Ann Lee", "Lee", "Comptroller"),
        ("Ann Lee", "the mayor", "Comptroller"),
        ("Ann Lee", "", "Comptroller"),
        ("Eric May", "the Mayor", "Comptroller"),
        ("Ann Lee", "Leeds council leader Ann Leeman", "Comptroller"),
    ],
)
def test_the_title_printed_here_comes_before_the_one_known_at_the_date(
    name, attribution, office
):
    speaker = make_speaker(name=name)
    speaker.affiliations.create(
        is_published=True, title="Comptroller", known_on="2024-12-12"
    )
    statement = make_statement(
        speaker=speaker, attribution=attribution, said_on="2024-12-12"
    )
    assert statement.office == office


def test_a_title_without_a_name_is_shown_as_printed_when_no_office_is_known():
    assert (
        make_statement(
            speaker=make_speaker(name="Eric May"), attribution="the Mayor"
        ).office
        == "the Mayor"
    )


@pytest.mark.parametrize(
    "attribution",
    ["he", "She", "de Blasio", "Mr. de Blasio", "Bill’s", "Wilhelm", "the mr", "they"],
)
def test_a_name_or_a_pronoun_is_never_a_title(attribution):
    speaker = make_speaker(name="Bill de Blasio", other_names="Warren Wilhelm")
    assert make_statement(speaker=speaker, attribution=attribution).office == ""


def test_no_office_is_claimed_for_a_day_it_is_not_known_on():
    speaker = make_speaker(name="Ann Lee")
    speaker.affiliations.create(
        is_published=True, title="Comptroller", known_on="2024-12-12"
    )
    assert make_statement(speaker=speaker, said_on="2025-12-12").office == ""


@pytest.mark.parametrize(
    ("dates", "is_held"),
    [
        ({"start": "2022-01-01"}, True),
        ({"start": "2022-01-01", "known_on": "2023-01-01"}, True),
        ({"start": "2022-01-01", "end": "2024-12-11"}, False),
        ({"start": "2024-12-13"}, False),
        ({"end": "2025-12-31"}, False),
        ({"known_on": "2024-01-01", "end": "2025-12-31"}, True),
        ({}, False),
    ],
)
def test_an_office_with_a_start_and_no_end_is_held_from_then_on(dates, is_held):
    speaker = make_speaker(name="Ann Lee")
    speaker.affiliations.create(is_published=True, title="Council Member", **dates)
    make_position(basis="action", speaker=speaker, held_on="2024-12-12")
    position = speaker.positions.with_sources().get()
    assert position.office == ("Council Member" if is_held else "")


def test_a_reported_statement_is_not_the_articles_own_clause():
    clause = "Lee said taxes will fall."
    with refused("statement_own_words"):
        make_statement(clause, form="indirect", text=f"It was clear: {clause}")
    make_statement(clause, marks_exception="Lee wrote this herself.")
    with refused("statement_own_words"):
        Statement.objects.update(form="indirect")
    with refused("statement_own_words"):
        sql("UPDATE statements_statement SET form = 'collective'")


def test_passages_stand_apart_and_in_the_order_of_the_source():
    with refused("statement_order"):
        make_statement("And we win.", "We will fight,")
    with refused("statement_order"):
        make_statement("We will fight,", "will fight,")
    good = make_statement("We will fight,", "And we win.")
    with refused("statement_order"):
        sql(
            "UPDATE statements_statementpassage SET ordinal = 4 - ordinal WHERE "
            "statement_id = %s",
            good.pk,
        )


def test_an_unnamed_group_speaks_only_in_its_article():
    article = make_article()
    group = make_speaker(kind="group", article=article)
    statement = make_statement(article=article, speaker=group)
    with refused("statement_group"):
        make_statement(speaker=group)
    with refused("statement_group"):
        Statement.objects.filter(pk=make_statement().pk).update(speaker=group)
    assert statement.speaker == group


def test_speakers_are_merged_once_and_never_in_a_circle():
    first, second, third = make_speaker(), make_speaker(), make_speaker()
    Speaker.objects.filter(pk=first.pk).update(merged_into=second)
    with refused("speaker_merged_once"):
        Speaker.objects.filter(pk=third.pk).update(merged_into=first)
    with refused("speaker_merged_once"):
        sql(
            "UPDATE statements_speaker SET merged_into_id = %s WHERE id = %s",
            third.pk,
            second.pk,
        )


@pytest.mark.parametrize("field", ["name", "url"])
def test_blank_names_and_addresses_that_are_none_are_refused(field):
    with refused(f"speaker_{field}"):
        Speaker.objects.bulk_create([Speaker(**{"name": "x", field: " "})])
    with refused("speaker_url"):
        make_speaker(url="javascript:alert(1)")


@pytest.mark.parametrize("day", ["infinity", "0044-03-15 BC"])
def test_a_day_no_page_could_show_is_refused(day):
    make_statement()
    with refused("statement_days"):
        sql("UPDATE statements_statement SET said_on = %s::date", day)


def test_a_slug_is_plain():
    make_speaker()
    with refused("speaker_slug"):
        sql(
            "INSERT INTO statements_speaker (kind, name, sort_name, slug, uid, "
            "other_names, summary, wikidata_id, url)"
            " VALUES ('person', 'x', 'x', 'a b/c', 'aaaaaaaaaa', '', '', '', '')"
        )
