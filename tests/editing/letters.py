"""Mails with a link to choose a password."""

from threading import enumerate as threads

from django.test import Client

from archive.editing.password_links import THREAD
from tests.alerts.mailbox import links

PASSWORD = "tidal harbour lanterns"


def wait_for_mail() -> None:
    """Until everything that was posted has been sent."""
    for each in threads():
        if each.name == THREAD:
            each.join(30)


def open_link(client: Client, link: str):
    """The form behind it, and the address that it has."""
    response = client.get(link, follow=True)
    return response, response.redirect_chain[-1][0] if response.redirect_chain else link


def choose(client: Client, link: str, password: str = PASSWORD):
    _page, address = open_link(client, link)
    typed = {"new_password1": password, "new_password2": password}
    return client.post(address, typed)


def link_of(message) -> str:
    [link] = [each for each in links(message) if each.startswith("/admin/password/")]
    return link
