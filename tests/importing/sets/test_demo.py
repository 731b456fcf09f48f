"""The demo: the seed with the three sets, of the Council the disputed proposals."""

from collections import Counter

import pytest
from django.contrib.auth import get_user_model

from archive.importing import sets
from archive.importing.problems import Refused
from archive.importing.sets import loading
from archive.importing.undoing import undo
from archive.ingest import load_seed
from archive.models import Article, DataSet, ImportRun, Topic
from archive.serving import first_start
from policies.models import Position, Proposal
from statements.models import Affiliation, Speaker, Statement, Turn
from tests.importing.sets import files
from tests.importing.sets.files import CONGRESS, COUNCIL, SPEECHES

SAID: list[str] = []


@pytest.fixture(scope="module")
def _demo(records_of_module):
    load_seed()
    first_start.load_demo(SAID.append)


pytestmark = [pytest.mark.usefixtures("_demo"), pytest.mark.django_db]


def demo_positions():
    return files.rows(COUNCIL, "positions-disputed.csv.xz")


def test_each_set_is_named_with_credit_and_licence_as_it_is_loaded():
    assert len(SAID) == 3
    assert "FiveThirtyEight, CC BY 4.0" in SAID[0]


def test_nothing_was_asked_and_everything_is_public():
    assert Statement.objects.public().count() == 15 + 6781
    assert Article.objects.public().count() == 1 + 50
    assert Proposal.objects.public().count() == 13 + 55
    assert Position.objects.public().count() == 5 + len(demo_positions())


def test_a_second_time_changes_nothing():
    runs = ImportRun.objects.count()
    first_start.load_demo(SAID.append)
    assert ImportRun.objects.count() == runs


def test_the_same_files_again_are_unchanged():
    for order, outcome in loading.load(sets.read(CONGRESS), is_trial=True):
        assert outcome.report.counts["unchanged"] == outcome.report.counts["read"]
        assert order.kind.name in ("speakers", "affiliations")


def test_a_trial_writes_nothing():
    before = DataSet.objects.count(), ImportRun.objects.count()
    loading.load(sets.read(SPEECHES), is_trial=True)
    assert (DataSet.objects.count(), ImportRun.objects.count()) == before


@pytest.mark.parametrize("name", ["Jim Justice", "Pete Ricketts"])
def test_a_governor_who_is_a_senator_now_is_one_person(name):
    (speaker,) = Speaker.objects.filter(name=name)
    titles = set(speaker.affiliations.values_list("title", flat=True))
    assert {"Governor", "U.S. Senator"} <= titles


def test_the_public_advocate_is_the_seed_s_williams():
    williams = Speaker.objects.get(slug="jumaane-d-williams")
    assert williams.proposed.filter(title__startswith="Enact protections").exists()
    assert williams.affiliations.filter(source_url__contains="jumaane").exists()
    assert not Speaker.objects.filter(name="Jumaane Williams").exists()
    assert Speaker.objects.filter(name="Nantasha M. Williams").exists()


def test_people_with_one_surname_stay_apart():
    assert set(
        Speaker.objects.filter(name__endswith=" Adams").values_list("name", flat=True)
    ) == {"Eric Adams", "Adrienne E. Adams", "Alma S. Adams"}
    assert (
        Speaker.objects.filter(name__in=["Kevin Kiley", "Kevin C. Riley"]).count() == 2
    )


def test_the_sets_are_recorded_under_an_account_that_cannot_log_in():
    account = get_user_model().objects.get(username=loading.ACCOUNT)
    assert not account.is_active
    assert not account.has_usable_password()
    sets_only = ImportRun.objects.values_list("account", flat=True)
    assert set(sets_only) == {account.pk}


def test_the_council_s_bill_and_the_seed_s_rikers_proposal_share_a_topic():
    topic = Topic.objects.get(slug="immigration-enforcement")
    titles = " ".join(topic.proposals.values_list("title", flat=True))
    assert "Return ICE to Rikers Island" in titles
    assert "Redefining terms concerning immigration enforcement" in titles


def test_the_stances_on_each_proposal_are_those_of_the_file():
    expected = Counter((row["proposal_id"], row["stance"]) for row in demo_positions())
    stored = Counter(
        Position.objects.public()
        .filter(proposal__identifiers__scheme="Legistar")
        .values_list("proposal__identifiers__identifier", "stance")
    )
    assert stored == expected


def test_a_page_counts_the_positions_of_the_file(client):
    bill = Proposal.objects.get(identifiers__identifier="Int 1412-2025")
    expected = Counter(
        row["stance"]
        for row in demo_positions()
        if row["proposal_id"] == "Int 1412-2025"
    )
    answer = client.get(f"/positions/?proposal={bill.slug}")
    listing = answer.context["listing"]
    assert listing.page.paginator.count == expected.total()


def test_a_proposal_shows_its_page_its_day_and_whose_words_they_are(client):
    bill = Proposal.objects.get(identifiers__identifier="Int 1412-2025")
    page = client.get(bill.get_absolute_url()).text
    assert "As worded in the source." in page
    assert "Worded by the editors." not in page
    assert bill.source_url.replace("&", "&amp;") in page
    assert f'datetime="{bill.proposed_on:%Y-%m-%d}"' in page
    assert "by rule" in page
    assert "NYC Council legislation via jehiah/nyc_legislation" in page


@pytest.mark.parametrize(
    "path",
    ["/speakers/kay-ivey/", "/articles/2019-state-of-the-state-address-alabama/"],
)
def test_a_record_names_the_set_it_is_from(client, path):
    page = client.get(path).text
    assert "FiveThirtyEight" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page


def test_the_first_article_is_from_no_set(client):
    assert "From:" not in client.get("/articles/eric-adams-meets-tom-homan/").text


def test_the_about_page_credits_each_set(client):
    page = client.get("/about/").text
    assert all(sets.read(name).credit in page for name in sets.names())


def test_the_words_of_the_topics_are_published(client):
    page = client.get("/help/topics/").text
    assert "Immigration enforcement" in page
    assert "sanctuary cit*" in page


def test_a_governor_s_office_stands_beside_words_of_that_year():
    statement = Statement.objects.filter(speaker__name="Kay Ivey").first()
    assert statement.office == "Governor"
    assert str(statement.article.published_precision) == "year"


def test_an_office_is_given_only_where_its_dates_hold_the_day():
    menin = Position.objects.filter(speaker__slug="julie-menin").first()
    assert menin.speaker.office_on(menin.held_on).title == "Council Member"
    later = Speaker.objects.get(slug="ty-hankerson")
    assert later.office_on(menin.held_on) is None


def test_the_governor_s_turn_leaves_the_editor_s_note_out():
    turns = Turn.objects.filter(version__article__slug__endswith="kentucky")
    whole = Turn.objects.filter(version__article__slug__endswith="alabama")
    assert turns.count() > 1
    assert whole.count() == 1


def test_topics_that_an_editor_removed_do_not_come_back():
    proposal = Proposal.objects.filter(topics_by_rule=True).first()
    proposal.topics.clear()
    Proposal.objects.filter(pk=proposal.pk).update(topics_by_rule=False)
    loading.load(sets.read(COUNCIL), is_demo=True)
    proposal.refresh_from_db()
    assert not proposal.topics.exists()
    assert not proposal.topics_by_rule


def test_members_without_votes_are_public_by_their_source():
    assert Speaker.objects.public().filter(slug="maria-cantwell").exists()
    assert Affiliation.objects.filter(speaker__slug="maria-cantwell").count() == 2


def test_what_a_set_published_is_withdrawn_and_not_undone():
    run = ImportRun.objects.get(source=COUNCIL, kind="positions")
    with pytest.raises(Refused) as refused:
        undo(run.pk)
    assert "it is withdrawn with a public reason" in " ".join(
        refused.value.problems.lines()
    )


def test_members_can_be_undone_while_nothing_rests_on_them():
    terms = ImportRun.objects.get(source=CONGRESS, kind="affiliations")
    assert undo(terms.pk)["removed"] == 1511
