"""Why records came back from review, for their authors and the editors."""

from __future__ import annotations

from typing import Any

from archive.core.publishing import Status
from archive.core.roles import PUBLISH
from archive.editing import workflow
from archive.editing.authorship import added_by, made_by, usernames
from archive.editing.history import HistoryEntry, reason_entry, state_token
from archive.models import ReviewNote, ReviewStep


def sent_back(user: Any, record: Any) -> ReviewNote | None:
    """Returns the note with which the draft came back, if `user` may read it: until the
    record is changed or submitted again.
    """
    if getattr(record, "status", "") != Status.DRAFT or not may_read(user, record):
        return None
    note = ReviewNote.objects.of(record).select_related("author").first()
    if note is None or note.step != ReviewStep.SEND_BACK:
        return None
    return note if note.state == state_token(record) else None


def may_read(user: Any, record: Any) -> bool:
    return user.has_perm(PUBLISH) or made_by(record) == user.pk


def sent_back_to(user: Any) -> list[tuple[Any, ReviewNote]]:
    """The drafts of `user` that came back from review and wait for a change, newest
    first, each with its note.
    """
    waiting = []
    for model in workflow.publishable_models():
        drafts = added_by(model.objects.filter(status=Status.DRAFT), user)
        notes = ReviewNote.objects.filter(
            table=model._meta.label_lower, record_uid__in=drafts.values("uid")
        )
        for record in drafts.filter(uid__in=notes.values("record_uid")):
            if note := sent_back(user, record):
                waiting.append((record, note))
    return sorted(waiting, key=lambda pair: pair[1].pk, reverse=True)


def entries(user: Any, record: Any) -> list[HistoryEntry]:
    """The record's reviews as entries of its history, newest first; the reasons only
    for those who may read them.
    """
    if not hasattr(record, "uid"):
        return []
    people, readable = usernames(), may_read(user, record)
    return [
        reason_entry(
            note.created_at,
            people.get(note.author_id, ""),
            note.get_step_display(),
            note.note if readable else "",
        )
        for note in ReviewNote.objects.of(record)
    ]
