"""Two people at the same time: the rules hold whichever of them is faster."""

import time
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError

from archive.audit.verify import problems
from archive.core.rules import checked
from archive.models import Article
from policies.models import Position, ProposalList
from statements.models import Statement
from tests.factories import (
    add_passage,
    make_article,
    make_list,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.sessions import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(*changes):
    """Returns how many of these were refused, with all their transactions open at the
    same time.
    """

    def slowly(change):
        with checked():
            change()
            time.sleep(0.2)

    refused = at_once(*(partial(slowly, change) for change in changes))
    assert all(
        isinstance(error, IntegrityError | OperationalError) for error in refused
    )
    return len(refused)


def test_a_passage_arrives_while_its_statement_moves_to_another_article():
    statement, other = make_statement(passages=False, status="draft"), make_article()
    refused = refusals(
        lambda: add_passage(statement, "We will fight,"),
        lambda: Statement.objects.filter(pk=statement.pk).update(article=other),
    )
    assert (refused, list(problems())) == (1, [])


def test_a_proposal_arrives_while_its_list_moves_to_another_article():
    proposal_list, other = make_list(status="draft"), make_article()
    refusals(
        lambda: make_proposal(proposal_list=proposal_list, number=1, status="draft"),
        lambda: ProposalList.objects.filter(pk=proposal_list.pk).update(article=other),
    )
    assert list(problems()) == []


def test_two_publications_each_within_the_excerpt_limit():
    article = make_article(excerpt_limit=20)
    for words in ("We will fight,", "And we win."):
        make_statement(words, article=article, status="draft")
    one, two = Statement.objects.all()
    publish = [
        lambda row=row: Statement.objects.filter(pk=row.pk).update(status="published")
        for row in (one, two)
    ]
    refused = refusals(*publish)
    assert (refused, list(problems())) == (1, [])


def test_own_words_are_published_while_they_become_somebody_elses():
    speaker, other = make_speaker(), make_speaker()
    statement = make_statement(speaker=speaker)
    position = make_position(
        statement, speaker=speaker, basis="own_words", status="draft"
    )
    refused = refusals(
        lambda: Position.objects.filter(pk=position.pk).update(status="published"),
        lambda: Statement.objects.filter(pk=statement.pk).update(speaker=other),
    )
    assert (refused, list(problems())) == (1, [])


def test_evidence_goes_while_its_position_is_published():
    position = make_position(make_statement(), basis="reported", status="draft")
    refused = refusals(
        lambda: Position.objects.filter(pk=position.pk).update(status="published"),
        position.evidence.clear,
    )
    assert (refused, list(problems())) == (1, [])


def test_two_equal_titles_get_two_addresses():
    assert refusals(*[lambda: Article.objects.create(headline="Same")] * 2) == 0
    assert set(Article.objects.values_list("slug", flat=True)) == {"same", "same-2"}
