"""An editor's session ends while a form is open."""

import pytest

from archive.models import Topic
from tests.browser.editing.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_what_was_typed_is_saved_after_signing_in_again(desk):
    editor = desk("Edda")
    page = editor.open("/admin/archive/topic/add/")
    page.fill("#id_name", "Harbors & “ports”")
    page.context.clear_cookies(name="sessionid")
    page.click("#content [name=_save]")
    page.fill("#id_username", "Edda")
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")
    page.click("[value='Send again']")
    page.wait_for_selector(".messagelist .success")
    assert Topic.objects.get().name == "Harbors & “ports”"
    assert "403 (Forbidden)" in editor.complaints.pop()  # the browser's own note
