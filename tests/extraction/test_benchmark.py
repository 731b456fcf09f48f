"""The extraction figures: they are read from the scorer, never computed a second
time.
"""

from pathlib import Path

import pytest

from archive.extraction import benchmark

SCORER = """import json, sys
figures = {"P": 1.0, "R": 2.0, "F1": 3.0}
right = {"acc": 50.0, "n": 4}
track = {"overlap": figures, "e2e": figures} | dict.fromkeys(
    ["att", "name_name", "name_pronoun", "name_verified"], right)
print(json.dumps({"quoted": track, "indirect": track}))
"""


def test_the_own_gold_set_is_measured_without_any_other_data() -> None:
    lines = list(benchmark.run(None))
    assert lines[0].startswith("own gold set: ")
    assert any(line.startswith("  direct ") for line in lines)
    assert "No folder with a dev set" in lines[-1]


def test_a_dev_set_is_scored_by_its_own_scorer(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    (tmp_path / "dev.jsonl").write_text(
        '{"id": "a", "text": "It rains, Jane Roe said."}\n', encoding="utf-8"
    )
    lines = list(benchmark.run(tmp_path))
    assert "  quoted    span, overlap     P   1.0  R   2.0  F1   3.0" in lines
    assert any("name of a named speaker 50.0 (n=4)" in line for line in lines)


def test_a_scorer_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text("raise SystemExit('no gold')", encoding="utf-8")
    (tmp_path / "dev.jsonl").write_text('{"id": "a", "text": ""}\n', encoding="utf-8")
    with pytest.raises(RuntimeError, match="no gold"):
        list(benchmark.run(tmp_path))


def test_a_folder_without_the_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"dev\.jsonl is missing"):
        list(benchmark.run(tmp_path))
