"""By which name a speaker is sorted."""

from __future__ import annotations

from typing import Any

from django.db import models
from nameparser import HumanName

PERSON = "person"
THE = "the "
MAX_LENGTH = 200  # of a name; the commas make a sort name longer


class SortNameField(models.CharField):
    """Left empty, it is filled in from the name and the kind of speaker."""

    def deconstruct(self) -> Any:
        """To migrations it is a plain column, so that they need no code of ours."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def pre_save(self, model_instance: Any, add: bool) -> str:
        typed: str = super().pre_save(model_instance, add)
        if typed:
            return typed
        made = sort_name(model_instance.name, model_instance.kind)
        setattr(model_instance, self.attname, made)
        return made


def sort_name(name: str, kind: str) -> str:
    """A person's surname first, as in “van der Berg, Jan”. An organization or a group
    without a leading “The”.
    """
    if kind != PERSON:
        the, rest = name[: len(THE)], name[len(THE) :]
        return rest if the.lower() == THE and rest.strip() else name
    if "," in name:
        return name
    parts = HumanName(name)
    given = " ".join(filter(None, [parts.first, parts.middle]))
    if not (given and parts.last):
        return name
    made = ", ".join(filter(None, [parts.last, given, parts.suffix]))
    return made[:MAX_LENGTH].strip()
