"""What is wrong with the rows of a run, and what its operator should know."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOST = 200  # problems and lines of a report that are kept


class Unreadable(Exception):
    """A file, or the rest of it, cannot be read; `line` is 0 if it is not known."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.line = sentence, line


class Refused(Exception):
    """Nothing was written. `problems` says why."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{problems.total} problems")
        self.problems = problems


@dataclass(frozen=True)
class Problem:
    """`line` 0 and `column` "" stand for the whole file and the whole row."""

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        place += [f"line {self.line}"] if self.line else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.sentence}" if place else self.sentence


@dataclass
class Problems:
    """The first MOST problems, and how many there are; `notices` count what does not
    stop the run, with the first place where it was seen.
    """

    printed: list[Problem] = field(default_factory=list)
    total: int = 0
    notices: Counter[str] = field(default_factory=Counter)
    first_places: dict[str, str] = field(default_factory=dict)
    is_complete: bool = True  # False: the search for problems was broken off

    def add(
        self, sentence: str, file: str = "", line: int = 0, column: str = ""
    ) -> None:
        self.total += 1
        if len(self.printed) < MOST:
            self.printed.append(Problem(file, line, column, sentence))

    def notice(
        self, sentence: str, file: str = "", line: int = 0, column: str = ""
    ) -> None:
        self.notices[sentence] += 1
        if sentence not in self.first_places:
            place = Problem(file, line, column, "")
            self.first_places[sentence] = str(place).removesuffix(": ")

    def lines(self) -> list[str]:
        """The problems as printed, in the order of the files' lines."""
        rows = sorted(self.printed, key=lambda each: (each.file, each.line))
        lines = [str(each) for each in rows]
        if self.total > len(rows):
            lines.append(f"… and {self.total - len(rows):,} more.")
        return lines

    def notice_lines(self) -> list[str]:
        return [
            f"{sentence} Cells or rows: {count:,}, first: {self.first_places[sentence]}"
            if self.first_places[sentence]
            else sentence
            for sentence, count in self.notices.items()
        ]
