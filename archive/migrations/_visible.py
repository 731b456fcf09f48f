"""Takes characters that nobody sees out of stored texts, before a rule refuses them.

A copy of what forms do, so that the migrations stay what they were.
"""

import itertools
import re
import unicodedata

from django.db import IntegrityError, migrations, transaction
from psycopg.errors import UniqueViolation

SUSPECT = (
    r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]"
)
JOINED = re.compile("[^\x00-\u024f\u0300-\u05ff\u1e00-\u1fff\u2000-\u2fff\u3000-\ud7ff]")
NEEDED = ("name", "headline", "title", "note", "where", "scheme", "identifier")
LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Written while the deferred rules say nothing: an old record may break one of them.
SILENCE = """
SELECT set_config('pgtrigger.ignore', coalesce((SELECT array_agg(tgname)::text FROM pg_trigger
    WHERE tgdeferrable AND tgname LIKE 'pgtrigger_%%'), '{}'), true)
"""
SPEAK = "SELECT set_config('pgtrigger.ignore', '{}', true)"


def visible(text):
    text = unicodedata.normalize("NFC", LINE_END.sub("\n", text))
    return "".join(c for i, c in enumerate(text) if is_visible(c) or joins(text, i)).strip()


def is_visible(c):
    category = unicodedata.category(c)
    if category == "Cc":
        return c in "\t\n"
    return not (category == "Cf" and re.match(SUSPECT, c)) and c not in "\u115f\u1160\u3164"


def joins(text, i):
    before, after = text[i - 1 : i] if i else "", text[i + 1 : i + 2]
    return text[i] in "\u200c\u200d" and bool(JOINED.match(before) and JOINED.match(after))


def write(row, column, text):
    """Two texts that differed by what nobody sees would now be equal: where a rule forbids that, one gets a number."""
    length = row.model._meta.get_field(column).max_length
    for number in itertools.count(1):
        end = f" ({number})" if number > 1 else ""
        try:
            with transaction.atomic():
                row.update(**{column: f"{text[: length and length - len(end)]}{end}"})
            return
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise


def texts_made_visible(app, **fields):
    """The operation for an app: model="column column"."""

    def clean(apps, schema_editor):
        cursor = schema_editor.connection.cursor()
        cursor.execute(SILENCE)
        for name, columns in fields.items():
            rows = apps.get_model(app, name)._base_manager
            for column in columns.split():
                for pk, text in rows.filter(**{f"{column}__regex": SUSPECT}).values_list("pk", column):
                    write(rows.filter(pk=pk), column, visible(text) or ("?" if column in NEEDED else ""))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(SPEAK)

    return migrations.RunPython(clean, migrations.RunPython.noop)
