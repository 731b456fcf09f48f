"""Step 5b: finds the speech verbs outside quotation marks and their subjects."""

from dataclasses import dataclass

from archive.extraction import lexicon, phrases, subjects
from archive.extraction.lexicon import Cue, Form
from archive.extraction.phrases import Range
from archive.extraction.sentences import Sentence
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_BE = word_set("is are was were be been being am isn't aren't wasn't weren't")
_TEXTS = word_set(
    "statement report release letter memo tweet email note op-ed ad speech post "
    "article message "
    "column video press-release filing complaint essay announcement"
)
_BEHIND_NOUN = word_set("that of about to on as , : in during at last this from")
_INSERTED = {Tag.COMMA, Tag.CONJ, Tag.QUOTE, Tag.CLOSE, Tag.DASH}
_NP_START = {Tag.NUM, Tag.NAME, Tag.DET, Tag.NOUN, Tag.PRON}
_INVERTING = word_set(
    "say add write ask note tweet argue explain continue reply respond declare insist "
    "warn recall "
    "conclude shout joke quip announce claim report observe remark assert state "
    "acknowledge read "
    "exclaim agree go tell complain"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speech verb (tokens[cue]), its verb group (first..cue) and its subject; all are
    indexes into one sentence.

    inverted: the subject follows the verb. participle: "…, saying that …". passive:
    "was called". infinitive: "to say". shared: the subject was taken from the previous
    verb or from the main clause.
    """

    first: int
    cue: int
    verb: str
    takes: Cue
    subject: Range | None
    inverted: bool = False
    participle: bool = False
    passive: bool = False
    infinitive: bool = False
    shared: bool = False
    noun: bool = False

    @property
    def end(self) -> int:
        """Index after the verb and its inverted subject."""
        return self.subject[1] if self.inverted and self.subject else self.cue + 1


def attributions(sentence: Sentence) -> list[Attribution]:
    """Returns every speech verb of the sentence, in order, with its subject if one is
    found.
    """
    tokens = sentence.tokens
    result: list[Attribution] = []
    for index, token in enumerate(tokens):
        attribution = None
        if token.tag is Tag.CUE:
            attribution = (
                _according(tokens, index)
                if token.lower == "according"
                else _verb(tokens, index, result)
            )
        elif token.tag is Tag.VERB and _speaks(tokens, index):
            attribution = _unusual(tokens, index)
        elif token.tag is Tag.NOUN and token.lower in lexicon.NOUN_CUES:
            attribution = _noun(tokens, index)
        if attribution is not None:
            result.append(attribution)
    return result


def _speaks(tokens: list[Token], index: int) -> bool:
    """Returns whether a verb stands where only one of speech does: "“…,” deadpanned
    Jane Roe".
    """
    return (
        0 < index < len(tokens) - 1
        and tokens[index - 1].tag is Tag.QUOTE
        and tokens[index].lower.endswith("ed")
        and tokens[index + 1].tag is Tag.NAME
    )


def _unusual(tokens: list[Token], index: int) -> Attribution:
    verb, subject = tokens[index].lower, subjects.subject_after(tokens, index + 1)
    return Attribution(index, index, verb, Cue.QUOTE, subject, inverted=True)


def _noun(tokens: list[Token], index: int) -> Attribution | None:
    """Returns an attribution whose speaker is the owner of a noun of speech: "her claim
    that …", "the senator's recent remark".
    """
    if index + 1 >= len(tokens) or tokens[index + 1].lower not in _BEHIND_NOUN | {""}:
        return None
    owner = index - 1
    while (
        owner > 0
        and tokens[owner].tag in {Tag.NOUN, Tag.NUM, Tag.ADV, Tag.VERB, Tag.DATE}
        and index - owner < 4
    ):
        owner -= 1
    if owner < 0:
        return None
    if tokens[owner].lower in lexicon.POSSESSIVES:
        return Attribution(
            index, index, "claim", Cue.QUOTE, (owner, owner + 1), noun=True
        )
    if tokens[owner].tag is not Tag.POSS or owner == 0:
        return None
    subject = phrases.owner(tokens, owner - 1)
    return (
        Attribution(index, index, "claim", Cue.QUOTE, subject, noun=True)
        if subject
        else None
    )


def _according(tokens: list[Token], index: int) -> Attribution | None:
    subject = subjects.subject_after(tokens, index + 2)
    return (
        Attribution(index, index + 1, "according", Cue.SAY, subject, inverted=True)
        if subject
        else None
    )


def _verb(
    tokens: list[Token], index: int, earlier: list[Attribution]
) -> Attribution | None:
    verb, takes, form = lexicon.CUES[tokens[index].lower]
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if verb == "point" and following != "out":
        return None
    if (verb, following) in {("put", "it"), ("go", "on")}:
        takes = Cue.QUOTE
    first = _group_start(tokens, index)
    if (
        tokens[first - 1 : first]
        and tokens[first - 1].lower == "to"
        and form is Form.BASE
    ):
        return _infinitive(tokens, index, earlier, verb, takes)
    group = {t.lower for t in tokens[first:index]}
    if form in {Form.PAST, Form.PARTICIPLE} and group & _BE:
        return _passive(tokens, first, index, verb, takes)
    if form is Form.ING and not (group & _BE or _contracted(tokens, first, index)):
        return _participle(tokens, index, earlier, verb, takes)
    bare = form is Form.BASE and all(t.tag is Tag.ADV for t in tokens[first:index])
    attribution = _finite(tokens, first, index, verb, takes, earlier)
    return (
        attribution
        if attribution is None or not bare or _is_plural(tokens, attribution, index)
        else None
    )


def _contracted(tokens: list[Token], first: int, index: int) -> bool:
    return any(
        t.tag is Tag.AUX and t.lower in {"'s", "'re", "'m"} for t in tokens[first:index]
    )


def _group_start(tokens: list[Token], index: int) -> int:
    first = index
    while (
        first > 0 and tokens[first - 1].tag in {Tag.AUX, Tag.ADV} and index - first < 6
    ):
        first -= 1
    while first < index and tokens[first].tag is Tag.ADV:
        first += 1
    return first


def _is_plural(tokens: list[Token], attribution: Attribution, index: int) -> bool:
    """Returns whether the base form may be a finite verb: a plural, a suitable pronoun
    or an insertion precedes it.
    """
    before = tokens[index - 1] if index else tokens[index]
    if before.tag is Tag.ADV and index > 1:
        before = tokens[index - 2]
    if before.tag is Tag.PRON:
        return before.lower in {"they", "we", "i", "you", "who"}
    if (
        before.lower.endswith("s")
        or before.lower in lexicon.GROUP_NOUNS
        or before.tag in _INSERTED
    ):
        return index > 0
    phrase = (
        tokens[slice(*attribution.subject)]
        if attribution.subject and not attribution.shared
        else []
    )
    if any(t.lower == "and" for t in phrase) or (
        phrase and phrase[0].lower in lexicon.GROUP_NOUNS
    ):
        return True
    stop = next((i for i, t in enumerate(phrase) if t.tag is Tag.PREP and i), 0)
    return stop > 0 and phrase[stop - 1].lower.endswith("s")


def _infinitive(
    tokens: list[Token], index: int, earlier: list[Attribution], verb: str, takes: Cue
) -> Attribution | None:
    if index > 1 and tokens[index - 2].lower in _BE:
        return None  # "it was to report its earnings" tells a plan
    subject = earlier[-1].subject if earlier else subjects.main_subject(tokens, index)
    return Attribution(index, index, verb, takes, subject, infinitive=True, shared=True)


def _passive(
    tokens: list[Token], first: int, index: int, verb: str, takes: Cue
) -> Attribution | None:
    """Returns the attribution of a passive; its subject is the agent, if the text names
    one: "was called a liar by the senator".
    """
    for position in range(index + 1, min(len(tokens), index + 12)):
        if tokens[position].lower == "by" and tokens[position].tag is Tag.PREP:
            agent = subjects.subject_after(tokens, position + 1)
            return Attribution(first, index, verb, takes, agent, passive=True)
        if tokens[position].tag in {Tag.STOP, Tag.CUE}:
            break
    return Attribution(first, index, verb, takes, None, passive=True)


def _participle(
    tokens: list[Token], index: int, earlier: list[Attribution], verb: str, takes: Cue
) -> Attribution | None:
    """Returns the attribution of a participle: "…, adding that …". Its subject is that
    of the clause before it or, at the start of a sentence, of the clause after it.
    """
    subject = None
    if index == 0 or (tokens[index - 1].tag is Tag.QUOTE and index == 1):
        comma = next(
            (
                i
                for i in range(index, min(len(tokens), 60))
                if tokens[i].tag is Tag.COMMA
            ),
            None,
        )
        subject = (
            subjects.subject_after(tokens, comma + 1) if comma is not None else None
        )
    elif index > 1 and tokens[index - 1].tag in {Tag.NOUN, Tag.NAME}:
        subject = _owner(tokens, subjects.subject_before(tokens, index))
        subject = subject or _with_whom(tokens, index)
    if subject is None:
        subject = _inherited(tokens, index, earlier)
    return Attribution(index, index, verb, takes, subject, participle=True, shared=True)


def _with_whom(tokens: list[Token], index: int) -> Range | None:
    """Returns who speaks in "…, with spokesman Glen Parr saying"."""
    phrase = phrases.noun_phrase(tokens, index - 1)
    if phrase is None or phrase[0] == 0:
        return None
    return phrase if tokens[phrase[0] - 1].lower == "with" else None


def _owner(tokens: list[Token], phrase: Range | None) -> Range | None:
    """Returns who issued a document, as the speaker in the document's place: "the
    council issued a statement saying …".
    """
    if phrase is None or phrase[0] == 0:
        return phrase
    stop = next((i for i in range(*phrase) if tokens[i].tag is Tag.PREP), phrase[1])
    if tokens[stop - 1].lower not in _TEXTS:
        return phrase
    left = phrase[0] - 1
    if tokens[left].tag not in {Tag.VERB, Tag.CUE, Tag.PREP, Tag.NOUN}:
        return phrase
    while (
        left > 0
        and tokens[left].tag not in {Tag.VERB, Tag.CUE}
        and phrase[0] - left < 4
    ):
        left -= 1
    return subjects.subject_before(tokens, left) or phrase


def _inherited(
    tokens: list[Token], index: int, earlier: list[Attribution]
) -> Range | None:
    for soft in (False, True):
        for attribution in reversed(earlier):
            fits = attribution.subject is not None and not attribution.passive
            if fits and (attribution.takes is Cue.SOFT) is soft:
                return attribution.subject
    return subjects.main_subject(tokens, index)


def _finite(
    tokens: list[Token],
    first: int,
    index: int,
    verb: str,
    takes: Cue,
    earlier: list[Attribution],
) -> Attribution | None:
    if _inverts(tokens, first, index, verb):
        subject = (
            subjects.subject_after(tokens, index + 1)
            if not _inserted(tokens, first)
            else None
        )
        if subject is not None:
            return Attribution(first, index, verb, takes, subject, inverted=True)
    subject = subjects.subject_before(tokens, first)
    if subject is not None:
        return Attribution(first, index, verb, takes, subject)
    shared = _inherited(tokens, first, earlier)
    return Attribution(first, index, verb, takes, shared, shared=True)


def _inserted(tokens: list[Token], first: int) -> bool:
    """Returns whether the comma before the verb closes an insertion after the subject:
    "Jane Roe, the mayor, said he …".
    """
    return (
        tokens[first - 1].tag is not Tag.QUOTE
        and subjects.subject_before(tokens, first) is not None
    )


def _before_name(tokens: list[Token], index: int) -> bool:
    """Returns whether a name stands here, or one noun and a name: "psychologist Alba
    Venn".
    """
    if tokens[index].tag is Tag.NOUN:
        index += 1
    return tokens[index : index + 1] != [] and tokens[index].tag is Tag.NAME


def _inverts(tokens: list[Token], first: int, index: int, verb: str) -> bool:
    """Returns whether the subject may follow the verb: "…,” said Jane Roe". The verb
    then comes after a quotation or a comma.
    """
    if index + 1 >= len(tokens) or tokens[index + 1].tag not in _NP_START:
        return False
    before = tokens[first - 1] if first else None
    quoted = before is not None and before.tag is Tag.QUOTE
    if verb not in _INVERTING:
        return quoted and _before_name(tokens, index + 1)
    if tokens[index + 1].tag is Tag.PRON or tokens[index + 1].lower in {"that", "this"}:
        return verb == "say" and before is not None and before.tag is Tag.QUOTE
    return before is not None and before.tag in {Tag.QUOTE, Tag.COMMA, Tag.DASH}
