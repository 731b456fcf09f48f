"""Addresses of sources: what readers cannot open is refused, what is there is named."""

import pytest

from archive.models import Article
from tests.editing.forms import change_url, errors, send
from tests.factories import make_article, make_proposal, make_speaker

pytestmark = pytest.mark.django_db
ADD = "/admin/archive/article/add/"
SECRET = "contains a user name or a password"
OWN = "Readers cannot open this address"
SCHEME = "starts with http:// or https://"
REFUSED = [
    ("https://user:pw@example.org/", SECRET),
    ("https://token@example.org/a", SECRET),
    ("http://localhost/x", OWN),
    ("http://LOCALHOST:8000/", OWN),
    ("http://wiki.localhost/", OWN),
    ("http://printer.local/", OWN),
    ("https://cms.internal/article/1", OWN),
    ("http://127.0.0.1/", OWN),
    ("http://10.1.2.3/", OWN),
    ("http://192.168.0.1:8080/x", OWN),
    ("http://169.254.169.254/latest", OWN),
    ("http://0.0.0.0/", OWN),
    ("http://[::1]/", OWN),
    ("http://[fd00::1]/x", OWN),
    ("http://[::ffff:127.0.0.1]/", OWN),
    ("ftp://example.org/a", SCHEME),
]
INVALID = ["http://intranet/x", "http://2130706433/", "http://0x7f.1/", "http://[::1"]
INVALID += ["javascript:alert(1)", "file:///etc/passwd", "https://exa mple.org/"]
FINE = ["https://example.org/a?b=c@d", "http://93.184.216.34/", "https://bücher.de/ü"]
FINE += ["https://example.org:8443/@handle/1", "https://local.example.org/"]


@pytest.fixture
def fields():
    """Every address field: its form, its name, and what else the form needs."""
    both = {"speaker": make_speaker().pk, "proposal": make_proposal().pk}
    position = {**both, "stance": "supports", "basis": "document"}
    return [
        ("archive/article", "url", {"headline": "H"}),
        ("archive/article", "archived_url", {"headline": "I"}),
        ("archive/outlet", "url", {"name": "A paper"}),
        ("statements/speaker", "url", {"name": "Zoë Quill"}),
        ("policies/position", "source_url", position),
    ]


@pytest.mark.parametrize(("address", "said"), REFUSED)
def test_an_address_that_readers_cannot_open_is_refused(editor, fields, address, said):
    for url, name, further in fields:
        shown = errors(send(editor, f"/admin/{url}/add/", **further, **{name: address}))
        assert f"{name}: " in shown
        assert said in shown


@pytest.mark.parametrize("address", INVALID)
def test_what_is_no_address_is_refused(editor, fields, address):
    for url, name, further in fields:
        shown = errors(send(editor, f"/admin/{url}/add/", **further, **{name: address}))
        assert f"{name}: " in shown


@pytest.mark.parametrize("address", FINE)
def test_other_addresses_are_taken(editor, fields, address):
    for url, name, further in fields:
        sent = {**further, name: f"{address}\u200b ", "confirmed": "on"}
        assert send(editor, f"/admin/{url}/add/", **sent).status_code == 302
    assert Article.objects.filter(url=address).exists()


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.org/a/1",
        "https://example.org/a/1#top",
        "https://example.org/a/1/",
        "https://example.org/a/1?utm_source=x&UTM_medium=y&fbclid=z",
        "http://example.org/a/1",
        "https://EXAMPLE.org/a/1",
        "https://www.example.org/a/1",
        "https://example.org:443/a/1",
        "http://example.org:80/a/1/?#x",
        "https://example.org./a/1",
        "https://example.org/%61/1",
        "http://WWW.Example.ORG:443/a/1/?gclid=1#part",
    ],
)
def test_the_article_at_an_address_is_named_before_a_second_is_saved(editor, spelling):
    article = make_article(headline="The first", url="https://example.org/a/1")
    for name in ("url", "archived_url"):
        said = errors(send(editor, ADD, headline="A second", **{name: spelling}))
        assert "This address already belongs to an article" in said
        assert change_url(article) in said
    assert Article.objects.count() == 1
    sent = {"headline": "A second", "url": spelling, "confirmed": "on"}
    assert send(editor, ADD, **sent).status_code == 302


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("http://www.Example.org/a/1/?utm_id=7#x", "https://example.org/a/1"),
        ("https://example.org/?id=1&lang=de", "https://example.org?lang=de&id=1"),
        ("https://bücher.de/über", "https://xn--bcher-kva.de/%C3%BCber"),
        ("https://xn--bcher-kva.de/%c3%bcber", "https://bücher.de/über/"),
    ],
)
def test_the_stored_spelling_does_not_matter_either(editor, stored, typed):
    make_article(url=stored)
    assert "belongs to an article" in errors(send(editor, ADD, headline="H", url=typed))


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/a/2",
        "https://example.org/A/1",
        "https://example.org/a/1?page=2",
        "https://example.org:8443/a/1",
        "https://news.example.org/a/1",
        "https://example.com/a/1",
    ],
)
def test_another_page_is_another_page(editor, other):
    make_article(url="https://example.org/a/1")
    assert send(editor, ADD, headline="H", url=other).status_code == 302


def test_an_article_may_be_saved_again_without_being_asked(editor):
    for _ in range(2):
        article = make_article(url="https://example.org/a/1", status="draft")
    assert send(editor, change_url(article), byline="Ann").status_code == 302


@pytest.mark.parametrize("url", ["https://news.example:99999/a", "http://[::1/"])
def test_what_is_no_address_is_refused_in_words(editor, url):
    assert "valid URL" in errors(send(editor, ADD, headline="Port", url=url))


def test_a_stored_address_that_is_none_stops_no_other_one(editor):
    make_article(url="https://news.example:99999/a")
    sent = {"headline": "Port", "url": "https://news.example/a"}
    assert send(editor, ADD, **sent).status_code == 302
