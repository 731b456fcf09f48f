"""The help page for data: examples that a test runs; every column and its meaning,
from the definitions that write them.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.listing.file_views import File, FilteredFile
from archive.listing.formats import FORMATS
from archive.pages.articles import ArticleFile
from archive.pages.corrections import CorrectionFile
from archive.pages.topics import TopicFile
from policies.views import CompareFile, ListFile, PositionFile, ProposalFile
from statements.models import Statement
from statements.views import SpeakerFile, StatementFile

# heading, what a line of the file is, the view
FILES: list[tuple[object, object, type[File | FilteredFile]]] = [
    (_("Statements"), _("has a line for every statement."), StatementFile),
    (_("Proposals"), _("has a line for every proposal."), ProposalFile),
    (
        _("Lists of proposals"),
        _("has a line for every list. It takes no parameters."),
        ListFile,
    ),
    (
        _("Positions"),
        _(
            "has a line for every statement a position rests on; a position without "
            "any has one line. Count position_uid, not lines."
        ),
        PositionFile,
    ),
    (_("Speakers"), _("has a line for every person and organization."), SpeakerFile),
    (_("Articles"), _("has a line for every article, without its text."), ArticleFile),
    (
        _("Topics"),
        _("has a line for every topic. It takes no parameters."),
        TopicFile,
    ),
    (
        _("Corrections"),
        _(
            "has a line for every public note about a change. Look up the identifiers "
            "of an older file in it. It takes no parameters."
        ),
        CorrectionFile,
    ),
    (
        _("Compare"),
        _(
            "has a line for every proposal and speaker; where a speaker has several "
            "positions on a proposal, one for each. The words are in the file of "
            "positions, under the same parameters."
        ),
        CompareFile,
    ),
]


@require_safe
def data_help(request: HttpRequest) -> HttpResponse:
    files = [
        (heading, line, file.name, addresses(file.name), file.columns)
        for heading, line, file in FILES
    ]
    site = request.build_absolute_uri("/").rstrip("/")
    newest = Statement.objects.public().select_related("speaker").last()
    context = {"files": files, "site": site, "statement": newest}
    return render(request, "archive/data_help.html", context)


def addresses(name: str) -> list[str]:
    """Of the file in each format."""
    return [reverse(f"{name}-{form.suffix}") for form in FORMATS]
