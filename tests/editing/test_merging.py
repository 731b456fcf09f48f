"""Two records of one speaker become one, and two again."""

import pytest
from django.test import Client

from policies.models import Position
from statements import merging
from statements.models import Speaker, SpeakerMerge
from tests.editing.conftest import make_account
from tests.factories import (
    make_affiliation,
    make_list,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    source = make_speaker(name="B. Lander", other_names="Bradford Lander")
    target = make_speaker(name="Brad Lander", summary="City Comptroller")
    source.affiliations.create(is_published=True, title="Council Member")
    for speaker in (source, target):
        speaker.affiliations.create(is_published=True, title="City Comptroller")
    statement = make_statement(speaker=source)
    make_position(
        statement,
        speaker=source,
        proposal=make_proposal(proposed_by=source),
        basis="own_words",
    )
    make_list(issued_by=source, addressed_to=target)
    return source, target


def merged(pair):
    made = merging.merge(*pair, make_account("Mary", "Editor"))
    for speaker in pair:
        speaker.refresh_from_db()
    return made


def belongings(speaker):
    return [count for _what, count in merging.belongings(speaker)]


def test_everything_moves(pair):
    source, target = pair
    merged(pair)
    assert (
        target.statements.count()
        == target.positions.count()
        == target.issued_lists.count()
        == 1
    )
    assert {each.title for each in target.affiliations.all()} == {
        "Council Member",
        "City Comptroller",
    }
    assert target.other_names == "B. Lander\nBradford Lander"
    assert Position.objects.public().get().speaker == target
    assert source.statements.count() == source.positions.count() == 0


def test_the_old_address_leads_to_the_new(pair):
    source, target = pair
    merged(pair)
    answer = Client().get(f"/speakers/{source.slug}/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        target.get_absolute_url(),
    )


def test_a_merge_is_undone_to_the_last_row(pair):
    before = [
        (belongings(speaker), speaker.other_names, speaker.merged_into_id)
        for speaker in pair
    ]
    merging.undo(merged(pair))
    for speaker in pair:
        speaker.refresh_from_db()
    assert [
        (belongings(speaker), speaker.other_names, speaker.merged_into_id)
        for speaker in pair
    ] == before


def test_what_came_after_the_merge_stays_when_it_is_undone(pair):
    source, target = pair
    made = merged(pair)
    later = make_statement(speaker=target)
    merging.undo(made)
    later.refresh_from_db()
    assert later.speaker == target
    merging.undo(made)
    assert source.statements.count() == 1


def test_a_chain_of_merges_leads_to_the_last(pair):
    _source, target = pair
    merged(pair)
    last = make_speaker(name="Bradford S. Lander")
    merging.merge(target, last, make_account("Max", "Editor"))
    assert set(
        Speaker.objects.exclude(merged_into=None).values_list("merged_into", flat=True)
    ) == {last.pk}


def test_a_speaker_is_merged_once_and_not_into_itself(pair):
    source, target = pair
    account = make_account("Max", "Editor")
    with pytest.raises(ValueError, match="Only two different speakers"):
        merging.merge(source, source, account)
    merging.merge(source, target, account)
    with pytest.raises(ValueError, match="Only two different speakers"):
        merging.merge(target, source, account)


def test_a_draft_of_the_target_hides_nothing_that_readers_see(pair):
    source, target = pair
    source.affiliations.update(source_url="https://council.example/lander")
    target.affiliations.update(is_published=False, known_on="2024-01-02")
    public = source.affiliations.get(title="City Comptroller")
    draft = target.affiliations.get()
    made = merged(pair)
    page = Client().get(target.get_absolute_url()).content.decode()
    assert "City Comptroller" in page
    assert set(target.affiliations.values_list("is_published", flat=True)) == {True}
    merging.undo(made)
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.speaker, draft.is_published) == (target, False)
    assert (public.speaker, public.is_published) == (source, True)
    assert str(draft.known_on) == "2024-01-02"


def test_a_draft_of_a_membership_in_the_target_hides_no_published_one():
    member = make_speaker(name="Ann Lee")
    source, target = (make_organization(name=name) for name in ("Council", "City C."))
    for body, is_published in ((source, True), (target, False)):
        make_affiliation(
            speaker=member, organization=body, kind="member", is_published=is_published
        )
    made = merged((source, target))
    assert target.members.get().is_published
    merging.undo(made)
    assert source.members.get().is_published
    assert not target.members.get().is_published


def test_a_draft_that_was_deleted_meanwhile_stays_deleted(pair):
    source, target = pair
    target.affiliations.update(is_published=False)
    made = merged(pair)
    source.affiliations.filter(is_published=False).delete()
    merging.undo(made)
    assert {each.title for each in source.affiliations.all()} == {
        "Council Member",
        "City Comptroller",
    }
    assert not target.affiliations.exists()


def test_the_history_of_what_moved_is_kept(pair):
    source, target = pair
    statement = source.statements.get()
    merged(pair)
    events = type(statement).pgh_event_model.objects.filter(pgh_obj_id=statement.pk)
    assert {source.pk, target.pk} == set(events.values_list("speaker", flat=True))


def test_the_differences_are_shown_before_and_the_merge_is_undone_from_its_page(
    editor, pair
):
    source, target = pair
    url = f"/admin/statements/speaker/{source.pk}/merge/"
    page = editor.get(url, {"into": target.pk})
    assert "<del>B.</del><ins>Brad</ins> Lander" in Html(page.content.decode())
    assert not SpeakerMerge.objects.exists()
    assert editor.post(url, {"into": target.pk, "merge": "1"}).status_code == 302
    made = SpeakerMerge.objects.get()
    assert "Undo this merge" in editor.get(url).content.decode()
    editor.post(f"/admin/statements/speaker/merge/{made.pk}/undo/")
    source.refresh_from_db()
    assert source.merged_into is None


def test_a_merged_speaker_is_not_offered_again(editor, pair):
    source, _target = pair
    merged(pair)
    parameters = {
        "app_label": "statements",
        "model_name": "statement",
        "field_name": "speaker",
        "term": "Lander",
    }
    ids = [
        row["id"]
        for row in editor.get("/admin/autocomplete/", parameters).json()["results"]
    ]
    assert str(source.pk) not in ids
    assert len(ids) == 1
