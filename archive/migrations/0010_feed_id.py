"""The archive's own identifier, by which readers' programs know its feed for ever."""

import uuid

from django.db import migrations


def make_id(apps, schema_editor):
    settings = apps.get_model("archive", "Setting").objects
    settings.get_or_create(key="feed_id", defaults={"value": f"urn:uuid:{uuid.uuid4()}"})


class Migration(migrations.Migration):
    dependencies = [("archive", "0009_visible_texts")]
    operations = [migrations.RunPython(make_id, migrations.RunPython.noop)]
