"""How a command starts and ends: signals, environment, database, test runs."""

import os
import signal
import subprocess
import sys

import pytest

from archive.setup import bootstrap
from tests.ops.machine import ROOT, environment, manage, refused

OLD = (
    "import runpy, sys; sys.version_info = (3, 10, 9); runpy.run_path('manage.py', "
    "run_name='__main__')"
)
DEAD = "postgresql://a:secret@127.0.0.1:1/b"
INTERRUPTED = """
import atexit, gc, signal, sys, time, weakref
from django.core import management
from archive.setup import bootstrap

class Thing:
    def __del__(self):
        if location == "finalizer":
            signal.raise_signal(signal_number)

def execute(_):
    if location == "body":
        signal.raise_signal(signal_number)
    thing = Thing()
    watch = weakref.ref(
        thing, lambda _: location == "weakref" and signal.raise_signal(signal_number)
    )
    del thing
    if location == "exit":
        atexit.register(signal.raise_signal, signal_number)
    else:
        time.sleep(10)

location, signal_number = sys.argv[1], int(sys.argv[2])
management.execute_from_command_line, sys.argv = execute, ["manage.py", "version"]
bootstrap.main()
"""


def test_an_old_python_gets_a_sentence():
    ended = subprocess.run(
        [sys.executable, "-c", OLD],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == "On Record needs Python 3.11 or newer; this is 3.10.\n"


def test_stdout_belongs_to_the_command(tmp_path):
    assert manage(tmp_path, "version").stdout.count("\n") == 1


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("location", "lost"), [("body", 0), ("weakref", 0), ("finalizer", 0), ("exit", 1)]
)
def test_a_signal_ends_a_command_quietly_wherever_it_lands(
    tmp_path, location, lost, signal_number
):
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, location, str(int(signal_number))],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        0 if lost else 128 + signal_number,
        "",
        "",
    )


@pytest.mark.parametrize(
    "arguments", [["version"], ["extract", "--help"], ["up", "--help"], ["help"]]
)
def test_a_command_without_database_starts_none(monkeypatch, arguments):
    monkeypatch.setattr(sys, "argv", ["manage.py", *arguments])
    assert not bootstrap.needs_database()


@pytest.mark.parametrize("arguments", [["up"], ["check"], ["migrate", "archive"]])
def test_any_other_command_needs_it(monkeypatch, arguments):
    monkeypatch.setattr(sys, "argv", ["manage.py", *arguments])
    assert bootstrap.needs_database()


@pytest.mark.parametrize("arguments", [[], ["--all"], ["tests/domain"]])
@pytest.mark.parametrize(
    ("url", "needed"), [(None, False), ("postgresql://elsewhere/archive", True)]
)
def test_each_process_of_a_test_run_starts_a_database_unless_it_was_given_one(
    monkeypatch, arguments, url, needed
):
    monkeypatch.setattr(sys, "argv", ["manage.py", "test", *arguments])
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if url:
        monkeypatch.setenv("DATABASE_URL", url)
    assert bootstrap.needs_database() == needed


@pytest.mark.parametrize(
    "arguments", [["--data", "here"], ["--port", "1", "--data=here"]]
)
def test_the_data_folder_of_up_is_known_before_django_starts(monkeypatch, arguments):
    monkeypatch.setattr(sys, "argv", ["manage.py", "up", *arguments])
    monkeypatch.setenv("ON_RECORD_DATA", "elsewhere")
    bootstrap.set_environment()
    assert os.environ["ON_RECORD_DATA"] == os.path.abspath("here")


def test_a_dead_database_url_ends_any_command_with_a_sentence(tmp_path):
    ended = manage(tmp_path, "check", DATABASE_URL=DEAD)
    assert refused(ended, "does not answer")
    assert "secret" not in ended.stderr


def test_a_command_before_the_first_migration_says_what_to_do(data):
    assert refused(manage(data, "verify"), "run `python3 manage.py migrate`")


LOOK_AT_THE_END = """
import signal
from archive.setup import postgres
from django.db import connection

connection.ensure_connection()
pool, run = connection.pool, postgres.run
postgres.run = lambda *arguments: print("pool closed:", pool.closed) or run(*arguments)
signal.raise_signal(signal.SIGINT)
"""


def test_an_interrupted_command_lets_go_of_the_database_before_it_stops(prepared):
    ended = manage(prepared, "shell", "--no-imports", "-c", LOOK_AT_THE_END)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        130,
        "pool closed: True\n",
        "",
    )


def test_a_data_folder_that_is_a_file_ends_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    assert refused(manage(tmp_path / "file", "check"), "cannot use")


SKIP = "__import__('pytest').skip()"


@pytest.mark.parametrize(
    ("body", "code", "processes"),
    [
        ("pass", 0, 0),
        (SKIP, 1, 0),
        ("assert False", 1, 0),
        ("pass", 0, 1),
        (SKIP, 1, 1),
    ],
    ids=["ok", "skip", "bad", "ok elsewhere", "skip elsewhere"],
)
def test_a_complete_test_run_fails_when_a_test_was_skipped(
    tmp_path, body, code, processes
):
    (tmp_path / "test_it.py").write_text(
        f"def test_other(): pass\ndef test_it(): {body}\n"
    )
    assert complete_run(tmp_path, processes) == code


def test_a_complete_test_run_fails_when_no_test_ran(tmp_path):
    (tmp_path / "test_it.py").write_text(
        "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"
    )
    assert complete_run(tmp_path) == 1


def complete_run(folder, processes=0):
    plugins = ["-p", "tests.complete", "-p", "xdist"]
    command = [sys.executable, "-m", "pytest", *plugins, "-c", "/dev/null"]
    command += ["-n", str(processes), "--rootdir", str(folder), str(folder)]
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # the others take half a second
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(folder) | alone,
        capture_output=True,
        check=False,
    ).returncode
