"""Share cards: what the card of each kind of record says, and their URLs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from archive.cards import Card, Mark, Store
from archive.core.dates import When
from archive.models import Article, Topic
from archive.models.withdrawn import get_public_or_gone
from policies.models import Position, Proposal, ProposalList, Stance
from policies.standings import Group, groups
from statements.models import Speaker, Statement
from statements.querysets import affiliations

RETRY_AFTER = 5  # seconds


@require_safe
def card(request: HttpRequest, kind: str, **lookup: str) -> HttpResponse:
    """The share card of a public record as PNG; 503 while too many are drawn."""
    picture = Store(settings.CARDS_DIR).picture(CARDS[kind](lookup))
    if picture is None:
        busy = HttpResponse(status=503, headers={"Retry-After": str(RETRY_AFTER)})
        add_never_cache_headers(busy)
        return busy
    return HttpResponse(picture, content_type="image/png")


def statement(lookup: dict[str, str]) -> Card:
    rows = Statement.objects.public().with_sources().with_positions()
    record = get_public_or_gone(rows, **lookup)
    notes = [
        _("Not in quotation marks in the source") if record.marks_exception else "",
        _("The source has since removed these words") if record.removed_at else "",
    ]
    return _card(
        record.form_label,
        record.label,
        name=record.speaker.name,
        role=record.office,
        source=_source(record.article, record.when_said),
        note=" · ".join(filter(None, notes)),
        **_held(record, record.public_positions),
    )


def proposal(lookup: dict[str, str]) -> Card:
    record = get_public_or_gone(Proposal.objects.public().with_sources(), **lookup)
    positions = record.positions.public()
    inferred = positions.inferred().count()
    by, day = record.put_forward_by, record.proposed_on
    return _card(
        _("Proposal"),
        record.title,
        name=by.name if by else "",
        role=_("put it forward") if by else "",
        marks=_counts(groups(positions.taken())),
        basis=_inferred(inferred),
        on=_("Outcome: %s") % record.outcome if record.outcome else "",
        source=_source(record.article, When(day) if day else None)
        if record.article
        else " · ".join(
            filter(None, [str(When(day)) if day else "", record.source_host])
        ),
    )


def proposal_list(lookup: dict[str, str]) -> Card:
    rows = ProposalList.objects.public().with_parties().with_counts()
    record = get_public_or_gone(rows, **lookup)
    count = record.proposal_count
    return _card(
        _("List of proposals"),
        record.title,
        name=record.issued_by.name if record.issued_by else "",
        basis=ngettext("%d proposal", "%d proposals", count) % count,
        source=_source(
            record.article, When(record.issued_on) if record.issued_on else None
        ),
    )


def speaker(lookup: dict[str, str]) -> Card:
    rows = Speaker.objects.public().listed()
    rows = rows.prefetch_related(affiliations("", with_organizations=True))
    record = get_object_or_404(rows, **lookup)
    positions = Position.objects.public().filter(speaker=record)
    stances = positions.stated().counts_by("stance")
    held, said = sum(stances.values()), record.statements.public().count()
    counts = [
        ngettext("%d position", "%d positions", held) % held if held else "",
        _inferred(positions.inferred().count()),
        ngettext("%d statement", "%d statements", said) % said if said else "",
    ]
    return _card(
        record.get_kind_display(),
        record.name,
        marks=_stances(stances),
        basis=" · ".join(filter(None, counts)),
        on=_affiliation(record.first_affiliation),
    )


def article(lookup: dict[str, str]) -> Card:
    rows = Article.objects.public().select_related("outlet")
    record = get_public_or_gone(rows, **lookup)
    said = record.statements.public().count()
    return _card(
        record.get_kind_display(),
        str(record),
        name=record.outlet.name if record.outlet else "",
        role=record.byline,
        basis=ngettext("%d statement", "%d statements", said) % said if said else "",
        note=_("Title supplied by the archive") if record.headline_is_supplied else "",
        source=_date(record.when_published),
    )


def topic(lookup: dict[str, str]) -> Card:
    record = get_object_or_404(Topic.objects.public(), **lookup)
    proposals = record.proposals.public().count()
    said = record.statements.public().count()
    return _card(
        _("Topic"),
        record.name,
        basis=" · ".join(
            [
                ngettext("%d proposal", "%d proposals", proposals) % proposals,
                ngettext("%d statement", "%d statements", said) % said,
            ]
        ),
    )


CARDS: dict[str, Callable[[dict[str, str]], Card]] = {
    "statement": statement,
    "proposal": proposal,
    "list": proposal_list,
    "speaker": speaker,
    "article": article,
    "topic": topic,
}


def _card(kind: Any, words: str, **texts: Any) -> Card:
    cut = _("Cut to fit this picture. The whole text is on the page.")
    return Card(_("On Record"), str(kind), words, cut=cut, **texts)


def _held(record: Any, positions: list[Any]) -> dict[str, Any]:
    """The first position that a statement is evidence for: one of its own speaker and
    a stated one before others.
    """
    first = min(
        positions,
        key=lambda held: (held.is_inferred, held.speaker_id != record.speaker_id),
        default=None,
    )
    if not first:
        return {}
    label = first.stance_label
    if first.speaker_id != record.speaker_id:
        label = f"{first.speaker.name}: {label}"
    basis = _("Inferred by the editors") if first.is_inferred else first.basis_label
    more = len(positions) - 1
    further = ngettext("and %d more position", "and %d more positions", more) % more
    return {
        "marks": (Mark(first.stance, label),),
        "basis": f"{basis} · {further}" if more else basis,
        "on": first.proposal.title,
    }


def _counts(all_groups: Iterable[Group]) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            group.stance.value if group.stance else "differ",
            f"{group.stance.label if group.stance else _('Differing')} {group.count}",
        )
        for group in all_groups
    )


def _stances(counts: dict[str, int]) -> tuple[Mark, ...]:
    return tuple(
        Mark(stance.value, f"{stance.label} {counts[stance]}")
        for stance in Stance
        if stance in counts
    )


def _inferred(count: int) -> str:
    inferred = ngettext(
        "%d more, inferred by the editors", "%d more, inferred by the editors", count
    )
    return inferred % count if count else ""


def _affiliation(row: Any) -> str:
    """The office as a list of speakers words it, with its dates."""
    if not row:
        return ""
    held = strip_tags(render_to_string("statements/_held.html", {"row": row}))
    parts = [row.title, row.organization, row.place, " ".join(unescape(held).split())]
    return ", ".join(str(part) for part in parts if part)


def _source(article: Article, when: When | None) -> str:
    """Outlet or title, and the date: of the words, else of the article."""
    title = article.outlet.name if article.outlet else str(article)
    day = _date(when or article.when_published)
    return " · ".join(filter(None, [day, title]))


def _date(when: When | None) -> str:
    if not when:
        return ""
    return f"{when} {_('(date inferred)')}" if when.is_inferred else str(when)
