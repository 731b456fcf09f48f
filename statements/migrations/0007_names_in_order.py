"""Persons are sorted by surname, without regard to accents and capitals."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.db.models import F
from nameparser import HumanName


def by_surname(name):
    parts = HumanName(name)
    given = " ".join(filter(None, [parts.first, parts.middle]))
    return ", ".join(filter(None, [parts.last, given, parts.suffix])) if given and parts.last else name


def fill(apps, schema_editor):
    """Whose sort name is the name has none: it was filled in because nobody typed one."""
    speakers = apps.get_model("statements", "Speaker").objects
    for speaker in speakers.filter(kind="person", sort_name=F("name")).exclude(name__contains=","):
        speakers.filter(pk=speaker.pk).update(sort_name=by_surname(speaker.name)[:200])
    speakers.filter(sort_key="").update(sort_key="")  # the trigger works it out


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0008_names_in_order'),
        ('statements', '0006_plain_messages'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='speaker',
            options={'ordering': ['sort_key', 'name']},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='slug',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='sort_name',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='update_update',
        ),
        migrations.AddField(
            model_name='speaker',
            name='sort_key',
            field=models.TextField(db_collation='C', default='', editable=False, serialize=False),
        ),
        migrations.AlterField(
            model_name='speaker',
            name='sort_name',
            field=models.CharField(blank=True, help_text='Left empty, a person is sorted by surname: “Lander, Brad”.', max_length=200, verbose_name='name to sort by'),
        ),
        migrations.AlterField(
            model_name='speakerevent',
            name='sort_name',
            field=models.CharField(blank=True, help_text='Left empty, a person is sorted by surname: “Lander, Brad”.', max_length=200, verbose_name='name to sort by'),
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=models.Index(fields=['sort_key', 'name'], name='speaker_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='slug', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed boolean; made text;', func="fixed = TG_OP = 'UPDATE' AND coalesce((to_jsonb(OLD) -> 'first_published_at') <> 'null'::jsonb, true); IF fixed AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_fixed', MESSAGE = 'The address of this record is already public and cannot change.'; END IF; IF TG_OP = 'UPDATE' AND NOT fixed AND NEW.slug = OLD.slug AND NEW.name <> OLD.name THEN made = coalesce(nullif(archive_slug(OLD.name), ''), '[a-z]+'); IF OLD.slug ~ ('^' || made || '(-[0-9]+)?$') THEN NEW.slug = ''; END IF; END IF; IF NEW.slug = '' THEN NEW.slug = archive_free_slug(TG_TABLE_NAME, archive_slug(NEW.name), NEW.id); END IF; RETURN NEW;", hash='4f13f213eee5980fd23de0d5f3ca4be4951c7f4f', operation='INSERT OR UPDATE', pgid='pgtrigger_slug_15b38', table='statements_speaker', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='sort_name', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.sort_name = coalesce(nullif(NEW.sort_name, ''), NEW.name); NEW.sort_key = archive_sort_key(NEW.sort_name); RETURN NEW;", hash='7d75e55ea1a95adca43afec89833026fada5080d', operation='INSERT OR UPDATE', pgid='pgtrigger_sort_name_19168', table='statements_speaker', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."other_names" IS DISTINCT FROM (NEW."other_names") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."sort_name" IS DISTINCT FROM (NEW."sort_name") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."wikidata_id" IS DISTINCT FROM (NEW."wikidata_id"))', func='INSERT INTO "statements_speakerevent" ("article_id", "id", "kind", "merged_into_id", "name", "other_names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sort_name", "summary", "uid", "url", "wikidata_id") VALUES (NEW."article_id", NEW."id", NEW."kind", NEW."merged_into_id", NEW."name", NEW."other_names", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."sort_name", NEW."summary", NEW."uid", NEW."url", NEW."wikidata_id"); RETURN NULL;', hash='2917cff4c18d04db15169a1f1020cef5d8753e74', operation='UPDATE', pgid='pgtrigger_update_update_a5040', table='statements_speaker', when='AFTER')),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
