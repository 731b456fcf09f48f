"""For any input: an answer, exact offsets, and work proportional to the length."""

import sys
import time
import unicodedata
from collections.abc import Iterator
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.extraction import ArticleDraft, Passage, extract, normalize
from archive.extraction.normalize import original_offsets
from archive.extraction.output import as_line

WORDS = st.sampled_from(
    [
        "Mayor",
        "Delia",
        "Harrow",
        "she",
        "he",
        "they",
        "said",
        "says",
        "added",
        "that",
        "and",
        ",",
        ".",
        "?",
        "!",
        ":",
        ";",
        "—",
        "--",
        "(",
        ")",
        "[",
        "]",
        '"',
        "“",
        "”",
        "'",
        "’",
        "‘",
        "''",
        "«",
        "»",
        "the",
        "of",
        "who",
        "which",
        "according",
        "to",
        "taxes",
        "will",
        "rise",
        "In",
        "2019",
        "-",
        "•",
        "1.",
        "-",
        "\n",
        "\n\n",
        "\r\n",
        "\x00",
        "é",
        "🌊",
        "مرحبا",
        "told",
        "reporters",
        "called",
        "claim",
        "Monday",
        "Jr.",
        "U.S.",
        "'s",
        "Proposals",
        "include:",
        "Housing:",
        "not",
    ]
)
PROSE = st.lists(WORDS, max_size=60).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), PROSE)


def passages(draft: ArticleDraft) -> Iterator[Passage]:
    for statement in draft.statements:
        yield from statement.passages
        yield from filter(
            None,
            (
                statement.cue,
                statement.clause,
                statement.speaker.mention,
                statement.speaker.role,
            ),
        )
    for entry in draft.lists:
        yield entry.introduction
        yield from filter(
            None,
            (
                entry.addressee,
                *(p for i in entry.items for p in (i.passage, i.label, i.body)),
            ),
        )
    for person in draft.people:
        yield from person.mentions
        yield from person.roles


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("“A,” she said, “B”")
@example("Proposals include:\n- a\n- b")
def test_every_passage_is_exactly_the_text_at_its_offsets(text: str) -> None:
    draft = extract(text)
    assert draft.text == normalize(text)
    for passage in passages(draft):
        assert 0 <= passage.start < passage.end <= len(draft.text)
        assert draft.text[passage.start : passage.end] == passage.exact


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_passages_of_a_statement_stand_in_text_order_and_never_overlap(
    text: str,
) -> None:
    for statement in extract(text).statements:
        ends = [0, *(p.end for p in statement.passages)]
        assert all(
            p.start >= end for p, end in zip(statement.passages, ends, strict=False)
        )


@given(st.text())
def test_normalizing_gives_one_form_and_normalizing_again_changes_nothing(
    text: str,
) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\0" not in once
    assert "\r" not in once


@given(st.text(alphabet="ae\u0301\u0327\r\n\0 \u1100\u1161\u11a8\u2028\u0915\u093cx"))
def test_every_normalized_offset_has_its_place_in_the_given_text(text: str) -> None:
    offsets = original_offsets(text)
    if offsets is None:
        assert normalize(text) == text
    else:
        assert len(offsets) == len(normalize(text)) + 1
        assert offsets == sorted(offsets)


def test_lines_for_the_scorer_count_in_the_given_text() -> None:
    text = (
        "Jose\u0301 Iba\u0301n\u0303ez said:\r\n“The cafe\u0301 stays open,” "
        "Iba\u0301n\u0303ez said."
    )
    (quote,) = [
        q for q in as_line("a", text, extract(text))["quotes"] if q["kind"] == "direct"
    ]
    assert text[quote["start"] : quote["end"]] == "The cafe\u0301 stays open,"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\n\n\n",
        '"' * 1000,
        "“" * 1000,
        "”" * 1000,
        "'" * 1000,
        "“Unclosed and \"mixed' »",
        '\u202eمرحبا\u202c "שלום" said',
        "👩‍👩‍👧 said “🌊,” e\u0301\u0301\u0301",
        "said " * 500,
        "- \n- \n- ",
        "(" * 500 + ")" * 500,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_bad_input_gives_an_answer(text: str) -> None:
    assert extract(text).text == normalize(text)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="needs a str, not bytes"):
        extract(b"text")  # type: ignore[arg-type]


def test_line_ends_of_windows_change_no_finding() -> None:
    text = (
        "Mayor Delia Harrow spoke.\n“We sail in May,” Harrow said.\nThe pier is old, "
        "she said."
    )
    assert extract(text.replace("\n", "\r\n")) == extract(text)


def steps(text: str) -> int:
    """Returns the number of calls made during an extraction, of Python functions and
    built-in ones; it is the same on every machine.
    """
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        extract(text)
    finally:
        sys.setprofile(before)
    return count


HARD = {
    "prose": "Mayor Delia Harrow said the ferry will run. “We sail,” she said, and "
    "added that it rains.\n",
    "one sentence": "Delia Harrow said that, as Piet Oakes, who knows her, told us, "
    "“it is late,” and ",
    "quote marks": '"',
    "opening marks": "“ a ",
    "unclosed paragraphs": "“Never ends\n",
    "commas": "Harrow, a, ",
    "names": "Delia Harrow Piet Oakes ",
    "many people": "",
    "parentheses": "((Harrow) said ",
    "bullets": "- an item\n",
    "labels": "Label one: an item\n",
    "apostrophes": "''",
    "capitals": "AB",
    "digits": "1.",
    "hyphens": "a-",
    "dots": ".",
    "pronouns": "he said she said ",
    "accents": "e\u0301\u0301",
}


@pytest.mark.parametrize("kind", HARD)
def test_twice_the_text_is_at_most_about_twice_the_work(kind: str) -> None:
    unit = HARD[kind]
    if kind == "many people":
        pieces = [
            f"Person{chr(97 + i % 26)}{chr(97 + i // 26)} Roe{i} said it rains. "
            for i in range(600)
        ]
        small, large = "".join(pieces[:300]), "".join(pieces)
    else:
        small, large = unit * 400, unit * 800
    assert steps(large) <= 2.3 * steps(small) + 2000


@given(st.text(alphabet="a\u0301\u0316\u0344\u0f71\u0f73\u1dfaé한", max_size=120))
def test_a_long_run_of_marks_is_normalized_as_unicode_says(text: str) -> None:
    assert normalize(text) == unicodedata.normalize("NFC", text)


def test_alternating_marks_are_normalized_in_linear_time() -> None:
    started = time.process_time()
    normalize("a" + "\u0301\u0316" * 200_000)
    assert time.process_time() - started < 10  # sorted by insertion: over a minute
