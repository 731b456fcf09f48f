"""The sample archive: always the same, without errors, and with every kind of page."""

import pytest
from django.db import transaction
from django.db.models import Count

from archive.audit import verify
from archive.devtools import page_types
from archive.devtools.sample_archive import Sample
from archive.ingest import load_seed
from policies.models import Check, Position, Proposal
from statements.models import Affiliation, Statement

pytestmark = [pytest.mark.volume, pytest.mark.django_db]

NUMBER = 400


def names():
    return {page.name for page in page_types.named()}


def rows():
    return [
        *Statement.objects.order_by("pk").values_list(
            "uid", "text", "speaker__slug", "said_on", "status"
        ),
        *Position.objects.order_by("pk").values_list(
            "uid", "stance", "basis", "proposal__slug", "rationale"
        ),
        *Affiliation.objects.order_by("pk").values_list(
            "title", "start", "speaker__slug", "organization__slug", "place"
        ),
        *Check.objects.order_by("pk").values_list(
            "where", "checked_on", "speaker__slug"
        ),
    ]


def test_the_same_seed_makes_the_same_archive_and_another_makes_another():
    made = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            Sample(NUMBER, seed).write()
            made.append(rows())
            transaction.set_rollback(True)
    assert made[0] == made[1] != made[2]


def test_nothing_in_it_breaks_a_rule():
    Sample(NUMBER, 1).write()
    assert list(verify.problems()) == []


def test_it_has_every_kind_of_page_that_the_first_article_has(reindex):
    with transaction.atomic():
        load_seed()
        reindex()
        of_the_first_article = names()
        transaction.set_rollback(True)
    Sample(NUMBER, 1).write()
    reindex()
    assert names() >= of_the_first_article


def test_proposals_with_no_a_few_and_two_hundred_positions_occur():
    Sample(NUMBER, 1).write()
    held = set(
        Proposal.objects.annotate(held=Count("positions")).values_list(
            "held", flat=True
        )
    )
    assert {0, 1, 6, 200} <= held
    stances = set(
        Position.objects.inferred().values_list("stance", "reviewed_by__username")
    )
    assert ("opposes", "sample-checker") in stances
    assert Position.objects.filter(stance="mixed").exists()


def test_words_that_strain_a_page_occur():
    Sample(NUMBER, 1).write()
    assert {
        "statement-longest",
        "statement-right-to-left",
        "speaker-longest-name",
        "proposal-longest-title",
    } <= names()
    assert (
        max(map(len, Statement.objects.public().values_list("text", flat=True))) > 2_000
    )
