"""Who may touch roles may touch affiliations, and identifiers of speakers and articles."""

from django.db import migrations

ACTIONS = ("view", "add", "change", "delete")
GROUPS = ("Contributor", "Editor", "Administrator")
IDENTIFIERS = (("statements", "speakeridentifier"), ("archive", "articleidentifier"))


def grant(apps, schema_editor):
    """Django creates the permissions of a new model only after migrating."""
    group, user, permission, content_type = (
        apps.get_model(name) for name in ("auth.Group", "auth.User", "auth.Permission", "contenttypes.ContentType")
    )

    def allowed(app, model, action):
        kind = content_type.objects.get_or_create(app_label=app, model=model)[0]
        names = {"name": f"Can {action} {model}"}
        return permission.objects.get_or_create(content_type=kind, codename=f"{action}_{model}", defaults=names)[0]

    for action in ACTIONS:
        new = allowed("statements", "affiliation", action)
        old = permission.objects.filter(content_type__app_label="statements", codename=f"{action}_role")
        for holders in (group.objects.filter(permissions__in=old), group.objects.filter(name__in=GROUPS)):
            for each in holders.distinct():
                each.permissions.add(new)
        for each in user.objects.filter(user_permissions__in=old).distinct():
            each.user_permissions.add(new)
        old.delete()
        for app, model in IDENTIFIERS:
            for each in group.objects.filter(name__in=GROUPS):
                each.permissions.add(allowed(app, model, action))
    content_type.objects.filter(app_label="statements", model="role").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0013_bodies"),
        ("statements", "0015_affiliation_rules"),
        ("archive", "0017_identifiers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
