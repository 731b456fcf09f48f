"""Editors in a browser; any console message or violation of the Content-Security-Policy
fails the test.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Browser, Page

from archive.core import roles

WATCH = (
    "document.addEventListener('securitypolicyviolation',"
    " event => console.error('CSP: ' + event.violatedDirective + ' ' + "
    "event.blockedURI))"
)
PICTURES = os.environ.get("ON_RECORD_PICTURES", "")
PASSWORD = "a long password of ours"


class Desk:
    """One person in one browser."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(base_url=address, **options)
        self.context.add_init_script(WATCH)
        if PICTURES:
            self.context.add_init_script(
                "try { localStorage['django.admin.navSidebarIsOpen'] = 'false' } catch "
                "{}"
            )
        self.complaints: list[str] = []
        self.context.on("page", self.watch)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)

    def watch(self, page: Page) -> None:
        page.on(
            "console",
            lambda m: (
                self.complaints.append(m.text)
                if m.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def signed_in(self, account: User) -> None:
        """Signs in without the two pages that the form takes."""
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def sign_in(self, name: str) -> None:
        self.page.goto("/admin/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("#login-form [type=submit]")
        self.page.wait_for_url("**/admin/")

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def choose(self, field: str, name: str) -> None:
        """Types into an autocomplete field and chooses the first option."""
        self.page.click(f".field-{field} .select2-selection")
        self.page.locator(
            ".select2-search__field >> visible=true"
        ).last.press_sequentially(name)
        self.page.click(
            f".select2-results__option[role=option]:has-text('{name}') >> nth=0"
        )

    def add_speaker(self, name: str) -> None:
        """Adds a speaker with the plus button beside the field, in a pop-up window."""
        with self.context.expect_page() as opened:
            self.page.click("#add_id_speaker")
        window = opened.value
        window.fill("#id_name", name)
        with window.expect_event("close"):
            window.click("[name=_save]")
        self.page.wait_for_selector(
            f".field-speaker .select2-selection__rendered:has-text('{name}')"
        )

    def picture(self, name: str) -> None:
        """Takes a picture for the editors' guide, if `guide_pictures` asked for
        pictures.
        """
        if PICTURES:
            self.page.locator("body").click(position={"x": 2, "y": 2})
            size = self.page.evaluate(
                "[innerWidth, Math.min(document.documentElement.scrollHeight, 1300)]"
            )
            clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
            shot = {
                "format": "webp",
                "quality": 60,
                "clip": clip,
                "captureBeyondViewport": True,
            }
            sent = self.context.new_cdp_session(self.page).send(
                "Page.captureScreenshot", shot
            )
            Path(PICTURES, f"{name}.webp").write_bytes(base64.b64decode(sent["data"]))

    def save(self) -> None:
        self.page.click("#content [name=_save]")
        self.page.wait_for_selector(".messagelist .success")

    def go_on(self, label: str) -> None:
        """Presses the button or link of that name in the page's content."""
        self.page.locator("#content").get_by_role("link", name=label).or_(
            self.page.locator("#content").get_by_role("button", name=label)
        ).first.click()
        self.page.wait_for_load_state()


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Opens a desk logged in to an account of a group; afterwards checks that no desk
    had errors.
    """
    roles.make_groups(apps)
    desks: list[Desk] = []

    def opened(
        name: str = "",
        group: str = roles.EDITOR,
        by_form: bool = False,
        **options: Any,
    ) -> Desk:
        desks.append(Desk(browser, live_server.url, **options))
        if name:
            account = User.objects.create_user(name, password=PASSWORD, is_staff=True)
            account.groups.add(Group.objects.get(name=group))
            if by_form:
                desks[-1].sign_in(name)
            else:
                desks[-1].signed_in(account)
        return desks[-1]

    yield opened
    complaints = [complaint for each in desks for complaint in each.complaints]
    for each in desks:
        each.context.close()
    assert complaints == []
