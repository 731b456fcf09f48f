"""Opens a file, also a compressed one, as a stream of bytes or of lines.

At most one line is in memory. A compressed file may not unpack to more than MAX_SIZE,
nor to more than MAX_RATIO times its own size: a small file can hold terabytes of zeros.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from archive.importing.problems import Unreadable

MEBIBYTE = 2**20
MAX_SIZE = 4096 * MEBIBYTE  # of a compressed file, unpacked
MAX_RATIO, RATIO_FROM = 200, 16 * MEBIBYTE
MAX_LINE = 16 * MEBIBYTE
MEMORY_LIMIT = 128 * MEBIBYTE  # of the decompressor
CHUNK = 2**16
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
DAMAGED = (
    OSError,
    EOFError,
    lzma.LZMAError,
    zlib.error,
)


class _Xz(io.RawIOBase):
    """Unpacks .xz with a limit on memory, which `lzma.open` does not offer."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._rest = raw, b""
        self._decompressor = self._new()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._decompressor.eof:
                self._rest = self._decompressor.unused_data.lstrip(b"\0")
                if not self._rest and not self._fill():
                    return 0
                self._decompressor = self._new()
            if self._decompressor.needs_input and not self._rest and not self._fill():
                raise EOFError
            data = self._decompressor.decompress(self._rest, len(buffer))
            self._rest = b""
            if data:
                buffer[: len(data)] = data
                return len(data)

    def _fill(self) -> bool:
        self._rest = self._raw.read(CHUNK)
        return bool(self._rest)

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY_LIMIT)


class _Bounded(io.RawIOBase):
    """What a compressed stream unpacks to, up to the limits."""

    def __init__(self, unpacked: Any, packed_size: int) -> None:
        self._unpacked, self._count = unpacked, 0
        self._limit = min(MAX_SIZE, max(RATIO_FROM, packed_size * MAX_RATIO))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count: int = self._unpacked.readinto(buffer)
        self._count += count
        if self._count > self._limit:
            raise Unreadable(
                f"This compressed file unpacks to more than "
                f"{self._limit // MEBIBYTE:,} MB; unpack it yourself if that is right."
            )
        return count


@contextmanager
def opened(path: Path, tick: Callable[[int], object]) -> Iterator[io.BufferedReader]:
    """Yields the unpacked bytes; calls `tick` with the number of bytes of the file read
    so far, now and then. Raises Unreadable.
    """
    try:
        with _Ticking(path, tick) as raw:
            yield _unpacked(path, raw)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Unreadable("There is no such file.") from error
    except PermissionError as error:
        raise Unreadable("This file may not be read by this account.") from error
    except DAMAGED as error:
        raise Unreadable(
            f"The file is damaged or incomplete ({type(error).__name__})."
        ) from error


class _Ticking(io.FileIO):
    def __init__(self, path: Path, tick: Callable[[int], object]) -> None:
        super().__init__(path)
        self._tick = tick

    def readinto(self, buffer: Any) -> int:
        count = super().readinto(buffer) or 0
        self._tick(self.tell())
        return count


def _unpacked(path: Path, raw: _Ticking) -> io.BufferedReader:
    if path.suffix not in (".gz", ".xz"):
        return io.BufferedReader(raw, CHUNK)
    packed: Any = io.BufferedReader(raw, CHUNK)
    stream: Any = gzip.GzipFile(fileobj=packed) if path.suffix == ".gz" else _Xz(packed)
    return io.BufferedReader(_Bounded(stream, path.stat().st_size), CHUNK)


def encoding_of(stream: io.BufferedReader, declared: str) -> str:
    """By its byte order mark, else as declared, else UTF-8."""
    head = stream.peek(4)[:4]
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    return declared or "utf-8"


def lines(stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    """Yields lines with their ends. Raises Unreadable with the line's number."""
    if encoding.startswith(("utf-16", "utf-32")):
        yield from _wide_lines(stream, encoding)
        return
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise Unreadable(f"This line is longer than {MAX_LINE:,} bytes.", number)
        if number == 1 and encoding == "utf-8-sig":
            line = line.removeprefix(codecs.BOM_UTF8)
        yield _decoded(line, encoding.removesuffix("-sig"), number)


def _decoded(line: bytes, encoding: str, number: int) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError as error:
        byte = line[error.start]
        raise Unreadable(
            f"The byte 0x{byte:02X} at position {error.start + 1} is not {encoding}. "
            'Save the file as UTF-8, or name its encoding in the map: encoding = "…", '
            "often windows-1252.",
            number,
        ) from error


def _wide_lines(stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    number = 0
    with io.TextIOWrapper(stream, encoding, newline="") as text:
        try:
            while line := text.readline(MAX_LINE):
                number += 1
                if len(line) >= MAX_LINE:
                    raise Unreadable("This line is too long.", number)
                yield line
        except UnicodeDecodeError as error:
            raise Unreadable(f"The file is not {encoding}.", number + 1) from error


def described(path: Path) -> dict[str, Any]:
    """The name, size and SHA-256 of a file."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
