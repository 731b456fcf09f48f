"""The page Who is who of the admin."""

import pytest
from django.test import Client

from archive.core import roles
from archive.models import IdentityDecision
from statements.models import Speaker
from tests.editing.conftest import make_account
from tests.factories import make_speaker, make_statement
from tests.html import Html

pytestmark = pytest.mark.django_db
PAGE, HISTORY = "/admin/who/", "/admin/who/history/"


@pytest.fixture
def browser(editor):
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def pair():
    one, other = make_speaker(name="Jim Justice"), make_speaker(name="James C. Justice")
    make_statement(speaker=one)
    return one, other


def decide(browser, pair, decision, **options):
    one, other = pair
    data = {"one": one.uid, "other": other.uid, "decision": decision, "keep": one.uid}
    return browser.post(f"{PAGE}decide/", data | options, follow=True)


def text(answer) -> str:
    return Html(answer.content.decode())


def text_of(browser) -> str:
    """The history of decisions without head and navigation."""
    return Html(browser.get(HISTORY).content.decode().split('id="content-main"')[1])


def test_a_pair_is_shown_with_reasons_and_counts(browser, pair):
    page = browser.get(PAGE).content.decode()
    assert "James and Jim are forms of one name" in page
    assert "1 statement" in page
    assert "1 pair to decide on" in page


def test_nothing_to_decide_is_said(browser):
    assert "There is nothing to decide" in browser.get(PAGE).content.decode()
    assert "Nobody has decided anything" in browser.get(HISTORY).content.decode()


def test_the_same_merges_into_the_record_to_keep(browser, pair):
    one, other = pair
    answer = decide(browser, pair, "same", note="Both of West Virginia")
    other.refresh_from_db()
    assert other.merged_into == one
    assert "Merged into Jim Justice" in answer.content.decode()
    assert IdentityDecision.objects.get().note == "Both of West Virginia"


def test_not_the_same_is_not_asked_again(browser, pair):
    answer = decide(browser, pair, "other")
    assert "There is nothing to decide" in answer.content.decode()
    assert not IdentityDecision.objects.get().is_same


@pytest.mark.parametrize("decision", ["same", "other"])
def test_a_decision_is_undone_in_the_history(browser, pair, decision):
    decide(browser, pair, decision)
    made = IdentityDecision.objects.get()
    browser.post(f"{PAGE}{made.pk}/undo/")
    assert not Speaker.objects.exclude(merged_into=None).exists()
    assert "1 pair to decide on" in browser.get(PAGE).content.decode()
    assert "undone" in browser.get(HISTORY).content.decode()


def test_that_an_import_joined_them_is_said_with_the_way_to_part_them(browser, bring):
    rows = "id,name,same_as\na,Ann Lee,\nb,Anna Lee,id:a\n"
    run = bring("speakers", rows).run
    assert "undoing the decision alone does not part them" in text_of(browser)
    made = IdentityDecision.objects.get()
    answer = text(browser.post(f"{PAGE}{made.pk}/undo/", follow=True))
    assert f"an import joined them (run {run}). To part them, undo that run" in answer
    assert "alone does not part them" not in text_of(browser)


@pytest.mark.parametrize("decision", ["same", "other"])
def test_of_a_decision_made_by_hand_nothing_of_an_import_is_said(
    browser, pair, decision
):
    decide(browser, pair, decision)
    assert "import" not in text_of(browser)
    made = IdentityDecision.objects.get()
    assert "import joined" not in text(
        browser.post(f"{PAGE}{made.pk}/undo/", follow=True)
    )


def test_a_pair_that_is_gone_meanwhile_is_said(browser, pair):
    decide(browser, pair, "same")
    answer = decide(browser, pair, "other")
    assert "merged or deleted meanwhile" in answer.content.decode()


def test_a_nul_is_refused(browser, pair):
    assert decide(browser, pair, "other", note="a\0b").status_code == 400
    assert decide(browser, pair, "other", one="a\0b").status_code == 400


def test_contributors_may_not_decide(pair):
    client = Client()
    client.force_login(make_account("Cora", roles.CONTRIBUTOR))
    assert client.get(PAGE).status_code == 403
    assert decide(client, pair, "same").status_code == 403


def test_many_pairs_have_pages_and_the_same_number_of_queries(
    browser, django_assert_max_num_queries
):
    for number in range(25):
        make_speaker(name=f"Ann Lee{'abcdefghijklmnopqrstuvwxyz'[number]}stone")
        make_speaker(name=f"Ann B. Lee{'abcdefghijklmnopqrstuvwxyz'[number]}stone")
    with django_assert_max_num_queries(22):
        page = browser.get(f"{PAGE}?page=2").content.decode()
    assert "Page 2 of" in page
