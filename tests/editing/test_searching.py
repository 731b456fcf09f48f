"""The admin's lists and autocompletes accept the public search's query language, and
find drafts too.
"""

import pytest
from django.urls import reverse

from archive.models import FailedSearch
from tests.factories import make_article, make_speaker, make_statement

pytestmark = pytest.mark.django_db
LIST = "admin:statements_statement_changelist"


def listed(client, typed, name=LIST):
    page = client.get(reverse(name), {"q": typed})
    assert page.status_code == 200, typed
    return {str(record.pk) for record in page.context["cl"].result_list}


def offered(client, typed, field="speaker"):
    parameters = {
        "app_label": "statements",
        "model_name": "statement",
        "field_name": field,
        "term": typed,
    }
    answer = client.get("/admin/autocomplete/", parameters)
    assert answer.status_code == 200, typed
    return [result["text"] for result in answer.json()["results"]]


@pytest.fixture(scope="module")
def statements(records_of_module):
    """Creates a public statement, a draft and an unrelated statement; returns their
    keys by name.
    """
    ann, frank = (
        make_speaker(name="Adrienne Avilés"),
        make_speaker(name="Frank Moore", other_names="Big Frank"),
    )
    rows = {
        "public": make_statement(
            form="indirect",
            text="Avilés said that harbors freeze in winter.",
            speaker=ann,
        ),
        "draft": make_statement(
            form="indirect",
            text="A frozen harbor costs rents.",
            speaker=frank,
            status="draft",
        ),
        "other": make_statement(form="indirect", text="Trees grow.", speaker=frank),
    }
    return {name: str(row.pk) for name, row in rows.items()}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("harbour OR harbor", {"public", "draft"}),
        ("HARBORS", {"public", "draft"}),
        ("aviles harbor", {"public"}),
        ("harbors -winter", {"draft"}),
        ('"harbors freeze"', {"public"}),
        ("“freeze harbors”", set()),
        ("the harbor", {"public", "draft"}),
        ("harbor wint", {"public"}),
        ("rents the", {"draft"}),
        ("big frank", {"draft", "other"}),
        ("harbor zebra", {"public", "draft"}),
        ("zebra", set()),
    ],
)
def test_a_list_is_searched_in_the_language_of_the_public_search(
    editor, statements, typed, names
):
    assert listed(editor, typed) == {statements[name] for name in names}


def test_an_autocomplete_finds_while_a_name_is_being_typed_without_its_accent(
    editor, statements
):
    assert offered(editor, "avi") == offered(editor, "AVILES") == ["Adrienne Avilés"]
    assert offered(editor, "oore") == ["Frank Moore"]
    assert offered(editor, "big fra") == ["Frank Moore"]


def test_a_record_is_found_by_its_address(editor):
    article = make_article(headline="Harbors freeze")
    for typed in (article.uid, article.slug):
        assert listed(editor, typed, "admin:archive_article_changelist") == {
            str(article.pk)
        }


@pytest.mark.parametrize(
    "typed",
    [
        "\x00",
        "'",
        "\\",
        "':*",
        "a" * 5000,
        "*",
        "((",
        '"',
        "-harbor",
        "OR",
        "the",
        "🗽",
        "a'b:*|c",
        "a+" * 999,
    ],
)
def test_whatever_is_typed_gets_an_answer(editor, statements, typed):
    assert editor.get(reverse(LIST), {"q": typed}).status_code == 200
    offered(editor, typed)


def test_editors_see_what_was_searched_in_vain_and_contributors_do_not(
    editor, contributor
):
    for words in ("zebra", "zebra", "<b>gnu</b>"):
        FailedSearch.objects.note("statements", words)
    address = reverse("admin:archive_failedsearch_changelist")
    page = editor.get(address)
    assert [row.words for row in page.context["cl"].result_list] == [
        "zebra",
        "<b>gnu</b>",
    ]
    assert "<b>gnu" not in page.content.decode()
    assert address in editor.get(reverse("admin:index")).content.decode()
    assert contributor.get(address).status_code == 403


def test_nobody_enters_or_changes_a_failed_search(editor, administrator):
    FailedSearch.objects.note("statements", "zebra")
    record = FailedSearch.objects.get()
    for client in (editor, administrator):
        assert client.get(reverse("admin:archive_failedsearch_add")).status_code == 403
        change = reverse("admin:archive_failedsearch_change", args=[record.pk])
        assert client.post(change, {"words": "gnu"}).status_code == 403
        assert (
            client.post(
                reverse("admin:archive_failedsearch_delete", args=[record.pk])
            ).status_code
            == 403
        )
