"""Citations for the tests, made without a database."""

import datetime as dt
import random
from typing import Any

from archive.citations import Citation, Kind, Name, Reference

LANDER = Name("Lander", "Brad")
DAY = dt.date(2026, 11, 30)
AUTHORS = (
    Name("Rubinstein", "Dana"),
    Name("Fitz", "Emma G."),
    Name("García", "Jean-Luc"),
    Name("King", "Martin Luther", "Jr."),
    Name("van der Berg", "Jan"),
    Name("Associated Press"),
    Name("Orbán Viktor"),
)
TITLES = (
    "Mayor meets the border czar",
    "A “deal” for the city",
    "Who pays?",
    "[Mayor and czar meet]",
    "Taxes & fees: 50% more in #1 {district} of C:\\New_York~$",
    "Ein Brief über Städte",
)


def reference(**fields: Any) -> Reference:
    defaults: dict[str, Any] = {
        "key": "k1",
        "kind": Kind.NEWS,
        "title": "Mayor meets the border czar",
        "url": "https://archive.example/id/k1/",
        "authors": AUTHORS[:1],
        "container": "The Daily",
        "issued": "2024-12-12",
    }
    return Reference(**defaults | fields)


def quoted(entry: Reference, *paragraphs: int, **fields: Any) -> Citation:
    further = {"speaker": LANDER, "relation": "quoted in"} | fields
    return Citation(entry, paragraphs=paragraphs, **further)


def drawn(number: int) -> Citation:
    """One of many citations that differ in everything."""
    draw = random.Random(number)
    kind = draw.choice(list(Kind))
    issued = draw.choice(["2024-12-12", "2025-05-01", "2024-03", "2019", ""])
    entry = reference(
        key=f"k{number}",
        kind=kind,
        title=draw.choice(TITLES),
        url=f"https://archive.example/id/k{number}/",
        authors=tuple(draw.sample(AUTHORS, draw.choice([0, 1, 1, 1, 2, 2, 3, 7]))),
        container=container(kind, draw),
        genre=draw.choice(["", "Speech"]) if kind != Kind.NEWS else "",
        issued=issued,
        issued_is_inferred=bool(issued) and draw.random() < 0.2,
        accessed=None if issued else DAY,
    )
    count = draw.choice([1, 1, 2, 3])
    return quoted(entry, *sorted(draw.sample(range(1, 90), count)))


def container(kind: Kind, draw: random.Random) -> str:
    if kind is Kind.NEWS:
        return draw.choice(["The Daily", "Gazette of the “Five Towns”", ""])
    return "On Record" if kind is Kind.PAGE else ""
