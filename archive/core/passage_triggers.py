"""The database's rules on one passage: its words are in its version, and those that the
source is said to have removed are not in a later one.
"""

from __future__ import annotations

import pgtrigger
from pgtrigger import Before, Insert, Trigger, Update

from archive.core.triggers import one_line, refuse


def passage_stands(owner: str, table: str) -> Trigger:
    """The exact words must be at start..end of a version of the owner's article; prefix
    and suffix are the text around them.

    Marks the version as cited if the owner is published.
    """
    elsewhere = "These words are not at this position in the article."
    return Trigger(
        name="passage_stands",
        when=Before,
        operation=Insert | Update,
        declare=[("whole", "text"), ("public", "boolean")],
        # locks the owner, so that it cannot move to another article meanwhile
        func=pgtrigger.Func(
            one_line(f"""
            SELECT v.text, o.status = 'published' INTO whole, public
            FROM archive_articleversion v
            JOIN {table} o ON o.id = NEW.{owner}_id AND o.article_id = v.article_id
            WHERE v.id = NEW.version_id
            FOR NO KEY UPDATE OF o;
            IF whole IS NULL
            OR substr(whole, NEW.start + 1, NEW."end" - NEW.start) <> NEW.exact THEN
                {refuse("passage_stands", elsewhere)}
            END IF;
            NEW.prefix = substr(whole, greatest(NEW.start - 31, 1),
                least(NEW.start, 32));
            NEW.suffix = substr(whole, NEW."end" + 1, 32);
            IF public THEN
                UPDATE archive_articleversion SET cited_at = statement_timestamp()
                WHERE id = NEW.version_id AND cited_at IS NULL;
            END IF;
            RETURN NEW;
            """)
        ),
    )


def removed_since() -> Trigger:
    """The version in which the source has removed the words is a later one of the same
    article, and does not hold them.
    """
    still = "That version still holds these words, or is older than they are."
    return Trigger(
        name="removed_since",
        when=Before,
        operation=Insert | Update,
        condition=pgtrigger.Q(new__removed_in_id__isnull=False),
        func=one_line(f"""
            IF NOT EXISTS (SELECT 1 FROM archive_articleversion own
                JOIN archive_articleversion later ON later.article_id = own.article_id
                AND later.number > own.number
                WHERE own.id = NEW.version_id AND later.id = NEW.removed_in_id
                AND strpos(later.text, NEW.exact) = 0) THEN
                {refuse("removed_since", still)}
            END IF;
            RETURN NEW;
        """),
    )
