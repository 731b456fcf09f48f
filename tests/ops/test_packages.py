"""The packages of .venv: installed once, from the lock, and errors in one sentence."""

import base64
import hashlib
import shutil
import subprocess
import threading
import zipfile

import pytest

from archive.setup import packages
from archive.setup.messages import Failed
from tests.ops.machine import ROOT, environment, refused

FAKE_DJANGO = {  # what execute() needs of Django
    "django/__init__.py": "",
    "django/conf.py": "class settings: DATA_DIR = ''",
    "django/core/__init__.py": "",
    "django/core/management.py": "def execute_from_command_line(argv): print('ran', "
    "*argv[1:])",
}


@pytest.fixture
def checkout(tmp_path):
    return make_checkout(tmp_path)


@pytest.fixture(scope="module")
def first_command(tmp_path_factory):
    """The checkout after its first command, and what that printed."""
    root = make_checkout(tmp_path_factory.mktemp("installed"))
    return root, version(root)


@pytest.fixture
def installed(first_command, tmp_path):
    """A copy of the checkout with its packages: installing them takes 5 s of CPU."""
    parent = first_command[0].parent
    shutil.copytree(parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / first_command[0].name


def make_checkout(tmp_path):
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
        [packages.BASE, "manage.py", "version"],
        cwd=checkout,
        env=environment(checkout / "var") | offline | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_interpreter_with_every_locked_package_needs_no_venv(monkeypatch, tmp_path):
    lock = tmp_path / "lock.txt"
    monkeypatch.setitem(packages.LOCKS, "run", lock)
    lock.write_text(
        f"pytest=={pytest.__version__} \\\n    --hash=sha256:0\nwinonly==1 ; "
        "sys_platform == 'win32' \\\n"
    )
    assert packages.complete("run")
    lock.write_text("pytest==0.1 \\\n    --hash=sha256:0\n")
    assert not packages.complete("run")
    lock.write_text("no-such-package==1.0\n")
    assert not packages.complete("run")


@pytest.mark.parametrize(
    ("output", "sentence"),
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
    monkeypatch, tmp_path, output, sentence
):
    monkeypatch.setattr(packages, "LOG", tmp_path / "log")
    packages.LOG.write_text(output)
    assert packages.complaint().startswith(sentence)


@pytest.mark.volume
def test_the_first_command_installs_and_the_second_does_not(first_command):
    checkout, first = first_command
    second = version(checkout)
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
def test_a_changed_lock_is_installed_again(installed):
    assert version(installed).stderr == ""
    lock = installed / "requirements" / "run.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    ended = version(installed)
    assert ended.stdout == "ran version\n"
    assert "installing packages" in ended.stderr


@pytest.mark.volume
def test_a_venv_whose_python_is_gone_is_made_anew(installed):
    python = installed / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert version(installed).stdout == "ran version\n"


@pytest.mark.volume
def test_a_damaged_venv_is_named_in_a_sentence(installed):
    for damage in ("lib", "pyvenv.cfg", "bin/python"):
        path = installed / ".venv" / damage
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        if damage == "bin/python":
            path.write_text("no program")
        assert refused(version(installed), ".venv is damaged")


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

    monkeypatch.setattr(packages, "run", run)
    monkeypatch.setattr(packages, "usable", lambda: False)
    return commands


def test_a_python_without_ensurepip_installs_by_its_own_pip(monkeypatch):
    commands = installing(monkeypatch, fails=["venv --clear " + str(packages.VENV)])
    assert packages.install_by_pip([])
    assert commands[-1].startswith(
        f"{packages.BASE} -m pip --python {packages.PYTHON} install"
    )


def test_a_python_without_ensurepip_and_pip_is_told_what_to_install(monkeypatch):
    installing(
        monkeypatch, fails=["venv --clear " + str(packages.VENV), "pip --version"]
    )
    with pytest.raises(Failed, match="python3-venv"):
        packages.install_by_pip([])
