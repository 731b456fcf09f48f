"""What reading a text or a page yields: the text to store, and the suggestions."""

import pytest

from archive.desk.intake import html_reader, plain
from archive.desk.intake.dates import date_in_address, date_of_line
from archive.desk.intake.reading import Notice, Origin
from archive.desk.intake.sources import read_pasted
from tests.desk.pages import PAGE, TEXT, WORD

PROSE = "Mayor Okafor asked the council to freeze most rents for two years. " * 3


def suggested(text):
    fields = read_pasted(text).fields
    return {name: (hint.value, hint.origin) for name, hint in fields.items()}


def test_headline_byline_date_and_agency_above_a_text():
    head = "Mayor asks for rent freeze\nBy Jane Doe and Ann Roe\nDec. 12, 2024\n\n"
    assert suggested(f"{head}FAIRHAVEN, Ohio (AP) — {PROSE}") == {
        "headline": ("Mayor asks for rent freeze", Origin.FIRST_LINE),
        "byline": ("Jane Doe and Ann Roe", Origin.BYLINE),
        "published_on": ("2024-12-12", Origin.DATE_LINE),
        "outlet": ("Associated Press", Origin.DATELINE),
    }


def test_a_press_release():
    head = "FOR IMMEDIATE RELEASE\nDecember 12, 2024\n\nMayor asks for rent freeze\n\n"
    fields = suggested(head + PROSE)
    assert fields["kind"] == ("press_release", Origin.RELEASE)
    assert fields["headline"] == ("Mayor asks for rent freeze", Origin.FIRST_LINE)


def test_a_speech_is_recognised_by_its_title():
    fields = suggested(f"Remarks by Mayor Denise Okafor on housing\n\n{PROSE}")
    assert fields["kind"] == ("speech", Origin.FIRST_LINE)


def test_the_date_of_a_dateline():
    fields = suggested(f"NEW YORK, Dec. 12, 2024 — {PROSE}")
    assert fields["published_on"] == ("2024-12-12", Origin.DATELINE)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        PROSE,
        f"The mayor spoke.\n\n{PROSE}",
        f"“We will fight”\n\n{PROSE}",
        f"By the time she spoke, the room was full\n{PROSE}",
        "One short line\nAnother short line",
        f"Word\n\n{PROSE}",
    ],
)
def test_a_line_that_may_be_something_else_is_no_headline_and_no_byline(text):
    assert not {"byline"} & suggested(text).keys()
    if not text.startswith("By the"):
        assert "headline" not in suggested(text)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("by Jane Doe, Staff Writer", "Jane Doe, Staff Writer"),
        ("BY JANE DOE | FAIRHAVEN GAZETTE", "JANE DOE | FAIRHAVEN GAZETTE"),
        (
            "By María-José de la Cruz and Ed O’Neil",
            "María-José de la Cruz and Ed O’Neil",
        ),
        ("By then it was late", ""),
        ("By " + "A" * 200, ""),
        ("Written by nobody", ""),
        ("By —", ""),
    ],
)
def test_bylines(line, names):
    assert plain.byline(line) == names


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("December 12, 2024", "2024-12-12"),
        ("Published Thursday, Dec. 12, 2024 at 10:05 a.m. EST", "2024-12-12"),
        ("12 December 2024", "2024-12-12"),
        ("2024-12-12T10:05:00Z", "2024-12-12"),
        ("December 2024", "2024-12"),
        ("Sept. 3rd, 2024", "2024-09-03"),
        ("12/05/2024", ""),
        ("December 12", ""),
        ("February 31, 2024", ""),
        ("The plan of December 12, 2024", ""),
        ("Updated December 12, 2024", ""),
    ],
)
def test_dates_of_lines(line, date):
    assert date_of_line(line) == date


def test_dates_in_addresses():
    assert date_in_address("https://example.com/2024/12/12/rent") == "2024-12-12"
    assert date_in_address("https://example.com/2024/13/45/rent") == ""
    assert date_in_address("https://example.com/20241212") == ""


def test_a_page_becomes_lines_and_keeps_its_quotation_marks():
    reading = read_pasted(PAGE)
    lines = reading.text.split("\n")
    assert "What the plan holds" in lines
    assert "- Cap annual rent increases at 3 percent in buildings with four units." in (
        lines
    )
    assert (
        "“Nobody should have to leave the city they were born in,” Okafor told the "
        in (reading.text)
    )
    assert '"We have waited," she said, “for the Legislature long enough.”' in (
        reading.text
    )
    assert "Mayor Denise Okafor on Tuesday asked the City Council to freeze" in (
        reading.text
    )
    assert "She left early." in lines
    assert "‘Three percent is what they gave us last time,’ Herrera said." in lines
    assert reading.notices == [Notice.HTML]


@pytest.mark.parametrize(
    "words", ["script", "color: red", "Home", "old story", "All rights reserved"]
)
def test_what_stands_beside_the_article_is_left_out(words):
    assert words not in read_pasted(PAGE).text


def test_a_fragment_of_a_page_keeps_every_paragraph():
    fragment = (
        "<p>Mayor Okafor said: “We will fight, and we will win this time.”</p>"
        "<p>She left <em>early</em>.</p><ol><li>One thing.</li><li>Two.</li></ol>"
        '<p style="display:none">hidden</p><script>x</script>'
    )
    assert read_pasted(fragment).text == (
        "Mayor Okafor said: “We will fight, and we will win this time.”\n\n"
        "She left early.\n\n- One thing.\n- Two."
    )


def test_a_document_of_word():
    reading = read_pasted(WORD)
    assert reading.text == (
        "Mayor asks for rent freeze\n\n"
        "Mayor Denise Okafor on Tuesday asked the City Council to freeze most rent "
        "increases for two years.\n\n"
        "- Cap increases.\n- Create a fund.\n\n“We have waited,” she said."
    )
    assert reading.notices == [Notice.WORD]


@pytest.mark.parametrize(
    "text",
    [
        "“<script>alert(1)</script>” is what the page printed, said Okafor.",
        "a < b and b > c",
        "<3 is a heart, said the mayor, and nobody objected to it at all.",
        "The tag <p> starts a paragraph.",
    ],
)
def test_a_text_that_mentions_tags_is_not_read_as_html(text):
    assert not html_reader.is_html(text)
    assert read_pasted(text).text == text


def test_a_text_is_kept_as_it_was_pasted():
    text = '  Two blanks  and\ttabs.\r\n\r\n\r\n“Quoted” ‘marks’ "stay".  \n'
    assert read_pasted(text).text == text.replace("\r\n", "\n")
