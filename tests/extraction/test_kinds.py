"""Kinds of text and languages: what is recognised, and who speaks in them."""

import pytest

from archive.extraction import ArticleDraft, extract

TRANSCRIPT = """MODERATOR: Commissioner Abara, is the lock safe?

ABARA: It is. We inspected every gate in May. (Laughter.)

We will do so again.

MR. TELL: You said that the gates were new.

ABARA: They are not."""
INTERVIEW = """We talked with Oona Fell, who keeps the lighthouse.

Q: Is it lonely?

A: Not in summer.

Q: Will you stay?

A: As long as I can climb."""
EXPLAINER = "Q: Is the bridge open?\n\nA: It is, Mayor Ana Holt said."


def read(draft: ArticleDraft) -> list[tuple[str | None, str]]:
    return [
        (s.speaker.name, " / ".join(p.exact for p in s.passages))
        for s in draft.statements
    ]


def test_a_turn_of_a_transcript_is_one_statement_and_a_question_of_the_moderator_none():
    draft = extract(TRANSCRIPT)
    assert draft.kind == "transcript"
    assert read(draft) == [
        ("Abara", "It is. We inspected every gate in May. / We will do so again."),
        ("Tell", "You said that the gates were new."),
        ("Abara", "They are not."),
    ]


def test_the_answers_of_an_interview_are_those_of_the_person_it_names():
    draft = extract(INTERVIEW)
    assert draft.kind == "interview"
    assert read(draft) == [
        ("Oona Fell", "Not in summer."),
        ("Oona Fell", "As long as I can climb."),
    ]


def test_questions_and_answers_of_nobody_are_an_article():
    draft = extract(EXPLAINER)
    assert draft.kind == "article"
    assert [name for name, _ in read(draft)] == ["Ana Holt"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Der Hafen ist zu. „Wir warten auf das Eis“, sagte Kapitänin Frauke Harms "
            "der Zeitung. »Das ist nicht neu«, meinte Uwe Thiel.",
            [
                ("Frauke Harms", "Wir warten auf das Eis"),
                ("Uwe Thiel", "Das ist nicht neu"),
            ],
        ),
        (
            "es",
            "El puerto no se abre hoy. «Nos vamos esta noche», dijo María José Ruiz. "
            "La ciudad no va a cerrar el muelle.",
            [("María José Ruiz", "Nos vamos esta noche")],
        ),
        (
            "fr",
            "« Nous partons ce soir », a déclaré la capitaine Maëlle Guern. "
            "Le port est fermé et les bateaux ne sortent pas.",
            [("Maëlle Guern", "Nous partons ce soir")],
        ),
        (
            "es",
            "El puerto no abre. Rosa Llanes: «No hay barcos en la isla.» "
            'Explicó: "Son las olas del mar."',
            [
                ("Rosa Llanes", "No hay barcos en la isla."),
                (None, "Son las olas del mar."),
            ],
        ),
    ],
)
def test_a_text_in_another_language_gives_its_marked_quotations_with_low_confidence(
    language: str, text: str, expected: list[tuple[str | None, str]]
):
    draft = extract(text)
    assert (draft.language, read(draft)) == (language, expected)
    assert max(s.speaker.confidence for s in draft.statements) <= 0.5


def test_marks_of_other_languages_are_paired_in_english():
    text = (
        "„We build the pier“, said Mayor Ute Holm. »I doubt that«, Olaf Brink replied. "
        "「The pier opens in May,」 said Governor Kenji Mori. "
        ",,We agree with it,'' said Ada Lund. &ldquo;We do too,&rdquo; said Bo Lind."
    )
    assert read(extract(text)) == [
        ("Ute Holm", "We build the pier"),
        ("Olaf Brink", "I doubt that"),
        ("Kenji Mori", "The pier opens in May,"),
        ("Ada Lund", "We agree with it,"),
        ("Bo Lind", "We do too,"),
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("press release", "FOR IMMEDIATE RELEASE\n\nThe council opened a pier."),
        ("fact sheet", "Fact sheet\n\nThe order:\n\n- Builds a pier."),
        ("social posts", "“It opens.” — Ada (@ada)\n\n@bo: “It does not.”"),
        ("speech", "My friends, I thank you. We will build our pier. " * 10),
        ("article", "The council met on Monday and opened the pier."),
    ],
)
def test_the_draft_says_the_kind_of_text(kind: str, text: str):
    assert extract(text).kind == kind


def test_words_without_marks_after_x_said_are_a_block_quotation():
    text = (
        "Ferries get new lamps.\n\nMinister Hugh Penn said:\n\nLamps save lives.\n\n"
        "The first one is lit in May.\n\nPilot Ann Toms said:\n\nWe like them.\n\n"
        "Notes to editors\n\nA lamp is a light."
    )
    assert read(extract(text)) == [
        ("Hugh Penn", "Lamps save lives. / The first one is lit in May."),
        ("Ann Toms", "We like them."),
    ]


def test_a_remark_of_the_reporters_is_no_part_of_the_report():
    text = (
        "Ida Lund said the vote was close — a claim that nobody shared. "
        "The pilot Bo Lind said 40 percent of them came, compared with 33 in May."
    )
    assert [words for _, words in read(extract(text))] == [
        "the vote was close",
        "40 percent of them came",
    ]


def test_a_speech_reports_nothing_of_the_one_who_gives_it():
    draft = extract("My friends, I said that we would build. We know our town. " * 9)
    assert (draft.kind, draft.statements) == ("speech", ())
