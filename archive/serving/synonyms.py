"""The synonyms that are shipped: put into the archive once, then kept by editors."""

from __future__ import annotations

import tomllib

from django.conf import settings
from django.db import transaction

from archive.models import Setting, SynonymGroup

SHIPPED = settings.BASE_DIR / "fixtures" / "synonyms.toml"


@transaction.atomic
def load_synonyms(name: str) -> None:
    """The groups that belong to the first article (`seed`) or to the demo's sets
    (`demo`). A group that an editor deleted does not come back.
    """
    key = f"synonyms: {name}"
    if not Setting.objects.get_or_create(key=key, defaults={"value": "loaded"})[1]:
        return
    shipped = tomllib.loads(SHIPPED.read_text("utf-8"))[name]
    known = set(SynonymGroup.objects.values_list("words", flat=True))
    groups = (SynonymGroup(words="\n".join(words)) for words in shipped)
    SynonymGroup.objects.bulk_create(each for each in groups if each.words not in known)
