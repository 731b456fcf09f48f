"""Form data as a browser would send it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

_blank: dict[tuple[str, ...], dict[str, Any]] = {}


def change_url(record: Any) -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_change",
        args=[record.pk],
    )


def page_url(record: Any, page: str) -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}",
        args=[record.pk],
    )


def filled_in(client: Any, url: str, /, **typed: Any) -> dict[str, Any]:
    """Returns the rendered form's data, updated with `typed`; None clears a field."""
    values = blank(client, url) if url.endswith("/add/") else rendered(client, url)
    values |= {name: value for name, value in typed.items() if value is not None}
    return {name: values[name] for name in values if typed.get(name, "") is not None}


def blank(client: Any, url: str) -> dict[str, Any]:
    """Returns the data of an empty form, which is the same for all accounts of a group:
    each process loads it once.
    """
    key = url, *client.account.groups.values_list("name", flat=True)
    if key not in _blank:
        _blank[key] = rendered(client, url)
    return dict(_blank[key])


def rendered(client: Any, url: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for form in forms_of(client.get(url).context):
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                values[field.html_name] = value
    return values


def forms_of(context: Any) -> list[Any]:
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return forms


def send(client: Any, url: str, /, **typed: Any) -> Any:
    return client.post(url, filled_in(client, url, **typed))


def errors(response: Any) -> str:
    """Returns all errors that the page shows."""
    assert response.status_code == 200, response
    messages = []
    for form in forms_of(response.context):
        if hasattr(form, "errors"):
            messages += [
                f"{name}: {text}"
                for name, texts in form.errors.items()
                for text in texts
            ]
    return "\n".join(messages)
