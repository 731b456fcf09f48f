import json

import pytest

from archive.models import Article
from policies.models import Proposal, ProposalList
from statements.models import Speaker, Statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_data_blocks_stand_under_the_content_security_policy_and_hold_what_was_sent(
    open_page,
):
    page = open_page("/")
    base = page.url.rstrip("/")
    for path in ["/", *first_of_each()]:
        answer = page.goto(base + path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        blocks = page.locator(
            "head script[type='application/ld+json']"
        ).all_text_contents()
        assert [json.loads(block)["@context"] for block in blocks] == [
            "https://schema.org"
        ], path
        assert page.locator("link[rel=canonical]").get_attribute("href") == base + path
    for picture in page.locator(
        "meta[property='og:image'], link[rel=apple-touch-icon]"
    ).all():
        address = picture.get_attribute("content") or picture.get_attribute("href")
        assert page.request.get(
            address if address.startswith("http") else base + address
        ).ok


def first_of_each():
    records = (Article, Proposal, ProposalList, Speaker, Statement)
    return [model.objects.public().first().get_absolute_url() for model in records]
