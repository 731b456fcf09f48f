"""An administrator invites an editor, who later forgets the password, in a browser."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from archive.core import roles
from tests.alerts.mailbox import mailbox
from tests.editing.letters import link_of, wait_for_mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FIRST, SECOND = "tidal harbour lanterns", "quiet granite ferries"


def choose(page, link: str, password: str) -> None:
    page.goto(link)
    page.fill("#id_new_password1", password)
    page.fill("#id_new_password2", password)
    page.click("[value='Set the password']")
    page.wait_for_selector("text=Your password is set.")


def sign_in(page, password: str) -> None:
    page.fill("#id_username", "nora")
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")
    page.wait_for_url("**/admin/")


def is_too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_an_invited_editor_signs_in_and_gets_a_new_password(desk):
    cache.clear()
    with mailbox() as box:
        page = desk("Ada", roles.ADMINISTRATOR).open("/admin/auth/user/add/")
        page.fill("#id_username", "nora")
        page.fill("#id_email", "nora@archive.example")
        page.get_by_label("Editor", exact=True).check()
        page.click("[name=_save]")
        page.wait_for_selector("text=An invitation was sent to nora@archive.example.")
        assert "not accepted yet" in page.inner_text(".field-invitation")
        phone = {"width": 390, "height": 844}
        nora = desk(viewport=phone, color_scheme="dark").page
        choose(nora, link_of(box.newest()), FIRST)
        sign_in(nora, FIRST)
        nora.context.clear_cookies()
        nora.goto("/admin/login/")
        nora.get_by_role("link", name="Forgotten your password?").click()
        nora.wait_for_selector("#id_email")
        assert not is_too_wide(nora)
        nora.fill("#id_email", "nora@archive.example")
        nora.click("[value='Send the link']")
        nora.wait_for_selector("text=a link is on its way")
        wait_for_mail()
        choose(nora, link_of(box.newest()), SECOND)
        sign_in(nora, SECOND)
    assert User.objects.get(username="nora").check_password(SECOND)
