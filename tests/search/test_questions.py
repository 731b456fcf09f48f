"""The questions of citizens: archive/devtools/questions/citizens.toml."""

from types import SimpleNamespace

import pytest

from archive.devtools.benchmarks import questions

KINDS = {"speakers", "proposals", "topics", "articles", "statements", "positions"}


def record(slug):
    return SimpleNamespace(slug=slug)


FOUND = [
    ("topics", record("a")),
    ("proposals", record("b")),
    ("proposals", record("c")),
]


def test_each_set_has_twenty_different_questions():
    sets = questions.load()
    assert {name: len(listed) for name, listed in sets.items()} == {
        "brief": 20,
        "own": 20,
    }
    typed = [each["q"].lower() for listed in sets.values() for each in listed]
    assert len(set(typed)) == 40


def test_each_question_names_records_that_can_be_found():
    for listed in questions.load().values():
        for question in listed:
            for key in question["right"]:
                kind, *parts = key.split("/")
                assert kind in KINDS, question
                assert len(parts) == (2 if kind in ("statements", "positions") else 1)


@pytest.mark.parametrize(
    ("question", "is_right"),
    [
        ({"right": ["proposals/c"]}, True),
        ({"right": ["proposals/c"], "first": 1}, False),
        ({"right": ["proposals/x", "topics/a"], "first": 1}, True),
        ({"right": ["proposals/b", "proposals/c"], "all": True}, True),
        ({"right": ["proposals/b", "proposals/d"], "all": True}, False),
        ({"right": ["topics/b"]}, False),
        ({"right": ["topics/a"], "chip": ["stance", "opposes"]}, False),
    ],
)
def test_a_question_is_judged_by_its_first_results_and_its_chip(question, is_right):
    assert questions.is_right(question, FOUND, []) is is_right


def test_a_statement_is_named_by_its_speaker_and_a_word():
    lee = SimpleNamespace(text="We will rebuild.", speaker=record("lee"))
    found = [("statements", lee)]
    for key, is_right in [
        ("statements/lee/Rebuild", True),
        ("statements/*/rebuild", True),
        ("statements/diaz/rebuild", False),
        ("statements/lee/harbor", False),
    ]:
        assert questions.is_right({"right": [key]}, found, []) is is_right
