"""What the search page offers without results: topics, people, the newest statements,
and examples from the archive at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from archive.core.caches import by_revision
from archive.core.querysets import count_of
from archive.models import Topic
from policies.models import Position, Proposal, Stance
from statements.models import Affiliation, Form, Speaker, SpeakerKind, Statement

MAX_TOPICS = 12
MAX_PEOPLE = 8
MAX_NEWEST = 3
SENTENCE_WORDS = 6  # of a quotation, as an example of a sentence


def offered() -> dict[str, list[Any]]:
    return by_revision(
        "ways in",
        lambda: {
            "topics": list(Topic.objects.public().order_by("name")[:MAX_TOPICS]),
            "people": _people(),
            "newest": list(
                Statement.objects.public().dated().as_rows().newest_first()[:MAX_NEWEST]
            ),
        },
    )


def questions() -> list[str]:
    """Questions in words that this archive answers."""
    return by_revision("example questions", lambda: list(_questions()))


def examples() -> list[tuple[str, Any]]:
    """(what to type, what it does). The archive may have no words for some."""
    return by_revision("search examples", lambda: [*_of_names(), *_of_words()])


def _questions() -> Iterator[str]:
    """A person on a topic, an office, who opposes a proposal, a topic in a year."""
    statements = Statement.objects.public().filter(topics__isnull=False)
    spoken = statements.filter(speaker__kind=SpeakerKind.PERSON).order_by("-pk")
    for name, topic in spoken.values_list("speaker__name", "topics__name")[:1]:
        yield str(_("%(name)s on %(topic)s") % {"name": name, "topic": topic})
    offices = Affiliation.objects.public().filter(kind="office").order_by("pk")
    for title, place in offices.exclude(place="").values_list("title", "place")[:1]:
        yield str(_("%(office)s of %(place)s") % {"office": title, "place": place})
    opposed = Proposal.objects.public().filter(
        pk__in=Position.objects.public()
        .filter(stance=Stance.OPPOSES)
        .values("proposal")
    )
    shortest = opposed.annotate(size=Length("title")).order_by("size", "pk").first()
    if shortest:
        yield str(_("who opposes %(title)s") % {"title": shortest.title.rstrip(".")})


def _people() -> list[Any]:
    """Those with the most public statements."""
    rows = Speaker.objects.public().listed().filter(kind=SpeakerKind.PERSON)
    statement_count = count_of(Statement.objects.public(), "speaker")
    return list(rows.annotate(count=statement_count).order_by("-count", "name"))[
        :MAX_PEOPLE
    ]


def _of_names() -> list[tuple[str, Any]]:
    surnames = list(dict.fromkeys(person.name.split()[-1] for person in _people()))
    pairs = list(pairwise(surnames))[:1]
    return [
        example
        for one, other in pairs
        for example in (
            (one, _("A name: statements, proposals and the page of the person.")),
            (f"{one} OR {other}", _("Either word.")),
            (f"{one} -{other}", _("The first word, without the second.")),
        )
    ]


def _of_words() -> list[tuple[str, Any]]:
    speakers = Speaker.objects.public().listed()
    titles = Affiliation.objects.displayed().filter(speaker__in=speakers)
    names = [
        *titles.order_by("title").values_list("title", flat=True),
        *Topic.objects.public().order_by("name").values_list("name", flat=True),
    ]
    two_words = next((name for name in names if len(name.split()) == 2), "")
    quoted = Statement.objects.public().filter(form=Form.DIRECT).order_by("pk").first()
    sentence = (
        " ".join(quoted.text.strip("….[] ").split()[:SENTENCE_WORDS]) if quoted else ""
    )
    words = [
        (two_words, _("Results with both words first, then with either.")),
        (two_words and f'"{two_words}"', _("Exactly this phrase.")),
        (sentence, _("A sentence works too; common words are ignored.")),
    ]
    return [(typed, meaning) for typed, meaning in words if typed]
