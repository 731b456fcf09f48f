"""Schemathesis asks for everything that the OpenAPI document allows and forbids, and
compares each answer with the document.
"""

from __future__ import annotations

import copy

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive.data.reference import document
from archive.ingest import load_seed
from archive.listing.forms import MAX_VALUES
from archive.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.volume]
CONFIG = {
    "seed": 1,
    "generation": {"max-examples": 10, "database": "none"},
    "phases": {"coverage": {"enabled": True}},
}
schema = schemathesis.openapi.from_dict(
    copy.deepcopy(document()), config=SchemathesisConfig.from_dict(CONFIG)
)
schema.app = application


@pytest.fixture(scope="module")
def _seed(records_of_module):
    load_seed()


def has_too_many_values(case):
    """The limit is one of all parameters together, which a schema cannot say."""
    lists = [each for each in (case.query or {}).values() if isinstance(each, list)]
    return sum(map(len, lists)) > MAX_VALUES


@pytest.mark.usefixtures("_seed", "reindex", "open_connection")
@schema.parametrize()
def test_every_answer_is_one_that_the_document_describes(case):
    refused = [positive_data_acceptance] if has_too_many_values(case) else []
    case.call_and_validate(excluded_checks=refused)
