"""Every page of the admin is there, for those who may see it."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from archive.ingest import load_seed
from archive.workflow import publishable_models


def lists():
    return [(model, f"admin:{model._meta.app_label}_{model._meta.model_name}") for model in admin.site._registry]


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
                assert editor.get(reverse(f"{name}_{kind}", args=[record.pk])).status_code == 200, (name, kind)


def test_every_list_can_be_searched_and_filtered(editor):
    load_seed()
    for model, name in lists():
        if model._meta.app_label != "auth":
            assert editor.get(reverse(f"{name}_changelist"), {"q": "adams"}).status_code == 200
            if model in publishable_models():
                assert editor.get(reverse(f"{name}_changelist"), {"status__exact": "draft"}).status_code == 200


def test_the_home_page_groups_everything_in_the_order_of_work(editor):
    load_seed()
    page = editor.get(reverse("admin:index"))
    names = [str(app["name"]) for app in page.context["app_list"]]
    assert names == [
        "Articles", "Statements", "Speakers", "Proposals", "Positions", "Topics and outlets", "Corrections",
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["admin:guide", "admin:statements_speaker_duplicates"])
def test_pages_of_their_own(editor, page):
    load_seed()
    assert editor.get(reverse(page)).status_code == 200


def test_every_autocomplete_field_finds_something(editor):
    load_seed()
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.autocomplete_fields:
            asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
            for term in ("", "a"):
                answer = editor.get("/admin/autocomplete/", {**asked, "term": term})
                assert answer.status_code == 200, (model, name)
                assert answer.json()["results"] or name == "outlet", (model, name)


def test_the_guide_has_every_picture_it_shows_and_no_other(editor):
    page = editor.get("/admin/guide/").content.decode()
    shown = set(re.findall(r"guide/([a-z]+\.webp)", page))
    kept = {path.name for path in (settings.BASE_DIR / "static" / "guide").iterdir()}
    assert shown == kept
    assert sum(path.stat().st_size for path in (settings.BASE_DIR / "static" / "guide").iterdir()) < 1_000_000
