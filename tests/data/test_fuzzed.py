"""Schemathesis asks for everything that the OpenAPI document allows and forbids, and
compares each answer with the document.
"""

from __future__ import annotations

import copy

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
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


@pytest.fixture
def _open_connection():
    """The server would close it, and with it the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def has_too_many_values(case):
    """The limit is one of all parameters together, which a schema cannot say."""
    lists = [each for each in (case.query or {}).values() if isinstance(each, list)]
    return sum(map(len, lists)) > MAX_VALUES


@pytest.mark.usefixtures("_seed", "reindex", "_open_connection")
@schema.parametrize()
def test_every_answer_is_one_that_the_document_describes(case):
    refused = [positive_data_acceptance] if has_too_many_values(case) else []
    case.call_and_validate(excluded_checks=refused)
