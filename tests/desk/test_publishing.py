"""The page on which an article and its records are published together, or submitted."""

import re

import pghistory
import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Article
from policies.models import Position
from statements.models import Statement
from tests.desk.records import make_drafts, make_suggestion
from tests.editing.forms import change_url
from tests.editing.test_workflow import status
from tests.factories import add_passage, make_article, make_statement, make_version

pytestmark = pytest.mark.django_db
HIDDEN = ("article", "statement", "list", "listed", "proposal", "position")


def url_of(article):
    return f"/admin/desk/{article.uid}/publish/"


def lines(page):
    return {line.record: line for line in page.context["records"].lines}


def notes(page, record):
    return [note.text for note in lines(page)[record].notes]


def keys(page):
    """What a browser sends: the keys of what is ticked."""
    return [line.key for line in page.context["records"].lines if line.is_ticked]


def send(client, article, *records, do="take", **more):
    chosen = [f"{record._meta.label_lower}:{record.pk}" for record in records]
    url = url_of(article)
    return client.post(url, {"record": chosen, "do": do, **more}, follow=True)


def test_everything_that_is_ready_is_ticked_and_published_at_once(editor):
    drafts = make_drafts()
    page = editor.get(url_of(drafts["article"]))
    assert set(lines(page)) == {drafts[name] for name in HIDDEN}
    chosen = keys(page)
    assert len(chosen) == 6
    data = {"record": chosen, "do": "take"}
    page = editor.post(url_of(drafts["article"]), data, follow=True)
    for name in HIDDEN:
        assert status(drafts[name]) == "published", name
        assert drafts[name].get_absolute_url() in page.content.decode()
    assert Client().get(drafts["statement"].get_absolute_url()).status_code == 200
    assert "Everything recorded from this article is public." in page.content.decode()


def test_what_is_not_ticked_stays_a_draft(editor):
    drafts = make_drafts()
    send(editor, drafts["article"], drafts["article"], drafts["statement"])
    assert status(drafts["statement"]) == "published"
    assert status(drafts["proposal"]) == "draft"


def test_one_refusal_leaves_everything_unpublished(editor):
    drafts = make_drafts()
    bare = make_statement(article=drafts["article"], passages=False, status="draft")
    page = editor.get(url_of(drafts["article"]))
    assert notes(page, bare) == ["A published statement needs its passage."]
    assert not lines(page)[bare].is_ticked
    assert lines(page)[drafts["statement"]].is_ticked
    page = send(editor, drafts["article"], drafts["article"], bare)
    assert "A published statement needs its passage." in page.content.decode()
    assert "Nothing was changed." in page.content.decode()
    assert status(drafts["article"]) == "draft"


def test_what_an_article_lacks_leads_to_its_field_and_is_asked_about(editor):
    article = make_article(status="draft")
    page = editor.get(url_of(article))
    fields = {note.text: note.url for note in lines(page)[article].notes}
    assert fields["It has no date."] == f"{change_url(article)}#id_published_on"
    assert fields["It has no outlet."] == f"{change_url(article)}#id_outlet"
    assert "Publish it anyway?" in send(editor, article, article).content.decode()
    assert status(article) == "draft"
    send(editor, article, article, confirmed="on")
    assert status(article) == "published"


def test_an_article_without_text_leads_to_where_it_is_added(editor):
    article = Article.objects.create(headline="H")
    page = editor.get(url_of(article))
    urls = [note.url for note in lines(page)[article].notes]
    assert f"/admin/archive/article/{article.pk}/new-version/" in urls


def test_a_record_with_a_card_leads_to_its_card_and_others_to_their_forms(editor):
    drafts = make_drafts()
    statement = drafts["statement"]
    make_suggestion(
        drafts["article"], "We will", state="accepted", record_uid=statement.uid
    )
    page = editor.get(url_of(drafts["article"]))
    desk = f"/admin/desk/{drafts['article'].uid}/"
    assert lines(page)[statement].url == f"{desk}#record-{statement.uid}"
    for name in ("article", "list", "position"):
        assert lines(page)[drafts[name]].url == change_url(drafts[name])


def test_a_cut_quotation_shows_what_it_leaves_out(editor):
    article = make_article(
        "“We will not pay for it,” Lee said.", status="draft", outlet=None
    )
    cut = make_statement("pay for it,", article=article, status="draft")
    page = editor.get(url_of(article))
    assert notes(page, cut) == [
        "It is cut out of: “We will not pay for it,”. It leaves out: not."
    ]
    assert lines(page)[cut].is_ticked  # a question, no refusal


def test_records_are_not_published_below_an_article_that_stays_a_draft(editor):
    drafts = make_drafts()
    page = send(editor, drafts["article"], drafts["statement"])
    assert "Publish “A ZZdraft”, too" in page.content.decode()
    assert status(drafts["statement"]) == "draft"


def test_open_suggestions_are_counted_named_and_left_aside(editor):
    drafts = make_drafts()
    one = make_suggestion(drafts["article"], "And we win.")
    make_suggestion(drafts["article"], "taxes", state="rejected")
    page = editor.get(url_of(drafts["article"]))
    assert page.context["suggestion_count"] == 1
    assert "And we win." in page.content.decode()
    send(editor, drafts["article"], drafts["article"], drafts["statement"])
    one.refresh_from_db()
    assert one.state == "open"


def test_the_meter_stops_what_would_show_too_much(editor):
    drafts = make_drafts(excerpt_limit=20)
    page = editor.get(url_of(drafts["article"]))
    assert page.context["meter"].characters == 14  # the statement fits, no more
    page = send(editor, *(drafts[name] for name in ("article", *HIDDEN)))
    assert "Readers would see 29 characters" in page.content.decode()
    assert "allow 20" in page.content.decode()
    assert status(drafts["article"]) == "draft"


def test_an_inference_waits_for_a_second_person_who_is_led_to_it(editor, second):
    drafts = make_drafts()
    position = drafts["position"]
    Position.objects.filter(pk=position.pk).update(
        basis="inferred", rationale="“We” is Lee.", recorded_by=editor.account
    )
    first = editor.get(url_of(drafts["article"]))
    assert notes(first, position) == [
        "A second person must confirm this inference; Edda recorded it."
    ]
    editor.post(url_of(drafts["article"]), {"record": keys(first), "do": "take"})
    assert status(position) == "draft"
    assert status(drafts["statement"]) == "published"
    page = second.get(url_of(drafts["article"]))
    (note,) = lines(page)[position].notes
    position.refresh_from_db()
    read = {"read": position.updated_at.isoformat()}
    page = second.post(note.url, read, follow=True)
    assert page.redirect_chain[-1][0] == url_of(drafts["article"])
    assert lines(page)[position].is_ticked
    send(second, drafts["article"], position)
    assert status(position) == "published"


def confirmations(client, article):
    """The page's form with every confirmation ticked."""
    html = client.get(url_of(article)).content.decode()
    return {
        name: re.findall(rf'name="{name}"[^>]*?value="([^"]*)"', html)
        for name in ("confirm", "seen", "record")
    }


def inferred(editor):
    drafts = make_drafts()
    rows = Position.objects.filter(pk=drafts["position"].pk)
    rows.update(basis="inferred", rationale="r", recorded_by=editor.account)
    return drafts["article"], drafts["position"]


def test_a_second_person_confirms_and_publishes_at_once(editor, second):
    article, position = inferred(editor)
    form = confirmations(second, article)
    assert len(form["confirm"]) == 1
    second.post(url_of(article), {**form, "do": "take"})
    position.refresh_from_db()
    assert (position.status, position.reviewed_by) == ("published", second.account)


def test_nobody_confirms_what_changed_or_what_they_recorded(editor, second):
    article, position = inferred(editor)
    form = confirmations(second, article)
    editor.post(url_of(article), {**form, "do": "take"})
    assert status(position) == "draft"
    Position.objects.filter(pk=position.pk).update(rationale="Other words.")
    second.post(url_of(article), {**form, "do": "take"})
    position.refresh_from_db()
    assert (position.status, position.reviewed_by) == ("draft", None)


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "x"])
def test_a_confirmation_leads_to_no_other_site(editor, second, url):
    position = make_drafts()["position"]
    rows = Position.objects.filter(pk=position.pk)
    rows.update(basis="inferred", rationale="r", recorded_by=editor.account)
    position.refresh_from_db()
    answer = second.post(
        f"/admin/policies/position/{position.pk}/confirm/?next={url}",
        {"read": position.updated_at.isoformat()},
    )
    assert answer.headers["Location"] == change_url(position)


def test_a_contributor_submits_on_the_same_page_and_takes_back(contributor, editor):
    with pghistory.context(user=contributor.account.pk):
        drafts = make_drafts()
    page = contributor.get(url_of(drafts["article"]))
    assert "Submit what is ticked for review" in page.content.decode()
    data = {"record": keys(page), "do": "take"}
    page = contributor.post(url_of(drafts["article"]), data, follow=True)
    assert status(drafts["statement"]) == "in_review"
    assert status(drafts["article"]) == "in_review"
    assert "Take back what is ticked" in page.content.decode()
    send(contributor, drafts["article"], drafts["statement"], do="recall")
    assert status(drafts["statement"]) == "draft"
    assert status(drafts["article"]) == "in_review"


def test_a_contributor_publishes_nothing_and_submits_nothing_of_others(contributor):
    drafts = make_drafts()
    page = contributor.get(url_of(drafts["article"]))
    assert keys(page) == []
    page = send(contributor, *(drafts[name] for name in ("article", *HIDDEN)))
    assert "Tick at least one record." in page.content.decode()
    page = send(contributor, drafts["article"], drafts["article"], do="recall")
    assert "Tick at least one record." in page.content.decode()
    assert {status(drafts[name]) for name in HIDDEN} == {"draft"}


def test_a_record_of_another_article_is_not_taken_along(editor):
    drafts = make_drafts()
    other = make_statement(status="draft")
    send(editor, drafts["article"], drafts["article"], other)
    assert status(other) == "draft"
    assert status(drafts["article"]) == "published"


def test_the_checklist_publishes_nothing_by_itself(editor):
    drafts = make_drafts()
    before = list(Statement.objects.values())
    editor.get(url_of(drafts["article"]))
    assert list(Statement.objects.values()) == before
    assert Client().get("/articles/").content.decode().count("ZZdraft") == 0


def later(article):
    """A draft with words of a second version; the other passages stay in the first."""
    statement = make_statement(article=article, passages=False, status="draft")
    version = make_version(article, "“A later text.”", number=2)
    add_passage(statement, "A later text.", version=version)


def test_words_of_an_older_text_are_measured_where_they_stand(editor):
    drafts = make_drafts()
    later(drafts["article"])
    page = editor.get(url_of(drafts["article"]))
    assert page.context["meter"].characters == 14 + 13 + len("Build a bridge.")


def test_an_account_without_permissions_sees_nothing(client):
    drafts = make_drafts()
    assert client.get(url_of(drafts["article"])).status_code == 302
    client.force_login(User.objects.create_user("Nina", is_staff=True))
    assert client.get(url_of(drafts["article"])).status_code == 403
