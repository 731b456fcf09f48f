"""Withdrawing, reinstating, picking the record of a correction, and words that the
publisher took out, in a browser.
"""

import pytest

from archive.editing import versions
from archive.models import Correction
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_speaker,
    make_statement,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_withdrawal_asks_about_what_disappears_and_a_reinstatement_is_told(desk):
    statement = make_statement(speaker=make_speaker(name="Ann Lee"))
    listed = make_listed(proposal_list=make_list(article=statement.article))
    make_position(
        statement, speaker=statement.speaker, proposal=listed, basis="own_words"
    )
    editor = desk("Edda")
    page = editor.open(f"/admin/statements/statement/{statement.pk}/change/")
    editor.go_on("Withdraw")
    assert "Ann Lee: Supports" in page.inner_text("#content-main")
    page.fill("#id_reason", "Said by somebody else.")
    page.check("[name=agreed]")
    editor.go_on("Withdraw")
    page.wait_for_selector(".messagelist .success")
    editor.go_on("Reinstate")
    page.fill("#id_reason", "A recording shows that she said it.")
    editor.go_on("Reinstate")
    page.wait_for_selector(".messagelist .success")
    page.goto(statement.get_absolute_url())
    told = page.inner_text("main")
    assert "Withdrawal" in told
    assert "Reinstatement" in told


def test_the_record_of_a_correction_is_picked_from_a_search(desk):
    statement = make_statement(speaker=make_speaker(name="Ann Lee"))
    editor = desk("Edda")
    page = editor.open("/admin/archive/correction/add/")
    page.click(".field-record .select2-selection")
    page.locator(".select2-search__field").press_sequentially("lee")
    page.wait_for_selector(".select2-results__option:has-text('Statement')")
    page.click(".select2-results__option:has-text('Statement')")
    page.fill("#id_note", "It was Thursday.")
    page.fill("#id_date", "2024-12-12")
    editor.save()
    assert Correction.objects.get().record_uid == statement.uid


def test_words_that_the_publisher_took_out_are_kept_and_marked(desk):
    article = make_article(
        "Lee said: “We win.” Then “We lose.”", url="https://news.example/lee"
    )
    make_statement("We win.", article=article)
    statement = make_statement("We lose.", article=article)
    versions.add_version(article, "Lee said: “We win.”")
    editor = desk("Edda")
    page = editor.open("/admin/")
    editor.go_on("Statement: “We lose.”")
    page.check("#id_passages-0-removed")
    page.check("#id_correction_0")
    editor.save()
    page.goto(statement.get_absolute_url())
    assert "The source has since removed this." in page.inner_text("main")
    page.goto(article.get_absolute_url())
    assert "The source has since removed this." in page.inner_text("main")
