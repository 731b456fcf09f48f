"""The order of names and titles as readers expect it, whatever the database's own."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, Min, TextField


class SortKey(Func):
    """Orders a text without regard to accents, capitals, apostrophes and a leading
    “The”; other scripts stand where they are read.
    """

    function = "archive_sort_key"
    template = '(%(function)s(%(expressions)s) COLLATE "C")'
    output_field = TextField()


def sorted_by(model: Any, field: str, path: str) -> Any:
    """The expression that orders grouped rows by the label `field` of `model` at
    `path`: by the stored key of a name that has one.
    """
    if field == "name" and any(each.name == "sort_key" for each in model._meta.fields):
        return Min(f"{path.removesuffix('name')}sort_key")
    return SortKey(Min(path))
