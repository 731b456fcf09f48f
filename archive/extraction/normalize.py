"""The one form of text that the archive stores and the engine reads."""

import itertools
import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_LONG_RUNS = re.compile(r"[^\x00-\u02ff]{32,}")
_CHUNKS = re.compile(r"(?:^|[\x00-\u02ff])[^\x00-\u02ff]*")


def normalize(text: str) -> str:
    """Returns *text* in NFC, with LF line ends and without NUL.

    Idempotent. All offsets in the archive count Unicode code points of this form.
    """
    return _composed(_LINE_ENDS.sub("\n", text.replace("\0", "")))


def _composed(text: str) -> str:
    """Returns the NFC of *text* in linear time: marks of a long run are put in order
    first, because the library sorts them by insertion.
    """
    return unicodedata.normalize("NFC", _LONG_RUNS.sub(_in_order, text))


def _in_order(run: re.Match[str]) -> str:
    parts: list[str] = []
    by_class = unicodedata.combining
    for is_mark, group in itertools.groupby(run.group(), lambda c: by_class(c) > 0):
        characters = list(group)
        parts += sorted(characters, key=by_class) if is_mark else characters
    return "".join(parts)


def original_offsets(text: str) -> list[int] | None:
    """Returns, for every offset of normalize(text), the corresponding offset of *text*;
    None if nothing changed.

    The list has one entry more than the normalized text has code points. If several
    code points became one, the offset is that of the first. Linear: characters below
    U+0300 never combine with the characters before them.
    """
    if normalize(text) == text:
        return None
    stored = [i for i, c in enumerate(text) if c != "\0"]
    following = [*stored[1:], len(text)]
    stored = [
        i
        for i, j in zip(stored, following, strict=False)
        if text[i] + text[j : j + 1] != "\r\n"
    ]
    offsets: list[int] = []
    for chunk in _CHUNKS.finditer("".join(text[i] for i in stored)):
        length = len(_composed(chunk.group()))
        offsets.extend(
            stored[min(chunk.start() + i, chunk.end() - 1)] for i in range(length)
        )
    offsets.append(len(text))
    return offsets
