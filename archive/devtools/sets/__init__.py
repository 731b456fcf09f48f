"""Makes the files of the shipped sets from those of their sources."""

from __future__ import annotations

from pathlib import Path

from archive.devtools.sets import congress, council, speeches
from archive.importing.sets import DEMO
from archive.wording import topic_rules
from archive.wording.topic_rules import TopicRules


def build(source: Path, target: Path) -> None:
    """`source` has a folder for each set, as `target` will."""
    rules = TopicRules(topic_rules.load(target / "topics.toml"))
    first, second, third = DEMO
    speeches.build(source / first, target / first, rules)
    congress.build(source / second, target / second)
    council.build(source / third, target / third, rules)
