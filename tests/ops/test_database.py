"""The database that every test process copies."""

import os
import shutil
import signal
import subprocess
import sys

import psycopg
import pytest

from archive.setup import cluster, postgres
from tests import database
from tests.ops.machine import ROOT, environment, folder

KILLED = """
import os, sys
from pathlib import Path
from tests import database

def fill(url):
    print("filling", flush=True)
    sys.stdin.read()

database.template(Path(sys.argv[1]), "new", fill)
"""


@pytest.fixture
def home(blank):
    with folder() as home:
        home.mkdir()
        yield home


def execute(url, sql):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else None


def noting(words):
    return lambda url: execute(url, f"create table note as select '{words}' as words")


def words_in(template):
    """Returns what a copy contains, made as a test process makes it."""
    copy = template.parents[1] / "copy"
    cluster.copy(template, copy)
    with postgres.running(copy, postgres.FAST_AND_LOOSE) as url:
        words = execute(url, "select words from note")[0][0]
    shutil.rmtree(copy)
    return words


def test_a_template_of_other_migrations_is_made_anew_and_one_of_the_same_is_not(home):
    old = database.template(home, "old", noting("of the old ones"))
    assert database.template(home, "old", noting("again")) == old
    assert words_in(old) == "of the old ones"
    new = database.template(home, "new", noting("of the new ones"))
    assert words_in(new) == "of the new ones"
    assert not old.exists()


@pytest.mark.volume
def test_a_template_whose_maker_was_killed_is_never_used(home):
    command = [sys.executable, "-c", KILLED, str(home)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as maker:
        assert maker.stdout.readline() == "filling\n"
        os.kill(maker.pid, signal.SIGKILL)
    assert words_in(database.template(home, "new", noting("complete"))) == "complete"


def test_what_fails_while_it_is_made_leaves_no_template(home):
    with pytest.raises(psycopg.errors.SyntaxError):
        database.template(home, "new", lambda url: execute(url, "no sql"))
    assert words_in(database.template(home, "new", noting("complete"))) == "complete"


def test_two_runs_at_once_have_a_database_each(home, monkeypatch):
    monkeypatch.setattr(database, "_home", lambda: home)
    monkeypatch.setattr(database, "migrate", noting("shared"))
    with database.server() as one, database.server() as other:
        execute(one, "update note set words = 'mine'")
        assert execute(other, "select words from note") == [("shared",)]
    assert not list(home.glob("server-?"))


def test_the_key_differs_when_a_migration_or_what_it_imports_does(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(database, "ROOT", tmp_path)
    migration = tmp_path / "archive" / "migrations" / "0001.py"
    migration.parent.mkdir(parents=True)
    keys = []
    for path, text in [
        (migration, "from archive.roles import GROUPS\n"),
        (migration, "from archive.roles import GROUPS, ALL\n"),
        (tmp_path / "archive" / "roles.py", "GROUPS = ()\n"),
        (tmp_path / "archive" / "roles.py", "GROUPS = (1,)\n"),
    ]:
        path.write_text(text)
        keys.append(database.key())
        assert database.key() == keys[-1]
    assert len(set(keys)) == 4
