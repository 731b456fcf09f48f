"""What the sample's people want done, and where each of them stands on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from archive.devtools.sample_language import Language, Subject, Values, capital
from archive.devtools.sample_rows import RandomData, Zipf
from archive.devtools.sample_world import City, Person, Voice, World

TRIES = 10
LEANS = (0.85, 0.7, 0.55, 0.35, 0.15)
OTHERS = 0.6  # how many supporters a plan has among those without a party
CHANGES = 0.04  # of a speaker's statements on a plan
NEITHER = (
    (0.08, "mixed"),
    (0.20, "discusses"),
    (0.24, "abstains"),
    (0.28, "declined"),
)


@dataclass(slots=True, eq=False)
class Plan:
    """A proposal: `values` are what sentences about it name."""

    subject: Subject
    city: City
    day: dt.date
    title: str
    values: Values
    text: str
    proposer: Voice
    leans: dict[str, float]
    stances: dict[Voice | None, str] = field(default_factory=dict)
    key: int = 0


class Plans:
    def __init__(self, sample: RandomData, language: Language, world: World) -> None:
        self.sample, self.random = sample, sample.random
        self.language, self.world = language, world
        self.subjects = Zipf(self.random, language.subjects, 3)
        self.titles: set[str] = set()

    def new(self) -> Plan:
        """A plan with a title that no other one has, if one can be made."""
        for _ in range(TRIES):
            subject, city = self.subjects.one(), self.world.places.one()
            plan = self.of(subject, city, self.sample.day())
            if plan.title not in self.titles:
                break
        self.titles.add(plan.title)
        return plan

    def of(self, subject: Subject, city: City, day: dt.date, entry: str = "") -> Plan:
        self.language.at_place = city.streets
        values = self._fixed(city, day)
        entry = entry or self.random.choice(subject.plans)
        title, _, name = self.language.fill(entry, subject, values).partition(" | ")
        if title in self.titles:
            title = f"{title} in {city.name}"
        values = named(city, day, title, name) | {"site": values["site"]}
        return Plan(
            subject,
            city,
            day,
            title,
            values,
            self.language.sentence("worded", subject, values),
            self.world.speaker(city, day),
            {party.name: self.random.choice(LEANS) for party in self.world.parties},
        )

    def _fixed(self, city: City, day: dt.date) -> Values:
        """What a title and the plan's short name have in common."""
        fixed = {"place": city.name, "year": str(day.year)}
        for name in ("street", "site"):
            fixed[name] = self.language.made[name]()
        return fixed

    def stance(self, speaker: Voice | None, plan: Plan) -> str:
        """The speaker's own, which rarely changes."""
        known = plan.stances.get(speaker)
        if known and self.random.random() >= CHANGES:
            return known
        plan.stances[speaker] = self._drawn(speaker, plan)
        return plan.stances[speaker]

    def _drawn(self, speaker: Voice | None, plan: Plan) -> str:
        if speaker is plan.proposer:
            return "supports"
        drawn = self.random.random()
        for share, stance in NEITHER:
            if drawn < share:
                return stance
        party = speaker.party if isinstance(speaker, Person) else None
        lean = plan.leans[party.name] if party else OTHERS
        return "supports" if self.random.random() < lean else "opposes"


def named(city: City, day: dt.date, title: str, name: str) -> Values:
    return {
        "place": city.name,
        "place_caps": city.name.upper(),
        "body": city.council.name,
        "year": str(day.year),
        "np": name,
        "bare": name.removeprefix("the "),
        "vp": title[0].lower() + title[1:],
        "title": capital(title),
    }
