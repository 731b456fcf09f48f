"""Says what kind of text this is and whether it is English, from its shape and its
small words.
"""

import re

from archive.extraction.model import TextKind
from archive.extraction.wordset import word_set

_SAMPLE = 100_000
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u3040-\ud7af]")
_ENGLISH = word_set("the of and to that is was said he she with it will we are for")
_LANGUAGES = {
    "de": word_set(
        "der die das und ist nicht wir ein eine zu im am den von mit sagte auf dem ich"
    ),
    "es": word_set("el la los las de que en y un una no por con dijo se del al este"),
    "fr": word_set("le la les des un une et est nous ne pas ce du que dans je en il"),
}
_FEWEST_WORDS = 4
_LABEL = re.compile(
    r"^(?P<label>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the)){0,4}):[ \t]+(?=\S)",
    re.MULTILINE,
)
_LINE = re.compile(r"^.*\S.*$", re.MULTILINE)
_RELEASE = re.compile(
    r"^\s*(?:FOR IMMEDIATE RELEASE|PRESS RELEASE|(?:MEDIA |PRESS )?CONTACTS?:.*"
    r"|Notes to editors|###)",
    re.MULTILINE,
)
_FACT_SHEET = re.compile(r"\A\s*FACT ?SHEET\b", re.IGNORECASE)
_HANDLE = re.compile(r"\(@\w+\)|^@\w+:|[”\"] @\w+ \w+", re.MULTILINE)
_FIRST_PERSON = word_set("i we my our me us")
_SPEECH_SHARE = 0.04
_FEWEST_TURNS = 3
QUESTIONS = word_set("q question")
ANSWERS = word_set("a answer")


def language_of(text: str) -> str:
    """Returns "en", "de", "es", "fr", or "und" for a text in another script."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    english = sum(w in _ENGLISH for w in words)
    counts = {
        code: sum(w in small for w in words) for code, small in _LANGUAGES.items()
    }
    best = max(counts, key=lambda code: counts[code])
    if counts[best] >= _FEWEST_WORDS and counts[best] > 2 * english:
        return best
    letters = sum(map(len, words))
    if letters > 2 * english and len(_OTHER_SCRIPT.findall(sample)) * 2 > letters:
        return "und"
    return "en"


def labels(text: str) -> list[re.Match[str]]:
    """Returns the labels at the starts of lines, in order: "OTTLEY: ", "Q: "."""
    return list(_LABEL.finditer(text))


def kind_of_text(text: str) -> TextKind:
    """Returns the kind of the text; an article if nothing else is plain."""
    turns = [m["label"] for m in labels(text)]
    lines = len(_LINE.findall(text))
    lower = [t.lower() for t in turns]
    if any(t in QUESTIONS for t in lower) and any(t in ANSWERS for t in lower):
        return TextKind.INTERVIEW
    if _is_transcript(turns, lines):
        return TextKind.TRANSCRIPT
    if _FACT_SHEET.match(text):
        return TextKind.FACT_SHEET
    if _RELEASE.search(text):
        return TextKind.RELEASE
    if len(_HANDLE.findall(text[:_SAMPLE])) > 1:
        return TextKind.POSTS
    return TextKind.SPEECH if _is_speech(text[:_SAMPLE]) else TextKind.ARTICLE


def _is_transcript(turns: list[str], lines: int) -> bool:
    """Whether labels open many lines and name the same people again; capitals alone
    also do, for a short one.
    """
    capital = [t for t in turns if t.isupper()]
    again = len(set(turns)) < len(turns)
    if len(capital) >= _FEWEST_TURNS and 2 * len(capital) >= len(turns) and again:
        return 3 * len(turns) >= lines
    return (
        len(turns) > _FEWEST_TURNS
        and 2 * len(set(turns)) <= len(turns)
        and (5 * len(turns) >= 3 * lines)
    )


def _is_speech(sample: str) -> bool:
    """Whether one person speaks throughout: no marks, and many words like I and we."""
    if any(mark in sample for mark in '“”"«„'):
        return False
    words = _WORD.findall(sample.lower())
    mine = sum(w in _FIRST_PERSON for w in words)
    return len(words) > 60 and mine > _SPEECH_SHARE * len(words)
