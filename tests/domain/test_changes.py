"""The change log with overlapping transactions."""

import threading
from contextlib import contextmanager

import pghistory
import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction

from archive.core.revision import archive_revision
from archive.models import Article, Change
from statements.models import Speaker, StatementPassage
from tests.factories import (
    add_passage,
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.rules import refused, sql

pytestmark = pytest.mark.django_db


def logged(change):
    """Returns what the log contains for it, as a set of (model, record, operation)."""
    before = Change.objects.count()
    change()
    return set(
        Change.objects.order_by("id").values_list("model", "record", "operation")[
            before:
        ]
    )


@contextmanager
def another_session():
    """Yields a function that runs its argument in one long transaction of a second
    connection, step by step.
    """
    steps, done = [], threading.Event()
    turn, answered = threading.Semaphore(0), threading.Semaphore(0)

    def session():
        try:
            with transaction.atomic():
                while turn.acquire() and not done.is_set():
                    steps.pop(0)()
                    answered.release()
        finally:
            connections.close_all()

    def step(action):
        steps.append(action)
        turn.release()
        assert answered.acquire(timeout=30)

    def commit():
        done.set()
        turn.release()
        thread.join(30)

    step.commit = commit
    thread = threading.Thread(target=session)
    thread.start()
    try:
        yield step
    finally:
        commit()


def test_a_change_is_logged_however_it_was_made():
    article = make_article()
    expected = {("archive.article", article.pk, "update")}
    article.headline = "saved"
    assert logged(article.save) == expected
    assert logged(lambda: Article.objects.update(headline="updated")) == expected
    assert (
        logged(lambda: sql("UPDATE archive_article SET headline = 'raw'")) == expected
    )
    assert logged(lambda: Article.objects.update(headline="raw")) == set()


def test_bulk_writes_log_every_row():
    inserted = logged(
        lambda: Speaker.objects.bulk_create([Speaker(name=str(n)) for n in range(50)])
    )
    assert len(inserted) == 50
    assert {
        operation for *_, operation in logged(lambda: Speaker.objects.all().delete())
    } == {"delete"}


def test_child_and_join_tables_log_their_owner():
    statement, topic = make_statement(), make_topic()
    expected = ("statements.statement", statement.pk)
    assert (*expected, "insert") in logged(lambda: statement.topics.add(topic))
    assert (*expected, "delete") in logged(statement.topics.clear)
    assert (*expected, "insert") in logged(
        lambda: add_passage(statement, "And we win.", 2)
    )
    assert (*expected, "delete") in logged(
        lambda: statement.passages.filter(ordinal=2).delete()
    )
    speaker = statement.speaker
    assert logged(
        lambda: speaker.affiliations.create(is_published=True, title="x")
    ) == {("statements.speaker", speaker.pk, "insert")}


def test_proposals_and_positions_log_what_hangs_on_them():
    proposal, topic = make_listed(), make_topic()
    assert ("policies.proposal", proposal.pk, "insert") in logged(
        lambda: proposal.topics.add(topic)
    )
    assert ("policies.proposal", proposal.pk, "insert") in logged(
        lambda: proposal.identifiers.create(scheme="council", identifier="Int 1")
    )
    assert ("policies.proposal", proposal.pk, "delete") in logged(
        proposal.identifiers.all().delete
    )
    position = make_position()
    statement = make_statement()
    assert logged(lambda: position.evidence.add(statement)) == {
        ("policies.position", position.pk, "insert")
    }
    assert logged(position.evidence.clear) == {
        ("policies.position", position.pk, "delete")
    }


def test_a_passage_that_changes_hands_logs_both_owners():
    one = make_statement()
    two = make_statement("We will fight,", article=one.article)
    add_passage(two, "And we win.", 2)
    moved = logged(
        lambda: StatementPassage.objects.filter(statement=two, ordinal=2).update(
            statement=one
        )
    )
    assert {
        record for model, record, _ in moved if model == "statements.statement"
    } == {one.pk, two.pk}


def test_every_editorial_table_writes_to_the_log():
    article = make_article()
    made = {
        "archive.article": make_article,
        "archive.topic": make_topic,
        "statements.speaker": make_speaker,
        "statements.statement": lambda: make_statement(article=article),
        "policies.proposallist": lambda: make_list(article=article),
        "policies.proposal": make_proposal,
        "policies.position": make_position,
        "policies.check": lambda: make_proposal().checks.create(
            speaker=make_speaker(), checked_on="2024-12-12", where="the minutes"
        ),
    }
    for label, make in made.items():
        assert label in {model for model, *_ in logged(make)}, label


def test_the_log_only_grows():
    make_speaker()
    for change in (
        lambda: Change.objects.update(model="x"),
        lambda: Change.objects.all().delete(),
        lambda: sql("UPDATE archive_change SET xid = 0, record = 1"),
    ):
        with refused("change_immutable"):
            change()
    Change.objects.update(xid=0)  # after a restore into another server


@pytest.mark.django_db(transaction=True)
def test_no_change_is_missed_when_commits_overtake_each_other():
    with another_session() as elsewhere:
        elsewhere(
            lambda: sql("SELECT pg_current_xact_id()")
        )  # the lower transaction id ...
        quick = make_speaker()
        seen, mark = Change.since()  # at once, although an older transaction is open
        assert seen == {("statements.speaker", quick.pk)}
        elsewhere(lambda: make_speaker(name="slow"))
        last = make_speaker()
        seen, mark = Change.since(mark)
        assert ("statements.speaker", last.pk) in seen
    slow = Speaker.objects.get(name="slow")  # ... commits last
    seen, mark = Change.since(mark)
    assert ("statements.speaker", slow.pk) in seen


@pytest.mark.django_db(transaction=True)
def test_the_revision_differs_after_each_commit_also_of_a_lower_id():
    revisions = [archive_revision()]
    with another_session() as elsewhere:
        elsewhere(lambda: make_speaker(name="slow"))
        assert archive_revision() == revisions[0]  # nothing has been committed yet
        make_speaker()
        revisions.append(archive_revision())
        newest = Change.objects.order_by("-id").first().pk
    assert (
        Change.objects.order_by("-id").first().pk == newest
    )  # the highest id has not changed
    revisions.append(archive_revision())
    make_speaker()
    revisions.append(archive_revision())
    assert len(set(revisions)) == 4


@pytest.mark.django_db(transaction=True)
def test_the_revision_differs_also_when_the_younger_transaction_has_the_lower_id():
    make_speaker(name="old")
    topic = make_topic()
    with another_session() as elder:
        elder(
            lambda: sql("SELECT 1 FROM statements_speaker FOR UPDATE")
        )  # the lower transaction id
        with another_session() as younger:
            younger(
                lambda: sql(
                    "UPDATE archive_topic SET name = 'new' WHERE id = %s", topic.pk
                )
            )  # the lower row id
            elder(lambda: sql("UPDATE statements_speaker SET name = 'new'"))
            revisions = [archive_revision()]
            elder.commit()
            revisions.append(archive_revision())
        revisions.append(archive_revision())
    assert len(set(revisions)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_rolled_back_leaves_no_trace():
    revision = archive_revision()
    with transaction.atomic():
        make_speaker()
        transaction.set_rollback(True)
    assert (Change.since()[0], archive_revision()) == (set(), revision)


def test_history_knows_who_changed_what():
    article = make_article(headline="old")
    user = User.objects.create(username="ann")
    with pghistory.context(user=user.pk):
        Article.objects.filter(pk=article.pk).update(headline="new")
    event = article.events.latest("pgh_id")
    assert (event.pgh_label, event.headline) == ("update", "new")
    assert event.pgh_context.metadata == {"user": user.pk}


def test_history_keeps_deleted_records_and_links():
    statement, topic = make_statement(status="draft"), make_topic()
    statement.topics.add(topic)
    statement.topics.clear()
    key = statement.pk
    statement.delete()
    assert sql(
        "SELECT count(*) FROM statements_statementevent WHERE id = %s AND pgh_label = "
        "'delete'",
        key,
    ) == [(1,)]
    assert sql(
        "SELECT count(*) FROM statements_statementtopicevent WHERE statement_id = %s",
        key,
    ) == [(2,)]


def test_history_cannot_be_rewritten():
    article = make_article()
    with (
        pytest.raises(Exception, match=r"Cannot (update|delete)"),
        transaction.atomic(),
    ):
        article.events.update(headline="never was")
