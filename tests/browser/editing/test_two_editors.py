"""Two editors with the same form open, each in a browser."""

import pytest

from tests.factories import make_speaker, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_second_to_save_keeps_the_changes_of_the_first_and_is_asked_about_one(desk):
    statement = make_statement(status="draft", occasion="before", context="to voters")
    path = f"/admin/statements/statement/{statement.pk}/change/"
    first, second = desk("Edda"), desk("Sean", viewport={"width": 390, "height": 800})
    first.open(path).fill("#id_occasion", "a rally of the union")
    second.open(path).fill("#id_occasion", "a rally in the park")
    first.page.fill("#id_attribution", "Mayor Lee")
    first.save()
    page = second.page
    page.fill("#id_context", "to young voters")
    page.click("#content [name=_save]")
    page.wait_for_selector(".conflict")
    assert page.locator(".conflict").count() == 1
    assert page.locator(".conflict ins").all_inner_texts() == [
        "a rally of the union",
        "a rally in the park",
    ]
    assert page.input_value("#id_attribution") == "Mayor Lee"
    page.get_by_label("Keep mine").check()
    second.save()
    statement.refresh_from_db()
    assert (statement.occasion, statement.attribution, statement.context) == (
        "a rally in the park",
        "Mayor Lee",
        "to young voters",
    )


def test_a_role_added_by_each_of_two_editors(desk):
    speaker = make_speaker(name="Ann Lee")
    path = f"/admin/statements/speaker/{speaker.pk}/change/"
    desks = [desk("Edda"), desk("Sean")]
    for each, title in zip(desks, ("Judge", "Poet"), strict=True):
        page = each.open(path)
        page.click("#affiliations-group .add-row a")
        page.fill("#id_affiliations-0-title", title)
        page.fill("#id_affiliations-0-known_on", "2024-12-12")
    for each in desks:
        each.save()
    assert {each.title for each in speaker.affiliations.all()} == {"Judge", "Poet"}
