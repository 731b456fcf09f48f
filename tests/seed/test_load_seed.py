"""Loading the seed never damages existing records."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from archive.core.revision import archive_revision
from archive.ingest import SEED, load_seed
from archive.models import Topic
from policies.models import Proposal
from statements.models import Speaker, Statement
from tests.factories import make_proposal, make_speaker, make_topic

pytestmark = pytest.mark.django_db


def rows_of_everything():
    """Returns the number of rows of each table, including history and change log."""
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_the_command_loads_once_and_says_so(capsys):
    call_command("load_seed")
    call_command("load_seed")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Loaded the seed article."
    assert "nothing was changed" in second


@pytest.mark.parametrize(
    "load", [load_seed, lambda: call_command("loaddata", str(SEED), verbosity=0)]
)
def test_loading_twice_writes_nothing(load):
    load_seed()
    before = rows_of_everything(), archive_revision()
    load()
    assert (rows_of_everything(), archive_revision()) == before
    assert before[0]["archive.Change"] > 0


def test_a_correction_survives_a_second_loading():
    load_seed()
    Statement.objects.filter(form="partial").update(
        occasion="Corrected", status="withdrawn"
    )
    Speaker.objects.filter(slug="brad-lander").update(wikidata_id="Q1")
    assert not load_seed()
    assert Statement.objects.get(occasion="Corrected").status == "withdrawn"
    assert Speaker.objects.get(slug="brad-lander").wikidata_id == "Q1"


def test_speakers_and_topics_that_are_there_already_stay_as_they_are():
    adams = make_speaker(name="Eric Adams", wikidata_id="Q1")
    topic = make_topic(name="The border", slug="border-policy")
    assert load_seed()
    adams.refresh_from_db()
    assert (adams.wikidata_id, adams.statements.count()) == ("Q1", 9)
    assert Topic.objects.get(slug="border-policy").name == topic.name


def test_an_address_that_another_record_has_stops_it_whole():
    make_proposal(slug="return-ice-to-rikers-island")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_seed")
    assert (Statement.objects.count(), Proposal.objects.count()) == (0, 1)
