"""Names with an apostrophe are found however they are typed."""

import pytest
from django.test import Client

from archive.search.apostrophes import spelled_out
from tests.editing.conftest import editor  # noqa: F401
from tests.factories import make_article, make_speaker, make_statement

pytestmark = pytest.mark.django_db
client = Client()
TYPED = [
    ("ONeil", "Tip O’Neil"),
    ("oneil", "Tip O’Neil"),
    ("O Neil", "Tip O’Neil"),
    ("o'neil", "Tip O’Neil"),
    ("O‘Neil", "Tip O’Neil"),
    ("tip oneil", "Tip O’Neil"),
    ("thiongo", "Ngũgĩ wa Thiong'o"),
    ("Thiong’o", "Ngũgĩ wa Thiong'o"),
    ("dArcy", "Ana D’Arcy"),
    ("kaahumanu", "Queen Kaʻahumanu"),
    ("shaar", "Omar al-Sha'ar"),
]


@pytest.fixture
def people():
    for _typed, name in TYPED:
        make_statement(speaker=make_speaker(name=name))


def names(path, typed):
    page = client.get(path, {"q": typed}).context["page"]
    return {getattr(row, "speaker", row).name for row in page.object_list}


@pytest.mark.parametrize("path", ["/speakers/", "/statements/"])
def test_postgresql_finds_the_name(people, path):
    for typed, name in TYPED:
        assert name in names(path, typed), typed


@pytest.mark.parametrize("path", ["/speakers/", "/statements/"])
def test_the_index_finds_the_name(people, path, request):
    request.getfixturevalue("reindex")
    for typed, name in TYPED:
        assert name in names(path, typed), typed


def test_names_in_a_text_are_found_and_marked(request):
    article = make_article("“We met Tip O’Neil’s son,” he said. Don’t ask.")
    make_statement("We met Tip O’Neil’s son,", article=article)
    request.getfixturevalue("reindex")
    for typed in ("ONeil", "O Neil", "O'Neil"):
        page = client.get("/statements/", {"q": typed}).content.decode()
        assert "<mark>O’Neil’s</mark>" in page, typed
    assert "<mark>" not in client.get("/articles/?q=dont").content.decode()


def test_the_admin_suggests_the_name(people, editor):  # noqa: F811
    query = {"app_label": "statements", "model_name": "statement"}
    for typed, name in TYPED:
        found = editor.get(
            "/admin/autocomplete/", {**query, "field_name": "speaker", "term": typed}
        )
        assert name in [each["text"] for each in found.json()["results"]], typed


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Tip O’Neil and O’Neil", "ONeil O Neil"),
        ("O'Neil's D’Arcy", "ONeil O Neil . DArcy D Arcy"),
        ("Don’t, we're, the mayor’s, I'm; ‘quoted’ 'n' 5'6\"", ""),
        ("rock'n'roll", "rocknroll rock n roll"),
        ("", ""),
    ],
)
def test_names_are_spelled_out_and_contractions_are_not(text, spelled):
    assert spelled_out(text) == spelled


def test_a_text_of_apostrophes_takes_linear_time():
    assert spelled_out("a'" * 200_000).startswith("aaaa")


def test_a_word_of_very_many_letters_takes_linear_time():
    assert spelled_out("x" * 400_000) == ""
