"""The Nu HTML checker's verdict on the pages and style sheets."""

import json
import re
import subprocess

import pytest

from archive.devtools import programs
from archive.setup.packages import ROOT

pytestmark = pytest.mark.browser


def complaints(paths):
    jar = programs.node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = programs.program("default-jre-headless", "java")
    command = [
        java,
        "-Xss1m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--also-check-css",
        "--exit-zero-always",
        *paths,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{message['url'].rsplit('/', 1)[-1]}:{message.get('lastLine')} "
        f"{message['message']} | {message.get('extract', '')}"
        for message in json.loads(done.stderr)["messages"]
    ]


def test_the_checker_has_nothing_to_say_about_any_page_or_style_sheet(saved_pages):
    messages = complaints(
        [*saved_pages, *map(str, sorted((ROOT / "static").glob("*.css")))]
    )
    assert not messages, "\n".join(messages)


def test_the_checker_notices_a_mistake(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a>")
    sheet = tmp_path / "sheet.css"
    sheet.write_text("p{colour:red}")
    output = "\n".join(complaints([str(page), str(sheet)]))
    assert re.search("page.html:. Duplicate ID", output)
    assert re.search("sheet.css:. .*colour", output)
