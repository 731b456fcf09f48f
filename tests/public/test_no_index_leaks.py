"""Lists answered by the index hide the same records as lists answered by PostgreSQL
(test_nothing_leaks).
"""

import pytest

from tests.public.test_nothing_leaks import check_nothing_leaks, make_archive

pytestmark = pytest.mark.django_db


def test_no_list_answered_from_the_index_shows_a_word_of_a_hidden_record(reindex):
    check_nothing_leaks(make_archive(reindex))
