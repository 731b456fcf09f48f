"""The examples of /help/data/ run as they stand on the page."""

import re
import subprocess
import sys
from html import unescape

import duckdb
import pytest
from django.test import Client

from archive.ingest import load_seed

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_examples_for_curl_pandas_and_duckdb_run(live_server, tmp_path):
    load_seed()
    host = live_server.url.removeprefix("http://")
    page = Client(headers={"host": host}).get("/help/data/").content.decode()
    blocks = re.findall(r'<pre data-runs="([^"]+)"><code>(.*?)</code>', page, re.S)
    examples = {name: unescape(text) for name, text in blocks}
    assert len(examples) == 16
    for name, text in examples.items():
        if name.startswith("curl"):
            command = ["bash", "-c", text]
        elif name.startswith("pandas"):
            command = [sys.executable, "-W", "ignore", "-c", text]
        else:
            continue
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (name, done.stderr)
    rows = {
        name: duckdb.sql(re.sub(r"'(\w+\.\w+)'", rf"'{tmp_path}/\1'", query)).fetchall()
        for name, query in examples.items()
        if name.startswith("duckdb")
    }
    for name in ("duckdb-file", "duckdb-api"):
        assert sum(count for _value, count in rows[name]) == 6, name
    assert len(rows["duckdb-feed"]) == 6
    assert rows["duckdb-changes"][0][1] > 6
    ((title, address),) = rows["duckdb-cite-record"]
    assert title
    assert address.startswith(live_server.url)
