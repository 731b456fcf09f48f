"""Roles were offices that readers could see. The organization of a role becomes a speaker, in its history too.

A role of an organization in itself, which its page says anyway, loses that name.
"""

from django.db import migrations

from archive.migrations._organizations import organizations_named


def link(apps, schema_editor):
    for name in ("Affiliation", "AffiliationEvent"):
        rows = apps.get_model("statements", name)._base_manager
        rows.update(is_published=True)
        named = rows.exclude(organization_name="")
        texts = set(named.values_list("organization_name", flat=True).distinct().order_by())
        for text, pk in organizations_named(apps, texts).items():
            named.filter(organization_name=text).exclude(speaker=pk).update(organization=pk)
    schema_editor.execute("UPDATE statements_affiliation SET title_slug = archive_slug(title)")
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("statements", "0013_affiliation_fields")]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
