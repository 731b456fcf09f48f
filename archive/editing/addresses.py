"""Answers malformed parameters in the admin with 400 instead of a server error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponseBase

SAFE_METHODS = ("GET", "HEAD")
SEARCHED = ("q", "term")
MAX_DIGITS = 18  # of a key that PostgreSQL can hold

View = Callable[..., HttpResponseBase]


def refusing_malformed(view: View) -> View:
    """Answers 400 if a parameter holds a NUL or a number that no column holds.

    PostgreSQL stores no NUL. Django's lists pass a filter's value on as it was sent,
    and the database or the driver refuses it.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            return view(request, *args, **kwargs)
        if any("\0" in value for value in _values(request)):
            raise BadRequest("a parameter holds a NUL")
        try:
            return view(request, *args, **kwargs)
        except (OverflowError, DataError) as error:
            raise BadRequest("a parameter is out of range") from error
        except ValueError as error:
            if not is_list(request):
                raise
            raise BadRequest("a filter's value is out of range") from error

    return respond


def _values(request: HttpRequest) -> Iterator[str]:
    """The values of all parameters except the search words, which are always valid."""
    for name, values in request.GET.lists():
        if name not in SEARCHED:
            yield from values


def is_list(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and str(match.url_name).endswith("_changelist")


class OnlyKeys(AutocompleteSelect):
    """Ignores a selected value that is not a primary key; Django's widget raises an
    error.
    """

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [*filter(is_key, value)], attr)


class OnlyKeysMultiple(AutocompleteSelectMultiple):
    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [*filter(is_key, value)], attr)


def is_key(value: Any) -> bool:
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
