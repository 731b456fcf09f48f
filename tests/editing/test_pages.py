"""Every page of the admin answers for the accounts that may see it."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.editing.workflow import publishable_models
from archive.ingest import load_seed
from archive.models import ArticleVersion
from tests.editing.forms import change_url, send
from tests.factories import (
    make_article,
    make_listed,
    make_outlet,
    make_position,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db


def lists():
    return [
        (model, f"admin:{model._meta.app_label}_{model._meta.model_name}")
        for model in admin.site._registry
    ]


def test_every_list_form_and_history_is_drawn(editor):
    load_seed()
    for model, name in lists():
        if model._meta.app_label == "auth":
            continue
        page = editor.get(reverse(f"{name}_changelist"))
        assert page.status_code == 200, name
        record = model._default_manager.first()
        if record:
            for kind in ("change", "history"):
                assert (
                    editor.get(reverse(f"{name}_{kind}", args=[record.pk])).status_code
                    == 200
                ), (name, kind)


def test_every_list_can_be_searched_and_filtered(editor):
    load_seed()
    for model, name in lists():
        if model._meta.app_label != "auth":
            assert (
                editor.get(reverse(f"{name}_changelist"), {"q": "adams"}).status_code
                == 200
            )
            if model in publishable_models():
                assert (
                    editor.get(
                        reverse(f"{name}_changelist"), {"status__exact": "draft"}
                    ).status_code
                    == 200
                )


def test_the_home_page_groups_everything_in_the_order_of_work(editor):
    load_seed()
    page = editor.get(reverse("admin:index"))
    names = [str(app["name"]) for app in page.context["app_list"]]
    assert names == [
        "Articles",
        "Statements",
        "Speakers",
        "Proposals",
        "Positions",
        "Topics and outlets",
        "Corrections",
        "Searches",
    ]


@pytest.mark.parametrize("page", ["admin:guide", "admin:who"])
def test_pages_of_their_own(editor, page):
    load_seed()
    assert editor.get(reverse(page)).status_code == 200


def test_every_autocomplete_field_finds_something(editor):
    load_seed()
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.autocomplete_fields:
            parameters = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": name,
            }
            for term in ("", "a"):
                answer = editor.get(
                    "/admin/autocomplete/", {**parameters, "term": term}
                )
                assert answer.status_code == 200, (model, name)
                assert answer.json()["results"] or name == "outlet", (model, name)


def test_the_guide_has_every_picture_it_shows_and_no_other(editor):
    page = editor.get("/admin/guide/").content.decode()
    linked = set(re.findall(r"guide/([a-z]+\.webp)", page))
    stored = {path.name for path in (settings.BASE_DIR / "static" / "guide").iterdir()}
    assert linked == stored
    assert (
        sum(
            path.stat().st_size
            for path in (settings.BASE_DIR / "static" / "guide").iterdir()
        )
        < 1_000_000
    )


@pytest.mark.parametrize(
    "name",
    [
        "archive_article",
        "statements_statement",
        "policies_proposal",
        "policies_position",
    ],
)
def test_a_longer_list_asks_no_more_of_the_database(
    editor, name, django_assert_num_queries
):
    address = reverse(f"admin:{name}_changelist")

    def more():
        statement = make_statement(
            speaker=make_speaker(), article=make_article(outlet=make_outlet())
        )
        make_position(statement, speaker=statement.speaker, proposal=make_listed())

    more()
    with CaptureQueriesContext(connection) as first:
        editor.get(address)
    for _ in range(5):
        more()
    with django_assert_num_queries(len(first)):
        editor.get(address)


def test_view_on_site_is_offered_for_what_the_public_sees(editor):
    for record, offered in [
        (make_statement(), True),
        (make_statement(status="draft"), False),
    ]:
        page = editor.get(change_url(record)).content.decode()
        assert (f'href="{record.get_absolute_url()}"' in page) is offered


def test_filters_show_how_many(editor):
    make_statement(status="draft")
    page = editor.get(reverse("admin:statements_statement_changelist")).content.decode()
    assert "Draft (1)" in page
    assert "Published (0)" in page


def test_a_draft_article_begun_by_mistake_can_be_deleted_after_its_text(contributor):
    send(
        contributor,
        "/admin/archive/article/add/",
        headline="Mistake",
        text="Some text.",
    )
    version = ArticleVersion.objects.get()
    article = version.article
    for record in (version, article):
        url = reverse(
            f"admin:archive_{record._meta.model_name}_delete", args=[record.pk]
        )
        assert contributor.post(url, {"post": "yes"}).status_code == 302
    assert not type(article).objects.exists()


def test_too_many_records_at_once_are_refused_with_a_sentence(editor, monkeypatch):
    monkeypatch.setattr("archive.editing.steps.MAX_RECORDS", 1)
    chosen = [make_statement(status="draft").pk for _ in range(2)]
    sent = {"action": "publish", "_selected_action": chosen}
    page = editor.post(
        "/admin/statements/statement/", sent, follow=True
    ).content.decode()
    assert "Choose at most 1 records at once" in page


def test_a_stored_version_is_offered_to_read_and_not_to_change(editor):
    content = editor.get(change_url(make_article("Lee said nothing."))).content.decode()
    assert "inlineviewlink" in content
    assert "inlinechangelink" not in content


def test_the_list_of_statements_sets_marks_around_spoken_words_only(editor):
    make_statement("We will fight,")
    make_statement(form="indirect", text="Lee hoped to win.")
    content = editor.get("/admin/statements/statement/").content.decode()
    assert ">“We will fight,”</a>" in content
    assert ">Lee hoped to win.</a>" in content
