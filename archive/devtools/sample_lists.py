"""The rare cases among a sample's articles, drawn after the rest: articles in full or
only linked, lists, groups, roles, and text that strains the layout.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.devtools.sample_words import Words, copy
from archive.models import Article, ArticleVersion
from policies.models import Proposal, ProposalIdentifier, ProposalList, ProposalPassage
from statements.models import Role, Speaker, Statement, StatementPassage

FEWEST, PER_LIST = 12, 1000
KINDS = [
    ("full_text", 10),
    ("excerpts", 5),
    ("link_only", 0),
    ("full_text", 0),
    ("excerpts", 7),
    ("excerpts", 12),
]
ARABIC = "ابتجحدرسعفقكلمنهوي"
LONG_WORD = "Untervorstandsmitgliederversammlungsbeschlussvorlagenentwurf"
TITLES = [
    "Mayor of {}",
    "{} Comptroller",
    "Senator for {}",
    "Director of the {} Office of Housing and Public Works",
]
GROUP = "Several members of the council"
Span = tuple[int, int]


@dataclass
class Piece:
    """An article under construction: its text, and its statements and proposals with
    the spans of their words.
    """

    rights: str
    on: dt.date
    whole: str = ""
    said: list[tuple[dict[str, Any], list[Span]]] = field(default_factory=list)
    listed: list[tuple[str, str, Span]] = field(default_factory=list)

    def add(self, words: str) -> Span:
        self.whole += words
        return len(self.whole) - len(words), len(self.whole)

    def passage(self, ordinal: int, span: Span) -> dict[str, Any]:
        start, end = span
        return {
            "ordinal": ordinal,
            "start": start,
            "end": end,
            "exact": self.whole[start:end],
            "prefix": self.whole[max(0, start - 32) : start],
            "suffix": self.whole[end : end + 32],
        }


class Lists:
    """`quoted` holds the verbatim statements as (speaker, statement), oldest first;
    `issued` holds the proposals.

    `since` gives, for each proposal, the index in `quoted` of the first statement made
    when the proposal was public.
    """

    def __init__(self, sample: Words, number: int) -> None:
        self.sample, self.random = sample, sample.random
        self.bodies = self._bodies(max(6, number // 400))
        self.names: dict[int | None, str] = dict(
            Speaker.objects.values_list("pk", "name")
        )
        self.titles: dict[int | None, str] = dict(self._roles())
        days = sorted(sample.day() for _ in range(max(FEWEST, number // PER_LIST)))
        self.pieces = [
            self._piece(on, *KINDS[place % len(KINDS)]) for place, on in enumerate(days)
        ]
        self._strain(self.pieces[0])
        self._articles()
        self.groups = self._groups()
        quoted = list(self._statements())
        self.quoted = [(speaker, said) for _, speaker, said in quoted]
        self.issued, places = self._lists()
        self.since = [
            bisect_left([at for at, _, _ in quoted], place) for place in places
        ]

    def shown(self) -> dict[str, Any]:
        return self.sample.published() | {
            "status": "published",
            "first_published_at": self.sample.now,
        }

    def _bodies(self, number: int) -> list[int]:
        """Organizations, groups, and names that are long or written from right to
        left.
        """
        forms = ["Office of the {} Commissioner", "The {} Institute", "Tenants of {}"]
        named = [
            pair for form in forms for pair in self.sample.names(number // 3, form)
        ]
        far = (
            "The {} Conference of Counties, Boroughs, Harbour Authorities and "
            "Independent School Districts"
        )
        named += [
            *self.sample.names(1, far),
            *self.sample.names(1, "Maria-Antonia van der {} y de la Encarnación-Ruiz"),
        ]
        named += [(" ".join(self._arabic(2)), "sample-right-to-left")]
        kinds = (
            ["organization"] * (number // 3 * 2)
            + ["group"] * (number // 3)
            + ["organization", "person", "person"]
        )
        rows = [
            {
                "kind": kind,
                "name": name,
                "sort_name": name,
                "slug": slug,
                "uid": self.sample.uid(),
                "url": "",
            }
            for kind, (name, slug) in zip(kinds, named, strict=True)
        ]
        return copy(Speaker, rows)

    def _arabic(self, number: int) -> list[str]:
        return [
            "".join(self.random.choices(ARABIC, k=self.random.randint(2, 7)))
            for _ in range(number)
        ]

    def _roles(self) -> Iterator[tuple[int, str]]:
        """Every third speaker has held one title after another; the last is still held,
        or known for one day only.
        """
        rows: list[dict[str, Any]] = []
        for speaker in self.sample.speakers.items[::3]:
            start: dt.date | None = self.sample.day() - dt.timedelta(days=4 * 365)
            for left in reversed(range(self.random.choice([1, 1, 2, 3]))):
                (place, _), title = (
                    next(self.sample.names(1, "{}")),
                    self.random.choice(TITLES),
                )
                end = (
                    start + dt.timedelta(days=self.random.randint(300, 700))
                    if start and left
                    else None
                )
                known = None if start else self.sample.day()
                rows.append(
                    {
                        "speaker_id": speaker,
                        "title": title.format(place),
                        "organization": "",
                        "start": start,
                        "end": end,
                        "known_on": known,
                        "known_is_inferred": bool(known),
                    }
                )
                start = end if self.random.random() < 0.7 else None
            yield speaker, rows[-1]["title"]
        copy(Role, rows)

    def _piece(self, on: dt.date, rights: str, proposals: int) -> Piece:
        piece = Piece(rights, on)
        forms = (
            ["direct", "indirect", "partial", "split", "collective", "direct"]
            if rights != "link_only"
            else []
        )
        for form in forms or ["indirect", "collective"]:
            piece.add(self._plain())
            speaker = None if form == "collective" else self.sample.speakers.one()
            self._say(
                piece,
                form,
                speaker,
                [self.sample.sentence(self.random.randint(9, 30)) for _ in range(2)],
            )
        if proposals:
            piece.add(self.sample.sentence(9)[:-1] + ":\n")
        for title, slug in self.sample.names(proposals, "Open the {} station"):
            piece.add("- ")
            piece.listed.append(
                (
                    title,
                    slug,
                    piece.add(self.sample.sentence(self.random.randint(6, 35))),
                )
            )
            piece.add("\n")
        piece.add("\n" + self._plain().strip())
        return piece

    def _plain(self) -> str:
        return (
            " ".join(self.sample.sentence(self.random.randint(8, 26)) for _ in range(3))
            + "\n\n"
        )

    def _say(
        self,
        piece: Piece,
        form: str,
        speaker: int | None,
        words: list[str],
        **more: Any,
    ) -> None:
        """Adds a paragraph that contains somebody's words; in the form `split`, "she
        said" interrupts the words.
        """
        name, title = self.names.get(speaker, GROUP), self.titles.get(speaker, "")
        printed = (
            name
            if speaker is None
            else self.random.choice([f"{title} {name}".strip(), name.split()[-1]])
        )
        first, second = words[0].removesuffix("."), words[1]
        if form in ("direct", "split"):
            piece.add("“")
            spans = [piece.add(first + ",")]
            piece.add(f"” said {printed}.")
            if form == "split":
                piece.add(" “")
                spans.append(piece.add(second))
                piece.add("”")
            text = " […] ".join(piece.whole[start:end] for start, end in spans)
        elif form == "partial":
            piece.add(f"{printed} called it “")
            spans, text = (
                [piece.add(first.lower())],
                f"{name} called it “{first.lower()}” at the hearing.",
            )
            piece.add("” at the hearing.")
        else:
            spans, text = [piece.add(f"{printed} said that {first.lower()}.")], second
        piece.add("\n\n")
        row = {
            "speaker_id": speaker,
            "form": "direct" if form == "split" else form,
            "attribution": printed,
        }
        piece.said.append((row | self._told(piece) | {"text": text} | more, spans))

    def _told(self, piece: Piece) -> dict[str, Any]:
        """Returns when and where the words were said, as far as the article says; a
        month is stored as its first day.
        """
        said_on, precision = self.random.choice(
            [(piece.on, "day"), (piece.on.replace(day=1), "month"), (None, "day")]
        )
        return {
            "said_on": said_on,
            "said_precision": precision,
            "said_is_inferred": precision == "month",
            "occasion": self.random.choice(["", "", "At a hearing of the council"]),
            "context": "",
            "reported_by_id": self.random.choice([None, None, None, self.bodies[0]]),
        }

    def _strain(self, piece: Piece) -> None:
        """A quote longer than a screen, one written from right to left, and one with a
        word wider than a phone.
        """
        piece.add("\n\n")
        long = [
            " ".join(
                self.sample.sentence(self.random.randint(12, 30)) for _ in range(12)
            )
            for _ in range(2)
        ]
        self._say(piece, "split", self.bodies[-3], long, context="Of the harbour")
        self._say(piece, "direct", self.bodies[-1], [" ".join(self._arabic(40)), ""])
        self._say(
            piece,
            "direct",
            self.bodies[-2],
            [f"{LONG_WORD}, {self.sample.sentence(20)}", ""],
        )
        piece.whole = piece.whole.strip()

    def _articles(self) -> None:
        rows = [
            {
                "headline": headline,
                "headline_is_supplied": place % 3 == 1,
                "slug": slug,
                "language": "en",
                "outlet_id": self.sample.outlets.one() if place % 5 else None,
                "byline": f"By {self._person()}",
                "url": f"https://example.org/{slug}",
                "archived_url": f"https://example.com/{slug}" if place % 2 else "",
                "published_on": piece.on,
                "published_precision": "day",
                "published_is_inferred": place % 4 == 1,
                "date_note": "The text names the weekday only."
                if place % 4 == 1
                else "",
                "summary": self.sample.sentence(30),
                "rights": piece.rights,
                **self.shown(),
            }
            for place, (piece, (headline, slug)) in enumerate(
                zip(
                    self.pieces,
                    self.sample.names(len(self.pieces), "{} council hears both sides"),
                    strict=True,
                )
            )
        ]
        self.articles = copy(Article, rows)
        self.versions = copy(
            ArticleVersion,
            [
                {
                    "article_id": pk,
                    "number": 1,
                    "text": piece.whole,
                    "created_at": self.sample.now,
                    "cited_at": self.sample.now,
                    "sha256": hashlib.sha256(piece.whole.encode()).hexdigest(),
                }
                for pk, piece in zip(self.articles, self.pieces, strict=True)
            ],
        )

    def _person(self) -> str:
        return next(self.sample.names(1, "{}"))[0]

    def _groups(self) -> list[int]:
        """One unnamed group per article, which occurs in no other article."""
        rows = (
            {
                "kind": "group",
                "name": GROUP,
                "sort_name": GROUP,
                "slug": f"sample-group-{pk}",
                "uid": self.sample.uid(),
                "article_id": pk,
            }
            for pk in self.articles
        )
        return copy(Speaker, rows)

    def _statements(self) -> Iterator[tuple[int, int, int]]:
        said = [
            (at, row, spans)
            for at, piece in enumerate(self.pieces)
            for row, spans in piece.said
        ]
        keys = copy(Statement, (self._statement(at, row) for at, row, _ in said))
        copy(
            StatementPassage,
            (
                {
                    "statement_id": pk,
                    "version_id": self.versions[at],
                    **self.pieces[at].passage(ordinal, span),
                }
                for pk, (at, _, spans) in zip(keys, said, strict=True)
                for ordinal, span in enumerate(spans, 1)
            ),
        )
        self.sample.with_topics(Statement, keys)
        for pk, (at, row, _) in zip(keys, said, strict=True):
            if row["form"] in ("direct", "partial"):
                yield at, row["speaker_id"], pk

    def _statement(self, at: int, row: dict[str, Any]) -> dict[str, Any]:
        speaker = row["speaker_id"] or self.groups[at]
        return {
            **row,
            "speaker_id": speaker,
            "article_id": self.articles[at],
            **self.shown(),
        }

    def _lists(self) -> tuple[list[int], list[int]]:
        """Returns the proposals of the lists, and the index of each one's article."""
        holding = [at for at, piece in enumerate(self.pieces) if piece.listed]
        titles = self.sample.names(len(holding), "A plan for {} in several parts")
        lists = copy(
            ProposalList,
            [self._list(at, *named) for at, named in zip(holding, titles, strict=True)],
        )
        listed = [
            (pk, at, number, *item)
            for pk, at in zip(lists, holding, strict=True)
            for number, item in enumerate(self.pieces[at].listed, 1)
        ]
        proposals = copy(Proposal, (self._listed(*row) for row in listed))
        copy(
            ProposalPassage,
            (
                {
                    "proposal_id": pk,
                    "version_id": self.versions[at],
                    **self.pieces[at].passage(1, span),
                }
                for pk, (_, at, _, _, _, span) in zip(proposals, listed, strict=True)
            ),
        )
        copy(
            ProposalIdentifier,
            (
                {"proposal_id": pk, "scheme": "Council file", "identifier": f"{pk:06}"}
                for pk in proposals[::4]
            ),
        )
        self.sample.with_topics(Proposal, proposals)
        return proposals, [at for _, at, *_ in listed]

    def _list(self, at: int, title: str, slug: str) -> dict[str, Any]:
        issuer, addressee = self.random.sample(self.bodies[:-2], 2)
        issued = self.pieces[at].on - dt.timedelta(days=self.random.randint(0, 9))
        return {
            "title": title,
            "slug": slug,
            "article_id": self.articles[at],
            "issued_by_id": issuer,
            "addressed_to_id": self.random.choice([None, addressee]),
            "issued_on": self.random.choice([None, issued]),
            "introduction": self.random.choice(["", self.sample.sentence(25)]),
            "is_complete": self.random.choice([None, False, True]),
            **self.shown(),
        }

    def _listed(
        self, pk: int, at: int, number: int, title: str, slug: str, span: Span
    ) -> dict[str, Any]:
        return {
            "proposal_list_id": pk,
            "number": number,
            "title": title,
            "slug": slug,
            "article_id": self.articles[at],
            "text": self.pieces[at].whole[slice(*span)],
            **self.shown(),
        }
