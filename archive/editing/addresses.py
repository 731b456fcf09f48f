"""Leaves impossible parameters out of the admin's URLs, and names them in a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import ERROR_FLAG, ORDER_VAR, PAGE_VAR
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

SAFE_METHODS = ("GET", "HEAD")
SEARCHED = ("q", "term")
MAX_DIGITS = 18  # of a key that PostgreSQL can hold

View = Callable[..., HttpResponseBase]


def refusing_malformed(view: View) -> View:
    """Leaves the parameters of a list or form out, with a message, if one holds a NUL
    or a number that no column holds; other pages answer 400.

    PostgreSQL stores no NUL. Django's lists pass a filter's value on as it was sent,
    and the database or the driver refuses it.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            return view(request, *args, **kwargs)
        if any("\0" in value for value in _values(request)):
            return _left_out(request, BadRequest("a parameter holds a NUL"))
        try:
            return view(request, *args, **kwargs)
        except (OverflowError, DataError) as error:
            return _left_out(request, error)
        except (ValueError, SuspiciousOperation) as error:
            if not is_list(request):
                raise
            return _left_out(request, error)

    return respond


def _left_out(request: HttpRequest, error: Exception) -> HttpResponseBase:
    match = request.resolver_match
    pages = ("_changelist", "_add", "_change")
    if not (request.GET and match and str(match.url_name).endswith(pages)):
        raise BadRequest("a parameter is out of range") from error
    return without(request, request.GET)


def without(request: HttpRequest, names: Iterable[str]) -> HttpResponseBase:
    """The same page without these parameters, and a message that names them."""
    parameters = request.GET.copy()
    labels = {ERROR_FLAG: _("a filter")}  # by which Django marks a list without filters
    left_out = sorted({labels.get(n, n[:40].replace("\0", " ")) for n in names})
    for name in list(names):
        parameters.pop(name, None)
    sentence = _("Left out of this address, because it is not valid: %s.")
    messages.warning(request, sentence % ", ".join(left_out))
    query = parameters.urlencode()
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)


def impossible(model: Any, columns: int, parameters: Any) -> list[str]:
    """The parameters of a list that no record can meet or no column has."""
    return [
        name
        for name, value in parameters.items()
        if (name == PAGE_VAR and not is_key(value))
        or (name == ORDER_VAR and not _is_order(value, columns))
        or not _can_be(model, name.split("__"), value)
    ]


def _is_order(value: str, columns: int) -> bool:
    parts = [part.removeprefix("-") for part in value.split(".")]
    return all(is_key(part) and int(part) <= columns for part in parts)


def _can_be(model: Any, path: list[str], value: str) -> bool:
    """Whether a filter by choice or by record names one that exists."""
    fields = {field.name: field for field in model._meta.get_fields()}
    field: Any = fields.get(path[0])
    if field is None or path[-1] != "exact":
        return True
    if getattr(field, "primary_key", False):
        return is_key(value)
    if getattr(field, "choices", None):
        return value in {str(choice) for choice, _label in field.flatchoices}
    if field.is_relation and path[1:] == ["id", "exact"]:
        rows = field.related_model._default_manager
        return is_key(value) and rows.filter(pk=value).exists()
    return True


def fillable(model: Any, initial: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values with which a form can be filled in, and the names of the others."""
    fields = {field.name: field for field in model._meta.get_fields()}
    refused = [
        name
        for name, value in initial.items()
        if name in fields and not _fits(fields[name], value)
    ]
    return {n: v for n, v in initial.items() if n not in refused}, refused


def _fits(field: Any, value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    if field.is_relation:
        keys = [each for each in values if each]
        if not all(map(is_key, keys)):
            return False
        matches = field.related_model._default_manager.filter(pk__in=keys)
        return matches.count() == len(set(keys))
    try:
        cleaned = field.to_python(value)
    except ValidationError:
        return False
    return not field.choices or cleaned in {key for key, _label in field.flatchoices}


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
