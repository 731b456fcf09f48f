"""The feed of corrections is one feed, whatever the address it is fetched from."""

from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive.core import caches
from archive.models import Correction, Setting
from tests.factories import make_article

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(host="archive.example.org", **headers):
    caches.clear_revisions()  # a test may have changed a setting
    response = Client().get("/corrections.atom", headers={"host": host, **headers})
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314


def ids(root):
    return [each.text for each in root.iter(f"{ATOM}id")]


@pytest.fixture
def _corrections(settings):
    settings.ALLOWED_HOSTS = ["*"]
    for day in ("2024-01-01", "2024-01-02"):
        Correction.objects.create(
            table="archive.article",
            record_uid=make_article().uid,
            note="A slip.",
            date=day,
            status="published",
        )


@pytest.mark.usefixtures("_corrections")
def test_feed_and_entries_keep_their_ids_under_every_host():
    one, other = ids(feed()), ids(feed("www.example.net:8000"))
    assert one == other
    assert len(set(one)) == 3
    assert not [each for each in one if "example" in each]
    assert all(each.startswith("urn:") for each in one)


@pytest.mark.usefixtures("_corrections")
def test_the_feed_has_the_identifier_of_this_archive():
    identifier = f"urn:uuid:{uuid4()}"
    Setting.objects.update_or_create(key="feed_id", defaults={"value": identifier})
    assert ids(feed())[0] == identifier
    Setting.objects.all().delete()
    assert ids(feed())[0] == "urn:on-record:corrections"


@pytest.mark.usefixtures("_corrections")
@pytest.mark.parametrize(("operator", "named"), [("", "On Record"), ("Ämt", "Ämt")])
def test_the_feed_names_an_author(settings, operator, named):
    settings.OPERATOR = operator
    assert feed().findtext(f"{ATOM}author/{ATOM}name") == named
