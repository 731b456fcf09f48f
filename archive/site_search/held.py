"""Which office, party, body or place a speaker was found by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.search import analysis, snippets
from archive.site_search.reading import Filter

# parameter -> (what a row says, the value and the label of an affiliation)
ASPECTS: dict[str, tuple[Any, str, str]] = {
    "office": (_("Office:"), "title_slug", "title"),
    "party": (_("Organization:"), "organization.slug", "organization.name"),
    "body": (_("Organization:"), "organization.slug", "organization.name"),
    "place": (_("Place:"), "place_slug", "place"),
}


def reasons(
    speakers: Sequence[Any], filters: Sequence[Filter]
) -> dict[int, tuple[Any, str]]:
    """Primary key -> what an affiliation says that the row of the speaker does not
    show.
    """
    return {
        speaker.pk: reason
        for speaker in speakers
        for reason in [next(_reasons(speaker, filters), None)]
        if reason
    }


def _reasons(speaker: Any, filters: Iterable[Filter]) -> Iterator[tuple[Any, str]]:
    shown = speaker.first_affiliation
    for each in filters:
        if each.name not in ASPECTS:
            continue
        says, value, label = ASPECTS[each.name]
        values = dict(each.parameters)[each.name]
        if _value(shown, value) in values:
            continue
        stems = frozenset(analysis.content_stems(each.typed))
        for row in speaker.public_affiliations:
            if _value(row, value) in values:
                yield says, snippets.marked(str(_value(row, label)), stems)
                break


def _value(affiliation: Any, path: str) -> Any:
    value = affiliation
    for name in path.split("."):
        value = getattr(value, name, None)
    return value
