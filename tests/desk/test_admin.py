"""The admin's forms lead to the desk and show the text; its lists are narrowed by
links.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.editing.narrowing import MOST, list_url
from archive.models import Article
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement
from tests.desk.records import make_drafts
from tests.editing.forms import change_url
from tests.factories import (
    TEXT,
    make_article,
    make_outlet,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
    make_version,
)

pytestmark = pytest.mark.django_db


def text(client, url):
    return client.get(url).content.decode()


def marked(client, record):
    beside = client.get(change_url(record)).context["beside"]
    return [run.text for runs in beside.paragraphs for run in runs if run.is_marked]


def rows(client, url):
    return list(client.get(url).context["cl"].result_list)


def test_the_form_of_an_article_leads_to_its_desk_and_lists_its_records(editor):
    drafts = make_drafts()
    make_statement("And we win.", article=drafts["article"])
    page = editor.get(change_url(drafts["article"]))
    kinds = {kind.name: kind for kind in page.context["kinds"]}
    assert [kinds[name].count for name in ("Statements", "Proposal lists")] == [2, 1]
    assert [kinds[name].count for name in ("Proposals", "Positions")] == [2, 1]
    states = [(status, count) for status, _name, count in kinds["Statements"].states]
    assert states == [("draft", 1), ("published", 1)]
    body = page.content.decode()
    assert f'href="/admin/desk/{drafts["article"].uid}/"' in body
    for name in ("statement", "list", "listed", "proposal", "position"):
        assert f'href="{change_url(drafts[name])}"' in body, name
    assert list_url(Statement, article=drafts["article"].pk) in body


def test_a_position_that_rests_on_the_article_is_listed_with_it(editor):
    drafts = make_drafts()
    elsewhere = make_position(drafts["statement"], status="draft")
    assert f'href="{change_url(elsewhere)}"' in text(
        editor, change_url(drafts["article"])
    )


def test_the_form_of_an_article_costs_the_same_whatever_it_holds(editor):
    few, many = make_drafts(), make_drafts(headline="Other")
    for _ in range(5):
        make_statement(article=many["article"])
    text(editor, change_url(few["article"]))
    counts = []
    for drafts in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(editor, change_url(drafts["article"]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("statement", ["We will fight,"]),
        ("listed", ["Build a bridge."]),
        ("list", ["Build a bridge."]),
        ("proposal", []),
        ("position", ["We will fight,"]),
    ],
)
def test_a_form_shows_the_text_with_its_own_words_marked(name, words, editor):
    drafts = make_drafts()
    assert marked(editor, drafts[name]) == words
    body = text(editor, change_url(drafts[name]))
    assert "Her list:" in body
    assert f"/admin/desk/{drafts['article'].uid}/#record-{drafts[name].uid}" in body


def test_the_text_is_shown_as_text(editor):
    article = make_article("<script>alert(1)</script>\n“We will fight,” Lee said.")
    body = text(editor, change_url(make_statement(article=article)))
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_words_that_only_an_older_text_holds_are_marked_there(editor):
    statement = make_statement()
    make_version(statement.article, "Other words.", number=2)
    assert marked(editor, statement) == ["We will fight,"]
    assert "the newest does not hold these words" in text(editor, change_url(statement))


def test_a_new_record_of_an_article_shows_its_text_too(editor):
    article = make_article()
    url = f"/admin/statements/statement/add/?article={article.pk}"
    assert "Her list:" in text(editor, url)
    for key in ("", "x", "0", "99999999999999999999"):
        page = editor.get(
            f"/admin/statements/statement/add/?article={key}", follow=True
        )
        assert page.context["beside"] is None


def test_a_record_without_a_text_shows_none(editor):
    for record in (make_speaker(), Article.objects.create(headline="H")):
        page = editor.get(change_url(record))
        assert not page.context.get("beside")


@pytest.mark.parametrize(
    ("model", "path", "value"),
    [
        (Statement, "article", "article"),
        (Statement, "speaker", "speaker"),
        (Statement, "article__outlet", "outlet"),
        (Statement, "topics", "topic"),
        (ProposalList, "article", "article"),
        (ProposalList, "article__outlet", "outlet"),
        (ProposalList, "issued_by", "speaker"),
        (ProposalList, "proposals__topics", "topic"),
        (Proposal, "article", "article"),
        (Proposal, "article__outlet", "outlet"),
        (Proposal, "proposal_list__issued_by", "speaker"),
        (Proposal, "topics", "topic"),
        (Position, "evidence__article", "article"),
        (Position, "evidence__article__outlet", "outlet"),
        (Position, "speaker", "speaker"),
        (Position, "proposal__topics", "topic"),
        (Article, "outlet", "outlet"),
        (Article, "statements__speaker", "speaker"),
        (Article, "statements__topics", "topic"),
    ],
)
def test_each_list_is_narrowed_by_each_of_them(model, path, value, editor):
    drafts, other = make_drafts(), make_drafts(headline="Other")
    topic = make_topic()
    for name in ("statement", "listed"):
        drafts[name].topics.add(topic)
    values = {**drafts, "outlet": drafts["article"].outlet, "topic": topic}
    page = editor.get(list_url(model, **{path: values[value].pk}))
    found = list(page.context["cl"].result_list)
    mine = [each for each in drafts.values() if isinstance(each, model)]
    assert found
    assert set(found) <= set(mine)
    assert not set(found) & set(other.values())
    assert len(found) == len(set(found))
    assert str(values[value]) in [chip.label for chip in page.context["cl"].chips]


def test_a_chip_takes_only_its_own_filter_away(editor):
    drafts = make_drafts()
    url = list_url(Statement, article=drafts["article"].pk)
    page = editor.get(f"{url}&status__exact=draft")
    [chip] = page.context["cl"].chips
    assert chip.url == "?status__exact=draft"
    assert f'href="{chip.url}"' in page.content.decode()


def test_cells_lead_to_narrowed_lists(editor):
    drafts = make_drafts()
    article, speaker = drafts["article"], drafts["speaker"]
    lists = {
        "/admin/statements/statement/": [
            list_url(Statement, speaker=speaker.pk),
            list_url(Statement, article=article.pk),
        ],
        "/admin/archive/article/": [
            list_url(Statement, article=article.pk),
            list_url(Proposal, article=article.pk),
            list_url(Article, outlet=article.outlet_id),
        ],
        "/admin/statements/speaker/": [
            list_url(Statement, speaker=speaker.pk),
            list_url(Position, speaker=speaker.pk),
        ],
        "/admin/policies/proposal/": [list_url(Position, proposal=drafts["listed"].pk)],
        "/admin/policies/proposallist/": [
            list_url(Proposal, proposal_list=drafts["list"].pk)
        ],
        "/admin/archive/outlet/": [list_url(Article, outlet=article.outlet_id)],
    }
    for page, urls in lists.items():
        body = text(editor, page)
        for url in urls:
            assert f'href="{url}"' in body, (page, url)
            assert rows(editor, url), url


def test_a_long_list_of_choices_is_not_printed(editor):
    names = [f"Outlet {letter}" for letter in "abcdefghijklmnopqrst"]
    outlets = [make_outlet(name=name) for name in names]
    make_article(outlet=outlets[0])
    assert len(outlets) > MOST
    body = text(editor, "/admin/archive/article/")
    assert names[0] in body  # in its row
    assert names[5] not in body
    body = text(editor, list_url(Article, outlet=outlets[5].pk))
    assert names[5] in body
    assert names[6] not in body


@pytest.mark.parametrize("value", ["x", "0", "99999999999999999999", "%00"])
def test_a_filter_by_what_does_not_exist_is_left_out(value, editor):
    make_statement()
    for name in ("article", "article__outlet", "speaker", "topics"):
        url = f"/admin/statements/statement/?{name}__id__exact={value}"
        assert editor.get(url, follow=True).status_code == 200


def test_a_speaker_of_nobody_else_is_not_among_the_choices(editor):
    for _ in range(3):
        make_statement(article=make_article(TEXT))
    body = text(editor, "/admin/statements/statement/")
    assert "By speaker" not in body
    assert Speaker.objects.count() == 3
