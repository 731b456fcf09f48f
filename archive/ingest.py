"""Loads the seed: several records written together, all or none."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core import serializers

from archive.core.caches import constant
from archive.core.rules import checked
from archive.models import Article, ArticleVersion, write_ranges

SEED = settings.BASE_DIR / "fixtures" / "seed.json"


def load_seed() -> bool:
    """Loads the first article into an archive that does not have it; returns False, and
    writes nothing, if the archive does.
    """
    rows = json.loads(SEED.read_text(encoding="utf-8"))
    if Article.objects.filter(slug__in=first_articles()).exists():
        return False
    with checked():
        for record in serializers.deserialize("python", rows):
            if not _is_shared(record.object):
                record.save()
                if isinstance(record.object, ArticleVersion):
                    write_ranges(record.object)
    return True


@constant
def first_articles() -> list[str]:
    """Returns the slugs of the seed's articles."""
    rows = json.loads(SEED.read_text(encoding="utf-8"))
    return [row["fields"]["slug"] for row in rows if row["model"] == "archive.article"]


def _is_shared(record: Any) -> bool:
    """Returns whether the record is a topic, speaker, affiliation or account, which may
    exist already: an existing one stays as its editors left it.
    """
    return record.pk is not None and not hasattr(record, "status")
