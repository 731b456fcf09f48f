"""A made-up article full of quotations, to measure the desk with."""

from __future__ import annotations

from collections.abc import Iterator

PEOPLE = (
    "Ann Lee",
    "Bo Reed",
    "Cy Park",
    "Dee Fox",
    "Edda Holm",
    "Finn Ory",
    "Gia Santo",
    "Hal Brook",
)
THINGS = ("bridge", "library", "harbor", "school", "market", "park", "tunnel", "dam")
PLANS = ("build", "repair", "close", "paint", "widen", "sell", "rent out", "move")
FILLER = (
    "The meeting in the town hall began late, and many of the chairs stayed empty. "
    "Outside, a band played in the rain while clerks carried boxes up the stairs. "
)
WORDS = 10_000
QUOTATIONS = 300


def text(words: int = WORDS, quotations: int = QUOTATIONS) -> str:
    """About so many words in short paragraphs; so many quotations with a speaker."""
    made = [" ".join(_paragraph(number)) for number in range(quotations)]
    count = sum(len(each.split()) for each in made)
    filler = len(FILLER.split())
    for number in range(max(0, (words - count) // filler)):
        made[number % quotations] += f" {FILLER.strip()}"
    return "\n\n".join(made)


def _paragraph(number: int) -> Iterator[str]:
    name = PEOPLE[number % len(PEOPLE)]
    thing = THINGS[number // 3 % len(THINGS)]
    plan = PLANS[number // 5 % len(PLANS)]
    yield (
        f"“We will {plan} the {thing} number {number} before the winter comes,” said "
        f"council member {name}."
    )
