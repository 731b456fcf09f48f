"""Roles become affiliations; their history follows. What they are is filled in by the next migration."""

import pgtrigger.migrations
from django.db import migrations

LOST = ["insert_insert", "update_update", "delete_delete", "log_insert", "log_update", "log_delete"]
RULES = ["role_title", "role_visible", "role_days", "role_dates", "role_known_inferred", "role_once"]


class Migration(migrations.Migration):
    dependencies = [("archive", "0017_identifiers"), ("statements", "0011_words_a_source_removed")]

    operations = [
        *(pgtrigger.migrations.RemoveTrigger(model_name="role", name=name) for name in LOST),
        pgtrigger.migrations.RemoveTrigger(model_name="roleevent", name="append_only"),
        *(migrations.RemoveConstraint(model_name="role", name=name) for name in RULES),
        migrations.RenameModel("Role", "Affiliation"),
        migrations.RenameModel("RoleEvent", "AffiliationEvent"),
        migrations.RenameField("affiliation", "organization", "organization_name"),
        migrations.RenameField("affiliationevent", "organization", "organization_name"),
    ]
