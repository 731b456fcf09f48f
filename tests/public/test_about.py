"""Who runs the archive, how to reach them, and the licence: what is configured, and
nothing else.
"""

import pytest
from django.test import Client

from archive.core import caches
from archive.ingest import load_seed
from tests.html import Html

pytestmark = pytest.mark.django_db


def about():
    caches.clear_all()  # a test may have changed the settings
    return Html(Client().get("/about/").content.decode())


def test_a_copy_that_names_nobody_says_so_and_leads_to_the_form():
    page = about()
    assert "does not name its operator" in page
    assert "No contact address is given; use the" in page
    assert 'href="/report/"' in page
    assert "mailto:" not in page


def test_operator_and_contact_are_named_as_text(settings):
    settings.OPERATOR, settings.CONTACT = "Press & Public", "desk?subject=x@example.org"
    page = about()
    assert "run by Press &amp; Public." in page
    assert 'href="mailto:desk%3Fsubject%3Dx@example.org"' in page
    assert "names nobody" not in page


def test_the_licence_of_our_own_wording_is_linked():
    assert (
        'href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>' in about()
    )


def test_a_licence_without_an_address_or_none_at_all(settings):
    settings.LICENCE = "All rights reserved"
    assert "under All rights reserved." in about()
    settings.LICENCE = "Evil javascript:alert(1)"
    assert 'href="javascript' not in about()
    settings.LICENCE = ""
    assert "No licence is given" in about()


def test_who_coded_the_first_article_is_told_where_that_article_is():
    assert "seed-coder" not in about()
    load_seed()
    assert "seed-coder" in about()
