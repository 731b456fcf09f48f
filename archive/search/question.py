"""The validated parameters of a list as plain data: comparable, hashable, and
independent of Django.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.search import query
from archive.search.language import NO_TEXT, TextQuery
from archive.search.query import Condition


@dataclass(frozen=True)
class Parameter:
    """One parameter in use: its values as in the URL, and the condition they mean for
    the index.

    Two kinds have no condition of their own: the text, which is in `Question.text`, and
    joint parameters, which one related row must satisfy together.
    """

    name: str
    values: tuple[str, ...]
    condition: Condition | None = None
    is_joint: bool = False


@dataclass(frozen=True)
class Countable:
    """A parameter (or `year`) whose values are counted beside the results; `choices`
    are its values if they are fixed.
    """

    name: str
    is_joint: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """`sort` is the effective order, `chosen_sort` the one in the URL; `unfolded`
    facets list all their values.
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
        """Whether undated records are excluded."""
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
        """All conditions except the text and the joint parameters."""
        conditions: list[Condition] = (
            [query.OneOf("type", (self.type,))] if self.type else []
        )
        conditions += [
            parameter.condition for parameter in self.parameters if parameter.condition
        ]
        return conditions

    def without(self, *names: str) -> Question:
        """The question without these parameters, for counting; page and order are
        reset.
        """
        remaining = tuple(
            parameter for parameter in self.parameters if parameter.name not in names
        )
        return Question(self.type, NO_TEXT if "q" in names else self.text, remaining)
