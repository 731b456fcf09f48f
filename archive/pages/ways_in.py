"""What the search page offers beside results: topics by their name; topics, people and
the newest statements if nothing matches; and examples, from the archive at hand.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive import search
from archive.core.caches import by_revision
from archive.core.querysets import count_of
from archive.core.revision import archive_revision
from archive.listing.labels import Labels
from archive.models import Topic
from archive.search.language import TextQuery
from statements.models import Affiliation, Form, Speaker, SpeakerKind, Statement

MAX_TOPICS = 12
MAX_PEOPLE = 8
MAX_NEWEST = 3
SENTENCE_WORDS = 6  # of a quotation, as an example of a sentence


def topics_named(text: TextQuery) -> list[Topic]:
    """The topics whose name has all the words."""
    named = list(
        search.matching_all(Topic.objects.all(), text, "name").order_by("name")
    )
    labels = Labels(archive_revision())
    public = labels.of(Topic, "name", [topic.slug for topic in named])
    return [topic for topic in named if topic.slug in public][:MAX_TOPICS]


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


def examples() -> list[tuple[str, Any]]:
    """(what to type, what it does). The archive may have no words for some."""
    return by_revision("search examples", lambda: [*_of_names(), *_of_words()])


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
