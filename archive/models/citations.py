"""What is cited of an article."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from archive.citations import Citation, Kind, Name, Reference
from archive.core.dates import When
from archive.core.json_ld import permanent
from archive.models.articles import Article, ArticleKind
from archive.models.json_ld import authors
from archive.wording.sort_names import PERSON, sort_name

# A byline names a newsroom or an agency, not a person.
NEWSROOM = re.compile(
    r"^the |\b(?:agency|board|bureau|desk|editors|network|news|press|reports?|"
    r"service|staff|team|times|post)\b",
    re.IGNORECASE,
)


def article(record: Article, site: str) -> Citation:
    """`site` is https://host."""
    return Citation(source(record, record, site))


def source(
    record: Article, cited: Any, site: str, by: tuple[Name, ...] = ()
) -> Reference:
    """The article as the entry for what is cited of it, under the permanent address of
    `cited`. `by` are its authors if it has no byline.
    """
    is_news = record.kind == ArticleKind.NEWS
    is_speech = record.kind == ArticleKind.SPEECH
    return Reference(
        kind=Kind.NEWS if is_news else Kind.SPEECH if is_speech else Kind.PAGE,
        title=str(record),
        authors=tuple(map(author, authors(record.byline))) or by,
        container=record.outlet.name if record.outlet else "",
        genre="" if is_news else record.get_kind_display(),
        source_url=record.url,
        language=record.language,
        **dated(record.when_published),
        **identified(cited, site),
    )


def author(name: str) -> Name:
    if " " not in name or NEWSROOM.search(name):
        return Name(name)
    return Name.sorted(sort_name(name, PERSON))


def dated(when: When | None) -> dict[str, Any]:
    """A record without a date is cited with the day on which it was seen."""
    if not when:
        return {"accessed": timezone.localdate()}
    return {"issued": when.iso, "issued_is_inferred": when.is_inferred}


def identified(record: Any, site: str) -> dict[str, Any]:
    return {"key": record.uid, "url": site + permanent(record)}
