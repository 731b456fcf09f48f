"""An import of 10,000 titles took 10,000 locks, one for each slug, and PostgreSQL has
room for about that many in all: the import failed, and nobody else could connect.
"""

from django.db import migrations

FREE_SLUG = """
CREATE OR REPLACE FUNCTION archive_free_slug(place name, base text, self bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    candidate text := coalesce(nullif(base, ''), replace(split_part(place, '_', 2), 'proposallist', 'list'));
    stem text := candidate;
    taken boolean;
    number int := 1;
BEGIN
    {lock}
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
LOCK = "PERFORM pg_advisory_xact_lock(hashtext(place || stem));  -- of two equal titles at once, the second sees the first"
UNLESS_IMPORTING = f"""
    IF coalesce(current_setting('archive.importing', true), '') <> 'on' THEN
        {LOCK}
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0020_data_sets_are_logged")]
    operations = [
        migrations.RunSQL(
            FREE_SLUG.format(lock=UNLESS_IMPORTING), FREE_SLUG.format(lock=LOCK)
        ),
    ]
