"""The seed article: its text comes from the fixture; the expectations are offsets
only.
"""

import json
from pathlib import Path

import pytest

from archive.extraction import ArticleDraft, Kind, Statement, extract

FIXTURE = Path(__file__).parents[2] / "fixtures" / "seed.json"
QUOTED = [
    ("direct", "Eric Adams", [(354, 523)]),
    ("direct", "Eric Adams", [(526, 782)]),
    ("direct", "Eric Adams", [(1298, 1504), (1519, 1681)]),
    ("partial", "Tom Homan", [(1740, 1752)]),
    ("direct", "Eric Adams", [(2050, 2197)]),
    ("direct", "Jumaane D. Williams", [(2346, 2676), (2721, 2819)]),
    ("direct", "Brad Lander", [(3134, 3267), (3305, 3415)]),
]
INDIRECT = [
    ("Eric Adams", 48, 134),
    ("Eric Adams", 808, 865),
    ("Eric Adams", 878, 1165),
    ("Eric Adams", 1167, 1279),
    ("Tom Homan", 1820, 1930),
    ("Eric Adams", 1952, 2047),
    ("Jumaane D. Williams", 2901, 3131),
]
CITY = [(3509, 3761), (3764, 3927), (3930, 4067), (4070, 4355), (4358, 4596)]
FEDERAL = [(4721, 5027), (5030, 5135), (5138, 5403), (5406, 5561), (5564, 5670)]
TRAPS = [
    (4086, 4117),
    (2677, 2720),
    (3268, 3304),
    (1505, 1518),
    (1772, 1802),
    (322, 336),
]


@pytest.fixture(scope="module")
def draft() -> ArticleDraft:
    records = json.loads(FIXTURE.read_text(encoding="utf-8"))
    return extract(
        next(
            r["fields"]["text"]
            for r in records
            if r["model"] == "archive.articleversion"
        )
    )


def ranges(statement: Statement) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in statement.passages]


def test_the_seven_quotations_come_with_every_passage_and_the_right_name(
    draft: ArticleDraft,
) -> None:
    quotations = [s for s in draft.statements if s.form in {"direct", "partial"}]
    assert [(s.form.value, s.speaker.name, ranges(s)) for s in quotations] == QUOTED


def test_the_seven_reported_clauses_are_found(draft: ArticleDraft) -> None:
    reported = [s for s in draft.statements if s.form == "indirect"]
    assert [s.speaker.name for s in reported] == [name for name, _, _ in INDIRECT]
    for statement, (_, start, end) in zip(reported, INDIRECT, strict=True):
        ((a, b),) = ranges(statement)
        assert min(b, end) - max(a, start) >= 0.8 * max(b - a, end - start)


def test_the_two_lists_are_whole(draft: ArticleDraft) -> None:
    city, federal = draft.lists
    assert [(i.passage.start, i.passage.end) for i in city.items] == CITY
    assert [(i.passage.start, i.passage.end) for i in federal.items] == FEDERAL
    assert (city.is_complete, federal.is_complete) == (False, None)
    assert city.issuer is not None
    assert city.issuer.kind is Kind.ORGANIZATION
    assert federal.issuer is not None
    assert federal.issuer.name == "Eric Adams"
    assert city.addressee is None
    assert federal.addressee is not None
    assert (federal.addressee.start, federal.addressee.end) == (4659, 4706)
    assert [i.label is not None for i in city.items + federal.items] == [False] * 5 + [
        True
    ] * 5


def test_nothing_is_found_that_is_no_statement(draft: ArticleDraft) -> None:
    found_ranges = [span for s in draft.statements for span in ranges(s)]
    assert not [
        trap
        for trap in TRAPS
        for a, b in found_ranges
        if min(b, trap[1]) - max(a, trap[0]) > 0
    ]


def test_the_words_that_say_who_speaks_are_exact(draft: ArticleDraft) -> None:
    mentions = {s.speaker.mention.exact for s in draft.statements if s.speaker.mention}
    assert {
        "the mayor",
        "he",
        "Homan",
        "Public Advocate Jumaane D. Williams",
    } <= mentions
    assert "city Comptroller Brad Lander" in mentions
