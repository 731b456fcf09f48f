"""The map of a source: foreign columns become ours."""

import datetime as dt

import pytest

from archive.importing.problems import Unreadable
from archive.models import Article, Outlet
from policies.models import Position, Proposal
from statements.models import Speaker
from tests.factories import make_proposal, make_speaker
from tests.importing.helpers import counts

pytestmark = pytest.mark.django_db


def test_a_column_is_renamed(bring):
    bring("outlets", "paper\nGazette\n", map='[columns]\nname = "paper"\n')
    assert Outlet.objects.get().name == "Gazette"


def test_columns_are_joined(bring):
    text = "first,middle,last\nAnn,,Lee\nBo,B.,Lo\n"
    rule = '[columns]\nname = { from = ["first", "middle", "last"] }\n'
    bring("speakers", text, map=rule)
    assert {each.name for each in Speaker.objects.all()} == {"Ann Lee", "Bo B. Lo"}


def test_a_constant_and_a_default_fill_in(bring):
    rules = (
        '[columns]\nkind = { constant = "speech" }\n'
        'language = { from = "lang", default = "es" }\n'
    )
    bring("articles", "headline,lang\nA,fr\nB,\n", map=rules)
    rows = Article.objects.order_by("headline").values_list("kind", "language")
    assert list(rows) == [("speech", "fr"), ("speech", "es")]


def test_a_cell_is_split_at_a_separator(bring):
    rule = '[columns]\ntopics = { from = "tags", split = "|" }\n'
    bring("proposals", "title,tags\nPlant,Parks|Trees\n", map=rule)
    topics = Proposal.objects.get().topics.order_by("name")
    assert [topic.name for topic in topics] == ["Parks", "Trees"]


def test_values_are_translated_and_rows_skipped(bring):
    proposal, _speaker = make_proposal(), make_speaker(name="Ann")
    rules = (
        '[columns]\nstance = { from = "vote", values = { Aye = "supports" } }\n'
        'basis = { constant = "action" }\n[skip]\nvote = ["Absent"]\n'
    )
    rows = f"{proposal.uid},Ann,Aye\n{proposal.uid},Ann,Absent\n"
    bring("positions", f"proposal_uid,speaker,vote\n{rows}", map=rules)
    assert Position.objects.get().stance == "supports"


def test_dates_are_read_in_the_form_that_the_map_names(bring):
    rule = 'date_format = "%m/%d/%Y"\n'
    bring("articles", "headline,date\nA,03/04/2024\n", map=rule)
    assert Article.objects.get().published_on == dt.date(2024, 3, 4)


def test_a_date_in_another_form_is_wrong(bring):
    rule = 'date_format = "%m/%d/%Y"\n'
    (line,) = bring.refused("articles", "headline,date\nA,2024-03-04\n", map=rule)
    assert "“2024-03-04” is not a date in the form %m/%d/%Y." in line


def test_an_encoding_and_a_delimiter_are_named(bring):
    rules = 'encoding = "windows-1252"\ndelimiter = "|"\n'
    bring("outlets", "name|url\nLa Opinión|\n".encode("windows-1252"), map=rules)
    assert Outlet.objects.get().name == "La Opinión"


def test_ids_are_made_of_several_columns(bring):
    rule = '[columns]\nid = { from = ["a", "b"], separator = "/" }\n'
    text = "a,b,name\n1,2,Gazette\n"
    bring("outlets", text, map=rule)
    assert counts(bring("outlets", text, map=rule)) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[columns\n", "not TOML"),
        ('colums = "a"\n', "unknown key “colums”"),
        (
            '[columns]\nnam = "a"\n',
            "unknown column “nam”; there is id, name, slug, url",
        ),
        ("[columns]\nname = { form = 1 }\n", "unknown key of name “form”"),
        ("[columns]\nname = { split = ',' }\n", "needs from or constant"),
        ("[columns]\nname = 3\n", "columns.name must be a table"),
        ("delimiter = 3\n", "delimiter must be a text"),
    ],
)
def test_a_wrong_map_is_refused_in_words(bring, text, sentence):
    with pytest.raises(Unreadable, match=sentence):
        bring("outlets", "name\nA\n", map=text)
