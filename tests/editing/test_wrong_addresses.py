"""Addresses of the admin typed wrongly: what cannot be is left out, with a message."""

import pytest
from django.contrib import admin

from archive.core import roles
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_statement

pytestmark = pytest.mark.django_db
LISTS = ["p=abc", "o=x", "o=99", "o=-", "status__exact=xx", "e=1"]
LISTS += ["status__exact=%00", "nothing__exact=1", "pk__in=abc", "id__exact=abc"]
LISTS += [f"id__exact={'9' * 30}", "speaker__id__exact=999999", "uid__year=2024"]
FORMS = ["article=abc", "speaker=999999", "form=xx", "said_on=abc", "topics=1,x"]
FORMS += [f"article={'9' * 30}", "article=%00", "speaker=-1"]
STATEMENTS = "/admin/statements/statement/"


@pytest.mark.parametrize("query", LISTS)
def test_a_filter_that_cannot_be_is_left_out_with_a_message(editor, query):
    statement = make_statement()
    page = editor.get(f"{STATEMENTS}?{query}", follow=True)
    assert page.status_code == 200
    assert "because it is not valid" in page.content.decode()
    assert [*page.context["cl"].result_list] == [statement]


def test_the_other_parameters_stay(editor):
    response = editor.get(f"{STATEMENTS}?status__exact=xx&form__exact=direct&q=tax")
    assert response.headers["Location"] == f"{STATEMENTS}?form__exact=direct&q=tax"


@pytest.mark.parametrize("query", FORMS)
def test_a_value_that_cannot_be_is_not_filled_in(editor, query):
    page = editor.get(f"{STATEMENTS}add/?{query}", follow=True)
    assert page.status_code == 200
    assert "because it is not valid" in page.content.decode()
    name = query.partition("=")[0]
    form = page.context["adminform"].form
    assert form[name].value() in (None, "", form.fields[name].initial, [])


def test_what_can_be_is_filled_in_and_filtered_without_a_message(editor):
    said = make_statement()
    for query in (
        f"add/?article={said.article_id}&speaker={said.speaker_id}&form=direct",
        "?status__exact=published&o=-1.2&p=1",
        "?p=999999",
        "add/?_changelist_filters=%25%25%26%3D",
    ):
        page = editor.get(f"{STATEMENTS}{query}")
        assert page.status_code == 200
        assert "because it is not valid" not in page.content.decode()


@pytest.mark.parametrize("junk", ["abc", "%00", "9" * 30])
def test_no_list_or_form_of_the_admin_is_a_fault(junk):
    client = signed_in(make_account("Root", roles.ADMINISTRATOR, is_superuser=True))
    make_statement()
    for model, _admin in list(admin.site._registry.items()):
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        pages = [base, f"{base}add/", f"{base}1/change/", f"{base}{junk}/history/"]
        names = [field.name for field in model._meta.concrete_fields][:6]
        every = [f"{name}={junk}" for name in (*names, "p", "o", "_to_field")]
        for query in [*every[-3:], "&".join(every)]:
            for page in pages:
                assert client.get(f"{page}?{query}").status_code < 500, (page, query)
