"""Several records written together: all of them or none."""

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
    """Brings the first article into an archive that does not hold it yet; False, and
    nothing written, if it does.
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
    """The slugs of the articles an archive begins with, if it begins with ours."""
    rows = json.loads(SEED.read_text(encoding="utf-8"))
    return [row["fields"]["slug"] for row in rows if row["model"] == "archive.article"]


def _is_shared(record: Any) -> bool:
    """A topic, speaker, role or account that is there already: it stays as its editors
    left it.
    """
    return record.pk is not None and not hasattr(record, "status")
