"""Loads a shipped set, published, everything or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from archive.importing import running
from archive.importing.kinds import KINDS
from archive.importing.mapping import Map
from archive.importing.problems import Problems
from archive.importing.progress import Progress, silent
from archive.importing.running import Order, Outcome
from archive.importing.sets import Set
from archive.importing.who.tokens import NEW, PERHAPS
from archive.models import DataSet

ACCOUNT = "set-loader"

Loaded = list[tuple[Order, Outcome]]


def load(
    chosen: Set,
    account: Any = None,
    is_demo: bool = False,
    is_trial: bool = False,
    progress: Callable[..., Progress] = silent,
) -> Loaded:
    """Returns each kind's order with its outcome. Without an account the records are
    recorded under one that nobody can log in with. Raises Refused and Unreadable.
    """
    loaded: Loaded = []
    with transaction.atomic():
        running.take_turn(Problems())  # else the second would wait for the first
        _record(chosen)
        map_ = Map(source=chosen.name, same_as=decisions(chosen.same_as))
        for each in chosen.files:
            order = Order(
                KINDS[each.kind],
                each.demo if is_demo else each.paths,
                map_,
                account or own_account(),
                publishes=True,
            )
            loaded.append((order, running.run(order, progress)))
        transaction.set_rollback(is_trial)
    if not is_trial:
        analyze()
    return loaded


def decisions(same_as: Mapping[str, str]) -> dict[str, str]:
    """A person whom the archive does not have is matched as any other is."""
    return {
        key: value if value == NEW else f"{value}{PERHAPS}"
        for key, value in same_as.items()
    }


def own_account() -> Any:
    """The account of the sets: it has no password and no permission."""
    return get_user_model().objects.get_or_create(
        username=ACCOUNT,
        defaults={"password": make_password(None), "is_active": False},
    )[0]


def analyze() -> None:
    """So that PostgreSQL plans the next queries by the new sizes of its tables."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _record(chosen: Set) -> None:
    names = ("title", "summary", "credit", "licence", "licence_url", "url")
    DataSet.objects.update_or_create(
        name=chosen.name, defaults={name: getattr(chosen, name) for name in names}
    )
