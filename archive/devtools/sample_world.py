"""The made-up state of Wendmark: its cities, papers, parties and bodies, and its people
with the offices they held. All of it is in memory; sample_people writes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from archive.devtools.sample_language import Language, Subject, Values
from archive.devtools.sample_rows import DAYS, FIRST_DAY, RandomData, Zipf

STATE = "Wendmark"
ASSEMBLY = f"{STATE} Assembly"
LONG_BODY = (
    f"The {STATE} Conference of Counties, Boroughs, Harbor Authorities and Independent "
    "School Districts"
)
LONG_NAME = "Maria-Antonia van der Thistlewood y de la Encarnación-Quillhurst"
STATEWIDE = 0.25  # of the people
CIVIL = (3, 6, 8)  # of ten people, those without a public office
YEAR = dt.timedelta(days=365.25)
LAST_DAY = FIRST_DAY + dt.timedelta(days=DAYS)


@dataclass(slots=True, eq=False)
class Post:
    """An office for a term: its title, and how a paper prints it before the name."""

    title: str
    printed: str
    body: Body
    place: str
    start: dt.date
    end: dt.date


@dataclass(slots=True, eq=False)
class Body:
    """An organization or a group."""

    kind: str
    name: str
    key: int = 0

    @property
    def surname(self) -> str:
        return self.name

    def printed(self, _day: dt.date) -> str:
        return self.name

    def serves(self, _day: dt.date) -> bool:
        return True


@dataclass(slots=True, eq=False)
class Person:
    name: str
    surname: str
    party: Body | None
    posts: list[Post] = field(default_factory=list)
    civil: str = ""
    civil_body: Body | None = None
    place: str = ""
    key: int = 0
    kind: str = "person"

    def post_on(self, day: dt.date) -> Post | None:
        return next((post for post in self.posts if post.start <= day < post.end), None)

    def serves(self, day: dt.date) -> bool:
        return bool(self.civil or self.post_on(day))

    def printed(self, day: dt.date) -> str:
        """Name and title as a paper prints them on that day."""
        if post := self.post_on(day):
            return f"{post.printed} {self.name}"
        if self.posts and self.posts[0].end <= day:
            return f"former {self.posts[0].printed} {self.name}"
        return f"{self.name}, {self.civil}," if self.civil else self.name


Voice = Person | Body


@dataclass(slots=True, eq=False)
class City:
    name: str
    streets: Zipf
    council: Body
    bodies: list[Body]
    people: Zipf
    outlets: list[str]

    def groups(self, kind: str) -> list[Body]:
        return [body for body in self.bodies if body.kind == kind]


class World:
    """`people` in the order of how often they speak."""

    def __init__(self, sample: RandomData, language: Language, people: int) -> None:
        self.sample, self.random, self.language = sample, sample.random, language
        self.lists, self.known_names = language.lists, set[str]()
        self.parties = [Body("organization", name) for name in self.lists["party"]]
        self.assembly = Body("organization", ASSEMBLY)
        self.senate = Body("organization", f"{STATE} Senate")
        self.government = Body("organization", f"State of {STATE}")
        statewide = max(4, round(people * STATEWIDE))
        self.state = self._statewide(statewide)
        names = self.lists["city"][: max(2, (people - statewide) // 4)]
        shares = [(people - statewide) // len(names)] * len(names)
        shares[0] += people - statewide - sum(shares)
        self.cities = [
            self._city(number, name, share)
            for number, (name, share) in enumerate(zip(names, shares, strict=True))
        ]
        self.places = Zipf(self.random, self.cities, 6)
        right_to_left = self.lists["arabic_name"][0]
        self.unusual: list[Voice] = [
            Body("organization", LONG_BODY),
            Person(LONG_NAME, LONG_NAME.rsplit(maxsplit=1)[-1], None),
            Person(right_to_left, right_to_left, None),
        ]

    @property
    def people(self) -> Iterator[Person]:
        yield from self.state.items
        for city in self.cities:
            yield from city.people.items

    @property
    def bodies(self) -> Iterator[Body]:
        yield from (*self.parties, self.assembly, self.senate, self.government)
        for city in self.cities:
            yield from city.bodies

    @property
    def voices(self) -> list[Voice]:
        """Everybody who speaks, those who speak most first."""
        return [*self.people, *self.bodies, *self.unusual]

    def speaker(self, city: City, day: dt.date) -> Person:
        """Somebody of the city or of the state, mostly with an office that day."""
        pool = city.people if self.random.random() < 0.7 else self.state
        person: Person = pool.one()
        for _ in range(3):
            if person.serves(day):
                break
            person = pool.one()
        return person

    def new_person(self, party: Body | None = None) -> Person:
        while True:
            first = self.random.choice(
                self.lists["woman"] if self.random.random() < 0.5 else self.lists["man"]
            )
            surname = self._surname()
            if (name := f"{first} {surname}") not in self.known_names:
                self.known_names.add(name)
                return Person(name, surname, party)

    def _surname(self) -> str:
        if self.random.random() < 0.3:
            return self.random.choice(self.lists["surname"])
        first = self.random.choice(self.lists["surname_first"])
        return first + self.random.choice(self.lists["surname_last"])

    def _statewide(self, count: int) -> Zipf:
        posts = [
            *self._posts("state_office", 1, self.government, {}, STATE),
            *self._posts("senate_office", min(20, count // 2), self.senate, {}, STATE),
        ]
        return self._pool(count, posts, {"place": STATE}, [])

    def _city(self, number: int, name: str, count: int) -> City:
        streets = self.language.streets[number :: len(self.lists["city"])]
        self.language.at_place = Zipf(self.random, streets)
        values = {"place": name}
        government = Body("organization", f"City of {name}")
        council = Body("organization", f"{name} City Council")
        bodies = [
            Body(kind, self._named(entry, values))
            for kind in ("organization", "group")
            for entry in self.lists[kind]
        ]
        posts = [
            *self._posts("city_office", 1, government, values, name),
            *self._posts("city_long_office", 1, government, values, name),
            *self._posts("council_office", max(3, count // 4), council, values, name),
        ]
        papers = [f"The {name} {paper}" for paper in self.lists["paper"]]
        people = self._pool(count, posts, values, bodies)
        every = [council, government, *bodies]
        return City(name, self.language.at_place, council, every, people, papers)

    def _posts(
        self, section: str, seats: int, body: Body, values: Values, place: str
    ) -> Iterator[Post]:
        """Each office from 2003 on, term after term."""
        for entry, seat in product(self.lists[section], range(1, seats + 1)):
            title, printed, years = entry.split(" | ")
            title = self._named(title, values | {"number": str(seat)})
            title, _, district = title.partition(", ")
            term = int(years)
            for year in range(2003 - seat % term, LAST_DAY.year + 1, term):
                days = dt.date(year, 1, 1), dt.date(year + term, 1, 1)
                at = f"{place}, {district}" if district else place
                yield Post(title, printed, body, at, *days)

    def _pool(
        self, count: int, posts: list[Post], values: Values, bodies: list[Body]
    ) -> Zipf:
        """People with one to three terms of the posts, or with none."""
        self.random.shuffle(posts)
        people = []
        for index in range(count):
            person = self.new_person()
            if index % 10 not in CIVIL:
                self._take(person, posts, self.random.choice([1, 2, 2, 3]))
            if person.posts:
                person.party = self.random.choice(self.parties)
            else:
                entry = self.random.choice(self.lists["civil"])
                person.civil = self._named(entry, values)
                person.civil_body = _body_in(person.civil, bodies)
                person.place = values["place"]
            people.append(person)
        return Zipf(self.random, people)

    def _take(self, person: Person, posts: list[Post], most: int) -> None:
        """Moves terms that do not overlap from `posts` to the person, latest first."""
        for post in list(posts):
            if len(person.posts) == most:
                break
            if all(
                post.end <= other.start or other.end <= post.start
                for other in person.posts
            ):
                person.posts.append(post)
                posts.remove(post)
        person.posts.sort(key=lambda post: post.start, reverse=True)

    def _named(self, entry: str, values: Values) -> str:
        subject: Subject = self.language.subjects[0]
        return self.language.fill(entry, subject, values)


def _body_in(words: str, bodies: list[Body]) -> Body | None:
    return next((body for body in bodies if body.name in words), None)
