"""Whatever an editor pastes, no page fails and no input is lost."""

import re

import pytest
from django.test import Client

from archive.core import roles
from archive.models import Article, Outlet
from policies.models import Position
from statements.models import Speaker, Statement
from tests.editing.conftest import make_account, signed_in
from tests.editing.forms import change_url, errors, page_url, send
from tests.editing.test_access import addresses, everything
from tests.factories import make_article, make_proposal, make_speaker, make_statement

pytestmark = pytest.mark.django_db
ADD = "/admin/archive/article/add/"
LIST = "/admin/archive/article/"
STATEMENTS = "/admin/statements/statement/"
BAD = ["%00", "a%00b", "9" * 30, "99999", "-1", "x", "%ed%a0%80", "%ff"]


def test_a_megabyte_of_text_is_stored_as_it_was_pasted(editor):
    text = "“Ünï” 🗽 <b>bold</b>\r\n" * 45_000
    assert len(text.encode()) > 10**6
    assert send(editor, ADD, headline="Long", text=text).status_code == 302
    assert Article.objects.get().latest_version.text == text.replace("\r\n", "\n")


def test_six_megabytes_are_refused_with_a_sentence(editor):
    response = editor.post(ADD, {"headline": "Too long", "text": "x" * 6 * 2**20})
    assert response.status_code == 413
    assert (
        "A form can hold at most 5 megabytes. Nothing was saved"
        in response.content.decode()
    )
    assert not Article.objects.exists()


def test_tags_in_any_text_are_text(editor):
    tag = "<script>alert(1)</script>"
    article = make_article(
        f"“{tag}” said Lee.",
        headline=tag,
        headline_is_supplied=True,
        summary=tag,
        byline=tag,
    )
    statement = make_statement(
        tag,
        article=article,
        speaker=make_speaker(name=tag),
        attribution=tag,
        context=tag,
    )
    send(editor, change_url(statement), occasion=tag, correction="minor")
    pages = [
        change_url(statement),
        change_url(article),
        "/admin/",
        "/admin/statements/statement/",
    ]
    pages += [
        change_url(statement).replace("change", "history"),
        change_url(article).replace("change", "new-version"),
    ]
    for page in [*pages, statement.get_absolute_url(), article.get_absolute_url()]:
        content = editor.get(page).content.decode()
        assert tag not in content, page
        assert "&lt;script&gt;" in content, page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"stance": "mixed"}, "conditions: A mixed position needs its conditions."),
        ({"basis": "inferred"}, "rationale: An inferred position needs a rationale."),
    ],
)
def test_a_rule_is_told_at_its_field(editor, typed, message):
    fields = {
        "speaker": make_speaker().pk,
        "proposal": make_proposal().pk,
        "stance": "supports",
        "basis": "document",
    }
    response = send(
        editor,
        "/admin/policies/position/add/",
        **{**fields, **typed},
        source_ref="what I typed",
    )
    assert errors(response) == message
    assert "what I typed" in response.content.decode()
    assert not Position.objects.exists()


def test_what_only_the_commit_would_refuse_is_told_at_its_field(editor):
    statement = make_statement(
        "We will fight,", form="partial", text="Lee said “We will fight,”."
    )
    response = send(
        editor,
        change_url(statement),
        text="Something else.",
        occasion="typed",
        correction="minor",
    )
    assert errors(response).startswith(
        "text: The sentence must contain each quoted fragment"
    )
    assert "Something else." in response.content.decode()
    assert "successfully" not in response.content.decode()


@pytest.mark.parametrize(
    ("url", "typed", "message"),
    [
        (
            "archive/article",
            {
                "headline": "H",
                "published_precision": "year",
                "published_on": "2024-12-12",
            },
            "published_precision: If only the month",
        ),
        (
            "archive/article",
            {"headline": "H", "published_is_inferred": "on"},
            "published_is_inferred: Enter a date",
        ),
        ("archive/article", {"headline": ""}, "headline: This field is required."),
        (
            "archive/article",
            {"headline": "H", "excerpt_limit": "-1"},
            "excerpt_limit: Ensure this value",
        ),
        (
            "statements/speaker",
            {"name": "N", "wikidata_id": "eric"},
            "wikidata_id: A Wikidata identifier",
        ),
        (
            "policies/proposal",
            {"title": "T", "number": "3"},
            "number: A proposal in a list needs a number",
        ),
        (
            "archive/outlet",
            {"name": "N\0", "url": "x"},
            "name: Null characters are not allowed.",
        ),
    ],
)
def test_a_refused_form_says_why_at_the_field(editor, url, typed, message):
    assert message in errors(send(editor, f"/admin/{url}/add/", **typed))


def test_a_text_of_blanks_is_no_text(editor):
    assert send(editor, ADD, headline="H", text=" \n ").status_code == 302
    assert Article.objects.get().versions.count() == 0


def test_ten_wrong_passwords_are_enough():
    make_account("Edda", "Editor", password="the right one")
    client, sent = Client(), {"username": "Edda", "password": "wrong"}
    for _ in range(9):
        assert client.post("/admin/login/", sent).status_code == 200
    assert client.post("/admin/login/", sent).status_code == 429
    answer = client.post("/admin/login/", {**sent, "password": "the right one"})
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()


def test_sessions_end_when_the_account_is_disabled(editor, administrator):
    assert editor.get("/admin/").status_code == 200
    send(administrator, change_url(editor.account), is_active=None)
    assert "/admin/login/" in editor.get("/admin/").headers["Location"]


def test_nothing_was_made_by_the_way(editor):
    for url in ("archive/outlet", "statements/statement", "statements/speaker"):
        editor.post(f"/admin/{url}/add/", {})
    assert [model.objects.count() for model in (Outlet, Statement, Speaker)] == [
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("bad", BAD)
def test_merging_into_what_is_no_speaker_shows_the_form_or_is_a_400(editor, bad):
    url = page_url(make_speaker(), "merge")
    response = editor.get(f"{url}?into={bad}")
    assert response.status_code == (400 if "%00" in bad else 200)
    assert editor.post(f"{url}?into={bad}", {"into": "\0"}).status_code == 200


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "form",
    [
        "archive/article/add/?outlet=",
        "statements/statement/add/?topics=",
        "statements/statement/add/?speaker=",
        "policies/position/add/?evidence=",
    ],
)
def test_a_form_filled_in_from_a_bad_address_is_empty(editor, form, bad):
    response = editor.get(f"/admin/{form}{bad}")
    assert response.status_code == (302 if "%00" in bad else 200)


@pytest.mark.parametrize("bad", ["\0", "9" * 30, "x", "\ud800"])
def test_a_form_sent_with_what_is_no_key_says_so_at_the_field(editor, bad):
    response = send(editor, ADD, headline="H", outlet=bad.encode(errors="replace"))
    assert "outlet: Select a valid choice" in errors(response)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "name",
    [
        *("status", "headline", "uid", "created_at__year", "published_on__year"),
        *("outlet__id__exact", "id__in", "q", "o", "p", "_changelist_filters"),
    ],
)
def test_a_list_with_a_bad_filter_is_a_list_or_a_400(editor, name, bad):
    response = editor.get(f"{LIST}?{name}={bad}")
    assert response.status_code in (200, 302, 400)
    if "%00" in bad and name != "q":  # searched words are never an error
        assert response.headers["Location"] == LIST


@pytest.mark.parametrize("bad", ["%00", "9" * 30, "9" * 5000, "%ed%a0%80"])
def test_a_record_of_a_bad_key_is_no_record(bad):
    client = signed_in(make_account("Root", roles.ADMINISTRATOR, is_superuser=True))
    for _name, address in addresses(everything()):
        path = re.sub(r"/\d+(?=/)", f"/{bad}", address.partition("?")[0])
        if bad in path:
            assert client.get(path).status_code in (302, 400, 403, 404, 405), path


@pytest.mark.volume
@pytest.mark.parametrize("bad", ["%00", "9" * 30, "%ed%a0%80"])
def test_no_page_of_the_admin_fails_for_a_bad_parameter(bad):
    client = signed_in(make_account("Root", roles.ADMINISTRATOR, is_superuser=True))
    names = ("into", "record", "restore", "q")
    for name, address in addresses(everything()):
        for parameter in names if name != "logout" else ():
            url = f"{address.partition('?')[0]}?{parameter}={bad}"
            assert client.get(url).status_code < 500, url


@pytest.mark.parametrize("bad", ["²", "9" * 5000, "x", "\0"])
def test_no_form_or_step_fails_for_a_key_that_cannot_be(editor, bad):
    speaker = make_speaker()
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": bad, "0-title": "Mayor"}
    sent = {f"affiliations-{name}": value for name, value in rows.items()}
    asked = {"asked": f"affiliations.{bad}", f"row-affiliations.{bad}-title": "Mayor"}
    typed = {"name": "Ana", "kind": "person", "state_token": "1.1", **sent}
    for form in (typed, {**typed, **asked}):
        assert editor.post(change_url(speaker), form).status_code < 500
    step = {"record": f"statements.statement:{bad}"}
    assert editor.post(f"{STATEMENTS}step/withdraw/", step).status_code == 404
