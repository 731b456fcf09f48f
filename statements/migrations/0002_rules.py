"""When an article appears or disappears, so do its statements."""

from django.db import migrations

FOLLOWS_ARTICLE = """
CREATE TRIGGER statements_follow AFTER UPDATE ON archive_article
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION archive_parent_changed('statements_statement', 'article_id')
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial"), ("archive", "0002_rules")]
    operations = [migrations.RunSQL(FOLLOWS_ARTICLE, "DROP TRIGGER statements_follow ON archive_article")]
