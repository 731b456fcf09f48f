"""The columns of an article and of a date in CSV files."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from archive.listing.csv import Column, columns_of
from archive.models import Article

DATE = [
    Column(
        "date",
        _("As precisely as it is known: 2024-12-12, 2024-12 or 2024."),
        attrgetter("iso"),
    ),
    Column("date_precision", _("day, month or year."), attrgetter("precision")),
    Column(
        "date_is_inferred",
        _("yes: no source states it; the archive inferred it."),
        attrgetter("is_inferred"),
    ),
]
ARTICLE = [
    Column(
        "title",
        _("Its headline; in square brackets if the archive supplied it."),
        str,
    ),
    Column(
        "address",
        _("Its page in the archive."),
        Article.get_absolute_url,
        is_path=True,
    ),
    Column("url", _("Its page at the publisher."), attrgetter("url")),
    Column("outlet", _("Who published it."), attrgetter("outlet")),
    Column("kind", _("What kind of source it is."), attrgetter("kind")),
    *columns_of("when_published", DATE),
]
