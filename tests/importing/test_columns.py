"""The documentation of the columns."""

from pathlib import Path

import pytest

from archive.importing.describing import table
from archive.importing.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "archive" / "importing" / "kinds" / "README.md"


def test_the_readme_has_the_table_that_the_command_prints():
    assert "\n".join(table()) in README.read_text()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_name_of_a_column_is_used_twice_in_a_kind(kind):
    names = [name for each in kind.columns for name in (each.name, *each.aliases)]
    twice = {name for name in names if names.count(name) > 1}
    assert twice == set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_column_that_is_stored_is_a_field_of_the_record(kind):
    fields = {field.attname for field in kind.model._meta.concrete_fields}
    plain = {column.field for column in kind.own if column.field}
    keys = {reference.attname for reference in kind.references}
    assert plain | keys <= fields | kind.part_names.keys()
