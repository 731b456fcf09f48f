"""Mends text that was decoded with the wrong encoding, such as “â€œ” for a quotation
mark. Changes nothing else.
"""

from __future__ import annotations

import difflib
import itertools
from dataclasses import dataclass

_AROUND = 24  # characters beside a mended place


@dataclass(frozen=True)
class Mended:
    before: str
    after: str


def mend(text: str) -> str:
    """Returns the text itself if it was decoded correctly. Works line by line, because
    only a part of a text may be wrong. Quotation marks, ligatures, widths and control
    characters stay as the source has them.
    """
    # 0.2 s of CPU: only a process that takes a text in pays for it
    from ftfy import TextFixerConfig, fix_encoding, is_bad

    if not is_bad(text):
        return text
    config = TextFixerConfig(unescape_html=False, explain=False)
    lines = text.split("\n")
    return "\n".join(
        fix_encoding(line, config) if is_bad(line) else line for line in lines
    )


def examples(text: str, mended: str, most: int = 3) -> list[Mended]:
    """Returns the first lines that differ, cut to what differs and a few characters
    beside it.
    """
    pairs = zip(text.split("\n"), mended.split("\n"), strict=False)
    differing = (_cut(old, new) for old, new in pairs if old != new)
    return list(itertools.islice(differing, most))


def _cut(old: str, new: str) -> Mended:
    start = next(
        (index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    begin = max(0, start - _AROUND)
    lead = "…" if begin else ""
    window_old, window_new = old[begin : start + 2 * _AROUND], new[begin:]
    matcher = difflib.SequenceMatcher(None, window_old, window_new[: 3 * _AROUND])
    last = max((m.b + m.size for m in matcher.get_matching_blocks()), default=0)
    tail = "…" if len(old) > begin + len(window_old) else ""
    return Mended(f"{lead}{window_old}{tail}", f"{lead}{window_new[:last]}{tail}")
