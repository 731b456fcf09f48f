"""Mends text that was decoded with the wrong encoding, such as “â€œ” for a quotation
mark. Changes nothing else.
"""

from __future__ import annotations

import difflib
import itertools
from dataclasses import dataclass

from ftfy import TextFixerConfig, fix_encoding, is_bad

# Quotation marks, ligatures, widths and control characters stay as the source has them.
_ONLY_ENCODING = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    restore_byte_a0=True,
    replace_lossy_sequences=True,
    decode_inconsistent_utf8=True,
    fix_c1_controls=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
_AROUND = 24  # characters beside a mended place


@dataclass(frozen=True)
class Mended:
    before: str
    after: str


def mend(text: str) -> str:
    """Returns the text itself if it was decoded correctly. Works line by line, because
    only a part of a text may be wrong.
    """
    if not is_bad(text):
        return text
    lines = text.split("\n")
    return "\n".join(
        fix_encoding(line, _ONLY_ENCODING) if is_bad(line) else line for line in lines
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
    return Mended(f"{lead}{window_old}…", f"{lead}{window_new[:last]}…")
