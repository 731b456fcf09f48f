"""An organization that others are members of, or that voted, stays an organization."""

import pytest
from django.db import IntegrityError

from archive.core.rules import checked
from statements.models import Affiliation, Speaker
from tests.domain.test_races import refusals
from tests.editing.conftest import make_account, signed_in
from tests.editing.forms import change_url, send
from tests.factories import (
    make_affiliation,
    make_organization,
    make_position,
    make_speaker,
)

REFUSED = "This must remain an organization: "
USES = {
    "others are recorded as its members.": lambda council: make_affiliation(
        organization=council, is_published=False
    ),
    "positions name it as their body.": lambda council: make_position(
        body=council, status="draft"
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("why", USES)
def test_an_editor_reads_why_it_must_remain_an_organization(why):
    council, editor = make_organization(), signed_in(make_account("Edda", "Editor"))
    USES[why](council)
    answer = send(editor, change_url(council), kind="person")
    assert REFUSED + why in answer.content.decode()
    assert answer.status_code == 200
    council.refresh_from_db()
    assert council.kind == "organization"


@pytest.mark.django_db
@pytest.mark.parametrize("why", USES)
def test_a_bulk_update_meets_the_same_rule(why):
    council = make_organization()
    USES[why](council)
    rows = Speaker.objects.filter(pk=council.pk)
    with pytest.raises(IntegrityError, match=REFUSED + why), checked():
        rows.update(kind="person")
    rows.update(kind="organization", summary="It still can be changed.")


@pytest.mark.django_db
def test_an_unused_organization_and_a_member_change_their_kind():
    council, member = make_organization(), make_speaker()
    make_affiliation(speaker=member, organization=council)
    for pk in (make_organization().pk, member.pk):
        assert Speaker.objects.filter(pk=pk).update(kind="group") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("why", USES)
def test_a_member_or_a_vote_arrives_while_the_kind_changes(why):
    council = make_organization()
    refused = refusals(
        lambda: USES[why](council),
        lambda: Speaker.objects.filter(pk=council.pk).update(kind="person"),
    )
    council.refresh_from_db()
    is_used = Affiliation.objects.exists() or council.body_positions.exists()
    assert (refused, is_used) == (1, council.kind == "organization")
