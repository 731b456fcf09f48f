"""Whatever is pasted or uploaded: a sentence says what to do, nothing is created."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.desk.intake.mending import examples, mend
from archive.models import Article, Outlet
from tests.desk.pages import DESK, NAVIGATION, PAGE, TEXT, WORD, filled_in, read, start
from tests.factories import make_outlet

pytestmark = pytest.mark.django_db


def uploaded(client, data, name="article.txt"):
    return client.post(DESK, {"file": SimpleUploadedFile(name, data)})


def sentence(page):
    """The one error of the first page."""
    assert page.status_code == 200
    assert page.templates[0].name == "admin/desk/intake/paste.html"
    (sentences,) = page.context["form"].errors.values()
    assert not Article.objects.exists()
    return sentences[0]


@pytest.mark.parametrize("pasted", ["", " ", "\n \t\n", "\u2028\u00a0"])
def test_nothing_or_only_white_space_is_refused(editor, pasted):
    assert sentence(read(editor, pasted)).startswith("There is no text. Paste the")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"%PDF-1.7 \xe2\xe3",
            "This is a PDF. Only text and HTML can be read:",
        ),
        (b"PK\x03\x04\x14\x00", "This is a file of a word processor."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a file of a word processor."),
        (b"{\\rtf1\\ansi text}", "This is a file of a word processor."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This file holds no text."),
        (bytes(range(256)), "This file holds no text."),
        (b"", "There is no text."),
        (b"\xff\xfe\x00\xd8", "The characters of this file cannot be read."),
        (b"caf\x81 \x8d", "The characters of this file cannot be read."),
    ],
)
def test_a_file_without_plain_text_is_refused(editor, data, says):
    assert sentence(uploaded(editor, data)).startswith(says)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_in_an_encoding_of_unicode_is_read(editor, encoding):
    page = uploaded(editor, TEXT.encode(encoding))
    assert filled_in(page)["text"] == TEXT
    assert "Windows-1252" not in page.content.decode()


def test_a_file_that_is_not_utf_8_is_read_as_windows_1252_and_the_page_says_so(editor):
    page = uploaded(editor, TEXT.encode("windows-1252"))
    assert filled_in(page)["text"] == TEXT
    assert "is not UTF-8 and was read as Windows-1252" in page.content.decode()


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("koi8-r", "koi8-r"), ("iso-8859-1", "windows-1252"), ("Shift_JIS", "shift_jis")],
)
def test_the_encoding_that_a_page_declares_is_believed(editor, charset, encoding):
    words = {"koi8-r": "Мэр Окафор сказала", "shift_jis": "市長は言った"}
    quoted = words.get(encoding, "“Café”")
    html = PAGE.replace('charset="utf-8"', f'charset="{charset}"')
    html = html.replace("She left early.", f"{quoted} she said.")
    for mark in "“”‘’":
        html = html if encoding == "windows-1252" else html.replace(mark, '"')
    data = html.replace("—", "-").encode(encoding)
    page = uploaded(editor, data, "page.html")
    assert f"{quoted} she said." in filled_in(page)["text"]
    assert "Windows-1252" not in page.content.decode()


def test_an_encoding_that_is_none_is_not_believed(editor):
    html = PAGE.replace('charset="utf-8"', 'charset="unicode_escape"')
    page = uploaded(editor, html.encode("windows-1252"), "page.html")
    assert "was read as Windows-1252" in page.content.decode()


def test_a_page_of_navigation_is_refused(editor):
    page = read(editor, NAVIGATION)
    assert sentence(page).startswith("No article was found in this HTML")
    assert "Section 12" in page.content.decode()


@pytest.mark.parametrize("html", ["<!----><br>", "<p></p>", "<html></html>", "<br/>"])
def test_a_page_without_any_text_is_refused(editor, html):
    assert sentence(read(editor, html)).startswith("No article was found in this HTML")


def test_a_page_with_control_characters_is_read(editor):
    html = PAGE.replace("We have", "We\x1f have").replace("<q>for", "<q>\x1ffor")
    assert "Okafor told the council" in filled_in(read(editor, html))["text"]


def test_a_pasted_menu_is_pointed_out(editor):
    page = read(editor, "Home\nNews\nSports\nSign in")
    assert "No line of this text ends a sentence." in page.content.decode()


def test_scripts_in_html_never_become_text(editor):
    page = read(editor, PAGE)
    assert "script" not in filled_in(page)["text"]
    assert "text of a script" not in page.content.decode()


def test_a_script_in_a_text_is_shown_as_text(editor):
    text = f"{TEXT}\n\n<script>alert(1)</script>"
    page = read(editor, text)
    assert filled_in(page)["text"] == text
    assert "<script>alert(1)" not in page.content.decode()
    start(editor, page, headline="<script>alert(2)</script>")
    assert Article.objects.get().latest_version.text == text
    assert "<script>alert(" not in editor.get(DESK).content.decode()


def test_a_document_of_word_is_read_and_the_page_says_so(editor):
    page = read(editor, WORD)
    assert "This is the text of a Word document." in page.content.decode()
    assert "mso" not in filled_in(page)["text"]


def test_a_form_of_more_than_five_megabytes_is_refused_with_a_sentence(editor):
    answer = read(editor, "x" * 5 * 2**20)
    assert answer.status_code == 413
    assert "Nothing was saved" in answer.content.decode()


def test_a_file_of_more_than_five_megabytes_is_refused(editor):
    says = sentence(uploaded(editor, b"Text. " * 900_000))
    assert says.startswith("The file is larger than 5 MB.")


def test_a_text_of_more_than_a_million_characters_is_refused(editor):
    says = sentence(read(editor, "A word. " * 125_001))
    assert says.startswith("The text is longer than 1,000,000 characters.")
    assert "At most 1,000,000 characters" in editor.get(DESK).content.decode()


def test_a_text_made_too_long_on_the_second_page_is_refused(editor):
    again = start(editor, read(editor), headline="Long", text="word " * 200_001)
    assert "1,000,000" in again.context["form"].errors["text"][0]
    assert not Article.objects.exists()


def test_a_text_emptied_on_the_second_page_is_refused(editor):
    again = start(editor, read(editor), headline="Empty", text=" \n")
    assert "There is no text." in again.context["form"].errors["text"][0]


def test_a_page_with_too_many_tags_is_refused(editor):
    says = sentence(read(editor, "<p>" + "<b>x</b>" * 30_000))
    assert says.startswith("This page has more than 50,000 tags.")


@pytest.mark.parametrize("unit", ["letters", "“Word said. ", "By Aa ", "\n", "A. B, "])
def test_a_text_of_a_million_characters_is_read(editor, unit):
    text = "x" + (unit * 1_000_000)[:999_999]
    assert len(filled_in(read(editor, text))["text"]) == 1_000_000


def test_wrongly_decoded_text_is_pointed_out_and_mended_on_request(editor):
    wrong = TEXT.encode().decode("windows-1252", errors="replace")
    wrong = wrong.replace("\ufffd", "\x9d")
    page = read(editor, wrong)
    html = page.content.decode()
    assert "This text was decoded with the wrong encoding" in html
    assert filled_in(page)["text"] == wrong
    mended = editor.post(DESK, {**filled_in(page, headline="Rent"), "mend": "1"})
    assert filled_in(mended)["text"] == TEXT
    back = editor.post(DESK, {**filled_in(mended), "restore": "1"})
    assert filled_in(back)["text"] == wrong
    assert filled_in(back)["headline"] == "Rent"
    start(editor, mended)
    assert Article.objects.get().latest_version.text == TEXT


def test_mending_changes_nothing_but_what_was_decoded_wrongly():
    right = "“Curly” ‘marks’ – ﬁ ligature, ｆｕｌｌ width, &amp; é e\u0301 \x1b[0m\r\n"
    assert mend(right) == right
    assert mend("â€œWe wonâ€™t,â€\x9d he said") == "“We won’t,” he said"


def test_an_example_shows_what_is_mended_and_a_few_words_beside_it():
    wrong = "x " * 60 + "cafÃ© " + "y " * 60
    (example,) = examples(wrong, mend(wrong))
    assert "cafÃ©" in example.before
    assert "café" in example.after
    assert len(example.before) < 90


def test_nothing_is_saved_if_the_article_is_refused_after_its_outlet(editor):
    make_outlet(name="Lakeshore Post")
    again = start(
        editor, read(editor), headline="Rent", outlet="New", url="http://localhost/x"
    )
    assert "private network" in again.context["form"].errors["url"][0]
    assert Outlet.objects.count() == 1


def test_a_wrong_address_on_the_first_page_keeps_the_text(editor):
    page = read(editor, TEXT, address="javascript:alert(1)")
    assert "address" in page.context["form"].errors
    assert "We have waited" in page.content.decode()


def test_broken_hints_are_no_error(editor):
    for hints in ("x", "[]", '{"headline": 3}', '{"headline": ["a", "b"]}'):
        answer = start(editor, read(editor), headline="", hints=hints)
        assert answer.status_code == 200
