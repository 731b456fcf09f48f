"""A published quotation provably stands in quotation marks, or in a turn of its
speaker, or says why not.
"""

import pytest

from archive.core.rules import checked
from archive.models import QuotationRange
from statements.models import Statement, Turn
from tests.factories import make_article, make_speaker, make_statement
from tests.rules import refused, silenced, sql

pytestmark = pytest.mark.django_db
TEXT = (
    "“We will rebuild the pier,” Herrera said. “We will not wait.” The council was not "
    "impressed.\n“I grew up here.\n\n“I will die here,” she said. Herrera called it "
    "“a disgrace” and left. She said “I would never say we should close the pier.”"
)


def quotation(*words, **fields):
    return make_statement(*words, article=make_article(text=TEXT), **fields)


def test_a_reporters_sentence_is_no_quotation():
    with refused("statement_marks"):
        quotation("The council was not impressed.")


def test_a_split_quotation_is_taken_apart_and_not_pasted_whole():
    with refused("statement_marks"):
        quotation("We will rebuild the pier,” Herrera said. “We will not wait.")
    whole = quotation("We will rebuild the pier,", "We will not wait.")
    assert whole.text == "We will rebuild the pier, […] We will not wait."


def test_a_fragment_of_a_partial_quotation_stands_in_marks_too():
    quotation("a disgrace", form="partial", text="Herrera called it “a disgrace”.")
    with refused("statement_marks"):
        quotation("impressed", form="partial", text="They were not “impressed”.")


def test_raw_sql_meets_the_same_rule():
    draft = quotation("The council was not impressed.", status="draft")
    with refused("statement_marks"):
        sql("UPDATE statements_statement SET status = 'published'")
    good = quotation("We will not wait.")
    passage, wrong = good.passages.get(), draft.passages.get()
    with refused("statement_marks"):
        sql(
            "UPDATE statements_statementpassage SET version_id = %s, start = %s, "
            '"end" = %s, exact = %s WHERE id = %s',
            passage.version_id,
            wrong.start,
            wrong.end,
            wrong.exact,
            passage.pk,
        )


def test_an_editor_may_say_why_there_are_no_marks():
    with refused("statement_marks"):
        quotation("The council was not impressed.", marks_exception="  ")
    statement = quotation(
        "The council was not impressed.", marks_exception="It is a caption."
    )
    with refused("statement_marks"):
        Statement.objects.filter(pk=statement.pk).update(marks_exception="")


def test_a_turn_of_the_speaker_stands_for_marks():
    article, speaker = make_article(text=TEXT), make_speaker()
    version = article.latest_version
    words = "The council was not impressed."
    turn = Turn.objects.create(
        version=version, speaker=make_speaker(), start=0, end=len(TEXT)
    )
    with refused("statement_marks"):
        make_statement(words, article=article, speaker=speaker)
    turn.speaker = speaker
    turn.save()
    make_statement(words, article=article, speaker=speaker)
    with refused("statement_marks"):
        Turn.objects.update(end=20)
    with refused("statement_marks"):
        turn.delete()


def test_a_turn_ends_with_its_text():
    version = make_article(text="Short.").latest_version
    with refused("turn_inside_its_text"):
        Turn.objects.create(version=version, speaker=make_speaker(), start=0, end=7)


def test_a_version_without_ranges_publishes_no_quotation():
    article = make_article(text=TEXT)
    QuotationRange.objects.all().delete()
    with refused("statement_marks"):
        make_statement("We will not wait.", article=article)


def test_ranges_never_change_and_stay_once_something_was_published():
    quotation("We will not wait.")
    with refused("quotationrange_immutable"):
        QuotationRange.objects.update(start=0)
    with refused("version_kept"):
        QuotationRange.objects.all().delete()


def test_a_quotation_over_two_paragraphs_reads_as_two_paragraphs():
    statement = quotation("I grew up here.", "I will die here,")
    assert statement.text == "I grew up here.\n\nI will die here,"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("we should close the pier.", "… we should close the pier."),
        ("I would never say", "I would never say …"),
        ("never say we should", "… never say we should …"),
        ("We will rebuild the pier,", "We will rebuild the pier,"),
        ("We will rebuild the pier", "We will rebuild the pier"),
    ],
)
def test_a_cut_quotation_shows_where_it_was_cut(words, text):
    assert quotation(words).text == text


def test_a_statement_that_is_only_followed_is_not_asked_again():
    """What was published before the rule stays when its article comes and goes."""
    statement = quotation(
        "The council was not impressed.", marks_exception="A caption."
    )
    with silenced("in_marks"):
        sql("UPDATE statements_statement SET marks_exception = ''")
    with checked():
        type(statement.article).objects.update(status="withdrawn")
    with checked():
        type(statement.article).objects.update(status="published")
    statement.refresh_from_db()
    assert statement.is_public
