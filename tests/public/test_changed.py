"""Changed positions: the rule, the filter, the page and the file."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.listing.answer import Answer
from archive.serving import indexing
from policies.models import Position
from tests.factories import (
    make_article,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html
from tests.public.test_exports import rows_of
from tests.public.test_filters import counts, positions

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture
def held():
    """Records a stance of one speaker on one proposal."""
    speaker, proposal = make_speaker(name="Ann Lee"), make_proposal(title="Build it")

    def hold(stance, day=None, *evidence, **fields):
        if stance == "mixed":
            fields["conditions"] = "if paid"
        pair = {"speaker": speaker, "proposal": proposal}
        return make_position(*evidence, **pair, stance=stance, held_on=day, **fields)

    hold.speaker, hold.proposal = speaker, proposal
    return hold


def changed():
    return list(Position.objects.public().changed().order_by("pk"))


def test_a_stance_that_differs_from_the_one_before_has_changed(held):
    held("supports", "2014-05-01")
    held("supports", "2015-05-01")
    later = held("opposes", "2016-05-01")
    held("opposes", "2017-05-01")
    assert changed() == [later]


def test_each_change_counts_and_mixed_is_a_stance_of_its_own(held):
    held("supports", "2014-05-01")
    mixed = held("mixed", "2015-05-01")
    back = held("supports", "2016-05-01")
    assert changed() == [mixed, back]


@pytest.mark.parametrize("stance", ["abstains", "declined", "discusses"])
def test_who_takes_no_side_neither_changes_nor_hides_a_change(held, stance):
    held("supports", "2014-05-01")
    held(stance, "2015-05-01")
    assert changed() == []
    later = held("opposes", "2016-05-01")
    assert changed() == [later]


def test_an_inference_is_no_change_and_is_passed_over(held):
    one, two = (User.objects.create(username=name) for name in ("one", "two"))
    held("supports", "2014-05-01")
    reviewed = {"recorded_by": one, "reviewed_by": two}
    inferred = {"basis": "inferred", "rationale": "x", **reviewed}
    held("opposes", "2015-05-01", **inferred)
    held("supports", "2016-05-01")
    assert changed() == []


def test_two_stances_of_one_day_have_no_order_and_are_passed_over(held):
    committee, council = make_organization(), make_organization()
    held("supports", "2014-05-01")
    held("supports", "2015-05-01", body=committee)
    held("opposes", "2015-05-01", body=council)
    assert changed() == []
    later = held("opposes", "2016-05-01")
    assert changed() == [later]


def test_two_votes_of_one_day_are_one_change(held):
    held("supports", "2014-05-01")
    first = held("opposes", "2015-05-01", body=make_organization())
    held("opposes", "2015-05-01", body=make_organization())
    assert changed() == [first]


def test_a_date_is_compared_only_as_precisely_as_it_is_known(held):
    def said_in(year):
        return make_statement(
            speaker=held.speaker, said_on=f"{year}-01-01", said_precision="year"
        )

    held("supports", "2013-05-01")
    held("supports", "2014-05-01")
    held("opposes", None, said_in(2014), basis="own_words")
    assert changed() == []
    later = held("opposes", None, said_in(2015), basis="own_words")
    assert changed() == [later]


def test_a_position_without_a_date_is_no_change(held):
    held("supports", "2014-05-01")
    held("opposes", None, make_statement(article=make_article()))
    assert changed() == []


def test_what_readers_may_not_see_changes_nothing(held):
    earlier = held("supports", "2014-05-01", status="draft")
    later = held("opposes", "2015-05-01")
    assert changed() == []
    Position.objects.filter(pk=earlier.pk).update(status="published")
    assert changed() == [later]
    Position.objects.filter(pk=earlier.pk).update(status="withdrawn")
    assert changed() == []


def test_another_speaker_or_proposal_is_not_compared(held):
    held("supports", "2014-05-01")
    make_position(proposal=held.proposal, stance="opposes", held_on="2015-05-01")
    make_position(speaker=held.speaker, stance="opposes", held_on="2015-05-01")
    assert changed() == []


def move_away(earlier):
    Position.objects.filter(pk=earlier.pk).update(speaker=make_speaker())


def delete(earlier):
    earlier.delete()


def withdraw(earlier):
    Position.objects.filter(pk=earlier.pk).update(status="withdrawn")


def agree(earlier):
    Position.objects.filter(pk=earlier.pk).update(stance="opposes")


def lose_its_date(earlier):
    earlier.evidence.update(said_on=None)


@pytest.mark.django_db(transaction=True)  # the log of changes is by transaction
@pytest.mark.parametrize("change", [move_away, delete, withdraw, agree, lose_its_date])
def test_a_change_of_the_position_before_reaches_the_index(held, reindex, change):
    earlier = held("supports", None, make_statement(said_on="2014-05-01"))
    later = held("opposes", "2015-05-01")
    back = held("supports", "2016-05-01")
    reindex()
    assert indexed() == [back.pk, later.pk]
    change(earlier)
    indexing.refresh()
    assert indexed() == [back.pk]
    held("mixed", "2014-06-01")
    indexing.refresh()
    assert indexed()[:2] == [back.pk, later.pk]


def indexed():
    """The changed positions by the index, newest first."""
    _rows, listing = positions("changed=1")
    assert isinstance(listing.answer, Answer)
    return listing.answer.ids


def words_of(page, tag):
    """The text of each innermost element of this tag."""
    elements = re.findall(rf"<{tag}\b[^>]*>((?:(?!<{tag}\b).)*?)</{tag}>", page)
    return [" ".join(re.sub("<[^>]*>", " ", text).split()) for text in elements]


def test_the_filter_finds_changed_positions_and_counts_them(held):
    held("supports", "2014-05-01")
    later = held("opposes", "2015-05-01")
    rows, listing = positions("changed=1")
    assert (rows, counts(listing, "changed")) == ([later], {"1": 1})
    assert positions("changed=1&stance=supports")[0] == []
    assert positions("changed=0")[0] == []


@pytest.mark.parametrize("is_indexed", [False, True])
def test_the_page_shows_both_stances_with_their_dates(held, is_indexed, request):
    committee = make_organization(name="Committee")
    earlier = held("supports", "2014-05-01", basis="action", body=committee)
    later = held("opposes", "2015-06-02")
    if is_indexed:
        request.getfixturevalue("reindex")
    page = Html(client.get("/positions/?changed=1").content.decode())
    assert words_of(page, "ol") == [
        "Supports May 1, 2014 Recorded action, Committee "
        "Changed to Opposes June 2, 2015 A document"
    ]
    for each in (earlier, later):
        assert f'href="{each.get_absolute_url()}"' in page
    assert words_of(page, "h1") == ["Who changed position"]
    assert words_of(page, "title") == ["Changed positions — On Record"]


def test_the_plain_list_shows_a_change_too_and_leads_to_all_changes(held):
    held("supports", "2014-05-01")
    held("opposes", "2015-05-01")
    page = Html(client.get("/positions/").content.decode())
    assert page.count('<ol class="chg">') == 1
    assert 'href="/positions/?changed=1"' in page


def test_the_file_has_the_position_before(held):
    earlier = held("supports", "2014-05-01", body=make_organization(name="Council"))
    later = held("opposes", "2015-05-01")
    (row,) = rows_of("/positions.csv?changed=1")
    assert row["position_uid"] == later.uid
    expected = {
        "earlier_uid": earlier.uid,
        "earlier_stance": "supports",
        "earlier_basis": "document",
        "earlier_date": "2014-05-01",
        "earlier_date_precision": "day",
        "earlier_date_is_inferred": "no",
        "earlier_body": "Council",
        "earlier_source_url": "https://example.org/record",
    }
    assert {name: row[name] for name in expected} == expected
    (first, _later) = rows_of("/positions.csv?sort=oldest")
    assert not any(first[name] for name in expected)
