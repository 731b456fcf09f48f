"""“Start an article”: from a pasted text to a draft."""

import pytest

from archive.models import Article, Outlet

pytestmark = pytest.mark.django_db
DESK = "/admin/desk/"
TEXT = (
    "FAIRHAVEN, Ohio — Mayor Denise Okafor on Tuesday asked the City Council to freeze "
    "most rent increases for two years.\n\n“We have waited,” Okafor told the council."
)


def read(client, pasted=TEXT, **fields):
    return client.post(DESK, {"pasted": pasted, **fields})


def start(client, page, **changed):
    form = page.context["form"]
    sent = {field.html_name: field.value() for field in form}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    return client.post(DESK, {**sent, "start": "1", **changed})


def test_a_pasted_text_becomes_a_draft_and_leads_to_its_workbench(contributor):
    page = read(contributor)
    assert not Article.objects.exists()
    answer = start(contributor, page, headline="Rent freeze", outlet="The Gazette")
    assert answer.status_code == 302, [
        answer.context["form"].errors,
        answer.context["known"],
    ]
    article = Article.objects.get()
    assert answer.headers["Location"] == f"/admin/desk/{article.uid}/"
    assert article.status == "draft"
    assert article.latest_version.text == TEXT
    assert article.outlet == Outlet.objects.get(name="The Gazette")


def test_the_workbench_reads_the_text_of_what_was_started(contributor):
    answer = start(contributor, read(contributor), headline="Rent freeze")
    page = contributor.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "We have waited" in page.content.decode()
