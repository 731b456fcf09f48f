"""Addresses of names and titles in any script, and the order of names.

anyascii writes each letter of the world in Latin letters. The database holds its answers
for a block of 256 letters in a row, because the address of a record is made there.
"""

import unicodedata

from anyascii import anyascii
from django.db import migrations

BLOCK = 256
LAST = 0x323B0  # behind the last letter that has a name in Latin letters

TABLE = "CREATE TABLE archive_letters (block int PRIMARY KEY, latin text[] NOT NULL)"

LATIN = """
CREATE FUNCTION archive_latin(words text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF words ~ '^[\\u0001-\\u024f\\u1e00-\\u1eff\\u2000-\\u206f]*$' THEN
        RETURN words;
    END IF;
    RETURN (
        SELECT coalesce(string_agg(
            coalesce(l.latin[(ascii(c.letter) & 255) + 1], c.letter), '' ORDER BY c.place), '')
        FROM unnest(string_to_array(normalize(words, NFC), NULL)) WITH ORDINALITY AS c (letter, place)
        LEFT JOIN archive_letters l ON l.block = ascii(c.letter) >> 8
    );
END $$
"""

SLUG = """
CREATE OR REPLACE FUNCTION archive_slug(title text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT trim('-' FROM left(trim('-' FROM regexp_replace(
        lower(unaccent(translate(archive_latin(title), '''’‘', ''))), '[^a-z0-9]+', '-', 'g')), 70))
$$
"""
OLD_SLUG = """
CREATE OR REPLACE FUNCTION archive_slug(title text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT trim('-' FROM left(regexp_replace(
        lower(unaccent(translate(title, '''’', ''))), '[^a-z0-9]+', '-', 'g'), 70))
$$
"""

# A title without a single letter or digit gives the kind of record, such as article-2.
FREE_SLUG = """
CREATE OR REPLACE FUNCTION archive_free_slug(place name, base text, self bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    candidate text := coalesce(nullif(base, ''), {fallback});
    stem text := candidate;
    taken boolean;
    number int := 1;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext(place || stem));  -- of two equal titles at once, the second sees the first
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE slug = $1 AND id <> $2)', place)
            INTO taken USING candidate, self;
        EXIT WHEN NOT taken;
        number := number + 1;
        candidate := stem || '-' || number;
    END LOOP;
    RETURN candidate;
END $$
"""
KIND = "replace(split_part(place, '_', 2), 'proposallist', 'list')"

# Without accents, capitals and apostrophes. A comma sorts before a blank or a hyphen, so that "Lander, Zoe" comes
# before "Lander Smith, Ann". A leading "The" does not count.
SORT_KEY = """
CREATE FUNCTION archive_sort_key(words text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(trim('- ' FROM regexp_replace(regexp_replace(regexp_replace(
        lower(unaccent(translate(archive_latin(words), '''’‘', ''))),
        '[^a-z0-9,]+', '-', 'g'), '-*,[-,]*', ' ', 'g'), '^-?the-', '')), ''), words)
$$
"""


def in_latin(letter):
    """The letter in Latin letters; None if it is one or is no letter.

    A sign that is a syllable or a word, such as a Chinese one, stands apart.
    """
    if letter in "ʹʻʼʽˈʾʿ":  # apostrophes of transliterated names
        return ""
    if unicodedata.category(letter)[0] not in "LMNS" or "LATIN" in unicodedata.name(letter, ""):
        return None
    latin = anyascii(letter)
    is_word = latin[:1].isupper() and letter.lower() == letter.upper()
    if is_word or not latin.replace("'", "").isalnum():
        return f" {latin.replace('_', ' ')} ".lower() if latin else ""
    return latin.replace("'", "")


def fill(apps, schema_editor):
    rows = []
    for first in range(0, LAST, BLOCK):
        if 0xD800 <= first < 0xE000:
            continue
        latin = [in_latin(chr(code)) for code in range(first, first + BLOCK)]
        if any(value is not None for value in latin):
            rows.append((first // BLOCK, latin))
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany("INSERT INTO archive_letters VALUES (%s, %s::text[])", rows)


class Migration(migrations.Migration):
    dependencies = [("archive", "0007_failed_search_names")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE archive_letters"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(LATIN, "DROP FUNCTION archive_latin"),
        migrations.RunSQL(SLUG, OLD_SLUG),
        migrations.RunSQL(FREE_SLUG.format(fallback=KIND), FREE_SLUG.format(fallback="'record'")),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION archive_sort_key"),
    ]
