"""One mail for all that a follower follows."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.alerts import news
from archive.alerts.conditions import Matcher
from archive.alerts.targets import target
from archive.models import AskedAddress, Correction, Follow, Follower, SentRecord
from archive.models.corrections import in_words
from policies.models import Position
from statements.models import Speaker, Statement

log = logging.getLogger(__name__)

LOCK = 2_026_113_017  # names the advisory lock: one process sends at a time
MAX_ENTRIES = 100  # of one mail; the rest is a number and a link
ASKED_FOR = dt.timedelta(days=1)  # how long it is known that an address was asked


class AlreadySending(Exception):
    """Another process sends the alerts."""


@dataclass(frozen=True)
class Entry:
    """A line of a mail: what it is, why it came, and its permanent address."""

    kind: str
    label: str
    url: str
    reasons: list[str]


@dataclass
class Digest:
    """What one follower is sent; `new` are (model, primary key), with the follows that
    they satisfy.
    """

    new: dict[tuple[Any, int], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    corrected: list[Correction] = field(default_factory=list)
    withdrawn: list[SentRecord] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.corrected or self.withdrawn)


def send() -> int:
    """Sends what is due and returns the number of mails. Raises AlreadySending."""
    now = timezone.now()
    with _only_here():
        _follow_merged_speakers()
        AskedAddress.objects.filter(at__lt=now - ASKED_FOR).delete()
        followers = {each.pk: each for each in Follower.objects.due(now)}
        digests = collected(followers)
        with mail.get_connection() as transport:
            return sum(
                _send(follower, digests.get(pk, Digest()), now, transport)
                for pk, follower in followers.items()
            )


def collected(followers: dict[int, Follower]) -> dict[int, Digest]:
    """The digest of each follower that has one."""
    digests: dict[int, Digest] = defaultdict(Digest)
    if not followers:
        return digests
    since = min(each.read_to for each in followers.values()) - news.LATE
    _add_new(digests, followers, since)
    _add_changes(digests, followers, since)
    return digests


def _add_new(
    digests: dict[int, Digest], followers: dict[int, Follower], since: dt.datetime
) -> None:
    matcher, owners = matcher_of(followers)
    for model, document, appeared in news.documents(since):
        for follow in matcher.matches(document):
            owner, began = owners[follow]
            follower = followers[owner]
            if appeared > max(follower.read_to - news.LATE, began):
                digests[follower.pk].new[model, document.pk].append(follow)


def matcher_of(
    followers: Iterable[int],
) -> tuple[Matcher, dict[int, tuple[int, dt.datetime]]]:
    """All that they follow, and who follows it since when."""
    matcher, owners = Matcher(), {}
    rows = Follow.objects.filter(follower__in=list(followers)).order_by("pk")
    columns = ("pk", "follower_id", "created_at", "conditions")
    for pk, owner, began, conditions in rows.values_list(*columns).iterator():
        owners[pk] = (owner, began)
        for condition in conditions:
            matcher.add(pk, condition)
    return matcher, owners


def _add_changes(
    digests: dict[int, Digest], followers: dict[int, Follower], since: dt.datetime
) -> None:
    corrected, gone = news.corrections(since), news.withdrawn()
    uids = {uid for _table, uid in chain(corrected, gone)}
    sent = SentRecord.objects.filter(
        follower__in=list(followers), record_uid__in=uids, is_withdrawn=False
    )
    for row in sent:
        key, follower = (row.table, row.record_uid), followers[row.follower_id]
        digest = digests[row.follower_id]
        if key in gone:
            digest.withdrawn.append(row)
            continue
        digest.corrected += [
            each
            for each in corrected.get(key, ())
            if each.first_published_at and each.first_published_at > follower.read_to
        ]


@transaction.atomic
def _deliver(
    follower: Follower, digest: Digest, now: dt.datetime, transport: Any
) -> bool:
    """What was sent is noted first, so that a mail that cannot be sent is sent with the
    next digest.
    """
    new = list(_unsent(follower, digest))
    Follower.objects.filter(pk=follower.pk).update(read_to=now)
    SentRecord.objects.bulk_create(
        SentRecord(
            follower=follower, table=record._meta.label_lower, record_uid=record.uid
        )
        for record, _follows in new
    )
    for row in digest.withdrawn:
        row.is_withdrawn = True
    SentRecord.objects.bulk_update(digest.withdrawn, ["is_withdrawn"])
    if not (new or digest.corrected or digest.withdrawn):
        return False
    message(follower, new, digest, transport).send()
    return True


def _send(follower: Follower, digest: Digest, now: dt.datetime, transport: Any) -> bool:
    try:
        return _deliver(follower, digest, now, transport)
    except OSError:  # smtplib's errors are among them
        log.exception("An alert could not be sent; it is tried again.")
        return False


def _unsent(follower: Follower, digest: Digest) -> Iterator[tuple[Any, list[int]]]:
    """The records themselves, read again: only what is public is sent."""
    known = set(follower.sent.values_list("table", "record_uid"))
    for model in {model: None for model, _pk in digest.new}:
        pks = [pk for each, pk in digest.new if each is model]
        for record in _rows(model).filter(pk__in=pks).order_by("pk"):
            if (model._meta.label_lower, record.uid) not in known:
                yield record, digest.new[model, record.pk]


def _rows(model: Any) -> Any:
    rows = model.objects.public()
    if model is Statement:
        return rows.select_related("speaker", "article")
    if model is Position:
        return rows.select_related("speaker", "proposal")
    return rows


def message(
    follower: Follower, new: list[tuple[Any, list[int]]], digest: Digest, transport: Any
) -> mail.EmailMessage:
    labels = dict(follower.follows.values_list("pk", "label"))
    entries = [
        _entry(record, [labels[pk] for pk in sorted(set(follows)) if pk in labels])
        for record, follows in new[:MAX_ENTRIES]
    ]
    stop = settings.SITE + reverse("follow_stop_all", args=[follower.key])
    context = {
        "entries": entries,
        "more": len(new) - len(entries),
        "corrected": [_correction(each) for each in digest.corrected],
        "withdrawn": [_withdrawn(row) for row in digest.withdrawn],
        "stop": stop,
        "manage": settings.SITE + reverse("follow_manage", args=[follower.key]),
        "site": settings.SITE,
        "frequency": follower.get_frequency_display(),
    }
    return mail.EmailMessage(
        subject=_subject(len(new), len(digest.corrected) + len(digest.withdrawn)),
        body=render_to_string("alerts/digest.txt", context),
        to=[follower.address],
        connection=transport,
        headers=one_press(stop),
    )


def one_press(stop: str) -> dict[str, str]:
    """RFC 8058: a mail program stops the mails by one POST."""
    return {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def _subject(new: int, changes: int) -> str:
    parts = []
    if new:
        parts.append(ngettext("%d new record", "%d new records", new) % new)
    if changes:
        parts.append(ngettext("%d change", "%d changes", changes) % changes)
    return _("On Record: %s") % ", ".join(parts)


def _entry(record: Any, reasons: list[str]) -> Entry:
    return Entry(_kind(record), in_words(record), _address(record.uid), reasons)


def _kind(record: Any) -> str:
    if isinstance(record, Statement):
        return record.form_label
    if isinstance(record, Position):
        return f"{_('Position')}, {record.get_basis_display()}"
    return str(record._meta.verbose_name).capitalize()


def _correction(correction: Correction) -> Entry:
    return Entry(
        correction.get_kind_display(),
        correction.note,
        _address(correction.record_uid),
        [],
    )


def _withdrawn(row: SentRecord) -> Entry:
    """No word of it: the page at its address gives the reason."""
    return Entry(_("Withdrawn"), "", _address(row.record_uid), [])


def _address(uid: str) -> str:
    return settings.SITE + reverse("record", args=[uid])


def _follow_merged_speakers() -> None:
    """Who follows a speaker that was merged follows the one it became."""
    merged = {
        f"/speakers/{speaker.slug}/": speaker.merged_into
        for speaker in Speaker.objects.filter(merged_into__isnull=False)
    }
    for follow in Follow.objects.filter(page__in=merged):
        speaker: Any = merged[follow.page]
        with contextlib.suppress(Http404):
            new = target(speaker.get_absolute_url())
            others = Follow.objects.filter(follower=follow.follower, page=new.page)
            if others.exists():
                follow.delete()
                continue
            follow.page, follow.label = new.page, new.label
            follow.conditions = new.conditions
            follow.save()


@contextlib.contextmanager
def _only_here() -> Iterator[None]:
    """Holds the advisory lock of the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadySending
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
