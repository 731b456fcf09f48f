"""What an address asks of one type of record, as plain data: it can be compared and
hashed, and knows no Django.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.search import query
from archive.search.language import NO_TEXT, TextQuery
from archive.search.query import Condition


@dataclass(frozen=True)
class Parameter:
    """One parameter in use: its values as they stand in the address, and what they mean
    to the index.

    Two kinds have no condition of their own: the words, which `Question.text` holds,
    and joint parameters, which one related row must meet together.
    """

    name: str
    values: tuple[str, ...]
    condition: Condition | None = None
    is_joint: bool = False


@dataclass(frozen=True)
class Countable:
    """A parameter whose values are counted beside the results, or `year`; `choices` are
    its values, if fixed.
    """

    name: str
    is_joint: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """`sort` is the order of the results, `chosen_sort` what the address says of it;
    `unfolded` facets are whole.
    """

    type: str
    text: TextQuery = NO_TEXT
    parameters: tuple[Parameter, ...] = ()
    sort: str = "newest"
    chosen_sort: str = ""
    page: int = 1
    unfolded: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        return next(
            (
                parameter.values
                for parameter in self.parameters
                if parameter.name == name
            ),
            (),
        )

    @property
    def is_bounded(self) -> bool:
        """Whether records without a date are left out."""
        return bool(self.values("since") or self.values("until"))

    @property
    def joint(self) -> dict[str, tuple[str, ...]]:
        return {
            parameter.name: parameter.values
            for parameter in self.parameters
            if parameter.is_joint
        }

    @property
    def conditions(self) -> list[Condition]:
        """All that a record must satisfy, the words apart."""
        conditions: list[Condition] = (
            [query.OneOf("type", (self.type,))] if self.type else []
        )
        conditions += [
            parameter.condition for parameter in self.parameters if parameter.condition
        ]
        return (
            [*conditions, query.together(joint)]
            if (joint := self.joint)
            else conditions
        )

    def without(self, *names: str) -> Question:
        """The same without these parameters, to count by: neither page nor order
        matters to a count.
        """
        remaining = tuple(
            parameter for parameter in self.parameters if parameter.name not in names
        )
        return Question(self.type, NO_TEXT if "q" in names else self.text, remaining)
