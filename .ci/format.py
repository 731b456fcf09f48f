#!/usr/bin/env python3
"""Formats templates (djangofmt), style sheets and scripts (prettier), and complains
about lines over 120 characters. With --check it changes nothing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.devtools.programs import node_modules  # noqa: E402

LONGEST = 120
WIDTH = f"--print-width={LONGEST}"
HTML, JINJA = "templates/*.html", "templates/*.jinja"
STATIC = ["static/*.css", "static/*.js"]


def main() -> None:
    check = sys.argv[1:] == ["--check"]
    djangofmt = Path(sys.prefix) / "bin" / "djangofmt"
    prettier = ["node", node_modules() / "prettier" / "bin" / "prettier.cjs"]
    flags = ["--check"] if check else []
    commands = [
        [djangofmt, *flags, "--profile=django", *files(HTML)],
        [djangofmt, *flags, "--profile=jinja", *files(JINJA)],
        [*prettier, *(flags or ["--write"]), WIDTH, *files(*STATIC)],
    ]
    failed = [run.args[0] for run in map(subprocess.run, commands) if run.returncode]
    sys.exit("\n".join(too_long(files(HTML, JINJA, *STATIC))) or len(failed))


def files(*globs: str) -> list[str]:
    """What git knows and what it would add; `*` of a pathspec crosses folders."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *globs],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(
        {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}
    )


def too_long(names: list[str]) -> list[str]:
    return [
        f"{name}:{line_number}: {len(line)} characters, at most {LONGEST}"
        for name in names
        for line_number, line in enumerate((ROOT / name).read_text().splitlines(), 1)
        if len(line) > LONGEST
    ]


if __name__ == "__main__":
    sys.exit(main())
