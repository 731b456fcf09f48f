"""Step 8: finds lists of proposals: a lead-in, then bullets, numbers or "Label: text";
with issuer and addressee.
"""

import re
from dataclasses import dataclass

from archive.extraction import subjects
from archive.extraction.model import Item, Passage, ProposalList, Speaker
from archive.extraction.resolution import Resolver
from archive.extraction.sentences import Sentence
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_BULLET = re.compile(
    r"\s*(?:[-–—•*▪◦·‣●○]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t\xa0]+(?=\S)"
)
_LABEL = re.compile(r"([^\s.:?!\"“”][^.:?!\"“”\n]{0,78}[^\s.:?!\"“”]):[ \t\xa0]+(?=\S)")
_LIST_NOUNS = word_set(
    "proposal proposals plan plans measure measures recommendation recommendations "
    "demand demands "
    "policy policies step steps priority priorities reform reforms goal goals action "
    "actions change "
    "changes request requests pledge pledges promise promises commitment commitments "
    "agenda platform "
    "initiative initiatives list bill package program programme programs ideas points "
    "resolutions "
    "conditions platform blueprint strategy requests"
)
_LIST_VERBS = word_set(
    "propose proposes proposed recommend recommends recommended demand demands "
    "demanded urge urges "
    "urged call calls called include includes included want wants wanted ask asks "
    "asked would should "
    "must pledge pledged promise promised vow vowed pursue"
)
_WISHING = word_set(
    "like want wants wanted urge urges urged urging ask asks asked asking press "
    "pressed push pushed "
    "expect expects expected implore implored tell told call called calls calling "
    "invite invited "
    "request requested requests need needs demand demands demanded"
)
_OPEN_ENDED = re.compile(
    r"\b(?:includ(?:e[sd]?|ing)|among|such as|some of|for example|e\.g\.)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\b(?:all|every|entire|complete|full)\b", re.IGNORECASE)
_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        2,
    )
}
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraph indexes of one list: the lead-in and its items."""

    lead: int
    items: tuple[int, ...]


def blocks(text: str, paragraphs: list[tuple[int, int]]) -> list[Block]:
    """Returns the lists: each is a paragraph that introduces proposals, followed by at
    least two items.
    """
    result: list[Block] = []
    paragraph = 1
    while paragraph < len(paragraphs):
        end = _items_end(text, paragraphs, paragraph)
        lines = paragraphs[paragraph:end]
        if len(lines) >= _FEWEST and _introduces(
            text[slice(*paragraphs[paragraph - 1])]
        ):
            bullets = all(_BULLET.match(text, *line) for line in lines)
            if bullets or _labels(text, lines):
                result.append(Block(paragraph - 1, tuple(range(paragraph, end))))
        paragraph = max(end, paragraph + 1)
    return result


def _items_end(text: str, paragraphs: list[tuple[int, int]], first: int) -> int:
    """Returns the index after the consecutive paragraphs from *first* on that look like
    items of one kind.
    """
    pattern = _BULLET if _BULLET.match(text, *paragraphs[first]) else _LABEL
    index = first
    while index < len(paragraphs) and pattern.match(text, *paragraphs[index]):
        index += 1
    return index


def _labels(text: str, lines: list[tuple[int, int]]) -> bool:
    """Returns whether the labels are those of proposals, not speakers' names in a
    transcript, which repeat or are in capitals.
    """
    labels = [m.group(1) for m in (_LABEL.match(text, *line) for line in lines) if m]
    return len(set(labels)) == len(labels) and not all(
        label.isupper() for label in labels
    )


def _introduces(lead: str) -> bool:
    words = set(re.findall(r"[a-z]+", lead.lower()[-600:]))
    if lead.rstrip().endswith(":"):
        return bool(words & (_LIST_NOUNS | _LIST_VERBS))
    return bool(words & _LIST_NOUNS) and bool(words & {"following", "these", "below"})


def proposal_lists(
    text: str,
    list_blocks: list[Block],
    paragraphs: list[tuple[int, int]],
    sentences: list[Sentence],
    resolver: Resolver,
) -> tuple[ProposalList, ...]:
    """Returns the lists at *list_blocks*, in text order, with issuer, addressee and
    completeness.
    """
    last_of = {s.paragraph: i for i, s in enumerate(sentences)}
    return tuple(
        _list(text, block, paragraphs, sentences, last_of, resolver)
        for block in list_blocks
    )


def _list(
    text: str,
    block: Block,
    paragraphs: list[tuple[int, int]],
    sentences: list[Sentence],
    last_of: dict[int, int],
    resolver: Resolver,
) -> ProposalList:
    sentence_index = last_of[block.lead]
    sentence = sentences[sentence_index]
    items = tuple(
        _item(text, n, *paragraphs[paragraph])
        for n, paragraph in enumerate(block.items, 1)
    )
    return ProposalList(
        introduction=_stripped(text, *paragraphs[block.lead]),
        items=items,
        issuer=_issuer(sentence_index, sentence.tokens, resolver),
        addressee=_addressee(text, sentence.tokens),
        is_complete=_is_complete(text[sentence.start : sentence.end], len(items)),
    )


def _stripped(text: str, start: int, end: int) -> Passage:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage.of(text, start, end)


def _item(text: str, number: int, start: int, end: int) -> Item:
    bullet = _BULLET.match(text, start, end)
    whole = _stripped(text, bullet.end() if bullet else start, end)
    label = _LABEL.match(text, whole.start, whole.end)
    if label is None:
        return Item(number, whole)
    return Item(
        number,
        whole,
        Passage.of(text, *label.span(1)),
        Passage.of(text, label.end(), whole.end),
    )


def _issuer(
    sentence_index: int, tokens: list[Token], resolver: Resolver
) -> Speaker | None:
    subject = subjects.main_subject(tokens, len(tokens))
    if subject is not None and tokens[subject[1] - 1].lower in _LIST_NOUNS:
        owner = next(
            (i for i in range(*subject) if tokens[i].tag is Tag.POSS), subject[1]
        )
        subject = (subject[0], owner)
    return resolver.resolve(sentence_index, subject) if subject is not None else None


def _addressee(text: str, tokens: list[Token]) -> Passage | None:
    """Returns the addressee: "would like the governor to sign", "calls on the city to
    …", "recommendations to the council:".
    """
    for index, token in enumerate(tokens):
        if token.lower in _WISHING:
            phrase = _wished_of(tokens, index + 1)
        elif (
            token.lower in {"to", "for"}
            and index
            and tokens[index - 1].lower in _LIST_NOUNS
        ):
            phrase = _phrase_end(tokens, index + 1)
        else:
            continue
        if phrase is not None:
            return Passage.of(text, tokens[phrase[0]].start, tokens[phrase[1] - 1].end)
    return None


def _wished_of(tokens: list[Token], start: int) -> tuple[int, int] | None:
    if tokens[start : start + 1] and tokens[start].lower in {"on", "upon"}:
        start += 1
    for index in range(start, min(len(tokens), start + 20)):
        if tokens[index].lower == "to" and index > start:
            end = index
            while end > start and tokens[end - 1].tag is Tag.COMMA:
                end -= 1
            return (start, end)
        if tokens[index].tag in {
            Tag.VERB,
            Tag.AUX,
            Tag.CUE,
            Tag.COLON,
            Tag.SUB,
            Tag.QUOTE,
        }:
            return None
    return None


def _phrase_end(tokens: list[Token], start: int) -> tuple[int, int] | None:
    end = start
    while end < len(tokens) and tokens[end].tag in {
        Tag.DET,
        Tag.NAME,
        Tag.NOUN,
        Tag.POSS,
    }:
        end += 1
    named = end > start and (
        tokens[start].tag is Tag.DET or tokens[start].tag is Tag.NAME
    )
    return (start, end) if named else None


def _is_complete(lead: str, count: int) -> bool | None:
    """Returns False if the lead-in says that there is more, True if it says that this
    is all, else None.
    """
    if _OPEN_ENDED.search(lead):
        return False
    stated = [_NUMBERS[w] for w in lead.lower().split() if w in _NUMBERS]
    stated += [int(w) for w in lead.split() if w.isdecimal() and len(w) <= 2]
    return True if _CLOSED.search(lead) or count in stated else None
