"""Who a name stands for: an existing speaker, or a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from archive.desk.reading import SURE
from archive.editing import similar
from archive.editing.addresses import is_key
from archive.editing.saving import Invalid, save
from archive.models import Article
from statements.models import Speaker
from statements.models.speakers import SpeakerKind

RECORD, NEW = "record:", "new:"


@dataclass(frozen=True)
class Choice:
    """One possible speaker. `value` is record:<key>, or new:<kind>:<name>."""

    value: str
    name: str
    why: str = ""
    is_new: bool = False


class People:
    """The speakers whose names an article's suggestions mention; two queries."""

    def __init__(self, article: Article, names: Iterable[str]) -> None:
        self.article, self.names = article, {name for name in names if name}

    @cached_property
    def by_name(self) -> dict[str, list[Speaker]]:
        """Speakers by each of their names, folded."""
        keys = {folded(name) for name in self.names}
        condition = Q(article=self.article)
        for name in self.names:
            condition |= Q(name__iexact=name) | Q(other_names__icontains=name)
        rows = Speaker.objects.filter(condition, merged_into=None)
        by_name: dict[str, list[Speaker]] = {}
        for speaker in rows.filter(Q(article=None) | Q(article=self.article)):
            for name in {speaker.name, *speaker.other_names.splitlines()}:
                if folded(name) in keys or speaker.article_id:
                    by_name.setdefault(folded(name), []).append(speaker)
        return by_name

    def choice(self, name: str, kind: str, why: str = "") -> Choice:
        speakers = self.by_name.get(folded(name), [])
        if len(speakers) == 1:
            return Choice(f"{RECORD}{speakers[0].pk}", speakers[0].name, why)
        return Choice(f"{NEW}{kind}:{name}", name, why, is_new=True)

    def choices(self, candidates: list[dict[str, Any]]) -> list[Choice]:
        """The engine's candidates, best first, each with its share of certainty."""
        return [
            self.choice(
                each["name"], each["kind"], _("%d %% sure") % round(100 * each["score"])
            )
            for each in candidates
        ]

    def sure(self, candidates: list[dict[str, Any]]) -> Choice | None:
        """The speaker that need not be chosen; None if the engine is not sure."""
        if not candidates or candidates[0]["score"] < SURE:
            return None
        return self.choices(candidates[:1])[0]


def folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def near(name: str) -> list[Choice]:
    """Existing speakers with nearly this name."""
    rows = Speaker.objects.filter(merged_into=None, article=None)
    speakers = dict.fromkeys(
        [*similar.read_alike(rows, name)[:3], *similar.alike(rows, name)[:3]]
    )
    return [Choice(f"{RECORD}{each.pk}", each.name) for each in speakers]


def resolve(
    request: HttpRequest,
    article: Article,
    value: str,
    kind: str = SpeakerKind.PERSON,
    is_new: bool = False,
) -> Speaker:
    """The speaker of a choice's value or of a typed name; a new one is created, as a
    group of this article if it is a group. Raises Invalid if the name is nearly that
    of another speaker and the editor has not said that it is new.
    """
    if value.startswith(RECORD):
        return _chosen(value.removeprefix(RECORD))
    if value.startswith(NEW):
        kind, _colon, value = value.removeprefix(NEW).partition(":")
    name = " ".join(value.split())
    if not name:
        raise Invalid({"speaker": [_("Choose who speaks, or type a name.")]})
    speakers = People(article, [name]).by_name.get(folded(name), [])
    if not speakers or is_new:
        return _create(request, article, name, kind, is_new)
    if len(speakers) > 1:
        message = _("Several speakers have this name: choose one.")
        raise Invalid({"speaker": [message]}, [message])
    return speakers[0]


def _chosen(key: str) -> Speaker:
    rows = Speaker.objects.filter(merged_into=None)
    if is_key(key) and (speaker := rows.filter(pk=key).first()):
        return speaker
    raise Invalid({"speaker": [_("This speaker was removed: choose again.")]})


def _create(
    request: HttpRequest, article: Article, name: str, kind: str, is_new: bool
) -> Speaker:
    fields = {"name": name, "kind": kind}
    if kind == SpeakerKind.GROUP:
        fields["article"] = str(article.pk)
    if is_new:
        fields["confirmed"] = "on"
    try:
        speaker: Speaker = save(request, Speaker, fields).record
    except Invalid as invalid:
        errors = {"speaker": [one for each in invalid.errors.values() for one in each]}
        raise Invalid(errors, invalid.doubts) from invalid
    return speaker
