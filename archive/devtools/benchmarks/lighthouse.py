"""Lighthouse's scores for the first article's pages on a phone, served as in
production.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

from archive.devtools import programs, throwaway
from archive.setup.messages import Failed

PAGES = ("home", "proposals", "proposal", "article", "statement", "speaker")
ATTEMPTS = (
    3  # sometimes Lighthouse misses the start of its recording and must run again
)
CATEGORIES = {
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}


def run(**_options: object) -> Iterator[str]:
    program = programs.node_modules() / "lighthouse" / "cli" / "index.js"
    with throwaway.served("seed") as site:
        for name in PAGES:
            yield _line(name, _report(str(program), site.address(name)))


def _report(program: str, address: str) -> dict[str, Any]:
    categories = ["performance", *CATEGORIES]
    flags = " ".join(["--headless=new", *programs.FLAGS])
    command = [
        programs.program("nodejs", "node", "nodejs"),
        program,
        address,
        "--output=json",
        "--quiet",
    ]
    command += [f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": programs.chromium()}
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if not done.returncode:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
    raise Failed(
        f"Lighthouse ended with {done.returncode}: {done.stderr.strip()[-300:]}"
    )


def _line(name: str, report: dict[str, Any]) -> str:
    """Returns the scores from 0 to 100, the layout shift, and each audit that costs
    points.
    """
    scores = {
        label: report["categories"][key]["score"] for key, label in CATEGORIES.items()
    }
    figures = "  ".join(
        f"{label} {'?' if score is None else round(score * 100)}"
        for label, score in scores.items()
    )
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    failed = ", ".join(sorted(_failed(report)))
    return f"{name:10} {figures}  CLS {shift:.3f}{f'  ({failed})' if failed else ''}"


def _failed(report: dict[str, Any]) -> Iterator[str]:
    for key in CATEGORIES:
        for audit in report["categories"][key]["auditRefs"]:
            score = report["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < 1:
                yield audit["id"]
