"""Corrects word classes that only the context decides: "he claims" and "the claims",
"Harrow's" and "he's", "a stop".
"""

from archive.extraction.lexicon import ALSO_NOUNS, CUES, Form
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_VERBAL = {Tag.AUX, Tag.VERB, Tag.CUE}
_FRONT = {Tag.QUOTE, Tag.COLON, Tag.DASH}
_COUNTING = word_set("both all some many most others few several another one")
_ALONE = _COUNTING | word_set(
    "this that those these two three four five six seven eight nine ten dozens hundreds"
)
_AUX_FOLLOWS = word_set("been saying going trying")
_NOUN_FOLLOWS = word_set("as of about by from")
_NOT_AFTER_NOUN = word_set("to that as on")
_STATES = word_set("state states")
_HEADLINE = word_set("says said")
_BASE_FORMS = word_set(
    "stop work plan talk look turn help use cost support release fire focus end start "
    "move face need "
    "want try hold lead run show set lack rank drop share mark issue offer post vote "
    "change hope like "
    "love call claim report"
)
_PARTICIPLES = {Form.PAST, Form.PARTICIPLE, Form.ING}


def retag(sentence: list[Token]) -> None:
    """Corrects the tags of one sentence in place, from left to right."""
    for index, token in enumerate(sentence):
        before = sentence[index - 1] if index else None
        after = sentence[index + 1] if index + 1 < len(sentence) else None
        if before is None or before.tag in _FRONT:
            _first(token, after)
        if token.tag is Tag.POSS:
            token.tag = _apostrophe(token, before, after)
        elif (
            token.lower == "there"
            and after is not None
            and (after.tag in _VERBAL or after.lower == "'s")
        ):
            token.tag = Tag.PRON
        elif token.lower == "according" and after is not None and after.lower == "to":
            token.tag = Tag.CUE
        elif before is not None:
            _inner(token, before, after)


def _first(token: Token, after: Token | None) -> None:
    """Corrects the first word, whose capital says nothing at the start of a sentence:
    "Asked about …", "Saying that …".
    """
    if token.tag is not Tag.NAME or after is None or after.tag in {Tag.NAME, Tag.POSS}:
        return
    form = CUES.get(token.lower)
    if form is not None and form[2] in {Form.ING, Form.PAST}:
        token.tag = Tag.CUE


def _apostrophe(token: Token, before: Token | None, after: Token | None) -> Tag:
    """Returns the tag of "'s": it is "is" or "has" after a pronoun, and where no noun
    can follow; otherwise it marks a possessive.
    """
    if token.lower not in {"'s", "'"}:
        return Tag.AUX
    if before is not None and before.tag is Tag.PRON:
        return Tag.AUX
    if after is not None and (
        after.tag in {Tag.DET, Tag.ADV} or after.lower in _AUX_FOLLOWS
    ):
        return Tag.AUX
    return Tag.POSS


def _inner(token: Token, before: Token, after: Token | None) -> None:
    if token.tag is Tag.NAME and token.lower in _HEADLINE:
        token.tag = Tag.CUE
    elif (
        token.tag is Tag.NOUN
        and before.tag is Tag.PRON
        and before.lower not in {"which", "it", "you"}
    ):
        token.tag = Tag.VERB  # "he recognizes": an unknown word after a subject pronoun
    elif token.tag in {Tag.CUE, Tag.VERB} and (
        _behind_article(token, before, after)
        or _plain_noun(token, before, after)
        or (
            token.lower in _BASE_FORMS
            and before.tag is Tag.NOUN
            and not before.lower.endswith("s")
        )
    ):
        token.tag = Tag.NOUN


def _behind_article(token: Token, before: Token, after: Token | None) -> bool:
    """Returns whether the word follows an article, so that it cannot be a verb: "the
    claim", "a released tape", "the estimated cost".
    """
    if before.tag not in {Tag.DET, Tag.POSS, Tag.NUM}:
        return False
    noun_follows = after is not None and after.tag in {Tag.NOUN, Tag.NAME}
    if token.tag is Tag.VERB:
        return before.tag is not Tag.NUM and before.lower not in _ALONE
    if token.lower in ALSO_NOUNS:
        return noun_follows or before.lower not in _COUNTING
    return (
        noun_follows
        and before.lower not in _COUNTING
        and CUES[token.lower][2] in _PARTICIPLES
    )


def _plain_noun(token: Token, before: Token, after: Token | None) -> bool:
    """Returns whether a form that is also a noun is unlikely to be a verb here: "in
    reply", "made claims", "campaign reports of".
    """
    if token.lower not in ALSO_NOUNS:
        return False
    if token.lower in _STATES and before.tag is not Tag.PRON:
        return after is None or (
            after.lower != "that" and after.tag not in {Tag.QUOTE, Tag.COLON}
        )
    return _no_verb_between(token, before, after)


def _no_verb_between(token: Token, before: Token, after: Token | None) -> bool:
    if before.tag is Tag.PREP and before.lower != "to":
        return not token.lower.endswith("ing")
    if before.tag in {Tag.VERB, Tag.CUE}:
        return True
    if after is None:
        return False
    if before.tag is Tag.NOUN and after.tag in {Tag.AUX, Tag.CUE, Tag.PREP, Tag.POSS}:
        return after.lower not in _NOT_AFTER_NOUN
    return token.lower.endswith("s") and after.lower in _NOUN_FOLLOWS
