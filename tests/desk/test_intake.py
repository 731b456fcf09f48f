"""“Start an article”: from a pasted text to a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.editing.authorship import made_by
from archive.models import Article, Outlet, Suggestion
from tests.desk.pages import DESK, PAGE, TEXT, filled_in, read, start
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db


def errors(page):
    return {name: list(each) for name, each in page.context["form"].errors.items()}


def test_a_pasted_text_becomes_a_draft_and_leads_to_its_workbench(contributor):
    page = read(contributor)
    assert not Article.objects.exists()
    answer = start(contributor, page, headline="Rent freeze", outlet="The Gazette")
    article = Article.objects.get()
    assert answer.headers["Location"] == f"/admin/desk/{article.uid}/"
    assert article.status == "draft"
    assert article.latest_version.text == TEXT
    assert article.outlet == Outlet.objects.get(name="The Gazette")
    assert made_by(article) == contributor.account.pk


def test_the_workbench_opens_after_the_start(contributor):
    answer = start(contributor, read(contributor), headline="Rent freeze")
    page = contributor.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "We have waited" in page.content.decode()


def test_what_a_page_tells_is_suggested_with_its_source(editor):
    page = read(editor, PAGE)
    values = filled_in(page)
    assert values["headline"] == "Mayor asks for rent freeze"
    assert values["published_on"] == "2024-12-12"
    assert values["outlet"] == "Fairhaven Gazette"
    assert values["byline"] == "Jane Doe"
    assert values["url"] == "https://gazette.example.com/2024/12/12/rent-freeze"
    html = page.content.decode()
    assert "From the page’s main heading" in html
    assert "From the page’s metadata" in html


def test_a_suggestion_that_was_changed_no_longer_names_its_source(editor):
    page = read(editor, PAGE)
    again = start(editor, page, headline="Other", published_on="never")
    assert again.status_code == 200
    assert "From the page’s main heading" not in again.content.decode()
    assert "From the page’s metadata" in again.content.decode()


def test_without_a_headline_the_form_says_what_to_do(editor):
    html = read(editor).content.decode()
    assert "No headline was recognised. Type it as it was printed." in html
    assert "Tick this if the source printed no headline" in html


def test_a_date_in_the_address_is_suggested_as_inferred(editor):
    page = read(editor, address="https://example.com/2024/12/12/rent")
    values = filled_in(page)
    assert values["published_on"] == "2024-12-12"
    assert values["published_is_inferred"]
    start(editor, page, headline="Rent freeze")
    article = Article.objects.get()
    assert article.published_is_inferred
    assert article.url == "https://example.com/2024/12/12/rent"


def test_a_known_outlet_is_used_and_not_added_again(editor):
    outlet = make_outlet(name="The Fairhaven Gazette")
    start(editor, read(editor), headline="Rent", outlet="fairhaven gazette")
    assert Article.objects.get().outlet == outlet
    assert Outlet.objects.count() == 1


def test_a_similar_outlet_is_asked_about_and_nothing_is_created(editor):
    make_outlet(name="The Fairhaven Gazette")
    page = read(editor)
    again = start(editor, page, headline="Rent", outlet="Fairhaven Gazete")
    assert "nearly this name" in errors(again)["outlet"][0]
    assert not Article.objects.exists()
    start(editor, again, outlet_is_new="on")
    assert Article.objects.get().outlet.name == "Fairhaven Gazete"


def test_refused_input_comes_back_with_everything_that_was_typed(editor):
    page = read(editor)
    again = start(
        editor, page, headline="", outlet="New outlet", published_on="12/05/24"
    )
    assert set(errors(again)) == {"headline", "published_on"}
    assert "Enter the headline." in str(errors(again)["headline"])
    values = filled_in(again)
    assert values["outlet"] == "New outlet"
    assert values["published_on"] == "12/05/24"
    assert values["text"] == TEXT
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_a_month_is_suggested_as_its_first_day(editor):
    text = f"A headline of some words\nDecember 2024\n\n{TEXT}"
    values = filled_in(read(editor, text))
    assert values["published_on"] == "2024-12-01"
    assert values["published_precision"] == "month"


def test_an_uploaded_file_is_read(editor):
    file = SimpleUploadedFile("rent.html", PAGE.encode())
    values = filled_in(read(editor, "", file=file))
    assert values["byline"] == "Jane Doe"
    assert "What the plan holds" in values["text"]


def test_the_first_page_lists_what_is_worked_on_the_newest_change_first(contributor):
    old = make_article(headline="An old draft", status="draft")
    make_article(headline="A public article")
    start(contributor, read(contributor), headline="Rent freeze")
    Suggestion.objects.create(
        article=old, version=old.latest_version, kind="statement", start=0
    )
    page = contributor.get(DESK)
    rows = page.context["articles"]
    assert [str(article) for article, _maker in rows] == ["An old draft", "Rent freeze"]
    assert [maker for _article, maker in rows] == ["", "Cleo"]
    html = page.content.decode()
    assert "1 open suggestion" in html
    assert f"/admin/desk/{old.uid}/" in html
    assert "A public article" not in html


def test_the_list_costs_the_same_queries_however_long(
    editor, django_assert_max_num_queries
):
    for _ in range(30):
        make_article(status="draft", outlet=make_outlet())
    with django_assert_max_num_queries(10):
        assert editor.get(DESK).status_code == 200


def test_the_home_page_leads_to_the_desk_first(editor):
    html = editor.get("/admin/").content.decode()
    assert html.index(f'href="{DESK}"') < html.index("/admin/archive/article/add/")
