"""Names with an apostrophe inside are found without it: O’Neil by ONeil and O Neil."""

from django.db import migrations

SPELLED_OUT = r"""
CREATE FUNCTION archive_spelled_out(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT words || coalesce((
        SELECT ' ' || string_agg(translate(found[1], '''’ʼ‘ʻ', '') || ' ' || translate(found[1], '''’ʼ‘ʻ', '     '), ' ')
        FROM regexp_matches(words, '([[:alpha:]\u0080-\u1fff]+(?:[''’ʼ‘ʻ][[:alpha:]\u0080-\u1fff]+)+)', 'g') AS found
    ), '')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0010_feed_id")]
    operations = [migrations.RunSQL(SPELLED_OUT, "DROP FUNCTION archive_spelled_out")]
