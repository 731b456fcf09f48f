"""The lists, menus and filters of the admin are sorted as readers expect."""

import pytest

from statements.models import Speaker
from tests.editing.forms import change_url, send
from tests.factories import (
    make_article,
    make_list,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
TITLES = ["zebra", "Élan", "Ärger", "apple", "O’Neil’s", "Once", "Zoë"]
IN_ORDER = ["apple", "Ärger", "Élan", "Once", "O’Neil’s", "zebra", "Zoë"]


def column(client, url, name):
    rows = client.get(url).context["cl"].result_list
    return [getattr(row, name) for row in rows]


def number_of(client, url, name):
    columns = client.get(url).context["cl"].list_display
    return [getattr(each, "__name__", each) for each in columns].index(name)


@pytest.mark.parametrize(
    ("make", "url", "name"),
    [
        (make_speaker, "statements/speaker", "name"),
        (make_topic, "archive/topic", "name"),
        (make_outlet, "archive/outlet", "name"),
        (make_list, "policies/proposallist", "title"),
        (make_proposal, "policies/proposal", "title"),
    ],
)
def test_a_column_of_names_is_sorted_both_ways(editor, make, url, name):
    for title in TITLES:
        record = make(**{name: title})
    url = f"/admin/{change_url(record).split('/')[2]}/{url.split('/')[1]}/"
    number = number_of(editor, url, name)
    type(record).objects.exclude(**{f"{name}__in": TITLES}).delete()
    assert column(editor, f"{url}?o={number}", name) == IN_ORDER
    assert column(editor, f"{url}?o=-{number}", name) == IN_ORDER[::-1]


def test_articles_are_sorted_by_headline(editor):
    for title in TITLES:
        make_article(headline=title)
    url = "/admin/archive/article/"
    number = number_of(editor, url, "titled")
    assert column(editor, f"{url}?o={number}", "headline") == IN_ORDER


def test_statements_and_positions_are_sorted_by_their_speakers_surname(editor):
    for name in ("Ann Zorn", "Bea Ärmel", "Cleo O’Neil"):
        make_position(make_statement(speaker=make_speaker(name=name)))
    url = "/admin/statements/statement/"
    speakers = column(editor, f"{url}?o={number_of(editor, url, 'speaker')}", "speaker")
    assert [each.name for each in speakers] == ["Bea Ärmel", "Cleo O’Neil", "Ann Zorn"]


def test_filters_and_menus_are_sorted(editor):
    for title in TITLES:
        article = make_article(outlet=make_outlet(name=title))
        make_statement(article=article).topics.add(make_topic(name=title))
    filters = [("archive/article", "outlet"), ("statements/statement", "topics")]
    for url, name in filters:
        specs = editor.get(f"/admin/{url}/").context["cl"].filter_specs
        [spec] = [each for each in specs if getattr(each, "field_path", "") == name]
        assert [label for _pk, label in spec.lookup_choices] == IN_ORDER


@pytest.mark.parametrize(
    ("app", "model", "field", "make"),
    [
        ("statements", "statement", "speaker", make_speaker),
        ("archive", "article", "outlet", make_outlet),
        ("statements", "statement", "topics", make_topic),
    ],
)
def test_suggestions_are_sorted(editor, app, model, field, make):
    for title in TITLES:
        make(name=title)
    url = "/admin/autocomplete/"
    query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    found = editor.get(url, query).json()["results"]
    assert [each["text"] for each in found] == IN_ORDER


def test_a_person_is_sorted_by_surname_unless_the_editor_says_otherwise(editor):
    url = "/admin/statements/speaker/add/"
    send(editor, url, kind="person", name="Jan van der Berg")
    speaker = Speaker.objects.get()
    assert speaker.sort_name == "van der Berg, Jan"
    send(editor, change_url(speaker), sort_name="Berg, Jan van der")
    send(editor, change_url(speaker), name="Johan van der Berg")
    speaker.refresh_from_db()
    assert speaker.sort_name == "Berg, Jan van der"


def test_a_corrected_name_is_sorted_by_its_new_surname(editor):
    speaker = make_speaker(name="Ana Kosta")
    send(editor, change_url(speaker), name="Ana Costa")
    speaker.refresh_from_db()
    assert speaker.sort_name == "Costa, Ana"
    send(editor, change_url(speaker), kind="organization", name="The Costa Fund")
    speaker.refresh_from_db()
    assert speaker.sort_name == "Costa Fund"


def test_the_longest_name_has_room_among_the_sorted_ones(editor):
    speaker = make_speaker(name=f"Jan {'b' * 196}")
    assert speaker.sort_name == f"{'b' * 196}, Ja"
    assert (
        send(editor, change_url(speaker), url="https://jan.example").status_code == 302
    )
