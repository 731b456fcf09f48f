"""The groups Contributor, Editor and Administrator: here, where every model exists that they may touch."""

from django.db import migrations

from archive.core.roles import make_groups


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0003_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(lambda apps, schema_editor: make_groups(apps), migrations.RunPython.noop)]
