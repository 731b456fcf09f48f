"""The first article, entered from scratch by a contributor and an editor; the guide's
pictures are taken here.
"""

from __future__ import annotations

import json
import re

import pytest

from archive.core import roles
from archive.ingest import SEED
from archive.models import Article
from policies.models import Position, Proposal
from statements.models import Statement
from tests.browser.editing.conftest import Desk

pytestmark = pytest.mark.browser

TEXT = next(
    row["fields"]["text"]
    for row in json.loads(SEED.read_text(encoding="utf-8"))
    if row["model"] == "archive.articleversion"
)
HEADLINE = "Eric Adams meets Tom Homan"
LANDER = [
    '"Eric Adams is so focused on cozying up to Trump that he is willing to deny '
    "people due process and put the "
    'safety of families at risk,"',
    "This open-armed embrace of Trump's xenophobic policies is a betrayal of everyone "
    "who calls New York City home.",
]
ITEMS = {
    "To keep advocating for immigration reform": "Continuing to advocate for "
    "bipartisan",
    "To explore lawful removal of convicted felons": "Exploring lawful processes",
    "To encourage immigrants to come forward": "Encouraging immigrant New Yorkers",
    "To establish a Safe Communities Working Group": "Establishing a",
    "To launch an awareness campaign": "Launching an awareness campaign",
}
P3 = "To coordinate with ICE on deporting asylum seekers who commit crimes"
RATIONALE = (
    "Lander calls the mayor’s course “a betrayal”; he does not name this proposal."
)


def item(start: str) -> str:
    return next(
        line.removeprefix("- ")
        for line in TEXT.splitlines()
        if line.startswith(f"- {start}")
    )


def test_an_article_is_entered_reviewed_published_corrected_and_withdrawn(desk):
    narrow = {"viewport": {"width": 960, "height": 800}}
    writer, editor = (
        desk("Cleo", roles.CONTRIBUTOR, by_form=True, **narrow),
        desk("Edda", roles.EDITOR, by_form=True, **narrow),
    )
    enter_article(writer)
    enter_statements(writer)
    enter_list(writer)
    enter_inference(writer)
    submit(writer)
    confirm_and_publish(editor)
    read(desk())
    correct(editor)
    withdraw(editor)
    reinstate(editor)


def enter_article(editor: Desk) -> None:
    page = editor.open("/admin/")
    editor.go_on("Enter a new article")
    page.fill("#id_headline", HEADLINE)
    page.check("#id_headline_is_supplied")
    page.fill("#id_published_on", "2024-12-12")
    page.check("#id_published_is_inferred")
    page.fill("#id_text", TEXT)
    editor.picture("article")
    editor.save()
    assert Article.objects.get().latest_version.text == TEXT


def enter_statements(editor: Desk) -> None:
    page = editor.open("/admin/statements/statement/add/")
    editor.choose("article", "Eric Adams meets")
    editor.add_speaker("Brad Lander")
    page.select_option("#id_form", "direct")
    page.fill("#id_attribution", "city Comptroller Brad Lander")
    page.fill("#id_passages-0-exact", LANDER[0])
    page.click(".add-row a")
    page.fill("#id_passages-1-exact", LANDER[1])
    editor.picture("statement")
    editor.save()
    statement = Statement.objects.get()
    assert statement.text.startswith("Eric Adams is so focused")
    assert " […] This open-armed embrace of Trump’s" in statement.text
    partial(editor)
    indirect(editor)


def partial(editor: Desk) -> None:
    """A broken rule is reported at its field, and the input is kept."""
    page = editor.open("/admin/statements/statement/add/")
    editor.choose("article", "Eric Adams meets")
    editor.add_speaker("Tom Homan")
    page.select_option("#id_form", "partial")
    page.fill("#id_text", "Homan said that “he saw a cop” in the mayor.")
    page.fill("#id_passages-0-exact", "he saw the cop")
    page.click("#content [name=_save]")
    page.wait_for_selector(".field-exact .errorlist")
    assert "do not occur in the article" in page.inner_text(".field-exact .errorlist")
    page.locator(
        ".field-location label", has_text="he saw a cop"
    ).first.scroll_into_view_if_needed()
    editor.picture("closest")
    page.fill("#id_passages-0-exact", "he saw a cop")
    editor.save()
    assert Statement.objects.get(form="partial").passages.get().exact == "he saw a cop"


def indirect(editor: Desk) -> None:
    page = editor.open("/admin/statements/statement/add/")
    editor.choose("article", "Eric Adams meets")
    editor.add_speaker("Eric Adams")
    page.select_option("#id_form", "indirect")
    page.fill(
        "#id_text",
        "Adams said that his lawyers are looking into working with ICE on "
        "deportations.",
    )
    page.fill(
        "#id_passages-0-exact",
        "Adams said his legal team is currently trying to figure out",
    )
    editor.save()


def enter_list(editor: Desk) -> None:
    page = editor.open("/admin/policies/proposallist/add/")
    editor.choose("article", "Eric Adams meets")
    page.fill("#id_title", "Proposals of the Mayor’s Office")
    editor.choose("issued_by", "Eric Adams")
    for index, title in enumerate(ITEMS):
        page.click(".add-row a")
        page.fill(f"#id_proposals-{index}-number", str(index + 1))
        page.fill(f"#id_proposals-{index}-title", title)
    editor.picture("list")
    editor.save()
    for proposal in Proposal.objects.order_by("number"):
        page = editor.open(f"/admin/policies/proposal/{proposal.pk}/change/")
        page.fill("#id_passages-0-exact", item(ITEMS[proposal.title]))
        editor.save()
        proposal.refresh_from_db()
        assert proposal.text == item(ITEMS[proposal.title])


def enter_inference(editor: Desk) -> None:
    page = editor.open("/admin/policies/proposal/add/")
    page.fill("#id_title", P3)
    editor.choose("article", "Eric Adams meets")
    editor.choose("proposed_by", "Eric Adams")
    page.fill(
        "#id_text", "Coordinate with ICE on deporting asylum seekers who commit crimes."
    )
    editor.save()
    page = editor.open("/admin/policies/position/add/")
    editor.choose("speaker", "Brad Lander")
    editor.choose("proposal", "To coordinate with ICE")
    page.select_option("#id_stance", "opposes")
    page.select_option("#id_basis", "inferred")
    editor.choose("evidence", "Eric Adams is so focused")
    page.fill("#id_rationale", RATIONALE)
    editor.picture("inference")
    editor.save()


def submit(editor: Desk) -> None:
    page = editor.open(f"/admin/archive/article/{Article.objects.get().pk}/change/")
    steps = page.locator(".steps a").all_inner_texts()
    assert steps == ["Open the desk", "Submit for review"]
    editor.go_on("Submit for review")
    assert page.locator("[name=child]:checked").count() == 11
    editor.go_on("Submit for review")
    page.wait_for_selector(".messagelist .success")
    assert not Statement.objects.exclude(status="in_review").exists()
    assert page.locator("#content [name=_save]").count() == 0


def confirm_and_publish(editor: Desk) -> None:
    page = editor.open("/admin/")
    editor.picture("home")
    editor.go_on("Article: [Eric Adams meets Tom Homan]")
    editor.go_on("Publish")
    assert "has no outlet or address." in page.inner_text("#content .errorlist")
    page.check("[name=confirmed]")
    editor.go_on("Publish")
    assert "only when a second person has reviewed it" in page.inner_text(
        "#content .errorlist"
    )
    assert Article.objects.get().status == "in_review"
    page = editor.open(f"/admin/policies/position/{Position.objects.get().pk}/change/")
    assert "Cleo recorded it" in page.inner_text(".notice")
    editor.go_on("Confirm as the second person")
    editor.picture("confirm")
    editor.go_on("Confirm this inference")
    page = editor.open(f"/admin/archive/article/{Article.objects.get().pk}/change/")
    editor.go_on("Publish")
    editor.picture("publish")
    page.check("[name=confirmed]")
    editor.go_on("Publish")
    page.wait_for_selector(".messagelist .success")
    assert Statement.objects.public().count() == 3
    assert Proposal.objects.public().count() == 6
    assert Position.objects.public().count() == 1


def read(editor: Desk) -> None:
    page = editor.open(Article.objects.get().get_absolute_url())
    assert "This open-armed embrace of Trump’s xenophobic policies" in page.inner_text(
        "main"
    )
    page = editor.open(Proposal.objects.get(title=P3).get_absolute_url())
    assert RATIONALE in page.inner_text("main")
    assert editor.open("/statements/").locator("main .res").count() == 3


def correct(editor: Desk) -> None:
    statement = Statement.objects.get(form="partial")
    page = editor.open(f"/admin/statements/statement/{statement.pk}/change/")
    page.fill("#id_occasion", "An interview on Fox News")
    page.click("#content [name=_save]")
    assert "This field is required" in page.inner_text(".field-correction .errorlist")
    assert page.input_value("#id_occasion") == "An interview on Fox News"
    page.check("#id_correction_2")
    page.fill("#id_correction_note", "We did not say where he spoke: on Fox News.")
    editor.picture("correction")
    editor.save()
    for address in (statement.get_absolute_url(), "/corrections/"):
        assert "We did not say where he spoke" in editor.open(address).inner_text(
            "main"
        )
    page = editor.open(f"/admin/statements/statement/{statement.pk}/history/")
    assert page.locator("ins", has_text="An interview on Fox News").count() == 1
    editor.picture("history")


def withdraw(editor: Desk) -> None:
    statement = Statement.objects.get(form="indirect")
    page = editor.open(f"/admin/statements/statement/{statement.pk}/change/")
    editor.go_on("Withdraw")
    page.fill("#id_reason", "The newspaper took this paragraph back.")
    if page.locator("[name=agreed]").count():
        page.check("[name=agreed]")
    editor.picture("withdraw")
    editor.go_on("Withdraw")
    page.wait_for_selector(".messagelist .success")
    answer = editor.page.goto(statement.get_absolute_url())
    assert answer.status == 410
    assert "The newspaper took this paragraph back." in page.inner_text("main")
    assert "lawyers" not in page.content()
    editor.complaints[:] = [
        each for each in editor.complaints if not re.search("status of 410", each)
    ]


def reinstate(editor: Desk) -> None:
    statement = Statement.objects.get(form="indirect")
    page = editor.open(f"/admin/statements/statement/{statement.pk}/change/")
    editor.go_on("Reinstate")
    page.fill("#id_reason", "The newspaper printed it again.")
    editor.go_on("Reinstate")
    page.wait_for_selector(".messagelist .success")
    editor.page.goto(statement.get_absolute_url())
    told = page.inner_text("main")
    assert "The newspaper took this paragraph back." in told
    assert "The newspaper printed it again." in told
