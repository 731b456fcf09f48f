"""Less frequent work of editors in a browser: a merge, a new version, many records at
once, a form that is too long.
"""

import pytest

from archive.models import Article
from statements.models import Speaker, Statement
from tests.factories import make_article, make_speaker, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_two_speakers_are_merged_and_parted_again(desk):
    source, target = make_speaker(name="B. Lander"), make_speaker(name="Brad Lander")
    make_statement(speaker=source)
    editor = desk("Edda")
    page = editor.open("/admin/who/")
    page = editor.open(f"/admin/statements/speaker/{source.pk}/change/")
    editor.go_on("Merge into another")
    page.click(".select2-selection")
    page.locator(".select2-search__field").press_sequentially("Brad")
    page.click(".select2-results__option:has-text('Brad Lander')")
    editor.go_on("Show the differences")
    assert page.locator("del", has_text="B.").count() == 2
    page.click("[name=merge]")
    page.wait_for_selector(".messagelist .success")
    assert page.goto(f"/speakers/{source.slug}/").url.endswith(
        target.get_absolute_url()
    )
    editor.open(f"/admin/statements/speaker/{source.pk}/merge/")
    editor.go_on("Undo this merge")
    page.wait_for_selector(".messagelist .success")
    assert Speaker.objects.get(pk=source.pk).statements.count() == 1


def test_a_new_version_is_compared_saved_and_its_passages_placed_again(desk):
    article = make_article("Lee said: “We win.” Then nothing.")
    statement = make_statement("We win.", article=article)
    editor = desk("Edda")
    page = editor.open(f"/admin/archive/article/{article.pk}/change/")
    editor.go_on("New version of the text")
    page.fill("#id_text", "Lee said: “We win.” And again: “We win.”")
    editor.go_on("Show the differences")
    assert page.inner_text(".compared del") == "Then nothing"
    editor.go_on("Save this version")
    assert "1 passage could not be found in the new text" in page.inner_text(
        ".messagelist"
    )
    editor.open("/admin/")
    editor.go_on("Statement: “We win.”")
    page.check("#id_passages-0-relocate")
    page.check("#id_correction_0")
    page.click("#content [name=_save]")
    label = page.locator("#passages-0 .field-location label").last
    assert label.bounding_box()["width"] > 400
    label.click()
    page.check("#id_passages-0-relocate")
    page.check("#id_correction_0")
    editor.save()
    assert statement.passages.get().version.number == 2
    assert statement.passages.get().start == article.latest_version.text.rindex(
        "We win."
    )


def test_many_are_published_from_their_list(desk):
    for _ in range(3):
        make_statement(status="draft")
    editor = desk("Edda", viewport={"width": 390, "height": 800})
    page = editor.open("/admin/statements/statement/")
    page.check("#action-toggle")
    page.select_option("select[name=action]", "publish")
    page.click("button[name=index]")
    editor.go_on("Publish")
    page.wait_for_selector(".messagelist .success")
    assert Statement.objects.public().count() == 3


def test_a_form_that_is_too_long_is_refused_with_a_sentence(desk):
    editor = desk("Edda")
    page = editor.open("/admin/archive/article/add/")
    page.fill("#id_headline", "Too long")
    page.set_default_timeout(60_000)  # a browser needs long for so much text
    page.evaluate(
        "document.querySelector('#id_text').style.display = 'none';"
        "document.querySelector('#id_text').value = ('x'.repeat(79) + '\\n').repeat(6 "
        "* 2 ** 20 / 79)"
    )
    page.click("#content [name=_save]")
    page.wait_for_selector("h1:has-text('The form is too large')")
    page.go_back()
    page.wait_for_selector("#id_headline")
    assert not Article.objects.exists()
    editor.complaints[:] = [
        each for each in editor.complaints if "status of 413" not in each
    ]
