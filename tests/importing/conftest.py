import pytest

from archive.core import roles
from tests.editing.conftest import make_account
from tests.importing.helpers import Importer


@pytest.fixture
def bring(tmp_path) -> Importer:
    return Importer(tmp_path)


@pytest.fixture
def editor(db):
    return make_account("Edda", roles.EDITOR)
