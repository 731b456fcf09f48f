import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile

import pytest

from archive.setup import bootstrap
from tests.ops.machine import ROOT, environment, manage

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
        if place == "finalizer":
            signal.raise_signal(number)

def execute(_):
    if place == "body":
        signal.raise_signal(number)
    thing = Thing()
    watch = weakref.ref(
        thing, lambda _: place == "weakref" and signal.raise_signal(number)
    )
    del thing
    if place == "exit":
        atexit.register(signal.raise_signal, number)
    else:
        time.sleep(10)

place, number = sys.argv[1], int(sys.argv[2])
management.execute_from_command_line, sys.argv = execute, ["manage.py", "version"]
bootstrap.main()
"""
FAKE_DJANGO = {  # what execute() needs of Django
    "django/__init__.py": "",
    "django/conf.py": "class settings: DATA_DIR = ''",
    "django/core/__init__.py": "",
    "django/core/management.py": "def execute_from_command_line(argv): print('ran', "
    "*argv[1:])",
}


@pytest.fixture
def checkout(tmp_path):
    """Creates a checkout whose only package is a small fake Django, locked by its
    hash.
    """
    wheel = tmp_path / "wheels" / "tiny-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    facts = {
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: "
        "1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: "
        "test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        files = FAKE_DJANGO | facts
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr(
            "tiny-1.0.dist-info/RECORD",
            "".join(f"{name},{sha(text)},\n" for name, text in files.items()),
        )
    root = tmp_path / "a check'out"
    (root / "requirements").mkdir(parents=True)
    (root / "archive").mkdir()
    shutil.copy(ROOT / "manage.py", root)
    shutil.copytree(ROOT / "archive" / "setup", root / "archive" / "setup")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for lock in ("run.txt", "dev.txt"):
        (root / "requirements" / lock).write_text(
            f"tiny==1.0 \\\n    --hash=sha256:{digest}\n"
        )
    return root


def sha(text):
    return (
        "sha256="
        + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
        .rstrip(b"=")
        .decode()
    )


def version(checkout, **variables):
    """Runs `manage.py version` with the Python outside .venv, with only pip and without
    a package index.
    """
    offline = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(checkout.parent / "wheels"),
        "PATH": "/usr/bin:/bin",
    }
    return subprocess.run(
        [bootstrap.BASE, "manage.py", "version"],
        cwd=checkout,
        env=environment(checkout / "var") | offline | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refused(ended, words):
    """Checks for exit code 1 and one sentence that contains these words."""
    lines = ended.stderr.splitlines()
    return (
        ended.returncode == 1
        and words in lines[-1]
        and len(lines) <= 2
        and not ended.stdout
    )


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("place", "lost"), [("body", 0), ("weakref", 0), ("finalizer", 0), ("exit", 1)]
)
def test_a_signal_ends_a_command_quietly_wherever_it_lands(
    tmp_path, place, lost, number
):
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, place, str(int(number))],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        0 if lost else 128 + number,
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
pool, run = connection.pool, postgres._run
postgres._run = lambda *arguments: print("pool closed:", pool.closed) or run(*arguments)
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


def test_an_interpreter_with_every_locked_package_needs_no_venv(monkeypatch, tmp_path):
    lock = tmp_path / "lock.txt"
    monkeypatch.setitem(bootstrap.LOCKS, "run", lock)
    lock.write_text(
        f"pytest=={pytest.__version__} \\\n    --hash=sha256:0\nwinonly==1 ; "
        "sys_platform == 'win32' \\\n"
    )
    assert bootstrap.complete("run")
    lock.write_text("pytest==0.1 \\\n    --hash=sha256:0\n")
    assert not bootstrap.complete("run")
    lock.write_text("no-such-package==1.0\n")
    assert not bootstrap.complete("run")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: x\nERROR: No matching distribution",
            "ERROR: No matching distribution",
        ),
        (
            "... Temporary failure in name resolution ...\nERROR: y",
            "the package index cannot be reached",
        ),
        ("", "the installer printed no error"),
    ],
)
def test_an_installers_complaint_becomes_one_sentence(
    monkeypatch, tmp_path, said, sentence
):
    monkeypatch.setattr(bootstrap, "LOG", tmp_path / "log")
    bootstrap.LOG.write_text(said)
    assert bootstrap.complaint().startswith(sentence)


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
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.complete",
        "-p",
        "no:django",
        "-c",
        "/dev/null",
    ]
    command += ["-n", str(processes), "--rootdir", str(folder), str(folder)]
    return subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, check=False
    ).returncode


@pytest.mark.volume
def test_the_first_command_installs_and_the_second_does_not(checkout):
    first, second = version(checkout), version(checkout)
    assert (first.stdout, second.stdout) == ("ran version\n", "ran version\n")
    assert "installing packages" in first.stderr
    assert second.stderr == ""


@pytest.mark.volume
def test_of_two_first_commands_at_once_one_installs_and_both_run(checkout):
    ended = []
    both = [
        threading.Thread(target=lambda: ended.append(version(checkout)))
        for _ in range(2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert [one.stdout for one in ended] == ["ran version\n"] * 2
    assert sorted("installing packages" in one.stderr for one in ended) == [False, True]


@pytest.mark.volume
def test_a_changed_lock_is_installed_again(checkout):
    version(checkout)
    lock = checkout / "requirements" / "run.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    ended = version(checkout)
    assert ended.stdout == "ran version\n"
    assert "installing packages" in ended.stderr


@pytest.mark.volume
def test_a_venv_whose_python_is_gone_is_made_anew(checkout):
    version(checkout)
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert version(checkout).stdout == "ran version\n"


@pytest.mark.volume
def test_a_damaged_venv_is_named_in_a_sentence(checkout):
    version(checkout)
    for damage in ("lib", "pyvenv.cfg", "bin/python"):
        path = checkout / ".venv" / damage
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        if damage == "bin/python":
            path.write_text("no program")
        assert refused(version(checkout), ".venv is damaged")


@pytest.mark.volume
def test_a_wrong_hash_and_a_missing_package_end_in_a_sentence(checkout):
    lock = checkout / "requirements" / "run.txt"
    lock.write_text(f"tiny==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    assert refused(version(checkout), "could not be installed")
    lock.write_text(f"tiny==2.0 \\\n    --hash=sha256:{'0' * 64}\n")
    assert refused(version(checkout), "could not be installed")


def installing(monkeypatch, fails):
    """Returns the commands that an installation runs if those with the words of `fails`
    fail.
    """
    commands = []

    def run(command):
        commands.append(" ".join(command))
        return not any(commands[-1].endswith(words) for words in fails)

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap, "usable", lambda: False)
    return commands


def test_a_python_without_ensurepip_installs_by_its_own_pip(monkeypatch):
    commands = installing(monkeypatch, fails=["venv --clear " + str(bootstrap.VENV)])
    assert bootstrap.install_by_pip([])
    assert commands[-1].startswith(
        f"{bootstrap.BASE} -m pip --python {bootstrap.PYTHON} install"
    )


def test_a_python_without_ensurepip_and_pip_is_told_what_to_install(monkeypatch):
    installing(
        monkeypatch, fails=["venv --clear " + str(bootstrap.VENV), "pip --version"]
    )
    with pytest.raises(bootstrap.Failed, match="python3-venv"):
        bootstrap.install_by_pip([])
