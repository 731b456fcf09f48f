"""The index follows what is committed, by any process, and is rebuilt if it is
unusable.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test import Client

from archive import search
from archive.listing import answer
from archive.models import Change, Setting
from archive.search import repair
from archive.serving import indexing
from statements.filters import StatementFilterSet
from statements.models import Statement
from tests.editing.conftest import make_account, signed_in
from tests.factories import (
    make_article,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db(transaction=True)
client = Client()


def statement_count(query=""):
    """Returns the number of statements that the index finds."""
    from django.http import QueryDict

    filterset = StatementFilterSet(
        QueryDict(query), queryset=Statement.objects.public().dated()
    )
    assert filterset.is_valid()
    answered = answer.answer(filterset.question, filterset.countable)
    return answered.total if answered else None


def say(text, **fields):
    return make_statement("taxes will fall", form="indirect", text=text, **fields)


def eventually(is_so, patience=20):
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_an_editor_writes_is_found_by_the_next_request(reindex):
    statement, editor = say("Harbors freeze."), signed_in(make_account("Edda"))
    assert statement_count("q=harbors") == 0
    editor.post("/statements/")  # any request that may write
    assert statement_count("q=harbors") == 1
    Statement.objects.filter(pk=statement.pk).update(status="withdrawn")
    editor.post("/statements/")
    assert statement_count("q=harbors") == 0
    assert statement_count() == 0


def test_a_reader_who_changes_colours_waits_for_no_writer_of_the_index(
    reindex, monkeypatch
):
    monkeypatch.setattr(indexing, "refresh", lambda: pytest.fail("asked"))
    assert client.post("/theme/", {"theme": "dark"}).status_code == 302


def test_a_renamed_speaker_is_found_by_the_new_name_at_once(reindex):
    statement = say("Harbors freeze.", speaker=make_speaker(name="Ann Lee"))
    statement.speaker.name = "Ann Moore"
    statement.speaker.save()
    indexing.refresh()
    assert (statement_count("q=moore"), statement_count("q=lee")) == (1, 0)


def test_evidence_taken_away_takes_the_position_from_the_statement(reindex):
    statement = say("Harbors freeze.")
    position = make_position(
        statement,
        proposal=make_proposal(),
        stance="opposes",
        source_url="https://example.org/roll-call",
    )
    indexing.refresh()
    assert statement_count("stance=opposes") == 1
    position.evidence.clear()
    indexing.refresh()
    assert statement_count("stance=opposes") == 0


def test_a_record_published_while_others_are_read_disturbs_nothing_and_is_found_later(
    reindex, monkeypatch
):
    say("Harbors freeze.")
    late = say(
        "Late harbors.", status="draft", speaker=make_speaker(), article=make_article()
    )
    speaker = StatementFilterSet.base_filters["speaker"]
    read = speaker.values

    def meanwhile(rows):
        Statement.objects.filter(pk=late.pk).update(status="published")
        return read(rows)

    monkeypatch.setattr(speaker, "values", meanwhile)
    indexing.rebuild()
    assert statement_count("q=harbors") == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_folder_that_cannot_be_written_stops_no_page(method, search_folder):
    search_folder.write_text("A file where the folder should be.")
    statement, editor = say("Harbors freeze."), signed_in(make_account("Edda"))
    page = (
        editor.get("/statements/?q=harbors")
        if method == "get"
        else editor.post("/statements/")
    )
    assert page.status_code == (200 if method == "get" else 405)
    assert method == "post" or statement.get_absolute_url() in page.content.decode()


def test_nothing_changed_means_nothing_is_written(reindex):
    say("Harbors freeze.")
    assert indexing.refresh() > 0
    assert statement_count() == 1
    before = search.index().stamp
    assert indexing.refresh() == 0
    assert statement_count() == 1
    assert search.index().stamp == before


def test_two_machines_follow_one_database(reindex, settings, tmp_path):
    here, there = settings.SEARCH_DIR, tmp_path / "there"
    settings.SEARCH_DIR = there
    indexing.rebuild()
    say("Harbors freeze.")
    for folder in (here, there):
        settings.SEARCH_DIR = folder
        assert statement_count("q=harbors") == 0
        indexing.refresh()
        assert statement_count("q=harbors") == 1


@contextmanager
def open_write(text):
    """Opens another connection that has written and not committed yet."""
    written, may_commit = threading.Event(), threading.Event()

    def write():
        try:
            with transaction.atomic():
                say(text)
                written.set()
                may_commit.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    written.wait(20)
    yield
    may_commit.set()
    thread.join()


def test_a_write_that_commits_late_is_not_missed_and_holds_nobody_up(reindex):
    with open_write("Late harbors."):
        say("Early harbors.")
        indexing.refresh()
        assert (statement_count("q=early"), statement_count("q=late")) == (1, 0)
    indexing.refresh()
    assert (statement_count("q=early"), statement_count("q=late")) == (1, 1)


def test_a_follower_sees_what_others_commit(reindex):
    done = threading.Event()
    thread = threading.Thread(target=indexing.follow, args=(done.is_set,))
    thread.start()
    try:
        time.sleep(0.3)
        say("Harbors freeze.")
        start = time.monotonic()
        eventually(lambda: statement_count("q=harbors") == 1)
        assert (
            time.monotonic() - start < indexing.WAIT_SECONDS
        )  # by the notification, not by the next poll
    finally:
        done.set()
        make_topic()  # one more notification, so that it polls
        thread.join()


DAMAGES = {
    "missing": lambda index: (index.folder / "CURRENT").unlink(),
    "older format": lambda index: index.folder.rename(index.folder.with_name("0")),
    "cut": lambda index: [
        os.truncate(file, 3) for file in index.folder.glob("*/*.idx")
    ],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_usable_index_pages_are_answered_and_it_is_built_anew(
    damage, reindex, settings, monkeypatch
):
    statement, started = say("Harbors freeze."), []
    indexing.refresh()
    monkeypatch.setattr(
        repair.subprocess,
        "Popen",
        lambda command, **_options: started.append(command) or Process(),
    )
    settings.SEARCH_MENDS = True
    DAMAGES[damage](search.index())
    search._index.cache_clear()  # as in a new process
    for path in ("/statements/?q=harbors", "/search/?q=harbors"):
        page = client.get(path).content.decode()
        assert statement.get_absolute_url() in page, path
        assert "The search index is being built" in page
    assert [command[-2:] for command in started] == [["index", "--rebuild"]]
    call_command("index", verbosity=0)
    assert statement_count("q=harbors") == 1


class Process:
    def poll(self):
        return None


def test_an_index_of_another_database_is_not_believed_and_its_changes_become_history(
    reindex, monkeypatch
):
    say("Harbors freeze.")
    indexing.refresh()
    monkeypatch.setattr(answer, "database", lambda: "restored")
    monkeypatch.setattr(indexing, "database", lambda: "restored")
    assert statement_count() is None
    indexing.rebuild()
    assert statement_count("q=harbors") == 1
    assert set(Change.objects.values_list("xid", flat=True)) == {0}
    assert Setting.objects.get(key="database").value == "restored"
    say("Rivers freeze.")
    indexing.refresh()
    assert statement_count("q=rivers") == 1


def test_the_command_says_what_it_did_and_gives_way_to_another(capsys, search_folder):
    say("Harbors freeze.")
    call_command("index")
    assert "records indexed" in capsys.readouterr().out
    call_command("index")
    assert capsys.readouterr().out == "0 records updated.\n"
    with (
        search.index().locked("build", 0),
        pytest.raises(CommandError, match="Another process"),
    ):
        call_command("index", "--rebuild")


def test_healthz_tells_database_index_position_and_lag(search_folder):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "ok", "index": {"state": "missing"}},
    )
    assert "no-store" in answer.headers["Cache-Control"]
    indexing.rebuild()
    say("Harbors freeze.")
    behind = client.get("/healthz").json()["index"]
    assert (behind["state"], behind["behind"] > 0, behind["lag"] >= 0) == (
        "ready",
        True,
        True,
    )
    indexing.refresh()
    now = client.get("/healthz").json()["index"]
    assert (now["behind"], now["lag"], now["position"] > behind["position"]) == (
        0,
        0.0,
        True,
    )


def test_healthz_is_503_without_a_database(monkeypatch):
    def away(*_arguments):
        raise OperationalError

    monkeypatch.setattr(Change.objects, "order_by", away)
    assert client.get("/healthz").status_code == 503
