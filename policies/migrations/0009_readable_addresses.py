"""Addresses of drafts in other scripts."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


def name_drafts_again(apps, schema_editor):
    """A draft whose title has no Latin letters was called "record"."""
    for table, title in (("policies_proposallist", "title"), ("policies_proposal", "title")):
        schema_editor.execute(
            f"UPDATE {table} SET slug = '' WHERE first_published_at IS NULL"
            f" AND slug ~ '^record(-[0-9]+)?$' AND archive_slug({title}) !~ '^record'"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0007_readable_addresses'),
        ('policies', '0008_plain_messages'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposal',
            name='slug',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposallist',
            name='slug',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='slug', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed boolean; made text;', func="fixed = TG_OP = 'UPDATE' AND coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb, true); IF fixed AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_fixed', MESSAGE = 'The address of this record is already public and cannot change.'; END IF; IF TG_OP = 'UPDATE' AND NOT fixed AND NEW.slug = OLD.slug AND NEW.title <> OLD.title THEN made = coalesce(nullif(archive_slug(OLD.title), ''), '[a-z]+'); IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN NEW.slug = ''; END IF; END IF; IF NEW.slug = '' THEN NEW.slug = archive_free_slug(TG_TABLE_NAME, archive_slug(NEW.title), NEW.id); END IF; RETURN NEW;", hash='5f4afa19f9eaa45f1c448c91b34bcf33f4dee088', operation='INSERT OR UPDATE', pgid='pgtrigger_slug_745ec', table='policies_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposallist',
            trigger=pgtrigger.compiler.Trigger(name='slug', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed boolean; made text;', func="fixed = TG_OP = 'UPDATE' AND coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb, true); IF fixed AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_fixed', MESSAGE = 'The address of this record is already public and cannot change.'; END IF; IF TG_OP = 'UPDATE' AND NOT fixed AND NEW.slug = OLD.slug AND NEW.title <> OLD.title THEN made = coalesce(nullif(archive_slug(OLD.title), ''), '[a-z]+'); IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN NEW.slug = ''; END IF; END IF; IF NEW.slug = '' THEN NEW.slug = archive_free_slug(TG_TABLE_NAME, archive_slug(NEW.title), NEW.id); END IF; RETURN NEW;", hash='e82f95b9834e5bcdab22bd7fe408917cdddfed75', operation='INSERT OR UPDATE', pgid='pgtrigger_slug_8d05e', table='policies_proposallist', when='BEFORE')),
        ),
        migrations.RunPython(name_drafts_again, migrations.RunPython.noop),
    ]
