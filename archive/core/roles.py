"""Permissions in the admin: three groups, created by a migration, and by tests that
need them.
"""

from __future__ import annotations

from typing import Any

ALL = ("view", "add", "change", "delete")
RECORDS = {
    "archive": ["article", "articleidentifier", "articleversion", "outlet", "topic"],
    "statements": [
        "speaker",
        "affiliation",
        "speakeridentifier",
        "statement",
        "statementpassage",
    ],
    "policies": [
        "proposallist",
        "proposal",
        "proposalpassage",
        "proposalidentifier",
        "position",
    ],
}
INBOX = {"archive": ["report"]}  # sent by readers
# contributors may only view them
PUBLIC_AT_ONCE = {
    "archive": ["correction", "synonymgroup"],
    "statements": ["turn"],
    "policies": ["check"],
}

CONTRIBUTOR, EDITOR, ADMINISTRATOR = "Contributor", "Editor", "Administrator"
PUBLISH = "archive.publish"


def codes(
    models: dict[str, list[str]], actions: tuple[str, ...]
) -> set[tuple[str, str]]:
    return {
        (app, f"{action}_{model}")
        for app, names in models.items()
        for model in names
        for action in actions
    }


WRITING = codes(RECORDS, ALL)
PERMISSIONS = {
    CONTRIBUTOR: WRITING | codes(PUBLIC_AT_ONCE, ("view",)) | codes(INBOX, ("view",)),
    EDITOR: WRITING
    | codes(PUBLIC_AT_ONCE, ALL)
    | codes(INBOX, ("view", "change", "delete"))
    | {("archive", "publish")},
}
PERMISSIONS[ADMINISTRATOR] = PERMISSIONS[EDITOR] | codes(
    {"auth": ["user"]}, ("view", "add", "change")
)
PERMISSIONS[ADMINISTRATOR] |= {("auth", "view_group")}


def make_groups(apps: Any) -> None:
    """Creates the groups and their permissions; Django creates most permissions only
    after migrating.
    """
    group, permission = apps.get_model("auth.Group"), apps.get_model("auth.Permission")
    rows = permission.objects.values_list("content_type__app_label", "codename", "pk")
    permission_ids = {(app, code): pk for app, code, pk in rows}
    for name, permission_keys in PERMISSIONS.items():
        permission_ids |= {
            permission_key: _create_permission(apps, *permission_key)
            for permission_key in permission_keys - permission_ids.keys()
        }
        group.objects.get_or_create(name=name)[0].permissions.add(
            *(permission_ids[permission_key] for permission_key in permission_keys)
        )


def _create_permission(apps: Any, app: str, code: str) -> int:
    """Creates a permission and returns its primary key."""
    content_type = apps.get_model("contenttypes.ContentType").objects.get(
        app_label=app, model=_model_of(code)
    )
    permissions = apps.get_model("auth.Permission").objects
    pk: int = permissions.create(
        content_type=content_type, codename=code, name="Can " + code.replace("_", " ")
    ).pk
    return pk


def _model_of(code: str) -> str:
    return code.partition("_")[2] or "article"
