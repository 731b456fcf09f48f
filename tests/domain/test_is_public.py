"""`is_public` matches the statuses of a record and its parents, however and in whatever
order they change.
"""

import functools
import itertools
import random
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import IntegrityError

from archive.audit.visibility import PUBLISHABLE, should_be_public, visibility
from archive.core.rules import checked
from archive.editing import workflow
from archive.models import Article, Change
from policies.models import Position, Proposal, ProposalList
from statements.models import Statement
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.rules import sql
from tests.sessions import at_once, overlapping

pytestmark = pytest.mark.django_db


RECORDS = PUBLISHABLE[:5]  # the models with parents or children
PUBLIC_COUNTS = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM {model._meta.db_table} WHERE is_public)"
    for model in RECORDS
)


def unlike_the_second_opinion() -> list:
    """Returns the records whose `is_public` differs from what the statuses of record
    and parents imply.
    """
    return sql(*_second_opinion())


@functools.cache
def _second_opinion() -> tuple:
    """One statement for all models, made once: it is asked after every change."""
    parts, parameters = [], []
    for model in RECORDS:
        expected = model.objects.filter(should_be_public(model)).order_by()
        query, values = expected.values("pk").query.sql_with_params()
        parts.append(
            f"SELECT '{model.__name__}', id FROM {model._meta.db_table}"
            f" WHERE is_public IS DISTINCT FROM (id IN ({query}))"
        )
        parameters += values
    return " UNION ALL ".join(parts), *parameters


def is_public(record) -> bool:
    return type(record).objects.values_list("is_public", flat=True).get(pk=record.pk)


def set_status(record, status: str) -> None:
    type(record).objects.filter(pk=record.pk).update(status=status)


@pytest.fixture
def family() -> dict:
    """Creates an article with a statement and a list, a proposal in the list, and a
    position with the statement as evidence.
    """
    article, speaker = make_article(), make_speaker()
    statement = make_statement(article=article, speaker=speaker)
    proposal_list = make_list(article=article)
    proposal = make_listed(proposal_list=proposal_list)
    position = make_position(
        statement, speaker=speaker, proposal=proposal, basis="own_words"
    )
    return {
        "article": article,
        "statement": statement,
        "list": proposal_list,
        "proposal": proposal,
        "position": position,
    }


def test_children_follow_their_parents(family):
    hidden_with = {
        "article": {"article", "statement", "list", "proposal", "position"},
        "list": {"list", "proposal", "position"},
        "proposal": {"proposal", "position"},
        "statement": {"statement", "position"},
        "position": {"position"},
    }
    for name, hidden in hidden_with.items():
        for status in ("withdrawn", "draft", "in_review"):
            set_status(family[name], status)
            assert {
                each for each, record in family.items() if not is_public(record)
            } == hidden, (name, status)
        set_status(family[name], "published")
        assert all(is_public(record) for record in family.values()), name


def test_writing_it_by_hand_has_no_effect(family):
    statement = family["statement"]
    set_status(family["article"], "draft")
    Statement.objects.update(is_public=True)
    sql("UPDATE statements_statement SET is_public = true")
    sql("UPDATE statements_statement SET is_public = NULL")
    statement.is_public = True
    statement.save()
    assert not is_public(statement)
    assert not make_proposal(status="draft", is_public=True).is_public
    set_status(family["article"], "published")
    Statement.objects.bulk_update(
        [Statement(pk=statement.pk, is_public=False)], ["is_public"]
    )
    sql("UPDATE statements_statement SET is_public = false")
    assert is_public(statement)


def test_it_is_no_part_of_history_updated_at_fixtures_or_forms(family):
    statement = Statement.objects.get(pk=family["statement"].pk)
    before = Statement.pgh_event_model.objects.count(), statement.updated_at
    set_status(family["article"], "withdrawn")
    statement.refresh_from_db()
    assert (Statement.pgh_event_model.objects.count(), statement.updated_at) == before
    for model in PUBLISHABLE:
        field = model._meta.get_field("is_public")
        assert not field.editable
        assert "is_public" not in {
            each.name for each in model.pgh_event_model._meta.fields
        }
    assert "is_public" not in serializers.serialize("json", [statement])


def test_the_change_log_gets_one_row_for_each_record_that_appears_or_disappears(family):
    for status in ("withdrawn", "published"):
        before = Change.objects.count()
        set_status(family["article"], status)
        rows = Change.objects.order_by("id").values_list(
            "model", "record", "operation"
        )[before:]
        expected = [
            (record._meta.label_lower, record.pk, "update")
            for record in family.values()
        ]
        assert sorted(rows) == sorted(expected)


def test_a_change_of_anything_else_leaves_the_log_of_children_alone(family):
    before = Change.objects.count()
    Article.objects.update(headline="Another")
    assert Change.objects.count() == before + 1


def test_evidence_that_comes_or_goes_shows_or_hides_its_position(family):
    position, speaker = family["position"], family["position"].speaker
    other = make_statement(speaker=speaker)
    position.evidence.add(other)
    set_status(family["statement"], "withdrawn")
    assert is_public(position)
    position.evidence.remove(other)
    assert not is_public(position)
    Position.objects.filter(pk=position.pk).update(
        source_url="https://example.org/speech"
    )
    assert is_public(position)


def test_words_that_become_somebody_elses_no_longer_show_the_position(family):
    position, statement = family["position"], family["statement"]
    Position.objects.filter(pk=position.pk).update(
        source_url="https://example.org/speech"
    )
    set_status(statement, "draft")
    Statement.objects.filter(pk=statement.pk).update(speaker=make_speaker())
    Position.objects.filter(pk=position.pk).update(source_url="", status="draft")
    set_status(statement, "published")
    assert not is_public(position)


def test_a_record_cannot_come_before_what_it_hangs_from():
    with pytest.raises(IntegrityError), checked():
        Statement.objects.create(
            article_id=999_999,
            speaker=make_speaker(),
            form="indirect",
            status="published",
        )


class Walk:
    """Makes random changes to a small archive, each by a random way of writing; the
    database may refuse some of them.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.speakers = [make_speaker() for _ in range(2)]
        self.articles = [make_article() for _ in range(2)]
        self.statements = [
            make_statement(article=article, speaker=speaker)
            for article in self.articles
            for speaker in self.speakers
        ]
        lists = [make_list(article=article) for article in self.articles]
        proposals = [make_listed(proposal_list=each) for each in lists]
        proposals += [make_proposal(), make_proposal(article=self.articles[0])]
        for statement, proposal in itertools.product(self.statements[:2], proposals):
            make_position(
                statement,
                speaker=statement.speaker,
                proposal=proposal,
                basis="own_words",
            )

    def record(self, *models):
        return self.random.choice(list(self.random.choice(models).objects.all()))

    def step(self) -> None:
        changes = [*[self.status] * 4, self.many, self.evidence, self.moved]
        try:
            with checked():
                self.random.choice(changes)()
        except IntegrityError:
            pass

    def status(self) -> None:
        record = self.record(*RECORDS)
        record.status = self.random.choice(
            ["draft", "published", "published", "withdrawn"]
        )
        record.save()

    def many(self) -> None:
        model = self.random.choice(RECORDS)
        status = self.random.choice(["draft", "published", "withdrawn"])
        sql(
            f"UPDATE {model._meta.db_table} SET status = %s WHERE id %% 2 = %s",
            status,
            self.random.randint(0, 1),
        )

    def evidence(self) -> None:
        evidence, statement = (
            self.record(Position).evidence,
            self.random.choice(self.statements),
        )
        self.random.choice(
            [evidence.add, evidence.remove, lambda *_: evidence.clear()]
        )(statement)

    def moved(self) -> None:
        """Changes the parent, basis or speaker."""
        article, basis = (
            self.random.choice(self.articles),
            ["own_words", "reported", "document", "action"],
        )
        rows = self.random.choice(
            [
                (ProposalList, {"article": article}),
                (Proposal, {"article": article}),
                (Position, {"proposal": self.record(Proposal)}),
                (Position, {"basis": self.random.choice(basis)}),
                (
                    Position,
                    {"source_url": self.random.choice(["", "https://example.org/"])},
                ),
                (Statement, {"speaker": self.random.choice(self.speakers)}),
                (
                    Statement,
                    {
                        "form": self.random.choice(["direct", "indirect"]),
                        "text": "Lee was brief.",
                    },
                ),
            ]
        )
        rows[0].objects.filter(pk=self.record(rows[0]).pk).update(**rows[1])


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_the_second_opinion_says_after_any_change(seed):
    walk, seen = Walk(seed), set()
    for index in range(60):
        walk.step()
        assert unlike_the_second_opinion() == [], index
        seen.update(sql(PUBLIC_COUNTS))
    assert len(seen) > 4  # the walk changed something
    assert list(visibility()) == []


@pytest.mark.django_db(transaction=True)
def test_two_sessions_agree_whichever_is_first(family):
    """Each pair of changes to an article, its statement, list, proposal, position and
    evidence, in both orders.
    """
    position, statement = family["position"], family["statement"]
    changes = {("evidence", "published"): lambda: position.evidence.add(statement)}
    changes[("evidence", "withdrawn")] = position.evidence.clear
    for name, record in family.items():
        for status in ("published", "withdrawn"):
            changes[name, status] = lambda record=record, status=status: set_status(
                record, status
            )
    one, two = (
        User.objects.create(username=name) for name in ("one", "two")
    )  # an inference may lose its evidence
    Position.objects.update(
        basis="inferred",
        rationale="r",
        recorded_by=one,
        reviewed_by=two,
        source_url="https://example.org/",
    )
    for one, other in itertools.permutations(changes, 2):
        if one[0] == other[0]:
            continue
        position.evidence.set([statement])
        for name, record in family.items():
            changed = dict([one, other]).get(name)
            set_status(record, "draft" if changed == "published" else "published")
        assert overlapping(changes[one], changes[other]) == [], (one, other)
        assert unlike_the_second_opinion() == [], (one, other)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "before"), [("reinstate", "draft"), ("withdraw", "published")]
)
def test_editors_at_work_at_once_do_not_block_each_other(family, step, before):
    """Publishing locks the parents and withdrawing locks the children, so editors take
    turns.
    """
    editor = User.objects.create_superuser("editor")
    further = make_statement(speaker=family["position"].speaker)
    family["position"].evidence.add(further)
    records = [*family.values(), further, further.article]
    for one, other in itertools.permutations(records, 2):
        for record in reversed(records):
            set_status(record, before if record in (one, other) else "published")
        both = [type(each).objects.get(pk=each.pk) for each in (one, other)]
        assert (
            at_once(
                *(
                    partial(workflow.take, step, [each], editor, "A reason")
                    for each in both
                )
            )
            == []
        ), (one, other)
        assert unlike_the_second_opinion() == []


def test_every_parent_is_watched_on_both_sides():
    """A foreign key in `hangs_from` is in the child's own trigger, and the parent's
    trigger follows it.
    """
    arguments = sql(
        "SELECT t.tgargs FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE p.proname = 'archive_parent_changed'"
    )
    follow = {tuple(bytes(each).decode().split("\0")[:2]) for (each,) in arguments}
    for model in workflow.publishable_models():
        own = next(each for each in model._meta.triggers if each.name == "zz_is_public")
        for name in model.hangs_from:
            assert f"NEW.{name}_id" in str(own.func), (model, name)
            assert (model._meta.db_table, f"{name}_id") in follow, (model, name)
