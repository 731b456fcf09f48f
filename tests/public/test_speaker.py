"""The pages of a speaker and of a statement."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Topic
from statements import views
from tests.factories import (
    make_article,
    make_list,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html
from tests.public.test_exports import rows_of
from tests.public.test_pages import between, text_of
from tests.public.test_query_counts import queries_of

pytestmark = pytest.mark.django_db
client = Client()


def page_of(record) -> str:
    return Html(client.get(record.get_absolute_url()).content.decode())


def test_positions_stand_under_the_topics_of_their_proposals():
    ann, housing, schools = (
        make_speaker(),
        make_topic(name="Housing"),
        make_topic(name="Schools"),
    )
    for topic in (schools, housing):
        proposal = make_proposal(title=f"Do {topic}")
        proposal.topics.add(topic)
        make_position(speaker=ann, proposal=proposal)
    make_position(speaker=ann, proposal=make_proposal(title="Do anything"))
    page = text_of(ann.get_absolute_url())
    page = page[page.index("Filter these positions") :]  # below the head
    places = [
        page.index(f" {words} ")
        for words in ("Housing", "Do Housing", "Schools", "Do Schools")
    ]
    places += [page.index(words) for words in ("Without a topic", "Do anything")]
    assert places == sorted(places)


def test_positions_that_differ_are_named_and_not_judged():
    ann, proposal = make_speaker(), make_proposal()
    make_position(speaker=ann, proposal=proposal, stance="supports")
    make_position(speaker=ann, proposal=proposal, stance="opposes")
    make_position(
        speaker=make_speaker(),
        proposal=proposal,
        stance="mixed",
        conditions="If cheap.",
    )
    page = text_of(ann.get_absolute_url())
    assert page.count("Positions differ: see also") == 2
    assert 'data-stance="mixed"' not in page


def test_a_page_that_cannot_show_all_positions_says_so_and_leads_to_all(monkeypatch):
    ann = make_speaker(name="Ann Lee")
    make_position(speaker=ann)
    assert "are listed, by topic" not in page_of(ann)
    monkeypatch.setattr(views, "MAX_POSITIONS", 2)
    for _ in range(2):
        make_position(speaker=ann)
    page = page_of(ann)
    assert "The newest 2 positions are listed, by topic." in page
    assert 'href="/positions/?speaker=ann-lee"' in page


def test_what_a_speaker_put_forward_and_is_asked_leads_to_the_list_of_it():
    ann, bo = make_speaker(name="Ann Lee"), make_speaker(name="Bo Ray")
    make_list(issued_by=ann, addressed_to=bo)
    assert 'href="/proposals/?issuer=ann-lee"' in page_of(ann)
    assert 'href="/proposals/?addressee=bo-ray"' in page_of(bo)


def test_the_statements_of_a_speaker_can_be_narrowed():
    ann, topic, article = (
        make_speaker(name="Ann Lee"),
        make_topic(name="Housing"),
        make_article(),
    )
    make_statement(speaker=ann, article=article).topics.add(topic)
    make_statement("And we win.", speaker=ann, article=article).topics.add(
        make_topic(name="Schools")
    )
    make_statement(article=article).topics.add(topic)
    page = page_of(ann)
    assert "Filter all 2 statements" in page
    pill = between(
        page,
        f'<a class="pill" href="/statements/?speaker=ann-lee&amp;topic={topic.slug}">',
        "</a>",
    )
    assert pill == Html('Housing <span class="num">1</span>')


def test_a_statement_says_where_in_its_source_it_stands():
    text = "Headline\n\n\nFirst paragraph.\n“We will fight,” Lee said."
    statement = make_statement(article=make_article(text))
    start = text.index("We will")
    page = text_of(statement.get_absolute_url())
    assert f"Paragraph 3, characters {start} to {start + 14} of version 1" in page


def test_a_reported_statement_has_no_link_to_its_words_at_the_publisher():
    article = make_article(url="https://example.org/a")
    fields = {
        "article": article,
        "form": "indirect",
        "text": "Lee expects lower taxes.",
    }
    assert ":~:text=" not in page_of(make_statement("taxes will fall", **fields))
    assert 'href="https://example.org/a#:~:text=We%20will%20fight"' in page_of(
        make_statement(article=article)
    )


@pytest.fixture
def ann_of_many(monkeypatch):
    """She changed on each of four old bills, and only one newer position is listed."""
    monkeypatch.setattr(views, "MAX_POSITIONS", 1)
    ann, housing = make_speaker(name="Ann Lee"), make_topic(name="Housing")
    for number in range(4):
        bill = make_proposal(title=f"Bill {number}")
        bill.topics.add(housing)
        held = {"speaker": ann, "proposal": bill}
        make_position(**held, held_on=f"201{number}-01-01")
        make_position(**held, held_on=f"201{number}-02-01", stance="opposes")
    make_position(speaker=ann, held_on="2020-01-01")
    return ann


def test_changes_and_stances_are_counted_from_all_positions(ann_of_many):
    page = page_of(ann_of_many)
    changed = between(page, '<h2 id="changed">', "</section>")
    assert "The newest 3 of 4." in changed
    assert 'href="/positions/?speaker=ann-lee&amp;changed=1"' in changed
    titles = [f"Bill {number}" for number in range(4)]
    places = [changed.find(title) for title in reversed(titles)]
    assert places[-1] == -1  # the oldest change is on the list only
    assert places[:3] == sorted(places[:3])
    assert "Housing Opposes 4" in text_of(ann_of_many.get_absolute_url())


def test_all_stated_positions_are_counted_by_stance_and_lead_to_their_list(
    ann_of_many,
):
    page = page_of(ann_of_many)
    text = text_of(ann_of_many.get_absolute_url())
    assert "Supports 5 Opposes 4 all stated positions" in text
    for stance, count in (("supports", 5), ("opposes", 4)):
        (link,) = re.findall(rf'href="([^"]*stance={stance}&amp;basis[^"]*)"', page)
        listed = client.get(unescape(link)).context["listing"].page
        assert len(listed.object_list) == count


def test_few_changes_are_not_called_the_newest(ann_of_many):
    ann_of_many.positions.filter(held_on__lt="2012-01-01").delete()
    page = page_of(ann_of_many)
    assert page.count('<ol class="chg">') == 2
    assert "The newest 3" not in page
    assert "As a list and a file" in page


def test_the_years_count_all_statements_and_stated_positions(ann_of_many, reindex):
    one, two = (User.objects.create(username=name) for name in ("one", "two"))
    reviewed = {"recorded_by": one, "reviewed_by": two, "rationale": "x"}
    dated = {"speaker": ann_of_many, "held_on": "2010-03-01"}
    make_position(**dated, basis="inferred", **reviewed)
    make_statement(speaker=ann_of_many, said_on="2010-04-01")
    reindex()
    years = client.get(ann_of_many.get_absolute_url()).context["years"]
    expected = [(2010, (3,)), *((year, (2,)) for year in (2011, 2012, 2013))]
    assert list(years.table) == [*expected, (2020, (1,))]


def test_what_readers_may_not_see_is_not_counted(ann_of_many):
    ann_of_many.positions.filter(stance="opposes").update(status="draft")
    page = page_of(ann_of_many)
    assert "Changed positions" not in page
    assert "Opposes" not in between(page, '<h2 id="topics">', "</section>")


def test_a_speaker_with_many_changes_asks_at_most_14_queries(ann_of_many, reindex):
    make_statement(speaker=ann_of_many, said_on="2012-01-01")
    reindex()
    client.get("/about/")  # the name of the database is asked once
    assert queries_of(ann_of_many.get_absolute_url()) <= 14


def test_the_years_lead_to_the_files_that_hold_their_records(ann_of_many):
    topic = Topic.objects.get(name="Housing")
    make_statement(speaker=ann_of_many, said_on="2010-01-01").topics.add(topic)
    paths = [ann_of_many.get_absolute_url()]
    paths.append(f"{paths[0]}on/{topic.slug}/")
    for path, narrowed in zip(paths, ("", f"&topic={topic.slug}"), strict=True):
        page = Html(client.get(path).content.decode())
        chart = unescape(between(page, '<figure class="chart">', "</figure>"))
        files = re.findall(r'href="([^"]+)"', chart)
        assert files[0] == f"/statements.csv?speaker=ann-lee{narrowed}"
        assert files[1].startswith(f"/positions.csv?speaker=ann-lee{narrowed}&")
        assert sum(len(rows_of(file)) for file in files) == counted(chart)


def test_the_years_of_a_topic_lead_to_its_statements():
    topic = make_topic(name="Housing")
    for year in (2011, 2012):
        make_statement(said_on=f"{year}-01-01").topics.add(topic)
    chart = between(page_of(topic), '<figure class="chart">', "</figure>")
    (file,) = re.findall(r'href="([^"]+)"', chart)
    assert file == "/statements.csv?topic=housing"
    assert len(rows_of(file)) == counted(chart) == 2


def counted(chart):
    """The sum of the numbers in the table of a strip."""
    return sum(map(int, re.findall(r'<td class="num">(\d+)</td>', chart)))
