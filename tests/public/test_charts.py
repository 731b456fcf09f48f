"""Charts drawn by the server: what they show, in a picture and in a table."""

import datetime as dt
import re
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from archive.charts import (
    Count,
    Lane,
    Point,
    Series,
    stance_over_time,
    tally,
    years,
)

VOTES = [
    Count("supports", "Supports", 29),
    Count("mixed", "Mixed", 0),
    Count("opposes", "Opposes", 13),
    Count("differ", "Differing", 1),
]
LANES = [Lane("supports", "For"), Lane("mixed", "Mixed"), Lane("opposes", "Against")]
EVIL = "<script>alert(1)</script>\"'&amp;"


def point(day, key, **more):
    return Point(dt.date.fromisoformat(day), key, day, **more)


def drawn(drawing, id="it", title="Where they stand", csv="/it.csv", small=False):
    page = Template("{% load charts %}{% chart it id title csv is_small=small %}")
    context = {"it": drawing, "id": id, "title": title, "csv": csv, "small": small}
    return page.render(Context(context))


def every_kind():
    return [
        tally(VOTES),
        years(Series("all", "All", {2010: 4, 2012: 31})),
        years(Series("supports", "For", {2010: 4}), Series("opposes", "No", {2014: 2})),
        stance_over_time(
            [point("2010-01-05", "supports"), point("2014-06-01", "opposes")], LANES
        ),
    ]


def table_of(page):
    """The cells of each row of the table, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub("<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_the_parts_of_a_tally_fill_the_bar_in_the_order_of_the_counts():
    parts = tally(VOTES).parts
    assert [part.key for part in parts] == ["supports", "opposes", "differ"]
    assert parts[0].x == 0
    assert all(abs(a.x + a.width - b.x) < 0.02 for a, b in pairwise(parts))
    assert abs(parts[-1].x + parts[-1].width - 100) < 0.02
    assert parts[0].width == round(100 * 29 / 43, 2)


def test_a_number_stands_in_a_part_only_where_it_fits():
    assert [part.is_labelled for part in tally(VOTES).parts] == [True, True, False]


def test_charts_of_nothing_are_not_drawn():
    assert tally([]) is None
    assert tally([Count("supports", "Supports", 0)]) is None
    assert years(Series("all", "All", {2012: 3, 2013: 0})) is None
    assert stance_over_time([point("2012-01-01", "supports")] * 2, LANES) is None
    assert drawn(None) == ""


def test_a_strip_has_a_bar_for_each_year_with_something_and_the_highest_is_named():
    strip = years(Series("all", "All", {2010: 4, 2012: 31, 2013: 0, 2020: 1}))
    assert [(bar.year, bar.count) for bar in strip.bars] == [
        (2010, 4),
        (2012, 31),
        (2020, 1),
    ]
    assert [peak.text for peak in strip.peaks] == ["31"]
    assert min(bar.height for bar in strip.bars) >= 2
    assert [tick.text for tick in strip.ticks] == [
        "2010",
        "2012",
        "2014",
        "2016",
        "2018",
        "2020",
    ]


@pytest.mark.parametrize("span", [2, 5, 9, 23, 60, 119, 400])
def test_the_years_below_a_strip_never_overlap(span):
    ticks = years(Series("all", "All", {1900: 1, 1900 + span - 1: 2})).ticks
    gaps = [b.x - a.x for a, b in pairwise(ticks)]
    assert min(gaps) >= 15
    assert ticks[-1].text == str(1900 + span - 1)


def test_a_second_series_hangs_below_the_line():
    strip = years(
        Series("supports", "For", {2010: 4, 2012: 2}),
        Series("opposes", "No", {2010: 8}),
    )
    above = [bar for bar in strip.bars if bar.key == "supports"]
    below = [bar for bar in strip.bars if bar.key == "opposes"]
    assert all(bar.y + bar.height == strip.base for bar in above)
    assert all(bar.y == strip.base + 1 for bar in below)
    assert below[0].height == 2 * above[0].height


def test_stances_over_time_stand_in_the_lane_of_their_stance_and_in_order_of_time():
    chart = stance_over_time(
        [point("2014-06-01", "opposes"), point("2010-01-05", "supports")],
        LANES,
        joined=True,
    )
    assert [lane.key for lane in chart.lanes] == ["supports", "opposes"]
    first, last = chart.dots
    assert (first.label, last.label) == ("For", "Against")
    assert first.x < last.x <= 100
    assert first.y < last.y
    assert [(line.y1, line.y2) for line in chart.lines] == [(first.y, last.y)]


def test_the_area_of_a_dot_grows_with_its_count():
    chart = stance_over_time(
        [point("2010-01-05", "supports", count=4), point("2011-01-05", "opposes")],
        LANES,
    )
    assert [dot.radius for dot in chart.dots] == [10, 5]


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("drawing", every_kind(), ids=lambda it: type(it).__name__)
def test_a_chart_has_a_role_a_title_and_a_description_of_its_own(drawing, small):
    page = drawn(drawing, id="strip-7", small=small)
    picture = re.search("<svg role.*?</svg>", page, re.S)[0]
    root = ElementTree.fromstring(picture)  # noqa: S314
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "strip-7-title strip-7-desc"
    texts = {node.get("id"): node.text for node in root if node.get("id")}
    assert texts == {
        "strip-7-title": "Where they stand",
        "strip-7-desc": drawing.description,
    }


@pytest.mark.parametrize("drawing", every_kind(), ids=lambda it: type(it).__name__)
def test_a_chart_obeys_the_content_security_policy(drawing):
    page = drawn(drawing, title=EVIL)
    assert " style=" not in page
    assert "<style" not in page
    assert "<script" not in page
    assert EVIL in unescape(page)


def test_the_table_has_the_numbers_of_the_picture():
    assert table_of(drawn(tally(VOTES))) == [
        ["Supports", "29"],
        ["Opposes", "13"],
        ["Differing", "1"],
    ]
    strip = years(
        Series("supports", "For", {2010: 1400}), Series("opposes", "No", {2014: 2})
    )
    assert table_of(drawn(strip))[1:] == [["2010", "1,400", "0"], ["2014", "0", "2"]]


def test_an_inferred_stance_is_labelled_in_the_table_and_drawn_otherwise():
    chart = stance_over_time(
        [
            point("2010-01-05", "supports", url="/positions/1/"),
            point("2012-01-05", "opposes", is_inferred=True),
        ],
        LANES,
    )
    page = drawn(chart)
    assert page.count('class="inferred"') == 2
    assert "Inferred by the editors" in page
    assert '<a href="/positions/1/">2010-01-05</a>' in page


def test_a_chart_leads_to_its_file_and_a_small_one_has_none():
    assert 'href="/it.csv"' in drawn(tally(VOTES))
    assert "download" not in drawn(tally(VOTES), csv="")
    small = drawn(tally(VOTES), small=True)
    assert "<details" not in small
    assert "Supports 29" in re.sub("<[^>]+>", "", small)
