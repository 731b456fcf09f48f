"""A long article: the queries of the workbench do not grow with its cards."""

import pytest

from archive.devtools import sample_article
from archive.models import Suggestion
from tests.desk.helpers import OnDesk

pytestmark = pytest.mark.django_db
MOST_QUERIES = 45


def opened(client, quotations, django_assert_max_num_queries):
    desk = OnDesk(client, text=sample_article.text(quotations * 30, quotations))
    desk.open()
    with django_assert_max_num_queries(MOST_QUERIES) as queries:
        desk.open()
    assert Suggestion.objects.filter(article=desk.article).count() == quotations
    return desk, len(queries)


def test_queries_do_not_grow_with_the_cards(editor, django_assert_max_num_queries):
    _desk, few = opened(editor, 10, django_assert_max_num_queries)
    _desk, many = opened(editor, 60, django_assert_max_num_queries)
    assert many <= few


def test_looking_for_changes_takes_few_queries(editor, django_assert_max_num_queries):
    desk, _count = opened(editor, 10, django_assert_max_num_queries)
    with django_assert_max_num_queries(12):
        desk.client.get(f"{desk.url}changes/")
