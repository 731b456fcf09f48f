"""How long a new user waits: the first and the second `up` in a copy of this
checkout.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

LEFT_OUT = shutil.ignore_patterns(
    ".venv*", "var", ".git", "__pycache__", ".*_cache", ".hypothesis"
)
PATIENCE = 180


def run(port: int = 8917, **_options: object) -> Iterator[str]:
    """Seconds from the command to the first answer; packages come from the index, and
    nothing else is kept from earlier runs.
    """
    with tempfile.TemporaryDirectory(prefix="on record ") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(settings.BASE_DIR, copy, ignore=LEFT_OUT)
        for name in ("first", "second"):
            yield f"{name} up: {_until_it_answers(copy, port):.1f} s to the first page"


def _until_it_answers(copy: Path, port: int) -> float:
    variables = (
        "DATABASE_URL",
        "ON_RECORD_DATA",
        "DJANGO_SETTINGS_MODULE",
        "VIRTUAL_ENV",
    )
    environment = {
        name: value for name, value in os.environ.items() if name not in variables
    }
    python = getattr(sys, "_base_executable", sys.executable)
    start = time.monotonic()
    command = [python, "manage.py", "up", "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=copy,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.monotonic() < start + PATIENCE and process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
                    answer.read()
                return time.monotonic() - start
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("up did not answer")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
