"""An article with a split, a nested, a cut and an unmarked passage and one over two
paragraphs, taken through the admin; the false ones are refused with a sentence.
"""

import pytest

from statements.models import Statement
from tests.factories import make_article, make_outlet, make_speaker

pytestmark = pytest.mark.browser
TEXT = (
    "Harbor chief Mara Quill spoke on Monday.\n"
    "“We will dredge the channel,” Quill said. “We will start in May.”\n"
    "“The old captain told me ‘never trust the tide’ and I listened,” she said.\n"
    "“My father built this pier.\n"
    "“I will not see it fall,” she added.\n"
    "“I would never say we should sell the docks,” Quill said.\n"
    "The council expects costs of nine million."
)
UNMARKED = "The council expects costs of nine million."


@pytest.fixture
def statements_page(desk):
    make_article(
        TEXT,
        headline="Harbor chief speaks",
        outlet=make_outlet(),
        url="https://example.org/harbor",
        published_on="2024-05-06",
    )
    make_speaker(name="Mara Quill")
    editor = desk("Edda")

    def enter(*parts):
        page = editor.open("/admin/statements/statement/add/")
        editor.choose("article", "Harbor chief")
        editor.choose("speaker", "Mara Quill")
        page.select_option("#id_form", "direct")
        for index, words in enumerate(parts):
            if index:
                page.click(".add-row a")
            page.fill(f"#id_passages-{index}-exact", words)
        return page

    return editor, enter


def publish(editor):
    editor.go_on("Publish")
    editor.go_on("Publish")


def open_newest(editor):
    newest = Statement.objects.order_by("pk").last()
    return editor.open(f"/admin/statements/statement/{newest.pk}/change/")


def public_words(editor):
    newest = Statement.objects.order_by("pk").last()
    return (
        editor.open(newest.get_absolute_url()).locator("main blockquote").inner_text()
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (
            ["“We will dredge the channel,” Quill said. “We will start in May.”"],
            "“We will dredge the channel, […] We will start in May.”",
        ),
        (
            ["The old captain told me ‘never trust the tide’ and I listened,"],
            "“The old captain told me ‘never trust the tide’ and I listened,”",
        ),
        (
            ["My father built this pier.", "I will not see it fall,"],
            "“My father built this pier.\n\nI will not see it fall,”",
        ),
    ],
    ids=["split", "nested", "two paragraphs"],
)
def test_a_true_quotation_is_published(statements_page, parts, text):
    editor, enter = statements_page
    enter(*parts)
    editor.save()
    open_newest(editor)
    publish(editor)
    assert public_words(editor) == text


def test_a_cut_quotation_is_asked_about_first(statements_page):
    editor, enter = statements_page
    page = enter("we should sell the docks,")
    page.click("#content [name=_save]")
    error = page.inner_text(".field-exact .errorlist")
    assert "I would never say we should sell the docks," in error
    assert "Your words leave out: never." in error
    page.check("[name=confirmed]")
    editor.save()
    open_newest(editor)
    publish(editor)
    assert public_words(editor) == "“… we should sell the docks,”"


def test_a_reporters_sentence_is_refused_and_stays_a_draft(statements_page):
    editor, enter = statements_page
    page = enter(UNMARKED)
    editor.save()
    assert "cannot be published yet" in page.inner_text(".messagelist .warning")
    open_newest(editor)
    publish(editor)
    refusal = page.inner_text("#content .errorlist")
    assert "are not inside one pair of quotation marks" in refusal
    assert "Reported, not verbatim" in refusal
    assert Statement.objects.get().status == "draft"
