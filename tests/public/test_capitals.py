"""Capitals in an address lead to the record, if readers may see it."""

import pytest
from django.test import Client

from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture
def records():
    statement = make_statement(
        speaker=make_speaker(name="Eric Adams"),
        article=make_article(headline="A bridge"),
    )
    topic = make_topic(name="Public works")
    statement.topics.add(topic)
    proposal = make_listed(title="Build it", proposal_list=make_list(title="Ten plans"))
    public = [statement, statement.speaker, statement.article, topic, proposal]
    return [*public, proposal.proposal_list]


def redirected(path):
    response = client.get(path)
    assert response.status_code == 301, path
    assert response.headers["Cache-Control"] == "no-cache"
    return response.headers["Location"]


def test_every_record_is_found_with_capitals(records):
    for record in records:
        path = record.get_absolute_url()
        for typed in (path.upper(), path.title(), path[:-2] + path[-2:].upper()):
            if typed != path:
                assert redirected(typed) == path


def test_a_permanent_address_is_found_with_capitals(records):
    uid = next(r.uid for r in records if getattr(r, "uid", "").upper() != r.uid)
    assert redirected(f"/ID/{uid.upper()}/") == f"/id/{uid}/"


def test_the_query_stays(records):
    assert redirected("/speakers/Eric-Adams/?utm_source=A&x=%C3%89") == (
        "/speakers/eric-adams/?utm_source=A&x=%C3%89"
    )


def test_a_head_request_is_redirected_too(records):
    assert client.head("/speakers/ERIC-ADAMS/").status_code == 301


def test_a_merged_speaker_leads_on(records):
    speaker = records[1]
    make_speaker(name="Erik Adams", merged_into=speaker)
    assert redirected("/speakers/Erik-Adams/") == "/speakers/erik-adams/"


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_a_hidden_record_is_not_betrayed(status):
    make_article(headline="Secret plan", status=status)
    position = make_position(status=status)
    for path in ("/articles/Secret-Plan/", f"/id/{position.uid.upper()}/X"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "secret-plan" not in answer.content.decode()


def test_a_withdrawn_record_is_gone_under_capitals_too():
    article, proposal = make_article(headline="Old plan"), make_listed(title="Build it")
    statement = make_statement()
    for record in (article, proposal, statement):
        path, uid = record.get_absolute_url(), record.uid
        record.status = "withdrawn"
        record.save()
        for address in (path, path.upper(), f"/id/{uid}/", f"/ID/{uid.upper()}/"):
            answer = client.get(address)
            assert answer.status_code == 410, address


@pytest.mark.parametrize(
    "path", ["/speakers/Nobody/", "/SPEAKERS/", "/Admin/X/", "/É/"]
)
def test_everything_else_stays_missing(path, records):
    assert client.get(path).status_code == 404
