"""The first article: what the archive says about it, and nothing else."""

import hashlib
import json
import re

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Min

from archive.ingest import SEED, load_seed
from archive.models import Article, ArticleVersion, Topic
from policies.models import Position, Proposal, ProposalList
from statements.models import Affiliation, Speaker, Statement, StatementPassage
from tests.rules import sql

QUOTED = [
    (
        "Eric Adams",
        "...we will not be a safe haven for those who commit violent acts. We don't do "
        "it for those who are "
        "citizens, and we're not going to do it for those who are undocumented.",
    ),
    (
        "Eric Adams",
        "We've made terrible mistakes in the past by preventing– to keep our city safe "
        "from those who have "
        "committed repeated acts of violence, particularly these dangerous gangs that "
        "we have witnessed in our city, and "
        "we're not going to continue in that direction,",
    ),
    (
        "Eric Adams",
        "I'm going to try to attempt to use my executive orders to go after dangerous "
        "people who are "
        "committing violent acts against migrants and asylum seekers and long-term New "
        "Yorkers and undocumented "
        "immigrants,",
    ),
    (
        "Eric Adams",
        "No one should be a victim of a crime in this city and particularly violent "
        "crimes. And I said that "
        "over and over again and I'm going to continue to stand by that.",
    ),
    ("Tom Homan", "he saw a cop"),
    (
        "Eric Adams",
        "We can't find them. We don't know if they're doing child labor. We don't know "
        "if they're doing sex "
        "crimes. We don't know if they've been exploited,",
    ),
    (
        "Jumaane D. Williams",
        "Since Mayor Adams makes it clearer daily that he seems more interested in "
        "helping Donald "
        "Trump with a dangerous agenda of deportation, it’s clear that vulnerable New "
        "Yorkers can’t rely on this mayor "
        "for support – so I’m asking President [Joe] Biden to use the time and power "
        "he has left in order to enact common "
        "sense protections,",
    ),
    (
        "Jumaane D. Williams",
        "We have a moral mandate to do what we can, with what we have, to stand up for "
        "people "
        "under threat.",
    ),
    (
        "Brad Lander",
        "Eric Adams is so focused on cozying up to Trump that he is willing to deny "
        "people due process and "
        "put the safety of families at risk,",
    ),
    (
        "Brad Lander",
        "This open-armed embrace of Trump’s xenophobic policies is a betrayal of "
        "everyone who calls New "
        "York City home.",
    ),
]
REMOVAL = "explore-lawful-ways-to-remove-people-convicted-of-a-major-felony"
RIKERS = "return-ice-to-rikers-island"
WITH_ICE = "coordinate-with-ice-on-deporting-asylum-seekers-who-commit-crimes"


@pytest.fixture(scope="module")
def _seed(records_of_module):
    assert load_seed()


pytestmark = [pytest.mark.usefixtures("_seed"), pytest.mark.django_db]


def test_the_text_is_the_article_byte_for_byte():
    version = ArticleVersion.objects.get()
    digest = "e7d2e240e94fb17f718f887586766bffc44eda0ec3062cee4475676470ab9ef8"
    assert hashlib.sha256(version.text.encode()).hexdigest() == version.sha256 == digest
    assert (len(version.text), len(version.text.encode())) == (5670, 5692)


def test_the_ten_quoted_passages_stand_character_for_character():
    passages = StatementPassage.objects.filter(
        statement__form__in=["direct", "partial"]
    ).order_by("start")
    assert list(passages.values_list("statement__speaker__name", "exact")) == QUOTED


def test_everything_is_there_and_public():
    models = [
        (Article, 1),
        (Statement, 15),
        (ProposalList, 2),
        (Proposal, 13),
        (Position, 5),
        (Speaker, 8),
        (Topic, 9),
    ]
    for model, expected in models:
        assert (model.objects.count(), model.objects.public().count()) == (
            expected,
            expected,
        ), model
    forms = Statement.objects.values_list("form", flat=True)
    assert {form: list(forms).count(form) for form in forms} == {
        "direct": 6,
        "partial": 1,
        "indirect": 7,
        "collective": 1,
    }


def test_nothing_is_said_about_the_source_that_its_text_does_not_say():
    article = Article.objects.get()
    assert article.headline_is_supplied
    assert (article.outlet, article.byline, article.url, article.archived_url) == (
        None,
        "",
        "",
        "",
    )
    assert article.published_is_inferred
    assert "Thursday" in article.date_note
    assert not Speaker.objects.exclude(wikidata_id="", url="", summary="").exists()
    assert set(Affiliation.objects.values_list("start", "end")) == {(None, None)}


def test_only_the_mayors_statements_have_a_day_and_it_is_inferred():
    dated = Statement.objects.exclude(said_on=None)
    assert set(
        dated.values_list("speaker__name", "said_on__day", "said_is_inferred")
    ) == {("Eric Adams", 12, True)}
    assert (
        dated.count()
        == Statement.objects.filter(speaker__name="Eric Adams").count()
        == 9
    )


def test_an_attribution_is_what_is_printed_there_and_empty_for_a_pronoun():
    statements = Statement.objects.annotate(
        first_start=Min("passages__start")
    ).order_by("first_start")
    assert list(statements.values_list("attribution", flat=True)) == [
        "New York City Mayor Eric Adams",
        "the mayor",
        "",
        "",
        "Adams",
        "the mayor",
        "Adams",
        "Homan",
        "Homan",
        "The mayor",
        "",
        "several elected officials",
        "Public Advocate Jumaane D. Williams",
        "Williams",
        "city Comptroller Brad Lander",
    ]


def test_the_lists_have_their_issuer_addressee_and_completeness():
    rows = ProposalList.objects.values_list(
        "issued_by__name", "addressed_to__name", "is_complete"
    )
    assert set(rows) == {
        ("New York City Mayor's Office", None, False),
        ("Eric Adams", "Incoming federal administration of Donald Trump", None),
    }
    assert [
        proposals.proposals.count() for proposals in ProposalList.objects.all()
    ] == [5, 5]


def test_outside_the_lists_three_proposals_say_who_put_them_forward():
    rows = Proposal.objects.filter(proposal_list=None).values_list(
        "slug", "proposed_by__name", "addressed_to__name"
    )
    assert set(rows) == {
        (RIKERS, None, None),
        (
            "enact-protections-against-policies-of-the-incoming-administration",
            "Jumaane D. Williams",
            "Joe Biden",
        ),
        (WITH_ICE, "Eric Adams", None),
    }


def test_these_positions_and_no_others():
    rows = Position.objects.values_list(
        "speaker__slug", "proposal__slug", "stance", "basis"
    )
    assert set(rows) == {
        ("eric-adams", REMOVAL, "discusses", "own_words"),
        ("tom-homan", RIKERS, "discusses", "reported"),
        ("eric-adams", RIKERS, "discusses", "reported"),
        ("jumaane-d-williams", WITH_ICE, "opposes", "inferred"),
        ("brad-lander", WITH_ICE, "opposes", "inferred"),
    }


def test_nobody_opposes_a_listed_proposal():
    stances = Position.objects.filter(
        proposal__proposal_list__isnull=False
    ).values_list("stance", flat=True)
    assert set(stances) == {"discusses"}


def test_an_inferred_position_quotes_the_words_it_rests_on():
    for position in Position.objects.inferred():
        words = " ".join(position.evidence.values_list("text", flat=True))
        quoted = re.findall("“(.+?)”", position.rationale)
        assert quoted
        assert all(fragment in words for fragment in quoted)
        assert position.rationale.endswith("does not name this proposal.")


def test_the_coders_can_do_nothing():
    assert set(
        Position.objects.inferred().values_list(
            "recorded_by__username", "reviewed_by__username"
        )
    ) == {("seed-coder", "seed-checker")}
    for user in User.objects.all():
        assert (
            user.has_usable_password(),
            user.is_active,
            user.is_staff,
            user.is_superuser,
        ) == (False,) * 4
        assert not user.get_all_permissions()


def test_the_fragment_is_shown_as_said_of_himself_and_about_the_mayor():
    assert Statement.objects.get(form="partial").text == (
        "Homan said of himself that “he saw a cop” in the mayor, Eric Adams."
    )


def test_the_unnamed_group_belongs_to_its_article_and_is_not_listed():
    group = Speaker.objects.get(kind="group")
    assert group.article == Article.objects.get()
    assert group not in Speaker.objects.listed()


def test_the_public_passages_are_3635_characters_of_at_most_3700():
    article = Article.objects.get()
    assert sql("SELECT policies_public_characters(%s)", article.pk) == [(3635,)]
    assert (article.rights, article.excerpt_limit) == ("excerpts", 3700)


def test_what_the_database_keeps_is_what_the_fixture_says():
    for row in json.loads(SEED.read_text(encoding="utf-8")):
        if "text" in row["fields"] and "uid" in row["fields"]:
            record = apps.get_model(row["model"]).objects.get(uid=row["fields"]["uid"])
            assert record.text == row["fields"]["text"]
