"""Search by meaning: what it changes, what it may not change, and life without it."""

import logging
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import numpy as np
import pytest
from django.conf import settings

from archive.meaning.client import Client
from archive.meaning.digests import digest
from archive.meaning.model import SIZE, Missing, Model
from archive.meaning.service import Busy, alone, serving
from archive.meaning.sockets import socket_of
from archive.meaning.vectors import VECTORS, Vectors
from archive.serving.meaning import read_new
from tests.factories import make_article, make_statement

JAIL = "The city must shut the prison on the island."
ISLAND = "The island must close its beach: close it, and close it now."
SCHOOLS = "Every pupil should have a free breakfast before class begins."
COURT = "A prison on an island is far from every court."
MEALS = "A free breakfast at school helps every child to learn."
QUESTION = "close the jail on the island"


@pytest.fixture(scope="module")
def model():
    return Model()


@contextmanager
def read_by(model):
    """Serves the meaning of all texts in the index."""
    folder = settings.MEANING_DIR
    with serving(folder, model, Vectors(folder)):
        read_new()
        yield


@pytest.fixture
def statements(db, reindex):
    made = {}
    for text in (JAIL, ISLAND, COURT, SCHOOLS, MEALS):
        article = make_article(f"“{text}”")
        made[text] = make_statement(text, article=article)
    reindex()
    return made


def texts(client, q, **parameters):
    page = client.get("/statements/", {"q": q, **parameters})
    return [row.text for row in page.context["listing"].page]


def test_what_means_the_same_comes_before_what_repeats_a_word(
    client, statements, model
):
    assert texts(client, QUESTION) == [ISLAND, JAIL, COURT]
    with read_by(model):
        assert texts(client, QUESTION) == [JAIL, ISLAND, COURT]
        # what is found, and every other order, are as without it
        assert texts(client, QUESTION, sort="oldest") == [JAIL, ISLAND, COURT]
        assert texts(client, '"close it now" jail') == [ISLAND]
        assert texts(client, "must close -jail -prison") == [ISLAND]
        # all the words side by side
        assert texts(client, "island must")[:1] == [ISLAND]
        assert "Search by meaning is on." in client.get("/help/search/").text
    assert texts(client, QUESTION) == [ISLAND, JAIL, COURT]
    assert "Search by meaning is off" in client.get("/help/search/").text


def test_a_page_names_similar_statements_that_are_public_now(client, statements, model):
    page = statements[SCHOOLS].get_absolute_url()
    assert "Similar statements" not in client.get(page).text
    with read_by(model):
        assert [row.text for row in client.get(page).context["similar"]] == [MEALS]
        other = statements[MEALS]
        other.status, other.withdrawn_reason = "withdrawn", "Not said."
        other.save()
        answer = client.get(page)
        assert answer.context["similar"] == []
        assert MEALS not in answer.text


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "meaning"


def answers(folder):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        return not asking.connect_ex(str(socket_of(folder)))


@contextmanager
def process(folder):
    command = [sys.executable, "-m", "archive.meaning", str(folder)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR) as running:
        try:
            end = time.monotonic() + 30
            while not answers(folder) and time.monotonic() < end:
                time.sleep(0.05)
            yield running
        finally:
            running.kill()


def test_a_killed_process_is_missed_in_one_line_and_its_vectors_remain(
    folder, caplog, capfd
):
    client = Client(folder)
    with process(folder) as running:
        client.add([JAIL, SCHOOLS])
        near, far = client.similarities(QUESTION, digests := known(JAIL, SCHOOLS))
        assert near > 0.5 > far
        with pytest.raises(Busy), alone(folder):
            pass
        running.send_signal(signal.SIGKILL)
        running.wait()
        with caplog.at_level(logging.WARNING):
            for _time in range(3):
                assert client.similarities(QUESTION, digests) == [None, None]
        assert [record.message[:40] for record in caplog.records] == [
            "Search by meaning does not answer (Conne"
        ]
        assert not client.is_on
    with process(folder) as running:
        assert Client(folder).unknown([*digests, 7]) == [7]
        running.terminate()
        assert running.wait(10) == 0
    assert not socket_of(folder).exists()


def known(*texts):
    return [digest(text) for text in texts]


def test_a_model_that_is_not_the_measured_one_is_refused(tmp_path):
    weights = tmp_path / "model.onnx"
    with pytest.raises(Missing, match=r"model\.onnx cannot be read"):
        Model(weights)
    weights.write_bytes(b"other weights")
    with pytest.raises(Missing, match="not the file that was measured"):
        Model(weights)


@pytest.mark.parametrize(
    "question", ["", "[]", "{}", '{"text": 1}', '{"unknown": [-1]}', '{"known": "x"}']
)
def test_a_faulty_question_gets_an_error_and_the_next_an_answer(
    folder, model, question
):
    with serving(folder, model, Vectors(folder)):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
            asking.connect(str(socket_of(folder)))
            asking.sendall(question.encode() + b"\n")
            assert b'{"error": "' in asking.makefile("rb").readline()
        assert Client(folder).unknown([5]) == [5]


def random_vectors(count, seed=1):
    vectors = np.random.default_rng(seed).normal(size=(count, SIZE))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def test_vectors_outlive_a_torn_write_and_forget_what_is_not_kept(folder):
    made = random_vectors(5)
    Vectors(folder).add(range(1, 6), made)
    with (folder / VECTORS).open("ab") as file:
        file.write(b"torn")
    vectors = Vectors(folder)
    assert (folder / VECTORS).stat().st_size == 5 * SIZE
    vectors.add([3, 9], [made[0], made[1]])
    assert vectors.unknown([3, 4, 8, 9]) == [8]
    assert vectors.similarities(made[2], [3, 8]) == [pytest.approx(1, abs=0.01), None]
    vectors.keep({2, 9})
    for read in (vectors, Vectors(folder)):
        assert len(read) == 2
        assert read.similarities(made[1], [9, 3]) == [pytest.approx(1, abs=0.01), None]


def test_the_nearest_by_signs_and_bits_are_the_nearest(folder):
    made = random_vectors(3_000)
    made[100:110] += made[0] * 0.7  # ten that are near to the first
    vectors = Vectors(folder)
    vectors.add(range(1, 3_001), list(made))
    near = vectors.nearest(1, 10)
    assert {digest for digest, _cosine in near} == set(range(101, 111))
    exact = [float(made[0] @ one / np.linalg.norm(one)) for one in made[100:110]]
    cosines = [cosine for _digest, cosine in near]
    assert cosines == pytest.approx(sorted(exact, reverse=True), abs=0.01)
    assert cosines == sorted(cosines, reverse=True)
    assert vectors.nearest(9_999, 10) == []
