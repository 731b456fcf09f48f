"""One client may ask for dear pages so often, however many workers there are."""

import multiprocessing

import pytest
from django.test import Client, override_settings

from archive.pages import costly
from archive.pages.costly import BURST, PER_SECOND, Buckets

pytestmark = pytest.mark.django_db
STRANGER = "203.0.113.7"


@pytest.fixture
def limits(tmp_path, changed_code):
    with override_settings(DATA_DIR=tmp_path):
        yield


def get(path, client=STRANGER, **headers):
    return Client(REMOTE_ADDR=client).get(path, headers=headers)


def pour(path, count, results):
    buckets = Buckets(path)
    results.put(sum(not buckets.pour(STRANGER, 1, now=50.0) for _ in range(count)))


def test_the_limit_holds_over_several_processes(tmp_path):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    arguments = (tmp_path / "limits", BURST, results)
    workers = [context.Process(target=pour, args=arguments) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert sum(results.get(timeout=20) for _ in workers) == BURST
    for worker in workers:
        worker.join()


def test_a_client_may_ask_again_after_the_seconds_named(tmp_path):
    buckets = Buckets(tmp_path / "limits")
    assert [buckets.pour("a", 1, now=9.0) for _ in range(BURST)] == [0.0] * BURST
    wait = buckets.pour("a", 1, now=9.0)
    assert wait == pytest.approx(1 / PER_SECOND)
    assert buckets.pour("b", 1, now=9.0) == 0
    assert buckets.pour("a", 1, now=9.01 + wait) == 0
    assert buckets.pour("a", 1, now=1.0) == 0  # the machine was started again


def test_a_client_beyond_the_limit_gets_429_and_still_every_plain_page(
    limits, monkeypatch
):
    monkeypatch.setattr(costly, "PER_SECOND", 0.001)
    statuses = [get("/search/?q=a").status_code for _ in range(BURST + 2)]
    assert statuses == [200] * BURST + [429] * 2
    refused = get("/api/v1/statements/")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert get("/about/").status_code == 200
    assert get("/search/?q=a", "203.0.113.8").status_code == 200
    assert get("/search/?q=a", "127.0.0.1").status_code == 200


def test_the_client_is_whom_our_outermost_proxy_names(limits, rf):
    forged = {"HTTP_X_FORWARDED_FOR": f"1.1.1.1, {STRANGER}, 10.0.0.2"}
    with override_settings(PROXIES=2):
        assert costly.sender_of(rf.get("/", **forged)) == STRANGER
    with override_settings(PROXIES=0, HTTPS=False):
        assert costly.sender_of(rf.get("/", **forged)) == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "cost"),
    [
        ("/about/", 0),
        ("/admin/?q=a", 0),
        ("/statements/?q=a", 1),
        ("/compare/", 1),
        ("/positions.csv", 5),
        ("/statements/abc/card.png", 0),
    ],
)
def test_files_count_more_than_questions_and_plain_pages_nothing(rf, path, cost):
    assert costly.cost_of(rf.get(path)) == cost
