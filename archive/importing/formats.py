"""The records of a file: CSV, JSON lines, or a JSON array of objects."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any

from archive.importing.opening import CHUNK, MAX_LINE, encoding_of, lines, opened
from archive.importing.problems import Unreadable
from archive.listing.formats import unescape_formula

MAX_CELL = 5_000_000  # characters
DELIMITERS = (",", ";", "\t", "|")
PACKED = (".gz", ".xz")
CSV, JSON_LINES, JSON = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson"), (".json",)
SPACE = " \t\r\n"


@dataclass
class Record:
    """One row as the file has it: cells by the file's own column names. A row that is
    no record has a `problem` instead.
    """

    line: int
    cells: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Options:
    """How to read a file. `count_known` tells how many of the header's names it knows,
    which decides between delimiters.
    """

    encoding: str = ""
    delimiter: str = ""
    count_known: Callable[[list[str]], int] = len


def records(
    path: Path, options: Options, tick: Callable[[int], object] = lambda _size: None
) -> Generator[Record]:
    """Yields the records of a file; raises Unreadable where it cannot be read on."""
    suffix = Path(path.stem).suffix if path.suffix in PACKED else path.suffix
    with opened(path, tick) as stream:
        if not stream.peek(1):
            raise Unreadable("The file is empty.")
        encoding = encoding_of(stream, options.encoding)
        if suffix.lower() in CSV:
            yield from _csv(lines(stream, encoding), options)
        elif suffix.lower() in JSON_LINES:
            yield from _json_lines(lines(stream, encoding))
        elif suffix.lower() in JSON:
            yield from _json(stream, encoding)
        else:
            raise Unreadable(
                "The name of a file ends in .csv, .jsonl or .json, then perhaps .gz or "
                ".xz."
            )


def _csv(text: Iterator[str], options: Options) -> Iterator[Record]:
    limit = csv.field_size_limit(MAX_CELL)
    try:
        yield from _csv_rows(text, options)
    finally:
        csv.field_size_limit(limit)


def _csv_rows(text: Iterator[str], options: Options) -> Iterator[Record]:
    first, offset, delimiter = next(text, ""), 1, options.delimiter
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, first, offset = first.strip()[4], next(text, ""), 2
    delimiter = delimiter or _delimiter(first, options)
    names = _header(first, delimiter, offset)
    reader = csv.reader(_without_nul(text, offset), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable(_csv_sentence(str(error)), before + offset + 1) from error
        if cells is None:
            return
        line, before = before + offset + 1, reader.line_num
        if any(cells):
            yield _csv_record(line, names, cells)


def _without_nul(text: Iterator[str], offset: int) -> Iterator[str]:
    for number, line in enumerate(text, offset + 1):
        if "\0" in line:
            raise Unreadable("This line has a NUL: it is not text.", number)
        yield line


def _header(first: str, delimiter: str, line: int) -> list[str]:
    if "\0" in first:
        raise Unreadable("This line has a NUL: it is not text.", line)
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise Unreadable(_csv_sentence(str(error)), line) from error
    names = [" ".join(name.split()) for name in names]
    while names and not names[-1]:
        names.pop()
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unreadable(f"Two columns have the name “{twice[0]}”.", line)
    if not names:
        raise Unreadable("The first line must have the names of the columns.", line)
    return names


def _delimiter(first: str, options: Options) -> str:
    def rank(delimiter: str) -> tuple[int, int]:
        try:
            names = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return (0, 0)
        return (options.count_known(names), len(names))

    return max(DELIMITERS, key=rank)


def _csv_record(line: int, names: list[str], cells: list[str]) -> Record:
    extra = cells[len(names) :]
    if len(cells) < len(names) or any(extra):
        return Record(
            line,
            problem=f"This row has {len(cells)} cells, the header {len(names)}.",
        )
    return Record(
        line,
        {
            name: unescape_formula(cell)
            for name, cell in zip(names, cells, strict=False)
        },
    )


def _csv_sentence(error: str) -> str:
    if "field limit" in error:
        return (
            f"A cell is longer than {MAX_CELL:,} characters; perhaps a quotation mark "
            "is missing at the end of one."
        )
    if "unexpected end" in error:
        return "A quotation mark that opens a cell of this row is never closed."
    if "expected after" in error:
        return (
            "A quotation mark within a cell must be doubled, and the whole cell be in "
            "quotation marks."
        )
    return f"This is not CSV: {error}."


def _json_lines(text: Iterator[str]) -> Iterator[Record]:
    for number, line in enumerate(text, 1):
        if not line.strip():
            continue
        try:
            yield _json_record(number, json.loads(line))
        except JSONDecodeError as error:
            yield Record(number, problem=f"This is not JSON: {error.msg}.")
        except (ValueError, RecursionError):
            yield Record(number, problem="This JSON is nested too deeply or too large.")


def _json_record(line: int, value: Any) -> Record:
    if not isinstance(value, dict):
        return Record(line, problem="Each record must be an object: {…}.")
    return Record(line, value)


class _Buffer:
    """The part of a JSON text that is not read yet."""

    def __init__(self, stream: BufferedReader, encoding: str) -> None:
        self._chunks = _pieces(stream, encoding)
        self.text, self.offset, self.line, self.is_over = "", 0, 1, False

    def more(self) -> bool:
        """Reads at least as much again as there is; False at the end."""
        rest = self.text[self.offset :]
        pieces, size = [rest], 0
        while size <= len(rest):
            piece = next(self._chunks, "")
            if not piece:
                self.is_over = True
                break
            pieces.append(piece)
            size += len(piece)
        self.text, self.offset = "".join(pieces), 0
        return size > 0

    def skip(self, characters: str) -> str:
        """Passes over these characters; returns the next one, "" at the end."""
        while True:
            while self.offset < len(self.text):
                character = self.text[self.offset]
                if character not in characters:
                    return character
                self.line += character == "\n"
                self.offset += 1
            if not self.more():
                return ""

    def advance(self, offset: int) -> None:
        self.line += self.text.count("\n", self.offset, offset)
        self.offset = offset


def _pieces(stream: BufferedReader, encoding: str) -> Iterator[str]:
    """The text in pieces, not in lines: a whole array may stand on one line."""
    decoder = codecs.getincrementaldecoder(encoding)()
    while True:
        data = stream.read(CHUNK)
        try:
            piece = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise Unreadable(
                f"The file is not {encoding}. Save it as UTF-8, or name its encoding "
                'in the map: encoding = "…".'
            ) from error
        if piece:
            yield piece
        if not data:
            return


def _json(stream: BufferedReader, encoding: str) -> Iterator[Record]:
    buffer, decoder = _Buffer(stream, encoding), JSONDecoder()
    if buffer.skip(SPACE) != "[":
        raise Unreadable(
            "A .json file is one array of objects: [{…}, …]. For one object a line, "
            "name the file .jsonl."
        )
    buffer.offset += 1
    separators = SPACE
    while (character := buffer.skip(separators)) != "]":
        if not character:
            raise Unreadable("The array is never closed.", buffer.line)
        line = buffer.line
        yield _json_record(line, _json_value(buffer, decoder))
        if buffer.skip(SPACE) not in (",", "]"):
            raise Unreadable("A comma is missing between two records.", buffer.line)
        separators = SPACE + ","


def _json_value(buffer: _Buffer, decoder: JSONDecoder) -> Any:
    while True:
        try:
            value, end = decoder.raw_decode(buffer.text, buffer.offset)
        except JSONDecodeError as error:
            is_long = len(buffer.text) - buffer.offset > MAX_LINE
            if is_long or not buffer.more():
                raise Unreadable(
                    f"This is not JSON: {error.msg}.", buffer.line
                ) from error
        except (ValueError, RecursionError) as error:
            raise Unreadable(
                "This JSON is nested too deeply or too large.", buffer.line
            ) from error
        else:
            buffer.advance(end)
            return value
