"""A client that openapi-python-client writes from the document reads the API."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler

from archive.data.reference import document
from archive.ingest import load_seed
from statements.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.volume]
GENERATOR = Path(sys.executable).with_name("openapi-python-client")


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """Imports a module of the generated package."""
    described, settings = tmp_path / "openapi.json", tmp_path / "settings.yml"
    described.write_text(json.dumps(document()))
    settings.write_text("post_hooks: []\n")
    command = [str(GENERATOR), "generate", "--path", str(described), "--meta", "none"]
    command += ["--config", str(settings), "--output-path", str(tmp_path / "reader")]
    done = subprocess.run(
        [*command, "--fail-on-warning"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(tmp_path)
    yield lambda name: importlib.import_module(f"reader.{name}")
    for name in [each for each in sys.modules if each.split(".")[0] == "reader"]:
        del sys.modules[name]


@pytest.mark.usefixtures("open_connection")
def test_a_generated_client_reads_a_list_a_record_and_a_search(generated, reindex):
    load_seed()
    reindex()
    transport = httpx.WSGITransport(app=WSGIHandler())
    with generated("client").Client(
        base_url="http://testserver", httpx_args={"transport": transport}
    ) as client:
        page = generated("api.statements.statements").sync(
            client=client, form=["direct"], size=3, sort="oldest", facets=True
        )
        again = generated("api.statements.statements").sync(
            client=client, form=["direct"], size=3, sort="oldest", cursor=page.cursor
        )
        direct = Statement.objects.public().filter(form="direct")
        uids = [each.uid for each in page.results + again.results]
        assert page.total == len(uids) == len(set(uids)) == direct.count()
        assert {*uids} == {each.uid for each in direct}
        assert "speaker" in {facet.name for facet in page.facets}
        record = generated("api.statements.statements_record").sync(
            uids[0], client=client
        )
        stored = direct.get(uid=uids[0])
        assert record.text == stored.text
        assert [each.exact for each in record.passages] == [
            each.exact for each in stored.passages.all()
        ]
        hits = generated("api.search.search").sync(client=client, q="Rikers Island")
        assert hits.total > 0
        assert hits.kinds.additional_properties[hits.kind] == hits.total
        problem = generated("api.statements.statements").sync(
            client=client, since="yesterday"
        )
        assert [*problem.parameters.additional_properties] == ["since"]
