import pytest

from tests.importing.helpers import Importer


@pytest.fixture
def bring(tmp_path) -> Importer:
    return Importer(tmp_path)
