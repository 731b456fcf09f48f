"""How pages and files cite a record."""

import json

import bibtexparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import ArticleKind
from statements.models import Form, Turn
from tests.factories import (
    make_article,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db
client = Client()


def cited(record) -> str:
    return client.get(f"/cite/{record.uid}/").content.decode()


def csl(record) -> dict:
    [item] = json.loads(client.get(f"/cite/{record.uid}.json").content)
    return item


@pytest.fixture
def article():
    return make_article(
        headline="Mayor meets czar",
        byline="By Dana Rubinstein and Emma G. Fitz",
        outlet=make_outlet(name="The Daily"),
        published_on="2024-12-12",
    )


def test_a_statement_is_quoted_in_its_article(article):
    statement = make_statement(article=article, speaker=make_speaker(name="Ann Lee"))
    page = client.get(statement.get_absolute_url()).content.decode()
    assert "(Lee, quoted in Rubinstein &amp; Fitz, 2024, para. 1)" in page
    assert f"http://testserver/id/{statement.uid}/" in page
    assert f'href="/cite/{statement.uid}.ris"' in page


def test_a_paraphrase_is_paraphrased_in_its_article(article):
    statement = make_statement(
        "taxes will fall",
        article=article,
        speaker=make_speaker(name="Ann Lee"),
        form=Form.INDIRECT,
        text="Lee said that taxes will fall.",
    )
    page = cited(statement)
    assert "Lee, paraphrased in Rubinstein" in page
    assert "quoted in" not in page
    assert "“" not in csl(statement)["note"]


def test_the_speaker_of_a_speech_is_its_author():
    speaker = make_speaker(name="Ann Lee")
    article = make_article(kind=ArticleKind.SPEECH, published_on="2024-12-12")
    version = article.versions.get()
    Turn.objects.create(
        version=version, speaker=speaker, start=0, end=len(version.text)
    )
    statement = make_statement(article=article, speaker=speaker)
    assert csl(statement)["author"] == [{"family": "Lee", "given": "Ann"}]
    assert "(Lee, 2024, para. 1)" in cited(statement)


def test_a_newsroom_has_no_family_name():
    article = make_article(byline="The Associated Press", published_on="2024-12-12")
    assert csl(article)["author"] == [{"literal": "The Associated Press"}]


def test_the_words_of_a_proposal_are_nobody_s_but_the_archive_s():
    proposal = make_proposal(proposed_by=make_speaker(name="Ann Lee"))
    item = csl(proposal)
    assert "author" not in item
    assert item["genre"] == "Proposal of Ann Lee"
    assert item["container-title"] == "On Record"


def test_an_inferred_position_says_so():
    one, two = (User.objects.create(username=name) for name in ("one", "two"))
    position = make_position(
        basis="inferred",
        rationale="She says it of a like case.",
        recorded_by=one,
        reviewed_by=two,
    )
    assert "nferred" in csl(position)["genre"]


def test_an_inferred_date_is_uncertain_in_every_format():
    article = make_article(published_on="2024-12-12", published_is_inferred=True)
    assert csl(article)["issued"] == {"date-parts": [[2024, 12, 12]], "circa": True}
    assert "[2024, December 12]" in cited(article)
    for suffix in ("bib", "ris"):
        text = client.get(f"/cite/{article.uid}.{suffix}").content.decode()
        assert "Date inferred" in text


def test_a_draft_cannot_be_cited(article):
    statement = make_statement(article=article, status="draft")
    for suffix in ("/", ".bib", ".ris", ".json"):
        assert client.get(f"/cite/{statement.uid}{suffix}").status_code == 404


def test_a_withdrawn_record_is_gone(article):
    statement = make_statement(article=article)
    statement.status = "withdrawn"
    statement.save()
    assert client.get(f"/cite/{statement.uid}.bib").status_code == 410


def test_a_list_is_cited_with_its_filters_and_the_day(article):
    speaker = make_speaker(name="Ann Lee")
    make_statement(article=article, speaker=speaker)
    page = client.get(f"/cite/statements/?speaker={speaker.slug}").content.decode()
    assert "Statements (Speaker: Ann Lee), 1 record" in page
    assert f"from http://testserver/statements/?speaker={speaker.slug}" in page
    assert f'href="/cite/statements.bib?speaker={speaker.slug}"' in page
    text = client.get(f"/cite/statements.bib?speaker={speaker.slug}").content.decode()
    [entry] = bibtexparser.parse_string(text).entries
    assert "urldate" in entry.fields_dict


def test_a_list_with_a_malformed_parameter_is_not_cited():
    answer = client.get("/cite/statements/?since=2024-02-30")
    assert answer.status_code == 400
    assert "since" in answer.content.decode()
    assert client.get("/cite/statements.bib?since=2024-02-30").status_code == 400


def test_another_format_does_not_exist(article):
    assert client.get(f"/cite/{article.uid}.docx").status_code == 404
    assert client.get("/cite/nothing/").status_code == 404
