"""What the card on top says about the record that a question names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, TextField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.site_search.asking import Answers, Hit
from policies.models import Position, Stance
from policies.standings import Group, groups
from statements.models import Speaker, Statement

MAX_NAMES = 12
MAX_TOPICS = 5
MAX_AFFILIATIONS = 3


@dataclass(frozen=True)
class Link:
    """A name, its page, and a number beside it."""

    name: str
    url: str
    count: int = 0
    value: str = ""


@dataclass(frozen=True)
class Card:
    """`kind` chooses its template; `record` is a speaker, a proposal or a topic.

    `groups` count speakers by stance, `stances` a speaker's proposals; `people` have
    the stance that was read, `inferred` by the editors' inference; `positions` are
    those of one speaker on the proposal.
    """

    kind: str
    record: Any
    groups: Sequence[Group] = ()
    stances: Sequence[Link] = ()
    topics: Sequence[Link] = ()
    stance: str = ""
    people: Sequence[Speaker] = ()
    inferred: Sequence[Speaker] = ()
    more: int = 0  # people who are left out here
    all_people: Link | None = None
    positions: Sequence[Position] = ()

    @property
    def is_of_many(self) -> bool:
        """Whether the positions are those of several speakers of one name."""
        return len({position.speaker_id for position in self.positions}) > 1

    @property
    def affiliations(self) -> Sequence[Any]:
        """Of a speaker: offices before memberships before parties."""
        order = ("office", "member", "party")
        rows = sorted(
            self.record.public_affiliations, key=lambda row: order.index(row.kind)
        )
        return rows[:MAX_AFFILIATIONS]


def split(answers: Answers) -> tuple[Card | None, list[Hit], list[Any]]:
    """The card for what is named first, the results below it, and further topics."""
    named = answers.named or _only_person(answers)
    if not named:
        return None, answers.hits, []
    card = _card(named[0].kind, named, answers.reading.parameters)
    below = [
        hit
        for hit in [*named[1:], *answers.hits]
        if hit.kind not in ("topics", "positions") and hit.record != card.record
    ]
    topics = [hit.record for hit in named[1:] if hit.kind == "topics"]
    return card, below, topics


def _only_person(answers: Answers) -> list[Hit]:
    """The one speaker who has the office and place that were named."""
    speakers = [hit for hit in answers.hits if hit.kind == "speakers"]
    is_one = answers.counts.get("speakers") == 1 and not answers.reading.text.groups
    return speakers[:1] if is_one and answers.reading.filters else []


def _card(kind: str, named: Sequence[Hit], parameters: dict[str, list[str]]) -> Card:
    record = named[0].record
    if kind == "speakers":
        return _of_speaker(record)
    if kind == "positions":
        held = [hit.record for hit in named if hit.kind == "positions"]
        return Card("pair", record.proposal, positions=held)
    if kind == "proposals":
        return _of_proposal(record, parameters.get("stance", [""])[0])
    return Card("topic", record)


def _of_speaker(speaker: Any) -> Card:
    """On how many proposals the speaker takes each stance, and what they speak about
    most, in one query.
    """
    if not (speaker.position_count or speaker.statement_count):
        return Card("speaker", speaker)
    rows = list(_stances(speaker).union(_topics(speaker), all=True))
    counts = {name: count for name, slug, count in rows if not slug}
    topics = sorted((-count, name, slug) for name, slug, count in rows if slug)
    return Card(
        "speaker",
        speaker,
        stances=[
            Link(
                str(stance.label),
                _url("positions", speaker=speaker.slug, stance=stance.value),
                counts[stance.value],
                stance.value,
            )
            for stance in Stance
            if stance.value in counts
        ],
        topics=[
            Link(name, _url("statements", speaker=speaker.slug, topic=slug), -less)
            for less, name, slug in topics
        ],
    )


def _stances(speaker: Any) -> Any:
    """(stance, "", number of proposals)."""
    rows = Position.objects.public().stated().filter(speaker=speaker).order_by()
    by_stance = rows.values_list("stance", Value("", TextField()))
    return by_stance.annotate(count=Count("proposal", distinct=True))


def _topics(speaker: Any) -> Any:
    """(name, slug, number of statements) of the topics with most statements."""
    rows = Statement.objects.public().filter(speaker=speaker, topics__isnull=False)
    by_topic = rows.order_by().values_list("topics__name", "topics__slug")
    counts = by_topic.annotate(count=Count("pk")).order_by("-count", "topics__name")
    return counts[:MAX_TOPICS]


def _of_proposal(proposal: Any, stance: str) -> Card:
    pairs = [(pair["speaker"], pair["stance"]) for pair in proposal.taken]
    if not stance:
        return Card("proposal", proposal, groups=groups(pairs))
    rows = Position.objects.public().filter(proposal=proposal, stance=stance)
    in_order = rows.select_related("speaker").order_by("speaker__sort_key", "pk")
    stated: dict[Any, Any] = {}
    inferred: dict[Any, Any] = {}
    for position in in_order:
        side = inferred if position.is_inferred else stated
        side[position.speaker_id] = position.speaker
    url = _url("positions", proposal=proposal.slug, stance=stance)
    return Card(
        "proposal",
        proposal,
        groups=groups(pairs),
        stance=str(Stance(stance).counted(len(stated))) if stated else "",
        people=list(stated.values())[:MAX_NAMES],
        more=max(0, len(stated) - MAX_NAMES),
        inferred=list(inferred.values())[:MAX_NAMES],
        all_people=Link(_("All with their sources"), url),
    )


def _url(name: str, **parameters: str) -> str:
    return f"{reverse(name)}?{urlencode(parameters)}"
