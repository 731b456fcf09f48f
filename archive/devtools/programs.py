"""The programs that take pictures of pages and check them: Chromium, and the npm
packages locked in requirements/npm.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archive.setup.messages import Failed, say
from archive.setup.packages import ROOT, locked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NPM = ROOT / "requirements" / "npm"
MODULES = NPM / "node_modules"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program(package: str, *names: str) -> str:
    """Returns the path of the first of `names` that is installed."""
    if path := next(filter(None, map(shutil.which, names)), None):
        return path
    raise Failed(
        f"{names[0]} is missing; install it first (Debian: apt-get install {package})."
    )


def chromium() -> str:
    return program("chromium", "chromium", "chromium-browser", "google-chrome")


def shell() -> str:
    """Returns the path of Chromium without its own windows, else of Chromium: the same
    engine draws the same pages and each new context takes a third of the CPU time.
    """
    return shutil.which("chromium-headless-shell") or chromium()


@contextmanager
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError as error:
        raise Failed(
            "Playwright is missing; it is a development requirement "
            "(requirements/dev.txt)."
        ) from error
    path = shell()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


def node_modules() -> Path:
    """Returns the folder of the locked npm packages; installs them first if they differ
    from the lock.
    """
    npm, digest = (
        program("npm", "npm"),
        hashlib.sha256((NPM / "package-lock.json").read_bytes()).hexdigest(),
    )
    program("nodejs", "node", "nodejs")
    stamp = MODULES / ".installed"
    with locked(ROOT / ".venv.lock"):
        if stamp.exists() and stamp.read_text() == digest:
            return MODULES
        say(
            f"installing the tools that check pages into {MODULES} (once, up to a "
            "minute) ..."
        )
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(
            command, cwd=NPM, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Failed(
                "the npm packages could not be installed: "
                f"{(done.stderr.strip() or 'npm printed no error')[:300]}"
            )
        stamp.write_text(digest)
    return MODULES
