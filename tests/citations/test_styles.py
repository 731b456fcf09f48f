"""The texts of a citation, as the handbooks of the styles print them."""

import datetime as dt

import pytest

from archive.citations import Kind, Name, apa, chicago, mla
from tests.citations.made import AUTHORS, quoted, reference


def test_apa_names_the_speaker_and_the_reporter():
    citation = quoted(reference(authors=AUTHORS[:2]), 7)
    assert apa.reference(citation) == (
        "Rubinstein, D., & Fitz, E. G. (2024, December 12). Mayor meets the border "
        "czar. The Daily. On Record. https://archive.example/id/k1/"
    )
    assert apa.in_text(citation) == (
        "(Lander, quoted in Rubinstein & Fitz, 2024, para. 7)"
    )


def test_chicago_names_the_speaker_and_the_reporter():
    citation = quoted(reference(authors=AUTHORS[:2]), 7, 8, 9, 12)
    assert chicago.reference(citation) == (
        "Rubinstein, Dana, and Emma G. Fitz. “Mayor meets the border czar.” The "
        "Daily, December 12, 2024. On Record. https://archive.example/id/k1/."
    )
    assert chicago.note(citation) == (
        "Brad Lander, quoted in Dana Rubinstein and Emma G. Fitz, “Mayor meets the "
        "border czar,” The Daily, December 12, 2024, paras. 7–9, 12, On Record, "
        "https://archive.example/id/k1/."
    )


def test_mla_names_the_speaker_and_the_reporter():
    citation = quoted(reference(authors=AUTHORS[:2]), 7)
    assert mla.reference(citation) == (
        "Rubinstein, Dana, and Emma G. Fitz. “Mayor meets the border czar.” The "
        "Daily, 12 Dec. 2024, On Record, https://archive.example/id/k1/."
    )
    assert mla.in_text(citation) == ("(Lander, qtd. in Rubinstein and Fitz, par. 7)")


def test_a_paraphrase_is_not_called_a_quotation():
    citation = quoted(reference(), 7, relation="paraphrased in")
    written = [apa.in_text(citation), chicago.note(citation), mla.in_text(citation)]
    assert all("Lander, paraphrased in" in text for text in written)
    assert not any("quoted" in text or "qtd." in text for text in written)


def test_an_author_who_speaks_is_named_once():
    speech = reference(kind=Kind.SPEECH, container="", genre="Speech")
    citation = quoted(speech, 3, speaker=None, relation="")
    assert apa.in_text(citation) == "(Rubinstein, 2024, para. 3)"
    assert mla.in_text(citation) == "(Rubinstein, par. 3)"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (apa.reference, "([2024, December 12])"),
        (apa.in_text, "[2024]"),
        (chicago.reference, "The Daily, [December 12, 2024]."),
        (chicago.note, "The Daily, [December 12, 2024],"),
        (mla.reference, "The Daily, [12 Dec. 2024],"),
    ],
)
def test_an_inferred_date_is_in_brackets(written, expected):
    assert expected in written(quoted(reference(issued_is_inferred=True), 7))


def test_a_source_of_unknown_author_and_date_says_so():
    unknown = reference(
        authors=(), container="", issued="", accessed=dt.date(2026, 11, 30)
    )
    citation = quoted(unknown, 1)
    assert apa.reference(citation) == (
        "Mayor meets the border czar. (n.d.). On Record. Retrieved November 30, 2026, "
        "from https://archive.example/id/k1/"
    )
    assert apa.in_text(citation) == (
        "(Lander, quoted in “Mayor meets the border czar,” n.d., para. 1)"
    )
    assert chicago.reference(citation) == (
        "“Mayor meets the border czar.” On Record. Accessed November 30, 2026. "
        "https://archive.example/id/k1/."
    )
    assert mla.reference(citation).endswith(" Accessed 30 Nov. 2026.")


def test_marks_inside_a_title_are_nested():
    citation = quoted(reference(title='The “deal” and the "offer"'), 7)
    assert "“The ‘deal’ and the ‘offer’.”" in chicago.reference(citation)
    assert 'The “deal” and the "offer".' in apa.reference(citation)


def test_a_title_that_asks_gets_no_full_stop():
    citation = quoted(reference(title="Who pays?"), 7)
    assert "“Who pays?” The Daily" in mla.reference(citation)
    assert "Who pays? The Daily" in apa.reference(citation)
    assert "“Who pays?,” The Daily" in chicago.note(citation)


def test_a_suffix_and_initials_of_each_part_of_a_name():
    names = (Name("King", "Martin Luther", "Jr."), Name("García", "Jean-Luc"))
    citation = quoted(reference(authors=names), 7)
    assert apa.reference(citation).startswith("King, M. L., Jr., & García, J.-L. (")
    assert chicago.reference(citation).startswith(
        "King, Martin Luther, Jr., and Jean-Luc García. "
    )
    assert "Martin Luther King Jr. and Jean-Luc García" in chicago.note(citation)


def test_a_name_whose_order_is_unknown_stays_in_one_piece():
    citation = quoted(reference(authors=(Name.sorted("Orbán Viktor"),)), 7)
    assert apa.reference(citation).startswith("Orbán Viktor. (")
    assert Name.sorted("Adams, Eric") == Name("Adams", "Eric")
