"""Four roles and every URL of the admin, by GET and POST: who may open what."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver

from archive.core import roles
from archive.models import (
    Article,
    Correction,
    FailedSearch,
    IdentityDecision,
    Report,
    SynonymGroup,
)
from policies.models import Check, Position, Proposal, ProposalList
from statements.models import Speaker, SpeakerMerge, Statement, Turn
from tests.editing.conftest import make_account, signed_in
from tests.factories import (
    make_article,
    make_list,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
OPEN = {"login"}  # for every visitor
EVERYBODY = {
    "index",
    "logout",
    "password_change",
    "password_change_done",
    "jsi18n",
    "guide",
    "autocomplete",
}
EDITORS = {
    "archive_correction_add",
    "policies_check_add",
    "statements_turn_add",
    "archive_synonymgroup_add",
    "who",
    "who_decide",
    "who_history",
    "who_undo",
    "statements_speaker_merge",
    "statements_speaker_undo",
    "policies_position_confirm",
    *(f"archive_failedsearch_{page}" for page in ("changelist", "change", "history")),
}
NOBODY = {
    *(f"archive_articleversion_{page}" for page in ("add", "delete")),
    *(f"auth_group_{page}" for page in ("add", "delete")),
    "auth_user_delete",
    "archive_report_add",
    *(f"archive_failedsearch_{page}" for page in ("add", "delete")),
}
ONLY_READ = {
    "archive_articleversion_change",
    "auth_group_change",
    "archive_failedsearch_change",
}
PUBLIC_PAGES = {
    "change",
    "delete",
    "step",
    "new_version",
}  # of a public record, which a contributor may only read
ELSEWHERE = {"view_on_site", "app_list"}


def everything() -> dict[str, int]:
    """Creates one public record of each model, by the name of its admin URL."""
    article = make_article(outlet=make_outlet())
    speaker = make_speaker()
    statement = make_statement(article=article, speaker=speaker)
    statement.topics.add(make_topic())
    make_list(article=article, issued_by=speaker)
    proposal = make_proposal(article=article, proposed_by=speaker)
    made = {"speaker": speaker, "proposal": proposal}
    recorder = User.objects.get_or_create(username="Recorder")[0]
    make_position(
        **made,
        basis="inferred",
        rationale="r",
        recorded_by=recorder,
        status="in_review",
    )
    make_position(statement, **made)
    Check.objects.create(
        speaker=speaker, proposal=proposal, checked_on="2024-12-12", where="there"
    )
    Correction.objects.create(
        table="archive.article",
        record_uid=article.uid,
        note="x",
        date="2024-12-12",
        status="published",
    )
    Turn.objects.create(version=article.latest_version, speaker=speaker, start=0, end=4)
    Report.objects.create(table="archive.article", record_uid=article.uid, note="x")
    FailedSearch.objects.note("everything", "bridge")
    SynonymGroup.objects.create(words="jail\nprison")
    SpeakerMerge.objects.create(
        source=make_speaker(),
        target=speaker,
        moved={"rows": [], "merged": [], "other_names": ""},
        made_by=User.objects.first(),
    )
    IdentityDecision.objects.create(
        pk=SpeakerMerge.objects.get().pk, one_id="a", other_id="b", is_same=False
    )
    return {
        model._meta.label_lower.replace(".", "_"): model._default_manager.first().pk
        for model in admin.site._registry
    }


def addresses(pks: dict[str, int]):
    """Yields (name, URL) of every view of the admin."""
    resolver = next(
        each for each in get_resolver().url_patterns if str(each.pattern) == "admin/"
    )

    def walk(patterns, prefix):
        for each in patterns:
            path = prefix + str(each.pattern)
            if isinstance(each, URLPattern):
                if each.name and each.name not in ELSEWHERE:
                    yield each.name, fill(path, each.name, pks)
            else:
                yield from walk(each.url_patterns, path)

    yield from walk(resolver.url_patterns, "/admin/")


def fill(path: str, name: str, pks: dict[str, int]) -> str:
    record = next((pk for model, pk in pks.items() if name.startswith(f"{model}_")), 1)
    merge_pk = SpeakerMerge.objects.get().pk
    for pattern, value in [
        ("<path:object_id>", record),
        ("<id>", record),
        ("<int:pk>", merge_pk),
        ("<slug:uid>", Article.objects.get(statements__isnull=False).uid),
        ("<path:path>", "articles/x/"),
    ]:
        path = path.replace(pattern, str(value))
    step = path.replace("<slug:step>", "withdraw").replace("\\Z", "").replace("^", "")
    return (
        step
        if "withdraw" not in step
        else f"{step}?record={name.removesuffix('_step').replace('_', '.')}:{record}"
    )


def expected(role: str, name: str, method: str) -> str:
    """Returns whether the role is let in; otherwise the visitor is redirected to the
    login page or refused.
    """
    if name in OPEN:
        return "in"
    if role == "visitor" or name in NOBODY or (method == "POST" and name in ONLY_READ):
        return "out"
    if name in EVERYBODY:
        return "in"
    if role == roles.CONTRIBUTOR:
        return "in" if open_to_contributors(name, method) else "out"
    if role == roles.EDITOR and name.startswith("auth_"):
        return "out"
    return "out" if name.endswith("_delete") and not name.startswith(CAN_GO) else "in"


def open_to_contributors(name: str, method: str) -> bool:
    """Returns whether a contributor may open the page: all records here are public or
    another account's, so read-only.
    """
    page = name.split("_", 2)[-1]
    written = page == "change" and method == "POST"
    return not (
        written
        or name.startswith("auth_")
        or name in EDITORS
        or page in PUBLIC_PAGES - {"change"}
    )


CAN_GO = (
    "archive_outlet",
    "archive_topic",
    "statements_speaker",
    "statements_turn",
    "policies_check",
    "policies_position",
    "archive_report",
    "archive_synonymgroup",
)  # no status, a draft, another account's


@pytest.mark.parametrize(
    "role", ["visitor", roles.CONTRIBUTOR, roles.EDITOR, roles.ADMINISTRATOR]
)
def test_each_role_gets_in_where_it_should_and_nowhere_else(role):
    if role == "visitor":
        roles.make_groups(apps)
        make_account("Nobody")
        client = Client()
    else:
        client = signed_in(make_account("Somebody", role))
    pks = everything()
    checked = 0
    autocomplete = {
        "app_label": "statements",
        "model_name": "statement",
        "field_name": "speaker",
    }
    visits = [
        (name, address, method)
        for name, address in addresses(pks)
        for method in ("GET", "POST")
    ]
    for name, address, method in visits:
        if name == "logout":
            continue
        if method == "GET":
            response = client.get(
                address, autocomplete if name == "autocomplete" else None
            )
        else:
            path, _, query = address.partition("?")
            response = client.post(path, {"record": query.removeprefix("record=")})
        answer = (
            "out"
            if response.status_code == 403
            or "/admin/login/" in response.headers.get("Location", "")
            else "in"
        )
        assert response.status_code < 500, address
        assert answer == expected(role, name, method), (
            name,
            method,
            address,
            response.status_code,
        )
        checked += 1
    assert checked > 160


@pytest.mark.parametrize("role", ["visitor", roles.CONTRIBUTOR])
def test_a_post_to_any_address_changes_nothing_public(role):
    client = (
        Client() if role == "visitor" else signed_in(make_account("Somebody", role))
    )
    make_account("Other")
    pks = everything()
    before = state()
    for name, address in addresses(pks):
        if name == "logout":
            continue
        path, _, query = address.partition("?")
        key = query.removeprefix("record=")
        response = client.post(
            path,
            {
                "post": "yes",
                "taken": "1",
                "record": key,
                "reason": "r",
                "text": "other",
                "save": "1",
                "base": "1",
                "name": "Other",
                "headline": "Other",
                "title": "Other",
                "status": "withdrawn",
                "is_superuser": "on",
                "merge": "1",
                "into": pks["statements_speaker"],
                "number": "9",
                "note": "n",
                "kind": "person",
                "action": "delete_selected",
                "state": "accepted",
                "answer": "Other",
                "_selected_action": list(pks.values()),
            },
        )
        assert response.status_code < 500, address
        if role == "visitor" and name != "login":
            assert response.status_code == 403, address
            assert 'action="/admin/login/"' in response.content.decode(), address
    assert state() == before


def state():
    """Returns everything the public sees, and the accounts."""
    models = [Article, Statement, ProposalList, Proposal, Position, Correction, Check]
    rows = [list(model.objects.public().order_by("pk").values()) for model in models]
    speakers = list(Speaker.objects.public().order_by("pk").values())
    merges, reports = list(SpeakerMerge.objects.values()), list(Report.objects.values())
    return [
        *rows,
        speakers,
        merges,
        reports,
        list(
            User.objects.order_by("pk").values("username", "is_superuser", "is_active")
        ),
    ]
