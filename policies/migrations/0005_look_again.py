"""Positions on a document or an action that rest on hidden statements disappear."""

from django.db import migrations

LOOK_AGAIN = """
UPDATE policies_position SET is_public = NULL
WHERE basis IN ('document', 'action') AND source_url = ''
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_every_position_rests")]
    operations = [migrations.RunSQL(LOOK_AGAIN, migrations.RunSQL.noop)]
