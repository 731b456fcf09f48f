"""What `up` does before serving: migrations, seed, index, trial accounts,
static files.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction

from archive import search
from archive.core.roles import EDITOR
from archive.importing import sets
from archive.importing.problems import Refused
from archive.importing.sets import loading
from archive.models import Article, ImportRun, Setting
from archive.search import Busy
from archive.serving import indexing
from archive.serving.synonyms import load_synonyms
from archive.setup.messages import Failed
from policies.models import Position
from statements.models import Statement

LOCK = 20241212
ACCOUNTS = ("editor", "second-editor")
INDEXED_AT_ONCE = 20_000  # statements and positions
MOST_SAID = 5  # problems
FORGOTTEN = (
    "Accounts: {}, with the passwords shown on the first start. For a new one, run "
    "`python3 manage.py changepassword NAME`."
)
DEMO = (
    "To browse more than one article, stop this and run it with --demo: 50 speeches, "
    "the Congress, disputed votes of New York's Council."
)


def make_ready(
    seed: bool, write: Callable[[str], object], demo: bool = False
) -> dict[str, str]:
    """Brings the database up to date and returns the passwords of new accounts. One
    process at a time.
    """
    with one_at_a_time(write):
        call_command("migrate", verbosity=0, interactive=False)
        if seed:
            load_seed(write)
        if demo:
            load_demo(write)
        elif seed and Article.objects.count() == 1:
            write(DEMO)
        make_index(write)
        passwords = make_accounts()
        if not passwords and trial_accounts():
            write(FORGOTTEN.format(" and ".join(trial_accounts())))
        return passwords


@contextmanager
def one_at_a_time(write: Callable[[str], object]) -> Iterator[None]:
    """Holds an advisory lock of the database session, so a killed process
    releases it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if cursor.fetchone() == (False,):
            write("Waiting for another process to prepare the database ...")
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@transaction.atomic
def load_seed(write: Callable[[str], object]) -> None:
    """Only on the first start, and only into an empty archive."""
    if Setting.objects.filter(key="seeded").exists() or Article.objects.exists():
        return
    write("Loading the example article ...")
    call_command("load_seed", verbosity=0)
    load_synonyms("seed")
    Setting.objects.create(key="seeded", value="yes")


def load_demo(write: Callable[[str], object]) -> None:
    """The sets, of the Council only the disputed proposals; a set that the archive has
    already stays as it is.
    """
    for name in sets.DEMO:
        if ImportRun.objects.filter(source=name).exists():
            continue
        chosen = sets.read(name)
        write(f"Loading {chosen.title} ({chosen.credit}, {chosen.licence}) ...")
        try:
            loading.load(chosen, is_demo=True)
        except Refused as refused:
            lines = "\n".join(refused.problems.lines()[:MOST_SAID])
            raise Failed(f"{chosen.title} cannot be loaded.\n{lines}") from refused
    load_synonyms("demo")


def make_index(write: Callable[[str], object]) -> None:
    """Updates or builds the index; a large one is built in the background while pages
    are served.
    """
    with suppress(Busy, search.Unavailable):
        if indexing.is_usable():
            indexing.refresh()
        elif Statement.objects.count() + Position.objects.count() < INDEXED_AT_ONCE:
            indexing.rebuild()
        else:
            write(
                "The search index is being built. Until it is ready, search is "
                "slower and simpler."
            )
            search.start_rebuild(search.Unavailable("not built yet"))


@transaction.atomic
def make_accounts() -> dict[str, str]:
    """Two accounts, since an inferred position needs one person to record it and
    another to review it. A deleted account is not created again.
    """
    if not Setting.objects.get_or_create(
        key="trial accounts", defaults={"value": "made"}
    )[1]:
        return {}
    users = get_user_model().objects
    passwords = {
        name: secrets.token_urlsafe(9)
        for name in ACCOUNTS
        if not users.filter(username=name).exists()
    }
    editors = Group.objects.get(name=EDITOR)
    for name, password in passwords.items():
        users.create_user(name, password=password, is_staff=True).groups.add(editors)
    return passwords


def trial_accounts() -> list[str]:
    users = get_user_model().objects.filter(username__in=ACCOUNTS, is_active=True)
    return list(users.order_by("pk").values_list("username", flat=True))


def collect_static() -> None:
    """Copies, hashes and compresses the static files if any has changed."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if settings.DEBUG:  # in debug mode they are served from their source folders
        return
    with open(settings.DATA_DIR / "static.txt", "a+") as stamp:
        fcntl.flock(stamp, fcntl.LOCK_EX)
        stamp.seek(0)
        sources = digest_of_sources()
        if (
            stamp.read() == sources
            and (settings.STATIC_ROOT / "staticfiles.json").exists()
        ):
            return
        stamp.truncate(0)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write(sources)


def digest_of_sources() -> str:
    files = (
        storage.path(path)
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    facts = sorted(
        f"{path} {os.stat(path).st_size} {os.stat(path).st_mtime_ns}" for path in files
    )
    return hashlib.sha256("\n".join(facts).encode(errors="surrogateescape")).hexdigest()
