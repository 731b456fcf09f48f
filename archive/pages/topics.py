"""The list of topics and the page of a topic."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.core.caches import by_revision, constant
from archive.listing.cells import Column
from archive.listing.file_views import File
from archive.models import Topic
from archive.models.json_ld import topic as topic_node
from archive.pages.topic_page import TopicPage
from archive.wording.topic_rules import Rules, load
from policies.models import Proposal
from statements.models import Statement

RULES = settings.BASE_DIR / "fixtures" / "sets" / "topics.toml"


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/topic_list.html", {"topics": with_counts()})


def with_counts() -> list[tuple[Topic, int, int]]:
    """Every topic with the numbers of its proposals and statements."""
    proposals, statements = by_revision(
        "topics", lambda: (by_topic(Proposal), by_topic(Statement))
    )
    return [
        (topic, proposals.get(topic.pk, 0), statements.get(topic.pk, 0))
        for topic in Topic.objects.public()
    ]


class TopicFile(File):
    name = "topics"
    columns: ClassVar = [
        Column("name", _("Its name."), lambda row: row[0].name),
        Column("slug", _("The value of the parameter topic."), lambda row: row[0].slug),
        Column(
            "address",
            _("Its page."),
            lambda row: row[0].get_absolute_url(),
            is_path=True,
        ),
        Column("proposal_count", _("How many proposals have it."), itemgetter(1)),
        Column("statement_count", _("How many statements have it."), itemgetter(2)),
    ]

    def every_row(self) -> list[tuple[Topic, int, int]]:
        return with_counts()


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
    context = {
        "topic": record,
        "table": TopicPage(record),
        "linked": topic_node(record),
    }
    return render(request, "archive/topic_detail.html", context)
