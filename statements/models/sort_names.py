"""The column that holds by which name a speaker is sorted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.wording.sort_names import sort_name

HOW_TO_SORT = _(
    "Left empty, a person is sorted by surname: “Lander, Brad”. If the family name "
    "comes first, as in “Orbán Viktor”, type the whole name here."
)


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
