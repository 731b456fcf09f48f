"""Reads what an editor pastes, uploads or names on the command line."""

from __future__ import annotations

from archive.desk.intake import html_reader, plain
from archive.desk.intake.dates import date_in_address
from archive.desk.intake.decoding import CannotDecode, decode
from archive.desk.intake.html_reader import NoArticle
from archive.desk.intake.reading import Notice, Origin, Reading
from archive.extraction import normalize

MAX_BYTES = 5 * 2**20
MAX_CHARACTERS = 1_000_000
MAX_TAGS = 50_000  # 3 s of CPU


class Refused(Exception):
    """`reason` names the sentence that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_file(data: bytes, url: str = "") -> Reading:
    """Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused("too large")
    try:
        decoded = decode(data)
    except CannotDecode as error:
        raise Refused(error.reason) from error
    reading = read_pasted(decoded.text, url)
    if decoded.is_guessed:
        reading.notices.append(Notice.GUESSED)
    return reading


def read_pasted(pasted: str, url: str = "") -> Reading:
    """Raises Refused."""
    text = normalize(pasted)
    if not text.strip():
        raise Refused("empty")
    try:
        reading = _read(text)
    except NoArticle as error:
        raise Refused("no article") from error
    reading.text = normalize(reading.text)
    if len(reading.text) > MAX_CHARACTERS:
        raise Refused("too long")
    address = url or (hint.value if (hint := reading.fields.get("url")) else "")
    reading.suggest("published_on", date_in_address(address), Origin.ADDRESS)
    return reading


def _read(text: str) -> Reading:
    if not html_reader.is_html(text):
        return plain.read(text)
    if text.count("<") > MAX_TAGS:
        raise Refused("too many tags")
    return html_reader.read(text)
