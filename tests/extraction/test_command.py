"""manage.py extract: text in, lines out, no database."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TEXT = (
    "Mayor Delia Harrow spoke.\n“We sail in May,” Harrow said. “I promise.”\nThe pier "
    "is old, a clerk said."
)


def output(*arguments: str) -> str:
    stream = io.StringIO()
    call_command("extract", *arguments, stdout=stream)
    return stream.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_the_draft_is_printed_for_people_by_default(article: str) -> None:
    first, second = output(article).splitlines()
    assert first == "direct     Delia Harrow: We sail in May, […] I promise."
    assert second == "indirect   a clerk: The pier is old"


def test_json_holds_the_whole_draft(article: str) -> None:
    draft = json.loads(output(article, "--json"))
    passage = draft["statements"][0]["passages"][0]
    assert (
        draft["text"][passage["start"] : passage["end"]]
        == passage["exact"]
        == "We sail in May,"
    )
    assert draft["statements"][0]["speaker"]["kind"] == "person"


def test_jsonl_gives_one_line_for_each_line(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    records = [{"id": "a", "text": TEXT}, {"id": 2, "text": ""}]
    path.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    first, second = map(json.loads, output(str(path), "--jsonl").splitlines())
    assert [q["kind"] for q in first["quotes"]] == ["direct", "direct", "indirect"]
    assert second == {"id": 2, "quotes": []}


def test_an_article_that_says_nothing_gives_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("", encoding="utf-8")
    assert output(str(path)) == "Nothing found.\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "is not UTF-8"),
        (b"no json", "Line 1 is not a JSON object"),
        (b'{"id": 1}', "Line 1 is not a JSON object"),
        (b'{"id": 1, "text": 5}', 'Line 1: "text" is not a string'),
        (b"[" * 100000, "Line 1 is not a JSON object"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        output(str(path), "--jsonl")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        output("/nowhere/article.txt")
