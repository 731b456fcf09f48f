"""Editors add turns; contributors only view them, since a turn lets words be quoted."""

from django.db import migrations

ACTIONS = {
    "Contributor": ["view"],
    "Editor": ["view", "add", "change", "delete"],
    "Administrator": ["view", "add", "change", "delete"],
}


def grant(apps, schema_editor):
    """Django creates the permissions of a new model only after migrating."""
    group, permission, content_type = (
        apps.get_model(name)
        for name in ("auth.Group", "auth.Permission", "contenttypes.ContentType")
    )
    turn = content_type.objects.get_or_create(app_label="statements", model="turn")[0]
    for name, actions in ACTIONS.items():
        for action in actions:
            one = permission.objects.get_or_create(
                content_type=turn,
                codename=f"{action}_turn",
                defaults={"name": f"Can {action} turn"},
            )[0]
            group.objects.get_or_create(name=name)[0].permissions.add(one)


class Migration(migrations.Migration):
    dependencies = [("policies", "0005_look_again")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
