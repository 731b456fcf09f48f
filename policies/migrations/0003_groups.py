"""The groups Contributor, Editor and Administrator: here, where every model exists
that they may touch.
"""

from django.db import migrations

ALL = ("view", "add", "change", "delete")
RECORDS = {
    "archive": ["article", "articleversion", "outlet", "topic"],
    "statements": ["speaker", "role", "statement", "statementpassage"],
    "policies": ["proposallist", "proposal", "proposalpassage", "proposalidentifier", "position"],
}
INBOX = {"archive": ["report"]}  # what readers send
PUBLIC_AT_ONCE = {"archive": ["correction"], "policies": ["check"]}  # a contributor reads them only

CONTRIBUTOR, EDITOR, ADMINISTRATOR = "Contributor", "Editor", "Administrator"


def codes(models, actions):
    return {(app, f"{action}_{model}") for app, names in models.items() for model in names for action in actions}


WRITING = codes(RECORDS, ALL)
PERMISSIONS = {
    CONTRIBUTOR: WRITING | codes(PUBLIC_AT_ONCE, ("view",)) | codes(INBOX, ("view",)),
    EDITOR: WRITING
    | codes(PUBLIC_AT_ONCE, ALL)
    | codes(INBOX, ("view", "change", "delete"))
    | {("archive", "publish")},
}
PERMISSIONS[ADMINISTRATOR] = PERMISSIONS[EDITOR] | codes({"auth": ["user"]}, ("view", "add", "change"))
PERMISSIONS[ADMINISTRATOR] |= {("auth", "view_group")}


def make_groups(apps, schema_editor):
    """Groups with their permissions; while the first migration runs Django has not
    made any permission yet.
    """
    group, permission, content_type = (
        apps.get_model(name) for name in ("auth.Group", "auth.Permission", "contenttypes.ContentType")
    )
    for name, wanted in PERMISSIONS.items():
        made = group.objects.get_or_create(name=name)[0]
        for app, code in sorted(wanted):
            kind = content_type.objects.get_or_create(app_label=app, model=_model_of(code))[0]
            one = permission.objects.get_or_create(
                content_type=kind, codename=code, defaults={"name": "Can " + code.replace("_", " ")}
            )
            made.permissions.add(one[0])


def _model_of(code):
    return code.partition("_")[2] or "article"


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0002_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
