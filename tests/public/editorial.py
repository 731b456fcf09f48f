"""What only editors see of a record: reports, their notes, suggestions."""

from __future__ import annotations

from django.contrib.auth.models import User

from archive.models import Article, Report, ReviewNote, Suggestion
from tests.public.marks import LEAK, MARKED


def report(record: Article) -> None:
    """A report, which no reader may see, whatever it is about."""
    Report.objects.create(
        table="archive.article",
        record_uid=record.uid,
        note=MARKED,
        source=MARKED,
        email=f"{LEAK}@example.org",
    )


def sent_back(record: Article) -> None:
    """What an editor told its author, which no reader may see."""
    author = User.objects.get_or_create(username="one")[0]
    ReviewNote.objects.create(
        table="archive.article",
        record_uid=record.uid,
        step="send_back",
        note=MARKED,
        author=author,
    )


def suggested(record: Article) -> None:
    """What the engine or an editor suggests on the desk of a public article."""
    Suggestion.objects.create(
        article=record,
        version=record.latest_version,
        kind="statement",
        start=0,
        spans=[[0, 5]],
        speakers=[{"name": MARKED, "kind": "person", "score": 1}],
        values={"text": MARKED, "occasion": MARKED},
    )
