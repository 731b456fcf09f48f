"""`manage.py intake`: many files, as one account."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.editing.authorship import made_by
from archive.models import Article, Outlet
from tests.desk.pages import NAVIGATION, PAGE, TEXT
from tests.editing.conftest import make_account
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def written(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return written


def intake(*files, account="Cleo", **options):
    out, err = StringIO(), StringIO()
    failure = ""
    try:
        call_command(
            "intake", *files, username=account, stdout=out, stderr=err, **options
        )
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), err.getvalue(), failure


def test_each_file_becomes_a_draft_of_the_account(contributor, file):
    said, _, failure = intake(file("rent_freeze.txt", TEXT), file("page.html", PAGE))
    assert failure == ""
    first, second = Article.objects.order_by("pk")
    assert str(first) == "[rent freeze]"
    assert "headline: rent freeze (From the name of the file)" in said
    assert str(second) == "Mayor asks for rent freeze"
    assert second.outlet.name == "Fairhaven Gazette"
    assert f"/admin/desk/{second.uid}/" in said
    assert {first.status, second.status} == {"draft"}
    assert {made_by(first), made_by(second)} == {contributor.account.pk}


def test_a_dry_run_creates_nothing(contributor, file):
    said, _, failure = intake(file("page.html", PAGE), dry_run=True)
    assert "byline: Jane Doe (From the page’s metadata)" in said
    assert "Would be created." in said
    assert failure == ""
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_refused_files_are_named_and_the_others_are_taken(contributor, file):
    known = make_article(TEXT)
    files = [
        file("known.txt", TEXT),
        file("menu.html", NAVIGATION),
        file("page.html", PAGE),
        file("again.html", PAGE),
        file("paper.pdf", b"%PDF-1.7"),
        "missing.txt",
    ]
    _, errors, failure = intake(*files)
    assert failure == "5 of 6 files were refused; the others were taken."
    assert f"The archive has {known} (same text)." in errors
    assert "No article was found in this HTML" in errors
    assert "This is a PDF." in errors
    assert "It cannot be read: No such file or directory." in errors
    assert Article.objects.count() == 2


def test_a_refused_article_leaves_no_outlet_behind(contributor, file):
    html = PAGE.replace("https://gazette.example.com/2024", "http://localhost/2024")
    _, errors, failure = intake(file("page.html", html))
    assert "private network" in errors
    assert failure
    assert not Outlet.objects.exists()


def test_an_account_without_permission_creates_nothing(file):
    make_account("Nobody")
    _, errors, failure = intake(file("page.html", PAGE), account="Nobody")
    assert "may not add articles" in errors
    assert failure
    assert not Article.objects.exists()


def test_an_unknown_account_is_refused_before_any_file_is_read(file):
    _, _, failure = intake(file("page.html", PAGE), account="Ghost")
    assert failure == "There is no active account Ghost."
