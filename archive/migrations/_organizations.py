"""Texts that name an organization become speakers; the migrations of two apps use it."""

from django.db import connection

from archive.core.publishing import new_uid

THE = "the "


def organizations_named(apps, names):
    """Name -> primary key of the organization with exactly this name, else of a new one; a merged one leads on."""
    speakers = apps.get_model("statements", "Speaker")._base_manager
    rows = speakers.filter(kind="organization", article=None, name__in=names)
    columns = ("name", "pk", "merged_into", "merged_into__kind")
    found = rows.order_by("-pk").values_list(*columns)
    known = {name: into for name, _pk, into, kind in found if into and kind == "organization"}
    known |= {name: pk for name, pk, into, _kind in found if into is None}
    for name in sorted(set(names) - known.keys()):
        rest = name[len(THE) :] if name.lower().startswith(THE) else ""
        known[name] = speakers.create(
            kind="organization", name=name, sort_name=rest.strip() or name, slug="", uid=new_uid()
        ).pk
    return known


def silence():
    """Until this transaction ends no trigger says anything: nothing but the link changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', coalesce((SELECT array_agg(tgname)::text FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger_%%'), '{}'), true)"
        )
