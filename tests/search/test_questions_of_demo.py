"""The forty questions, asked of the demo's archive."""

import pytest

from archive.devtools.benchmarks import questions
from archive.ingest import load_seed
from archive.serving import first_start
from archive.serving.synonyms import load_synonyms

RIGHT = 18  # of each twenty, at least

pytestmark = [pytest.mark.django_db, pytest.mark.volume]


@pytest.fixture(scope="module")
def _demo(records_of_module):
    load_seed()
    load_synonyms("seed")
    first_start.load_demo(lambda _line: None)


@pytest.mark.usefixtures("_demo")
def test_eighteen_of_each_twenty_questions_are_answered_right(reindex):
    for name, listed in questions.load().items():
        wrong = [
            each["q"]
            for each in listed
            if not questions.is_right(each, *questions.results(each["q"]))
        ]
        assert len(listed) - len(wrong) >= RIGHT, (name, wrong)
