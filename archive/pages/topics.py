"""The list of topics and the page of a topic."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.core.caches import by_revision, constant
from archive.models import Topic
from archive.models.json_ld import topic as topic_node
from archive.wording.topic_rules import Rules, load
from policies.models import Proposal
from statements.models import Statement

NEWEST = 6
RULES = settings.BASE_DIR / "fixtures" / "sets" / "topics.toml"
MAX_PROPOSALS = 20  # proposals on the page of a topic


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    proposals, statements = by_revision(
        "topics", lambda: (by_topic(Proposal), by_topic(Statement))
    )
    rows = [
        (topic, proposals.get(topic.pk, 0), statements.get(topic.pk, 0))
        for topic in Topic.objects.public()
    ]
    return render(request, "archive/topic_list.html", {"topics": rows})


@require_safe
def topics_help(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/topics_help.html", {"rules": rules()})


@constant
def rules() -> Rules:
    """The words of the topics by rule."""
    return load(RULES)


def by_topic(model: Any) -> dict[int, int]:
    """The number of public records by topic."""
    rows = (
        model.objects.public()
        .order_by()
        .filter(topics__isnull=False)
        .values_list("topics")
    )
    return dict(rows.annotate(count=Count("pk")))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    record = get_object_or_404(Topic.objects.public(), slug=slug)
    statements = record.statements.public().dated().as_rows().newest_first()
    proposals = (
        record.proposals.public().dated().with_sources().with_stances().newest_first()
    )
    context = {
        "topic": record,
        "statements": statements[:NEWEST],
        "proposals": proposals[:MAX_PROPOSALS],
        "linked": topic_node(record),
    }
    context |= {
        "statement_count": statements.count(),
        "proposal_count": record.proposals.public().count(),
    }
    return render(request, "archive/topic_detail.html", context)
