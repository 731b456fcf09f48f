"""Step 5c: finds which of the reporter's words name the speaker of each quotation."""

import re
from dataclasses import dataclass

from archive.extraction import subjects
from archive.extraction.cues import Attribution, attributions
from archive.extraction.indirect import trails
from archive.extraction.labels import in_the_words_of, label
from archive.extraction.lexicon import Cue
from archive.extraction.phrases import Range
from archive.extraction.quotes import Quotation
from archive.extraction.sentences import Sentence
from archive.extraction.tokens import Tag, Token

_SPACE_TAGS = {Tag.QUOTE, Tag.STOP, Tag.COMMA, Tag.OTHER, Tag.DASH, Tag.SEMI, Tag.COLON}
_TRANSCRIPT = re.compile(r"\s*((?:[A-Z][A-Z.'’-]+ ?){1,4}):\s+\S")
_BREAKS = {
    Tag.COMMA,
    Tag.VERB,
    Tag.AUX,
    Tag.CUE,
    Tag.QUOTE,
    Tag.SEMI,
    Tag.COLON,
    Tag.CONJ,
    Tag.DASH,
}
_MEMORY = 6
_LEAD_IN = {Tag.COMMA, Tag.COLON}


@dataclass(frozen=True, slots=True)
class Voice:
    """The words that name the speaker: token range *subject* of sentences[sentence],
    and the verb's token.

    strength: 1.0 if the verb frames the quotation, less if it was inferred from the
    context. link: where the verb was found, such as "behind" the quotation. label:
    offsets of a speaker's name printed in the quotation itself, as in transcripts.
    """

    sentence: int
    subject: Range | None
    cue: int | None
    strength: float
    link: str
    label: tuple[int, int] | None = None
    adjacent: bool = False


@dataclass(slots=True)
class Piece:
    """One quotation with its index among the sentences and its voice."""

    quote: Quotation
    sentence: int
    position: int
    voice: Voice | None = None
    follows: bool = False


class Speech:
    """Walks the sentences in order and gives every quotation a voice."""

    def __init__(
        self, text: str, sentences: list[Sentence], quoted: list[Quotation]
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.quoted = quoted
        self.attributions = [attributions(s) for s in sentences]
        self._quotes = [s.quotes for s in sentences]
        self._bare = [all(t.tag in _SPACE_TAGS for t in s.tokens) for s in sentences]
        self.pieces: list[Piece] = []
        self._last: Piece | None = None

    def run(self) -> list[Piece]:
        """Returns all quotations in text order; voice is None if no speaker can be
        named.
        """
        for index, sentence in enumerate(self.sentences):
            for position in self._quotes[index]:
                piece = Piece(
                    self.quoted[sentence.tokens[position].quote], index, position
                )
                self._assign(piece)
                self.pieces.append(piece)
                self._last = piece
        for piece, following in zip(
            self.pieces[-2::-1], self.pieces[:0:-1], strict=False
        ):
            if (
                piece.quote.continues
                and _is_framed(following)
                and not _is_framed(piece)
            ):
                piece.voice, following.follows = following.voice, True
        return self.pieces

    def _assign(self, piece: Piece) -> None:
        turn = _TRANSCRIPT.match(self.text, piece.quote.start, piece.quote.end)
        if turn:
            piece.voice = Voice(
                piece.sentence, None, None, 0.9, "transcript", turn.span(1)
            )
            return
        piece.voice = self._framed(piece)
        if piece.voice is not None:
            return
        if self._alone(piece.sentence):
            self._from_around(piece)
        else:
            piece.voice = self._from_sentence(piece)

    def _framed(self, piece: Piece) -> Voice | None:
        """Returns the voice of a speech verb in the same sentence: one after the
        quotation, else the nearest before it.
        """
        attributions = self.attributions[piece.sentence]
        tokens = self.sentences[piece.sentence].tokens
        spoken = [
            a for a in attributions if a.takes is not Cue.SOFT and a.subject is not None
        ]
        spoken = [
            a for a in spoken if not a.noun or not _verb_before(tokens, a, spoken)
        ]
        behind = next(
            (
                a
                for a in spoken
                if _directly_behind(a, piece.position, self.sentences[piece.sentence])
            ),
            None,
        )
        before = [a for a in spoken if a.cue < piece.position]
        adjacent = bool(before) and _leads_in(
            before[-1], piece.position, self.sentences[piece.sentence]
        )
        if before and (behind is None or adjacent):
            return self._voice(
                piece.sentence,
                _outermost(tokens, before),
                1.0 if adjacent else 0.95,
                "before",
                adjacent,
            )
        if behind is not None:
            return self._voice(piece.sentence, behind, 1.0, "behind")
        later = [
            a
            for a in spoken
            if a.cue > piece.position and not a.participle and not a.infinitive
        ]
        closing = next((a for a in later if _closes(tokens, a)), None)
        if closing is not None:
            return self._voice(piece.sentence, closing, 0.9, "closing")
        if later and tokens[piece.position + 1 : piece.position + 2]:
            return self._voice(piece.sentence, later[-1], 0.7, "later")
        return None

    def _voice(
        self,
        index: int,
        attribution: Attribution,
        strength: float,
        link: str,
        adjacent: bool = False,
    ) -> Voice:
        return Voice(
            index, attribution.subject, attribution.cue, strength, link, None, adjacent
        )

    def _alone(self, index: int) -> bool:
        """Returns whether the sentence consists of quotations only."""
        return self._bare[index]

    def _from_sentence(self, piece: Piece) -> Voice | None:
        """Returns the voice of a sentence without a speech verb: a label ("Jane Roe:
        “…”", "“…” — Jane Roe"), a verb of thought, the subject.
        """
        sentence = self.sentences[piece.sentence]
        follows = sentence.tokens[piece.position + 1 : piece.position + 2]
        last = self._last
        if piece.position == 0 and follows and follows[0].lower == "which" and last:
            return last.voice  # "“…,” which votes in May."
        labelled = label(sentence, piece.position) or in_the_words_of(
            sentence, piece.position
        )
        if labelled is not None:
            return Voice(piece.sentence, labelled, None, 0.9, "label")
        soft = [
            a
            for a in self.attributions[piece.sentence]
            if a.subject is not None and a.cue < piece.position
        ]
        if soft:
            return self._voice(piece.sentence, soft[-1], 0.6, "soft")
        subject = subjects.main_subject(sentence.tokens, len(sentence.tokens))
        if subject is not None:
            return Voice(piece.sentence, subject, None, 0.4, "subject")
        return None

    def _from_around(self, piece: Piece) -> None:
        """Sets the voice of a quotation that stands alone: the quotation continues an
        earlier one or is introduced by it.
        """
        last = self._last
        paragraph = self.sentences[piece.sentence].paragraph
        led = self._led_in(piece.sentence)
        if last is not None and last.voice is not None and piece.quote.continued:
            piece.voice, piece.follows = last.voice, True
        elif led is not None:
            piece.voice = led
        elif (
            last is not None
            and last.voice
            and self.sentences[last.sentence].paragraph == paragraph
        ):
            piece.voice, piece.follows = last.voice, last.sentence >= piece.sentence - 1
        else:
            piece.voice = self._next_or_previous(piece)

    def _led_in(self, index: int) -> Voice | None:
        """Returns the voice if the sentence before names a speaker and ends with a
        colon or is itself about speaking.
        """
        if index == 0:
            return None
        before = self.sentences[index - 1]
        same = before.paragraph == self.sentences[index].paragraph
        colon = before.tokens[-1].tag is Tag.COLON
        if not (same or colon) or self._quotes[index - 1]:
            return None
        spoken = [
            a
            for a in self.attributions[index - 1]
            if a.subject is not None and a.takes is not Cue.SOFT
        ]
        if spoken:
            return self._voice(index - 1, spoken[-1], 0.8, "lead-in")
        subject = subjects.main_subject(before.tokens, len(before.tokens))
        return (
            Voice(index - 1, subject, None, 0.6, "lead-in")
            if subject is not None
            else None
        )

    def _next_or_previous(self, piece: Piece) -> Voice | None:
        """Returns the voice of a quotation alone in its paragraph: that of the next
        quotation ("“….” “…,” she said"), else of the previous paragraph.
        """
        following = piece.sentence + 1
        signed = self._signature(following)
        if signed is not None:
            return signed
        paragraph = self.sentences[piece.sentence].paragraph
        if (
            following < len(self.sentences)
            and self.sentences[following].paragraph == paragraph
        ):
            spoken = [
                a
                for a in self.attributions[following]
                if a.subject is not None and a.takes is not Cue.SOFT
            ]
            if spoken:
                return self._voice(following, spoken[0], 0.7, "next")
        last = self._last
        if last is not None and last.voice is not None:
            near = self.sentences[last.sentence].paragraph >= paragraph - 1
            piece.follows = near
            return Voice(
                last.voice.sentence,
                last.voice.subject,
                last.voice.cue,
                0.6 if near else 0.3,
                "previous",
            )
        return self._topic(piece.sentence)

    def _signature(self, index: int) -> Voice | None:
        """Returns the voice of a line that opens with a dash and a name: "— Lars Moen,
        on whether the village should move".
        """
        if index >= len(self.sentences):
            return None
        tokens = self.sentences[index].tokens
        if len(tokens) < 2 or tokens[0].tag is not Tag.DASH:
            return None
        subject = subjects.subject_after(tokens, 1)
        named = subject is not None and tokens[1].tag is Tag.NAME
        return Voice(index, subject, None, 0.9, "label") if named else None

    def _topic(self, index: int) -> Voice | None:
        """Returns a voice for the subject of the last sentence that is more than a
        quotation.
        """
        for before in range(index - 1, max(-1, index - _MEMORY), -1):
            if not self._alone(before):
                tokens = self.sentences[before].tokens
                subject = subjects.main_subject(tokens, len(tokens))
                return (
                    Voice(before, subject, None, 0.4, "topic")
                    if subject is not None
                    else None
                )
        return None


def _verb_before(
    tokens: list[Token], noun: Attribution, spoken: list[Attribution]
) -> bool:
    """Returns whether the words belong to an earlier verb, because the noun has no
    clause of its own: "ruled that his claim about “…”".
    """
    return (
        any(a.cue < noun.cue and not a.noun for a in spoken)
        and tokens[noun.cue + 1].lower != "that"
    )


def _closes(tokens: list[Token], later: Attribution) -> bool:
    """Returns whether the quotation is part of a clause that this attribution closes:
    "Taxes are “too high,” the report said".
    """
    left = later.first if later.inverted else (later.subject or (0, 0))[0]
    framed = left > 0 and tokens[left - 1].tag in {Tag.COMMA, Tag.QUOTE, Tag.DASH}
    return later.verb == "according" or (
        framed and not later.shared and trails(tokens, later)
    )


def _outermost(tokens: list[Token], before: list[Attribution]) -> Attribution:
    """Returns the outer attribution, whose speaker reports the words: "prosecutors said
    that he told an agent “…”".
    """
    outer = before[-1]
    for earlier in reversed(before[:-1]):
        if _reports(tokens, earlier, outer):
            outer = earlier
        else:
            break
    return outer


def _reports(tokens: list[Token], earlier: Attribution, later: Attribution) -> bool:
    if (
        earlier.takes not in {Cue.SAY, Cue.TELL, Cue.NOUN}
        or later.subject is None
        or later.shared
        or later.inverted
    ):
        return False
    between = tokens[earlier.cue + 1 : later.subject[0]]
    return later.subject[0] > earlier.cue and not any(t.tag in _BREAKS for t in between)


def _is_framed(piece: Piece) -> bool:
    """Returns whether a verb of its own sentence, or a label, names the speaker."""
    voice = piece.voice
    return voice is not None and (
        voice.label is not None
        or (voice.sentence == piece.sentence and voice.cue is not None)
    )


def _directly_behind(
    attribution: Attribution, position: int, sentence: Sentence
) -> bool:
    """Returns whether the attribution starts right after the quotation: "“…,” she
    said", "“…,” said Jane Roe".
    """
    start = (
        attribution.first
        if attribution.inverted
        else (attribution.subject or (0, 0))[0]
    )
    between = sentence.tokens[position + 1 : start]
    return start > position and all(
        t.tag in {Tag.COMMA, Tag.DASH, Tag.ADV} or t.lower == "as" for t in between
    )


def _leads_in(attribution: Attribution, position: int, sentence: Sentence) -> bool:
    """Returns whether the verb stands right before the quotation: "she said, “…”"."""
    between = sentence.tokens[attribution.end : position]
    return len(between) <= 1 and all(
        t.tag in _LEAD_IN or t.lower == "that" for t in between
    )
