"""The order of topics and outlets; addresses of drafts in other scripts."""

import archive.core.sorting
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


def name_drafts_again(apps, schema_editor):
    """A draft whose title has no Latin letters was called "record"."""
    for table, title in (("archive_article", "headline"),):
        schema_editor.execute(
            f"UPDATE {table} SET slug = '' WHERE first_published_at IS NULL"
            f" AND slug ~ '^record(-[0-9]+)?$' AND archive_slug({title}) !~ '^record'"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0007_readable_addresses'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='outlet',
            options={'ordering': [archive.core.sorting.SortKey('name'), 'name']},
        ),
        migrations.AlterModelOptions(
            name='topic',
            options={'ordering': [archive.core.sorting.SortKey('name'), 'name']},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='slug',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outlet',
            name='slug',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='slug',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='slug', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed boolean; made text;', func="fixed = TG_OP = 'UPDATE' AND coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb, true); IF fixed AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_fixed', MESSAGE = 'The address of this record is already public and cannot change.'; END IF; IF TG_OP = 'UPDATE' AND NOT fixed AND NEW.slug = OLD.slug AND NEW.headline <> OLD.headline THEN made = coalesce(nullif(archive_slug(OLD.headline), ''), '[a-z]+'); IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN NEW.slug = ''; END IF; END IF; IF NEW.slug = '' THEN NEW.slug = archive_free_slug(TG_TABLE_NAME, archive_slug(NEW.headline), NEW.id); END IF; RETURN NEW;", hash='cd06a6997c35bb41b40485fed3d52b4cb2496055', operation='INSERT OR UPDATE', pgid='pgtrigger_slug_17326', table='archive_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outlet',
            trigger=pgtrigger.compiler.Trigger(name='slug', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed boolean; made text;', func="fixed = TG_OP = 'UPDATE' AND coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb, true); IF fixed AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_fixed', MESSAGE = 'The address of this record is already public and cannot change.'; END IF; IF TG_OP = 'UPDATE' AND NOT fixed AND NEW.slug = OLD.slug AND NEW.name <> OLD.name THEN made = coalesce(nullif(archive_slug(OLD.name), ''), '[a-z]+'); IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN NEW.slug = ''; END IF; END IF; IF NEW.slug = '' THEN NEW.slug = archive_free_slug(TG_TABLE_NAME, archive_slug(NEW.name), NEW.id); END IF; RETURN NEW;", hash='055eab22de9a9cf43ae9684dcc0253c3d2263c44', operation='INSERT OR UPDATE', pgid='pgtrigger_slug_70b41', table='archive_outlet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='slug', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed boolean; made text;', func="fixed = TG_OP = 'UPDATE' AND coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb, true); IF fixed AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_fixed', MESSAGE = 'The address of this record is already public and cannot change.'; END IF; IF TG_OP = 'UPDATE' AND NOT fixed AND NEW.slug = OLD.slug AND NEW.name <> OLD.name THEN made = coalesce(nullif(archive_slug(OLD.name), ''), '[a-z]+'); IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN NEW.slug = ''; END IF; END IF; IF NEW.slug = '' THEN NEW.slug = archive_free_slug(TG_TABLE_NAME, archive_slug(NEW.name), NEW.id); END IF; RETURN NEW;", hash='57c6debb062c601ea3a548498db0e2078f0d38eb', operation='INSERT OR UPDATE', pgid='pgtrigger_slug_bf892', table='archive_topic', when='BEFORE')),
        ),
        migrations.RunPython(name_drafts_again, migrations.RunPython.noop),
    ]
