"""Bytes of an uploaded file in, text out. Refuses what holds no plain text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_SIGNATURES: list[tuple[bytes, str]] = [
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
]
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_HEAD = 8192  # bytes in which a page declares its encoding
_DECLARABLE = re.compile(
    r"(windows-?125\d|cp125\d|iso-?8859-\d+|koi8-[ru]|mac(intosh|-?roman)|shift_jis"
    r"|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5|utf-?(8|16))",
    re.I,
)
_LATIN = re.compile(r"(us-ascii|ascii|latin-?1|iso-?8859-1)", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Unreadable(StrEnum):
    PDF = "pdf"
    OFFICE = "office"
    BINARY = "binary"
    ENCODING = "encoding"


class CannotDecode(Exception):
    def __init__(self, reason: Unreadable) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Decoded:
    """`is_guessed`: nothing in the file names the encoding."""

    text: str
    encoding: str
    is_guessed: bool = False


def decode(data: bytes) -> Decoded:
    """Tries a byte order mark, UTF-8, the encoding that an HTML page declares, and
    Windows-1252, in this order. Raises CannotDecode.
    """
    for start, reason in _SIGNATURES:
        if data.lstrip(b"\r\n\t ").startswith(start):
            raise CannotDecode(Unreadable(reason))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding), encoding.removesuffix("-sig"))
    if _CONTROL.search(data):
        raise CannotDecode(Unreadable.BINARY)
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        return _not_utf_8(data)


def _not_utf_8(data: bytes) -> Decoded:
    if declared := _CHARSET.search(data[:_HEAD]):
        name = declared[1].decode("ascii")
        if _LATIN.fullmatch(name):
            name = "windows-1252"  # as browsers read it
        if _DECLARABLE.fullmatch(name) and not name.lower().startswith("utf"):
            return Decoded(_strict(data, name), name.lower())
    return Decoded(_strict(data, "windows-1252"), "windows-1252", is_guessed=True)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise CannotDecode(Unreadable.ENCODING) from error
