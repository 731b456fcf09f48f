"""Derives the texts of direct statements again: passages of adjacent paragraphs are
joined by a blank line, and … marks a cut.

The rule about quotation marks is silent meanwhile: nothing that is published is
withdrawn, and `verify` names what an editor must look at.
"""

from django.db import migrations

AGAIN = """
SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true)
    FROM pg_trigger WHERE tgname LIKE 'pgtrigger_in_marks_%';
UPDATE statements_statement SET text = '' WHERE form = 'direct';
SET CONSTRAINTS ALL IMMEDIATE;
SELECT set_config('pgtrigger.ignore', '{}', true);
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0003_turns")]
    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
