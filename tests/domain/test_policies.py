import pytest
from django.contrib.auth.models import User

from archive.models import Article
from policies.models import Position, Proposal, ProposalPassage
from policies.standings import put_forward_as
from statements.models import Statement
from tests.factories import (
    add_passage,
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.rules import refused, sql

pytestmark = pytest.mark.django_db


def test_a_listed_proposal_has_the_article_and_the_words_of_its_list():
    proposal = make_listed("Build a bridge.", text="Tear a bridge down.")
    assert proposal.text == "Build a bridge."
    assert proposal.article == proposal.proposal_list.article
    Proposal.objects.update(text="lies", article=None)
    sql("UPDATE policies_proposal SET text = 'raw lies'")
    proposal.refresh_from_db()
    assert (proposal.text, proposal.article) == (
        "Build a bridge.",
        proposal.proposal_list.article,
    )


def test_outside_a_list_the_wording_is_the_editors():
    proposal = make_proposal(article=make_article(), text="Fight on")
    add_passage(proposal, "We will fight,")
    proposal.refresh_from_db()
    assert proposal.text == "Fight on"


def test_a_published_listed_proposal_has_a_passage():
    with refused("proposal_passage"):
        make_proposal(proposal_list=make_list(), number=1)
    make_listed()
    with refused("proposal_passage"):
        ProposalPassage.objects.all().delete()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"title": ""}, "proposal_title"),
        ({"number": 1}, "proposal_number_in_list"),
    ],
)
def test_a_proposal_that_breaks_a_rule_is_refused(fields, rule):
    with refused(rule):
        make_proposal(**fields)


def test_a_listed_proposal_has_no_issuer_or_addressee_of_its_own():
    proposal, speaker = make_listed(), make_speaker()
    for name in ("proposed_by", "addressed_to"):
        with refused("proposal_of_list"):
            Proposal.objects.filter(pk=proposal.pk).update(**{name: speaker})
    with refused("proposal_number_in_list"):
        sql("UPDATE policies_proposal SET number = NULL")
    with refused("proposal_number"):
        make_listed(proposal_list=proposal.proposal_list, number=proposal.number)


def test_a_list_whose_proposals_have_passages_stays_with_its_article():
    make_listed()
    other = make_article()
    with refused("keeps_article"):
        sql("UPDATE policies_proposallist SET article_id = %s", other.pk)
    empty = make_list()
    make_proposal(proposal_list=empty, number=1, status="draft")
    type(empty).objects.filter(pk=empty.pk).update(article=other)
    assert empty.proposals.get().article == other


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"stance": "likes"}, "position_stance"),
        ({"basis": "rumour"}, "position_basis"),
        ({"stance": "mixed"}, "position_mixed_conditions"),
        ({"basis": "inferred"}, "position_inferred_rationale"),
        ({"basis": "own_words"}, "position_evidence"),
        ({"basis": "reported"}, "position_evidence"),
    ],
)
def test_a_position_that_breaks_a_rule_is_refused(fields, rule):
    row = {
        "speaker": make_speaker(),
        "proposal": make_proposal(),
        "stance": "supports",
        "basis": "document",
    }
    with refused(rule):
        Position.objects.bulk_create(
            [Position(**{**row, "status": "published", **fields})]
        )


def test_an_inferred_position_needs_a_second_person():
    one, two = User.objects.create(username="one"), User.objects.create(username="two")
    for recorded, reviewed in [(None, None), (one, None), (None, two), (one, one)]:
        with refused("position_inferred_review"):
            make_position(
                basis="inferred",
                rationale="r",
                recorded_by=recorded,
                reviewed_by=reviewed,
            )
    make_position(basis="inferred", rationale="r", recorded_by=one, reviewed_by=two)
    with refused("position_inferred_review"):
        Position.objects.update(reviewed_by=None)
    with refused("position_inferred_review"):
        sql("UPDATE policies_position SET recorded_by_id = reviewed_by_id")
    Position.objects.update(status="draft")
    Position.objects.update(reviewed_by=None)


def test_published_own_words_rest_on_words_of_the_speaker():
    speaker = make_speaker()
    own = make_statement(speaker=speaker)
    reported = make_statement(
        "taxes will fall", speaker=speaker, form="indirect", text="Taxes will fall."
    )
    for evidence in ([], [make_statement()], [reported]):
        with refused("position_evidence"):
            make_position(*evidence, speaker=speaker, basis="own_words")
    position = make_position(own, speaker=speaker, basis="own_words")
    with refused("position_evidence"):
        position.evidence.clear()
    with refused("position_evidence"):
        sql("DELETE FROM policies_position_evidence")
    with refused("position_evidence"):
        Statement.objects.filter(pk=own.pk).update(speaker=make_speaker())
    with refused("position_evidence"):
        Statement.objects.filter(pk=own.pk).update(
            form="indirect", text="She will fight."
        )


def test_a_source_address_stands_in_for_a_statement():
    position = make_position(basis="reported", status="draft")
    with refused("position_evidence"):
        Position.objects.update(status="published")
    Position.objects.update(source_url="https://example.org/", status="published")
    with refused("position_evidence"):
        sql("UPDATE policies_position SET source_url = '' WHERE id = %s", position.pk)


def test_the_public_passages_stay_within_the_excerpt_limit():
    article = make_article(excerpt_limit=20)
    make_statement("We will fight,", article=article)  # 14 characters
    # inside the first passage: the union counts
    make_statement("will fight,", article=article)
    make_statement(
        "taxes will fall", article=article, form="indirect", text="They will fall."
    )  # never shown
    with refused("excerpt_limit"):
        make_statement("And we win.", article=article)
    with refused("excerpt_limit"):
        make_listed("Build a bridge.", proposal_list=make_list(article=article))
    draft = make_statement("And we win.", article=article, status="draft")
    with refused("excerpt_limit"):
        sql(
            "UPDATE statements_statement SET status = 'published' WHERE id = %s",
            draft.pk,
        )
    with refused("excerpt_limit"):
        Article.objects.update(excerpt_limit=13)
    Article.objects.update(rights="full_text")
    Statement.objects.update(status="published")


def test_an_article_with_a_link_only_shows_no_words():
    article = make_article(rights="link_only")
    make_statement(
        "taxes will fall", article=article, form="indirect", text="They will sink."
    )
    with refused("excerpt_limit"):
        make_statement(article=article)
    quoted = make_statement()
    with refused("excerpt_limit"):
        Article.objects.filter(pk=quoted.article_id).update(rights="link_only")


def test_a_listed_proposal_with_passages_stays_with_its_article():
    proposal, elsewhere = make_listed(), make_list()
    with refused("keeps_article"):
        Proposal.objects.filter(pk=proposal.pk).update(
            proposal_list=elsewhere, number=9
        )
    with refused("keeps_article"):
        sql(
            "UPDATE policies_proposal SET proposal_list_id = %s, number = 9",
            elsewhere.pk,
        )


def test_an_inference_is_withdrawn_with_the_last_statement_it_rests_on():
    one, two = User.objects.create(username="one"), User.objects.create(username="two")
    statement = make_statement()
    position = make_position(
        statement,
        basis="inferred",
        rationale="She said so.",
        recorded_by=one,
        reviewed_by=two,
    )
    assert position in Position.objects.public()
    Statement.objects.update(status="withdrawn")
    assert position not in Position.objects.public()
    make_position(
        basis="inferred", rationale="It follows.", recorded_by=one, reviewed_by=two
    )
    assert Position.objects.public().count() == 1


def test_a_check_says_where_was_looked():
    with refused("check_where"):
        make_proposal().checks.create(
            speaker=make_speaker(), checked_on="2024-12-12", where=""
        )


def test_who_is_reported_to_hold_a_position_has_the_office_known_on_its_date():
    statement = make_statement(article=make_article(published_on="2024-12-12"))
    position = make_position(statement, basis="reported")
    position.speaker.affiliations.create(
        is_published=True, title="Comptroller", known_on="2024-12-12"
    )
    assert Position.objects.with_sources().get().office == "Comptroller"


def test_who_put_a_proposal_forward_has_the_office_known_at_its_date():
    article = make_article(published_on="2024-12-12")
    speaker = make_speaker()
    speaker.affiliations.create(
        is_published=True, title="Comptroller", known_on="2024-12-12"
    )
    proposal = make_proposal(article=article, proposed_by=speaker)
    assert put_forward_as(proposal, []) == "Comptroller"
    statement = make_statement(
        article=article, speaker=speaker, attribution=f"Mayor {speaker.name}"
    )
    assert put_forward_as(proposal, [statement]) == "Mayor"
    listed = make_listed(
        proposal_list=make_list(
            article=article, issued_by=speaker, issued_on="2025-12-12"
        )
    )
    assert put_forward_as(listed, []) == ""


def test_a_proposal_outside_a_list_asks_for_no_siblings(django_assert_num_queries):
    proposal = make_proposal()
    with django_assert_num_queries(0):
        assert list(proposal.siblings()) == []
