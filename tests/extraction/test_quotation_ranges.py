"""Which characters stand between quotation marks: every convention, and what only looks
like a mark.
"""

import sys
from types import FrameType

import pytest

from archive.extraction.quotation_ranges import ranges

CASES = {
    "curly": ("“We go,” she said. “Now.”", ["We go,", "Now."]),
    "straight": ('"We go," she said. "Now."', ["We go,", "Now."]),
    "curly closed by straight": ('“We go," she said.', ["We go,"]),
    "the wrong curly mark closes": ("“We go,“ she said.", ["We go,"]),
    "blanks inside": ("“ We go ” she said.", [" We go "]),
    "single curly": (
        "‘We won’t go,’ she said. ‘The workers’ rights come first, and the ’90s too.’",
        ["We won’t go,", "The workers’ rights come first, and the ’90s too."],
    ),
    "single straight": (
        "'We won't go,' she said. 'The workers' rights come first.'",
        ["We won't go,", "The workers' rights come first."],
    ),
    "a plural owner closes where nothing else does": (
        "‘I met the boss’ said Bob. ‘Yes.’",
        ["I met the boss", "Yes."],
    ),
    "nested": (
        "“He told me ‘go away’ today,” she said.",
        ["He told me ‘go away’ today,", "go away"],
    ),
    "nested, outer ones single": (
        "‘He said “go” today,’ she said.",
        ["He said “go” today,", "go"],
    ),
    "nested, the same marks": ("“He said “go” today,”", ["He said “go” today,", "go"]),
    "guillemets": ("«Nous irons», dit-il.", ["Nous irons"]),
    "guillemets with blanks": ("« Nous irons », dit-il.", [" Nous irons "]),
    "guillemets the German way": ("»Wir gehen«, sagte er.", ["Wir gehen"]),
    "low and high": ("„Wir gehen“, sagte er. „Ja.“", ["Wir gehen", "Ja."]),
    "low commas": (",,Wir gehen'' sagte er.", ["Wir gehen"]),
    "Swedish": ("”Vi går”, sa han.", ["Vi går"]),
    "corner brackets": ("『行く』と「言う」", ["行く", "言う"]),
    "typewriter": ("``We go,'' she said.", ["We go,"]),
    "three paragraphs": (
        "“One.\n\n“Two.\n\n“Three,” she said.",
        ["One.", "Two.", "Three,"],
    ),
    "never closed": ("“One.\nTwo said nothing.", []),
    "closed by the next opening": ("“A said. “B,” he said.", ["B,"]),
    "feet and inches": ('He is 6\'2" tall and 5" wide. "Yes," he said.', ["Yes,"]),
    "inches in a quotation": ("“He is 6'2\",” she said.", ["He is 6'2\","]),
    "a year before the mark": (
        '"Since 2024," he said. "In 2025" too.',
        ["Since 2024,", "In 2025"],
    ),
    "apostrophes": (
        "The boys' club of the '70s, rock 'n' roll: \"We won.\"",
        ["We won."],
    ),
    "one mark": ("“", []),
    "only a closing mark": ("We go,” she said.", []),
}


@pytest.mark.parametrize(("text", "quoted"), CASES.values(), ids=CASES)
def test_what_stands_between_marks(text, quoted):
    assert [text[start:end] for start, end in ranges(text)] == quoted


@pytest.mark.parametrize("piece", ['"', "“", "”", "“a” ", "'a", "“‘", "«»", "“””"])
def test_twice_the_marks_are_at_most_about_twice_the_work(piece):
    few, many = (calls(piece * count) for count in (1000, 2000))
    assert many <= 2.2 * few


def calls(text: str) -> int:
    """How many functions `ranges` calls, its own and built-in ones."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        ranges(text)
    finally:
        sys.setprofile(before)
    return count
