"""What the archive has already is pointed out before anything is created."""

import pytest
from django.utils import timezone

from archive.desk.intake.known import Likeness, known
from archive.desk.intake.likeness import sample_runs, shared
from archive.models import Article
from tests.desk.pages import DESK, TEXT, filled_in, read, start
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def pointed_out(page):
    return [(entry.likeness, entry.article) for entry, _may in page.context["known"]]


def test_the_same_text_is_pointed_out_before_anything_is_created(editor):
    article = make_article(TEXT)
    page = read(editor, TEXT.replace("\n", "\r\n"))
    assert pointed_out(page) == [(Likeness.TEXT, article)]
    html = page.content.decode()
    assert f"/admin/desk/{article.uid}/" in html
    assert "Work on that article instead." in html


def test_the_same_address_is_pointed_out_with_the_way_to_a_new_version(editor):
    article = make_article(url="https://www.example.com/rent/?utm_source=x")
    page = read(editor, address="http://example.com/rent")
    assert pointed_out(page) == [(Likeness.ADDRESS, article)]
    assert f"/article/{article.pk}/new-version/" in page.content.decode()


def test_a_contributor_is_not_led_to_a_page_that_refuses_them(contributor):
    article = make_article(TEXT + " One more sentence follows here, at the end of it.")
    html = read(contributor).content.decode()
    assert f"/article/{article.pk}/new-version/" not in html
    assert "ask an editor to add a new version there" in html


def test_a_text_that_repeats_another_is_pointed_out(editor):
    changed = TEXT.replace("“", '"').replace("”", '"').replace("Tuesday", "Wednesday")
    article = make_article(f"A paragraph put before it, by an editor.\n\n{changed}")
    make_article("Something else that no word of this text repeats, or hardly one.")
    page = read(editor)
    assert pointed_out(page) == [(Likeness.NEAR, article)]
    assert "of the shorter text is in both" in page.content.decode()


@pytest.mark.parametrize("likeness", ["text", "near", "address", "headline"])
def test_a_known_article_stops_the_start_until_the_editor_goes_on(editor, likeness):
    made = {
        "text": lambda: make_article(TEXT),
        "near": lambda: make_article(TEXT + " And so on."),
        "address": lambda: make_article(url="https://example.com/rent"),
        "headline": lambda: make_article(headline="Rent FREEZE"),
    }
    made[likeness]()
    page = read(editor)
    typed = {"headline": "Rent freeze", "url": "https://example.com/rent"}
    if likeness != "headline":
        typed["headline"] = "Another headline"
    again = start(editor, page, **typed)
    assert "Nothing was created. Look at these articles first." in (
        again.content.decode()
    )
    assert Article.objects.count() == 1
    assert start(editor, again, confirmed="on").status_code == 302
    assert Article.objects.count() == 2


def test_going_on_accepts_only_the_articles_that_were_pointed_out(editor):
    make_article(TEXT)
    page = read(editor)
    make_article(TEXT)
    again = start(editor, page, headline="Rent freeze", confirmed="on")
    assert len(pointed_out(again)) == 2
    assert not again.context["form"].errors
    assert Article.objects.count() == 2


def test_the_same_start_sent_twice_creates_one_article(editor):
    page = read(editor)
    first = start(editor, page, headline="Rent freeze")
    second = start(editor, page, headline="Rent freeze")
    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.count() == 1


def test_a_start_with_confirmation_sent_twice_creates_one_article(editor):
    make_article(TEXT)
    page = read(editor)
    typed = {"headline": "Rent freeze", "confirmed": "on"}
    first, second = start(editor, page, **typed), start(editor, page, **typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.count() == 2


def test_another_editor_with_the_same_text_is_shown_the_first_article(editor, second):
    mine, theirs = read(editor), read(second)
    start(editor, mine, headline="Rent freeze")
    again = start(second, theirs, headline="Rent freeze")
    assert pointed_out(again) == [(Likeness.TEXT, Article.objects.get())]


@pytest.mark.parametrize("opened", ["", "x", "2024-13-45T00:00", "2024-01-01T00:00"])
def test_a_wrong_time_of_opening_is_no_error(editor, opened):
    start(editor, read(editor), headline="Rent freeze")
    sent = {**filled_in(read(editor)), "headline": "Rent freeze", "opened": opened}
    answer = editor.post(DESK, {**sent, "start": "1"})
    assert answer.status_code == 200
    assert Article.objects.count() == 1


def test_a_text_started_earlier_is_not_taken_for_the_same_form(editor):
    start(editor, read(editor), headline="Rent freeze")
    again = start(
        editor, read(editor), headline="Rent freeze", opened=str(timezone.now())
    )
    assert again.status_code == 200


def test_an_article_is_named_once_for_its_strongest_reason():
    article = make_article(TEXT, headline="Rent", url="https://example.com/rent")
    entries = known(TEXT, "https://example.com/rent", "Rent")
    assert [(each.article, each.likeness) for each in entries] == [
        (article, Likeness.TEXT)
    ]


def test_how_much_two_texts_share():
    words = [f"word{number}" for number in range(100)]
    assert shared(" ".join(words), " ".join(words).upper()) == 1
    assert shared(" ".join(words), " ".join(words[:50])) == 1
    assert shared(" ".join(words), " ".join(reversed(words))) == 0
    assert shared("too short", "too short") == 0


def test_the_runs_that_are_looked_for_hold_no_marks():
    runs = sample_runs(TEXT)
    assert runs
    assert all(run in TEXT and run.replace(" ", "").isalnum() for run in runs)
