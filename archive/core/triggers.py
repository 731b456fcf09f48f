"""Database rules shared by the models.

A violation raises SQLSTATE 23514 with a constraint name, so Django raises
IntegrityError and `rules.refusal` finds the message. BEFORE triggers fire in
alphabetical order of their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pgtrigger
from pgtrigger import (
    After,
    Before,
    Delete,
    Insert,
    Referencing,
    Statement,
    Trigger,
    Update,
)


def one_line(sql: str) -> str:
    """Joins the lines of an SQL text with spaces. Most rules are stored that way in the
    migrations, and pgtrigger treats any other white space as a new rule.
    """
    return " ".join(line.strip() for line in sql.splitlines() if line.strip())


def refuse(constraint: str, message: str) -> str:
    """PL/pgSQL that rejects the row with a message for the user."""
    sentence = message.replace("'", "''")
    return one_line(f"""
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = '{constraint}', MESSAGE = '{sentence}';
    """)


# For expensive rules: skips updates in which only `is_public` changes, since the rules
# do not depend on it.
ONLY_FOLLOWED = one_line("""
    IF TG_OP = 'UPDATE' THEN
        compared = NEW;
        compared.is_public = OLD.is_public;
        IF NEW.is_public <> OLD.is_public AND compared IS NOT DISTINCT FROM OLD THEN
            RETURN NULL;
        END IF;
    END IF;
""")
NO_PARENT = one_line("""
    RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation',
        MESSAGE = 'Save what this record belongs to first.';
""")


def publishable(
    label: str,
    parents: Mapping[str, str] = MappingProxyType({}),
    rests: str = "",
    watched: Sequence[str] = (),
) -> list[Trigger]:
    """The triggers of every record with a status: timestamps, permanent uid,
    `is_public` and change log.

    `parents`, `rests` and `watched` are passed to `keeps_is_public`.
    """
    public = keeps_is_public(parents, rests, watched)
    return [_first_published(), uid_is_permanent(), touch(), public, *change_log(label)]


def keeps_is_public(
    parents: Mapping[str, str], rests: str = "", watched: Sequence[str] = ()
) -> Trigger:
    """Maintains `is_public`: published, and every parent is public (foreign key column
    -> the parent's table).

    `rests` is a further SQL condition on NEW that also depends on the columns
    `watched`. Parents are locked, so that they cannot change until this transaction
    ends; an article more strongly, as its excerpt limit requires. The trigger evaluates
    the rule only if a column named here changes or `is_public` is set to NULL: the
    parents' triggers set it to NULL when a parent changes (see the migrations `rules`).
    """
    columns = ["status", *parents, *watched]
    new, old = (
        ", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD")
    )
    looks = "".join(
        f"""
        IF NEW.is_public AND NEW.{column} IS NOT NULL THEN
            SELECT p.is_public INTO NEW.is_public FROM {table} p
            WHERE p.id = NEW.{column}
            FOR {"NO KEY UPDATE" if table == "archive_article" else "SHARE"};
            IF NOT FOUND THEN
                {NO_PARENT}
            END IF;
        END IF;
        """
        for column, table in parents.items()
    )
    further = f"IF NEW.is_public THEN NEW.is_public = {rests}; END IF;" if rests else ""
    return Trigger(
        name="zz_is_public",
        when=Before,
        operation=Insert | Update,
        func=one_line(f"""
            IF TG_OP = 'UPDATE' AND NEW.is_public IS NOT NULL
            AND ROW({new}) IS NOT DISTINCT FROM ROW({old}) THEN
                NEW.is_public = OLD.is_public;
                RETURN NEW;
            END IF;
            NEW.is_public = NEW.status = 'published';
            {looks}
            {further}
            RETURN NEW;
        """),
    )


def change_log(label: str, column: str = "id", other: str = "") -> list[Trigger]:
    """Writes one row to Change for each inserted, changed or deleted row, under the
    record `label` whose id is in `column`, and under the one in `other`, if any.

    Statement-level, so that a bulk write costs one insert. A transition table allows
    only one event per trigger, hence three triggers.
    """

    def trigger(
        operation: pgtrigger.Operation, rows: str, **referencing: str
    ) -> Trigger:
        name = str(operation).lower()
        return Trigger(
            name=f"log_{name}",
            level=Statement,
            when=After,
            operation=operation,
            referencing=Referencing(**referencing),
            func=pgtrigger.Func(
                one_line(f"""
                INSERT INTO archive_change (xid, at, model, record, operation)
                SELECT DISTINCT pg_current_xact_id()::text::bigint,
                    statement_timestamp(), '{label}', {column}, '{name}'
                FROM {rows} AS changed;
                RETURN NULL;
                """)
            ),
        )

    differ = one_line("""
        new_rows JOIN old_rows USING (id)
        WHERE new_rows.* IS DISTINCT FROM old_rows.*
    """)
    both = f"(SELECT id FROM {differ})"
    if column != "id":
        both = f"""
            (SELECT new_rows.{column} FROM {differ}
            UNION SELECT old_rows.{column} FROM {differ})
        """
    inserted, deleted = "new_rows", "old_rows"
    if other:
        inserted, deleted, both = (
            f"""
            (SELECT {column} FROM {rows} AS r
            UNION SELECT {other} FROM {rows} AS r WHERE {other} IS NOT NULL)
            """
            for rows in (
                "new_rows",
                "old_rows",
                f"""
                (SELECT new_rows.{column}, new_rows.{other} FROM {differ}
                UNION SELECT old_rows.{column}, old_rows.{other} FROM {differ})
                """,
            )
        )
    return [
        trigger(Insert, inserted, new="new_rows"),
        trigger(Update, both, old="old_rows", new="new_rows"),
        trigger(Delete, deleted, old="old_rows"),
    ]


def touch() -> Trigger:
    """Sets `updated_at` in the database, so that save(), update() and raw SQL all do;
    `created_at` never changes.

    A row saved without changes (a fixture loaded twice) keeps its timestamp, and
    `is_public` does not count as a change. The prefix "z_" makes it fire after the
    others.
    """
    return Trigger(
        name="z_touch",
        when=Before,
        operation=Update,
        declare=[("compared", "record")],
        func=one_line("""
            NEW.created_at = OLD.created_at;
            NEW.updated_at = OLD.updated_at;
            compared = NEW;
            compared.is_public = OLD.is_public;
            IF compared IS DISTINCT FROM OLD THEN
                NEW.updated_at = statement_timestamp();
            END IF;
            RETURN NEW;
        """),
    )


def _first_published() -> Trigger:
    """Set once and never changed: it fixes the slug and protects the versions that were
    published from.
    """
    return Trigger(
        name="first_published",
        when=Before,
        operation=Insert | Update,
        func=one_line("""
            IF TG_OP = 'UPDATE' THEN
                NEW.first_published_at = OLD.first_published_at;
            END IF;
            IF NEW.status = 'published' AND NEW.first_published_at IS NULL THEN
                NEW.first_published_at = statement_timestamp();
            END IF;
            RETURN NEW;
        """),
    )


def uid_is_permanent() -> Trigger:
    return Trigger(
        name="uid_is_permanent",
        when=Before,
        operation=Update,
        condition=pgtrigger.Q(old__uid__df=pgtrigger.F("new__uid")),
        func=refuse("uid_is_permanent", "A record keeps its identifier for ever."),
    )


def slug_from(title: str) -> Trigger:
    """Fills an empty slug from the column `title`, with -2, -3 … if it is taken.

    It follows the title until the first publication, and is fixed afterwards, or
    immediately for models without a status. A title without letters gives the kind of
    record, such as "article".
    """
    public = "The address of this record is already public and cannot change."
    return Trigger(
        name="slug",
        when=Before,
        operation=Insert | Update,
        declare=[("fixed", "boolean"), ("made", "text")],
        func=one_line(f"""
            fixed = TG_OP = 'UPDATE' AND
                coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb,
                    true);
            IF fixed AND NEW.slug <> OLD.slug THEN
                {refuse("slug_is_fixed", public)}
            END IF;
            IF TG_OP = 'UPDATE' AND NOT fixed
            AND NEW.slug = OLD.slug AND NEW.{title} <> OLD.{title} THEN
                made = coalesce(nullif(archive_slug(OLD.{title}), ''), '[a-z]+');
                IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN
                    NEW.slug = '';
                END IF;
            END IF;
            IF NEW.slug = '' THEN
                NEW.slug = archive_free_slug(TG_TABLE_NAME,
                    archive_slug(NEW.{title}), NEW.id);
            END IF;
            RETURN NEW;
        """),
    )


def immutable(constraint: str, operation: pgtrigger.Operation = Update) -> Trigger:
    """Rejects changes, but accepts an update that changes nothing (a fixture loaded
    twice).
    """
    condition = pgtrigger.AnyChange() if operation == Update else None
    return Trigger(
        name=f"{constraint}_{operation}".lower(),
        when=Before,
        operation=operation,
        condition=condition,
        func=refuse(constraint, "This row can never be changed."),
    )


def cites_versions(owner: str, passages: str) -> Trigger:
    """On publication, marks the versions of its passages as cited, so that they can
    never be deleted.
    """
    return Trigger(
        name="cites_versions",
        when=After,
        operation=Insert | Update,
        condition=pgtrigger.Q(new__status="published"),
        func=pgtrigger.Func(
            one_line(f"""
            UPDATE archive_articleversion SET cited_at = statement_timestamp()
            WHERE cited_at IS NULL AND id IN (SELECT p.version_id
                FROM {passages} p WHERE p.{owner}_id = NEW.id);
            RETURN NULL;
            """)
        ),
    )


def keeps_article(owner: str, passages: str) -> Trigger:
    """A record with passages cannot move to another article."""
    moves = "A record with passages cannot move to another article."
    return Trigger(
        name="keeps_article",
        when=Before,
        operation=Update,  # not UPDATE OF, which ignores changes made by other triggers
        condition=pgtrigger.Q(old__article_id__df=pgtrigger.F("new__article_id")),
        func=one_line(f"""
            IF EXISTS (SELECT 1 FROM {passages} p WHERE p.{owner}_id = NEW.id) THEN
                {refuse("keeps_article", moves)}
            END IF;
            RETURN NEW;
        """),
    )


def joined(owner: str, passages: str, cuts: bool = False) -> str:
    """SQL for the owner's passages as the public reads them, character for character.

    The same as `archive.wording.joining.joined`.
    """
    return f"""
        coalesce((
            SELECT archive_marked_cuts(
                string_agg(archive_joint(
                    p.version_id, p.before, p.start, p.version_id = p.version_before
                ) || p.exact, '' ORDER BY p.ordinal, p.id),
                (array_agg(p.prefix ORDER BY p.ordinal, p.id))[1],
                (array_agg(p.exact ORDER BY p.ordinal DESC, p.id DESC))[1],
                (array_agg(p.suffix ORDER BY p.ordinal DESC, p.id DESC))[1],
                {str(cuts).lower()}
            )
            FROM (
                SELECT q.*, lag(q."end") OVER w AS before,
                    lag(q.version_id) OVER w AS version_before
                FROM {passages} q WHERE q.{owner}_id = NEW.id
                WINDOW w AS (ORDER BY q.ordinal, q.id)
            ) AS p
        ), '')
    """


def needs_passage(
    constraint: str, owner: str, passages: str, condition: str, message: str
) -> Trigger:
    """Checked at commit, because passages are saved after their owner. `condition` is
    SQL on the row `o`.
    """
    table = passages.removesuffix("passage")
    return Trigger(
        name=constraint,
        when=After,
        operation=Insert | Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__status="published"),
        func=one_line(f"""
            IF EXISTS (SELECT 1 FROM {table} o
                WHERE o.id = NEW.id AND o.status = 'published' AND {condition}
                AND NOT EXISTS (SELECT 1
                    FROM {passages} p WHERE p.{owner}_id = o.id)) THEN
                {refuse(constraint, message)}
            END IF;
            RETURN NULL;
        """),
    )
