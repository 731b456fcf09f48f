"""All three sets, whole, in one archive with the first article: what the pages say
equals what their files say. Loaded once, which takes two minutes.
"""

import csv
import io
import re
from collections import Counter
from functools import cache
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from archive.importing import sets
from archive.importing.sets import loading
from archive.ingest import load_seed
from archive.serving import indexing
from policies.models import Position, Proposal
from statements.models import StatementPassage
from tests.importing.sets import figures, files
from tests.importing.sets.files import COUNCIL
from tests.public.test_pages import text_of

pytestmark = [
    pytest.mark.volume,
    pytest.mark.usefixtures("_archive", "_indexed"),
    pytest.mark.django_db,
]
client = Client()
OPTION = re.compile(
    r'<span class="t">([^<]+)</span>\s*<span class="c num">([\d,]+)</span>'
)
STANCES = {
    "supports": r"Supports (\d+)|(\d+) speakers? supports? it",
    "opposes": r"Opposes (\d+)|(\d+) speakers? opposes? it",
    "abstains": r"Abstains (\d+)|(\d+) speakers? abstains?",
    "": r"Differing (\d+)|(\d+) speakers? (?:has|have) taken differing positions",
}


@pytest.fixture(scope="module")
def _archive(records_of_module):
    load_seed()
    for name in sets.DEMO:
        loading.load(sets.read(name))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as an import outside of a transaction does


@pytest.fixture(scope="module", autouse=True)
def _removed(django_db_setup, django_db_blocker):
    """Rows that were rolled back would slow down the modules after this one."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE, SKIP_LOCKED)")


@pytest.fixture(scope="module")
def _index(_archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "search"
    with override_settings(SEARCH_DIR=folder):
        indexing.rebuild()
    return folder


@pytest.fixture
def _indexed(_index, search_folder):
    """The index answers, as it does on a site."""
    with override_settings(SEARCH_DIR=_index):
        assert indexing.is_usable()
        yield


@cache
def page(address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def options(address, name):
    """What a facet of a list counts, by the label that readers see."""
    first = page(address).split(f'name="{name}"', 1)[1]
    return Counter(
        {
            unescape(label).strip(): int(count.replace(",", ""))
            for label, count in OPTION.findall(first.split("</fieldset>", 1)[0])
            if count != "0"
        }
    )


def size(address):
    """The number in the heading over the rows of a list."""
    heading = page(address).split('id="results-heading"', 1)[1]
    return int(re.search(r">\s*([\d,]+)", heading)[1].replace(",", ""))


def lines(address):
    content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def of(proposal):
    return Proposal.objects.get(identifiers__identifier=proposal)


def test_verify_finds_nothing_wrong():
    out = io.StringIO()
    call_command("verify", stdout=out)
    assert "64995 positions, 64995 public" in out.getvalue()


def test_the_lists_are_as_long_as_the_files():
    assert size("/statements/") == figures.by_governor().total() + 15
    assert size("/proposals/") == len(files.proposals()) + 13
    assert size("/positions/") == len(files.positions()) + 5
    assert size("/articles/") == 51
    assert options("/speakers/", "kind")["Person"] == figures.people()
    assert "6,796 statements" in text_of("/")


def test_a_year_has_the_positions_of_that_year():
    expected = figures.years() + Counter({"2024": 5})  # of the first article
    for year, count in expected.items():
        address = f"/positions/?since={year}-01-01&until={year}-12-31"
        assert size(address) == count


def test_each_stance_is_counted_as_in_the_file():
    expected = Counter(row["stance"] for row in files.positions())
    expected += figures.seed_positions("stance")
    labels = {"Supports", "Opposes", "Abstains", "Discusses"}
    shown = options("/positions/", "stance")
    assert shown.keys() == labels
    assert {label.casefold(): count for label, count in shown.items()} == expected


@pytest.mark.parametrize("stance", ["supports", "opposes", "abstains"])
def test_each_member_has_the_positions_of_the_file_with_each_stance(stance):
    shown = options(f"/positions/?stance={stance}&basis=action&all=speaker", "speaker")
    assert shown == figures.by_member_with(stance)


def test_each_body_has_the_positions_that_were_taken_in_it():
    bodies = Position.objects.public().exclude(body=None)
    assert Counter(bodies.values_list("body__name", flat=True)) == figures.bodies()


def test_the_title_of_a_member_stands_beside_the_votes_of_the_known_term():
    shown = options("/positions/?basis=action", "office")
    assert shown["Council Member"] == figures.as_member()


def test_topics_have_the_records_that_the_files_give_them():
    for address, expected in (
        ("/proposals/?all=topic", figures.topics_of_all_proposals()),
        ("/positions/?all=topic", figures.topics_of_positions()),
        ("/statements/?all=topic", figures.topics_of_statements()),
    ):
        assert options(address, "topic") == expected, address


def test_each_governor_has_the_statements_of_the_speech():
    shown = options("/statements/?outlet=&form=direct&all=speaker", "speaker")
    governors = figures.by_governor()
    assert {name: shown[name] for name in governors} == governors


def test_statements_are_counted_by_party_office_and_place_of_that_year():
    parties = {
        "democratic-party": "Democratic Party",
        "republican-party": "Republican Party",
    }
    expected = figures.statements_by("party", "organization_id")
    shown = options("/statements/", "party")
    assert shown == {parties[key]: count for key, count in expected.items()}
    office = options("/statements/?all=office", "office")
    assert office["Governor"] == figures.statements_by("office", "title")["Governor"]
    place = options("/statements/?all=place", "place")
    for state, count in figures.statements_by("office", "place").items():
        assert place[state] == count, state


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        *(("Republican Party", "party"), ("Democratic Party", "party")),
        *(("U.S. Senate", "body"), ("U.S. House of Representatives", "body")),
        ("New York City Council", "body"),
    ],
)
def test_a_party_and_a_body_have_the_members_of_the_files(name, parameter):
    shown = options(f"/speakers/?all={parameter}", parameter)
    assert shown[name] == figures.members(name) > 0


def test_each_member_put_forward_what_the_file_says():
    shown = options("/proposals/?all=issuer", "issuer")
    expected = figures.put_forward() + Counter({"Jumaane D. Williams": 1})
    assert {name: shown[name] for name in expected} == expected


def test_every_stance_on_every_proposal_is_that_of_the_file():
    expected = Counter((row["proposal_id"], row["stance"]) for row in files.positions())
    stored = Counter(
        Position.objects.public()
        .filter(proposal__identifiers__scheme="Legistar")
        .values_list("proposal__identifiers__identifier", "stance")
    )
    assert stored == expected


def test_a_page_counts_the_speakers_on_each_side():
    disputed = files.rows(COUNCIL, "proposals-disputed.jsonl.xz")
    others = files.rows(COUNCIL, "proposals-other.jsonl.xz")[::90]
    for row in [*disputed, *others]:
        text = text_of(of(row["id"]).get_absolute_url())
        shown = text.split("Where people stand", 1)[1].split("What these words", 1)[0]
        expected = figures.tally(row["id"])
        for stance, pattern in STANCES.items():
            counted = {int(a or b) for a, b in re.findall(pattern, shown)}
            assert counted == {expected[stance]} - {0}, row["id"]


def test_a_comparison_has_the_stances_of_the_file():
    ids = [row["id"] for row in files.rows(COUNCIL, "proposals-disputed.jsonl.xz")][:5]
    chosen = "&".join(f"proposal={of(each).slug}" for each in ids)
    taken = {
        (figures.names()[COUNCIL, row["speaker_id"]], row["held_on"], row["stance"])
        for row in files.positions()
        if row["proposal_id"] in ids
    }
    table = lines(f"/compare.csv?{chosen}")
    shown = {
        (row["speaker_name"], row["held_on"], row["stance"])
        for row in table
        if row["stance"]
    }
    assert shown == taken


def test_every_quoted_word_is_that_of_the_speech_s_file():
    stored = StatementPassage.objects.filter(
        statement__article__rights="full_text"
    ).values_list("exact", flat=True)
    assert Counter(stored) == Counter(words for _speech, words in figures.words())
