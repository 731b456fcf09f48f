"""What the accounts of each role may change."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.contrib.auth.models import User

from archive.core import roles
from archive.models import Article, Outlet
from policies.models import Position, Proposal
from statements.models import Speaker
from tests.editing.conftest import make_account, signed_in
from tests.editing.forms import change_url, send
from tests.factories import (
    make_article,
    make_listed,
    make_outlet,
    make_proposal,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db


def test_an_account_without_a_role_gets_nothing_but_the_start_page():
    client = signed_in(make_account("Nora"))
    record = make_statement()
    assert client.get(change_url(record)).status_code == 403
    assert client.get("/admin/statements/statement/").status_code == 403


def test_a_contributor_changes_only_own_drafts(contributor):
    outlet = make_outlet()
    theirs = make_article(status="draft")
    assert contributor.post(change_url(theirs), {"headline": "Mine"}).status_code == 403
    send(
        contributor,
        "/admin/archive/article/add/",
        headline="My article",
        outlet=outlet.pk,
    )
    mine = Article.objects.get(headline="My article")
    assert mine.status == "draft"
    assert send(contributor, change_url(mine), headline="Better").status_code == 302
    Article.objects.filter(pk=mine.pk).update(status="in_review")
    assert contributor.post(change_url(mine), {"headline": "Later"}).status_code == 403


def test_status_author_and_superuser_are_not_for_a_form(contributor):
    proposal, speaker, other = (
        make_proposal(),
        make_speaker(),
        User.objects.create(username="other"),
    )
    typed = {
        "speaker": speaker.pk,
        "proposal": proposal.pk,
        "stance": "supports",
        "basis": "document",
    }
    send(
        contributor,
        "/admin/policies/position/add/",
        **typed,
        status="published",
        recorded_by=other.pk,
        reviewed_by=other.pk,
        is_superuser="on",
        first_published_at="2020-01-01",
        uid="aaaaaaaaaa",
    )
    position = Position.objects.get()
    assert (position.status, position.recorded_by, position.reviewed_by) == (
        "draft",
        contributor.account,
        None,
    )
    assert position.uid != "aaaaaaaaaa"
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_contributor_cannot_change_a_speaker_the_public_sees(contributor):
    send(contributor, "/admin/statements/speaker/add/", name="Own Speaker")
    speaker = Speaker.objects.get()
    assert (
        send(contributor, change_url(speaker), name="Own Speaker II").status_code == 302
    )
    make_statement(speaker=speaker)
    assert contributor.post(change_url(speaker), {"name": "Public"}).status_code == 403


def test_an_administrator_neither_makes_nor_touches_a_superuser(administrator):
    root = User.objects.create_superuser("root", password="x")
    assert administrator.post(change_url(root), {"username": "mine"}).status_code == 403
    assert administrator.get(f"/admin/auth/user/{root.pk}/password/").status_code == 403
    assert (
        administrator.post(
            f"/admin/auth/user/{root.pk}/password/", {"password1": "new"}
        ).status_code
        == 403
    )
    send(
        administrator,
        change_url(administrator.account),
        is_superuser="on",
        user_permissions=["1"],
    )
    administrator.account.refresh_from_db()
    assert not administrator.account.is_superuser
    assert not administrator.account.user_permissions.exists()


def test_what_was_public_is_not_deleted(editor):
    statement, draft = make_statement(), make_listed(status="draft")
    assert (
        editor.post(
            f"/admin/statements/statement/{statement.pk}/delete/", {"post": "yes"}
        ).status_code
        == 403
    )
    assert (
        editor.post(
            f"/admin/policies/proposal/{draft.pk}/delete/", {"post": "yes"}
        ).status_code
        == 302
    )
    assert not Proposal.objects.filter(pk=draft.pk).exists()
    assert Outlet.objects.count() == 0


def test_the_migrations_give_the_groups_the_rights_that_the_code_names():
    """The rights are copied into the migration, so a change in the code needs a new
    migration.
    """
    first = import_module("policies.migrations.0003_groups").PERMISSIONS
    turns = import_module("policies.migrations.0006_turn_permissions").ACTIONS
    later = import_module("policies.migrations.0014_permissions")
    synonyms = import_module("archive.migrations.0024_synonyms").ACTIONS
    models = [*later.IDENTIFIERS, ("statements", "affiliation")]
    granted = {
        name: {right for right in rights if not right[1].endswith("_role")}
        | {("statements", f"{action}_turn") for action in turns[name]}
        | {("archive", f"{action}_synonymgroup") for action in synonyms[name]}
        | {
            (app, f"{action}_{model}")
            for app, model in models
            for action in later.ACTIONS
        }
        for name, rights in first.items()
    }
    assert granted == roles.PERMISSIONS
