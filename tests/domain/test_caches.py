"""A cached value is valid for one revision, and caches can be cleared at once."""

import pytest

from archive.core import caches
from archive.core.caches import Cache
from tests.factories import make_article


def test_an_entry_is_made_once_for_each_revision():
    cache: Cache[str] = Cache(10)
    assert cache.get(1, "key", lambda: "first") == "first"
    assert cache.get(1, "key", lambda: "second") == "first"
    assert cache.get(2, "key", lambda: "third") == "third"
    assert cache.get(1, "key", lambda: "fourth") == "fourth"


def test_a_full_cache_begins_anew():
    cache: Cache[int] = Cache(2)
    for index in range(3):
        cache.get(1, index, lambda index=index: index)
    assert cache.get(1, 0, lambda: 9) == 9
    assert cache.get(1, 2, lambda: 9) == 2


def test_a_slower_thread_puts_nothing_older_into_the_hands_of_a_faster_one():
    cache: Cache[str] = Cache(10)

    def slow() -> str:
        assert (
            cache.get(2, "key", lambda: "newer") == "newer"
        )  # the faster thread, while the slower one works
        return "older"

    assert cache.get(1, "key", slow) == "older"
    assert cache.get(2, "key", lambda: "made again") == "newer"


@pytest.mark.django_db
def test_what_is_remembered_by_revision_ends_with_it():
    assert caches.by_revision("test", lambda: 1) == 1
    assert caches.by_revision("test", lambda: 2) == 1
    make_article()
    assert caches.by_revision("test", lambda: 3) == 3


def test_clear_all_empties_every_cache():
    cache: Cache[int] = Cache(10)
    constant = caches.constant(object)
    before = constant()
    cache.get(1, "key", lambda: 1)
    caches.clear_all()
    assert (cache.get(1, "key", lambda: 2), constant() is before) == (2, False)
