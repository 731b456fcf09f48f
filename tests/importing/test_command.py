"""`manage.py import` as its operator sees it."""

import io
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.importing import sets
from archive.importing.problems import Refused
from archive.importing.sets import loading
from archive.models import ExternalId, ImportRun, Outlet

pytestmark = pytest.mark.django_db


def run(*arguments: object, **options: object) -> str:
    output = io.StringIO()
    call_command("import", *map(str, arguments), stdout=output, **options)
    return output.getvalue()


@pytest.fixture
def path(bring):
    return bring.file("id,name\n1,Gazette\n2,Herald\n", "papers.csv")


def test_it_says_what_it_did(path):
    output = run("outlets", path, "--source=papers")
    number = ImportRun.objects.get().pk
    assert output == f"Run {number}, outlets, papers: read 2, created 2.\n"


def test_a_dry_run_tries_everything_and_writes_nothing(path):
    output = run("outlets", path, "--source=papers", "--dry-run")
    assert output == "Dry run, nothing was written: read 2, created 2.\n"
    assert not Outlet.objects.exists()
    assert not ImportRun.objects.exists()


def test_several_files_are_one_run(path, bring):
    other = bring.file("id,name\n3,Courier\n", "more.csv")
    assert "created 3" in run("outlets", path, other, "--source=papers")


def test_a_file_that_cannot_be_read_stops_the_others(path, bring):
    other = bring.file(b"id,name\n3,\xff\n", "more.csv")
    errors = io.StringIO()
    with pytest.raises(CommandError, match=r"Nothing was written. Problems: 1\."):
        run("outlets", path, other, "--source=papers", stderr=errors)
    assert "more.csv, line 2: The byte 0xFF" in errors.getvalue()
    assert not Outlet.objects.exists()


def test_the_source_must_be_named(path):
    with pytest.raises(CommandError, match="--source NAME"):
        run("outlets", path)


def test_the_map_may_name_the_source(path, bring):
    given = bring.file('source = "papers"\n', "map.toml")
    run("outlets", path, "--map", given)
    assert ExternalId.objects.first().source == "papers"


def test_runs_are_listed(path):
    run("outlets", path, "--source=papers")
    line = run("--runs")
    assert "outlets, papers: papers.csv: read 2, created 2 (finished)" in line


def test_a_run_that_published_is_withdrawn_by_an_editor(bring, editor):
    path = bring.file("id,title\n1,Plant trees\n", "plans.csv")
    run("proposals", path, "--source=plans", "--publish", "--as", editor.username)
    number = ImportRun.objects.get().pk
    with pytest.raises(CommandError, match="withdrawing and merging need an editor"):
        run("--undo", number, "--withdraw", "A trial.")
    output = run("--undo", number, "--withdraw", "A trial.", "--as", editor.username)
    assert f"Run {number} is undone: withdrawn 1, removed 0" in output


def test_a_withdrawal_names_its_run(path):
    with pytest.raises(CommandError, match="--withdraw needs --undo RUN"):
        run("outlets", path, "--source=papers", "--withdraw", "A trial.")


def test_a_run_is_undone(path):
    run("outlets", path, "--source=papers")
    number = ImportRun.objects.get().pk
    output = run("--undo", number)
    assert output == f"Run {number} is undone: removed 2, restored 0, unlinked 2.\n"
    assert "(undone)" in run("--runs")
    with pytest.raises(CommandError, match="Nothing was written"):
        run("--undo", number)


def test_what_is_published_is_found_at_once(bring, editor, reindex, client):
    reindex()
    path = bring.file("id,title\n1,Plant juniper hedges\n")
    run("proposals", path, "--source=papers", "--publish", "--as=Edda")
    page = client.get("/search/?q=juniper").content.decode()
    assert "hedges" in page


def test_the_columns_of_a_kind_are_listed():
    output = run("outlets", "--columns")
    assert "url (or website, home_page): Its home page." in output


def test_a_kind_without_files_lists_the_kinds():
    with pytest.raises(CommandError, match="outlets, speakers, affiliations, articles"):
        run("outlets")


def test_lost_rows_may_be_accepted(path, bring):
    run("outlets", path, "--source=papers")
    fewer = bring.file("id,name\n1,Gazette\n", "papers.csv")
    with pytest.raises(CommandError):
        run("outlets", fewer, "--source=papers")
    assert "lost 1" in run("outlets", fewer, "--source=papers", "--max-lost=50")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--undo=1", "--dry-run"], "--undo does not go together with --dry-run"),
        (["--who", "--dry-run"], "--who does not go together with --dry-run"),
        (["--set=us-congress", "--max-lost=9"], "does not go together with --max-lost"),
        (["--set=us-congress", "--review=a.csv"], "does not go together with --review"),
        (["speakers", "--set=us-congress"], "--set does not go together with KIND"),
    ],
)
def test_an_option_that_would_not_be_read_is_refused(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_the_second_of_two_sets_at_once_says_so_before_it_would_wait():
    with closing(connection.copy()) as other, other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive.importing'))")
        with CaptureQueriesContext(connection) as queries, pytest.raises(Refused):
            loading.load(sets.read("us-congress"))
    assert not any("archive_dataset" in each["sql"] for each in queries)
