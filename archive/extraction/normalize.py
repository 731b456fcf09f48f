"""The one form of text that the archive stores and the engine reads."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_CHUNKS = re.compile(r"(?:^|[\x00-\u02ff])[^\x00-\u02ff]*")


def normalize(text: str) -> str:
    """Returns *text* in NFC, with LF line ends and without NUL.

    Idempotent. All offsets in the archive count Unicode code points of this form.
    """
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text.replace("\0", "")))


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
        length = len(unicodedata.normalize("NFC", chunk.group()))
        offsets.extend(
            stored[min(chunk.start() + i, chunk.end() - 1)] for i in range(length)
        )
    offsets.append(len(text))
    return offsets
