"""What the triggers and the text search stand on, written in SQL."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# pghistory's own function catches an error for every row when no context is set: a failed subtransaction, whose
# price grows with every deferred check that waits in the transaction (20,000 rows: 12 s; with this one: 0.5 s).
FAST_HISTORY = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    context uuid := nullif(current_setting('pghistory.context_id', true), '');
    words jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF context IS NULL OR words IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (context, words, now(), now())
        ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, updated_at = excluded.updated_at
        WHERE pghistory_context.metadata != excluded.metadata;
    RETURN context;
END $$
"""

SLUG = """
CREATE FUNCTION archive_slug(title text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT trim('-' FROM left(regexp_replace(
        lower(unaccent(translate(title, '''’', ''))), '[^a-z0-9]+', '-', 'g'), 70))
$$
"""

FREE_SLUG = """
CREATE FUNCTION archive_free_slug(place name, base text, self bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    candidate text := coalesce(nullif(base, ''), 'record');
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

# Accents folded, English stems, no stop list: every word that was typed counts.
TEXT_SEARCH = """
CREATE TEXT SEARCH DICTIONARY archive_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION archive (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION archive ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword,
    hword_part WITH unaccent, archive_stem;
"""
NO_TEXT_SEARCH = "DROP TEXT SEARCH CONFIGURATION archive; DROP TEXT SEARCH DICTIONARY archive_stem;"

# The row is worked out again by its own trigger `zz_is_public`; NULL asks for it. Planned anew each time, since a plan
# made for one changed parent does not suit ten thousand.
PARENT_CHANGED = """
CREATE FUNCTION archive_parent_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'UPDATE %I SET is_public = NULL WHERE status = ''published'' AND %I IN (SELECT id FROM new_rows'
        ' JOIN old_rows USING (id) WHERE new_rows.is_public <> old_rows.is_public)', TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(FAST_HISTORY, migrations.RunSQL.noop),
        migrations.RunSQL(SLUG, "DROP FUNCTION archive_slug"),
        migrations.RunSQL(FREE_SLUG, "DROP FUNCTION archive_free_slug"),
        migrations.RunSQL(TEXT_SEARCH, NO_TEXT_SEARCH),
        migrations.RunSQL(PARENT_CHANGED, "DROP FUNCTION archive_parent_changed"),
    ]
