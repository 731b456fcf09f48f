"""Affiliations in the form of a speaker, and what merging does to members."""

import pytest

from statements import merging
from statements.models import Affiliation, Speaker
from tests.editing.conftest import make_account
from tests.editing.forms import change_url, filled_in, rendered, send
from tests.factories import (
    make_affiliation,
    make_organization,
    make_position,
    make_speaker,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/statements/speaker/add/"
SOURCE = "https://a.example/"


def new_row(**typed):
    """The data of one new affiliation in the form."""
    row = {"kind": "office", "title": "Mayor", "start_precision": "day"}
    row |= {"end_precision": "day", "known_precision": "day", **typed}
    named = {f"affiliations-0-{name}": value for name, value in row.items()}
    return {"affiliations-TOTAL_FORMS": "1", **named}


def test_a_contributors_affiliation_is_a_draft_whatever_is_sent(contributor):
    typed = filled_in(contributor, ADD, name="Ann Lee")
    assert not any("is_published" in name for name in typed)
    typed |= new_row(is_published="on", source_url=SOURCE)
    assert contributor.post(ADD, typed).status_code == 302
    assert not Affiliation.objects.get().is_published
    assert not Speaker.objects.public().exists()


def test_a_contributor_neither_changes_nor_removes_a_published_one(contributor):
    send(contributor, ADD, name="Ann Lee")
    ann = Speaker.objects.get()
    make_affiliation(speaker=ann, title="Mayor")
    typed = rendered(contributor, change_url(ann))
    typed |= {"affiliations-0-title": "Queen", "affiliations-0-DELETE": "on"}
    assert contributor.post(change_url(ann), typed).status_code == 302
    assert Affiliation.objects.get().title == "Mayor"


def test_an_editors_affiliation_is_published_unless_it_is_unticked(editor):
    form = editor.get(ADD).context["inline_admin_formsets"][0].formset.empty_form
    assert form["is_published"].value()
    for name, ticked in (("Ann Lee", {"is_published": "on"}), ("Bob Ray", {})):
        typed = filled_in(editor, ADD, name=name) | new_row(**ticked)
        assert editor.post(ADD, typed).status_code == 302
    published = Affiliation.objects.filter(is_published=True)
    assert published.get().speaker.name == "Ann Lee"


def test_an_editor_unpublishes_a_row_and_its_speaker_is_no_longer_public(editor):
    ann = make_affiliation(source_url=SOURCE).speaker
    assert Speaker.objects.public().get() == ann
    typed = {"affiliations-0-is_published": None, "correction": "minor"}
    assert send(editor, change_url(ann), **typed).status_code == 302
    assert not Affiliation.objects.get().is_published
    assert not Speaker.objects.public().exists()


def test_the_history_names_the_days_of_an_affiliation(editor):
    row = make_affiliation(start="2020-01-01", known_on=None)
    Affiliation.objects.update(end="2024-12-31")
    page = editor.get(change_url(row.speaker).replace("change", "history"))
    text = page.content.decode()
    assert all(words in text for words in ("From", "2020", "Until", "2024"))


@pytest.fixture
def councils():
    """Two records of one council; Ann is a member of both."""
    old, new = make_organization(name="Council"), make_organization(name="City Council")
    ann, bob = make_speaker(name="Ann"), make_speaker(name="Bob")
    for council, member in ((old, ann), (old, bob), (new, ann)):
        make_affiliation(
            speaker=member, organization=council, kind="member", title="Member"
        )
    make_position(speaker=ann, body=old)
    return old, new


def standing(councils):
    return [
        {*map(str, Speaker.objects.filter(affiliations__organization=each))}
        for each in councils
    ], [each.body_positions.count() for each in councils]


def test_merged_organizations_share_members_once_and_votes(councils):
    old, new = councils
    merging.merge(old, new, make_account("Max", "Editor"))
    assert standing(councils) == ([{"Ann"}, {"Ann", "Bob"}], [0, 1])
    shown = Affiliation.objects.displayed().values_list("organization", flat=True)
    assert {*shown} == {new.pk}


def test_members_and_votes_move_back_when_the_merge_is_undone(councils):
    before = standing(councils)
    merging.undo(merging.merge(*councils, make_account("Max", "Editor")))
    assert standing(councils) == before


def test_an_organization_with_members_is_not_merged_into_a_person(editor, councils):
    person = make_speaker(name="Council")
    url = f"/admin/statements/speaker/{councils[0].pk}/merge/"
    answer = editor.post(url, {"into": person.pk, "merge": "1"})
    assert "This must be an organization" in answer.content.decode()
    assert standing(councils) == ([{"Ann", "Bob"}, {"Ann"}], [1, 0])
