"""Ranges of quotation marks, the kind of an article, and how passages read together."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The expressions are those of archive/wording/joining.py.
JOINT = r"""
CREATE FUNCTION archive_joint(version bigint, ended int, start int, same boolean)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN ended IS NULL THEN ''
        WHEN same AND (
            SELECT substr(v.text, ended + 1, greatest(start - ended, 0))
                ~ '\A[ \t\n\u00a0"“”„«»‹›‘’''>]*\n[ \t\n\u00a0"“”„«»‹›‘’''>]*\Z'
            FROM archive_articleversion v WHERE v.id = version
        ) THEN E'\n\n'
        ELSE ' […] '
    END
$$
"""
MARKED_CUTS = r"""
CREATE FUNCTION archive_marked_cuts(
    words text, prefix text, exact text, suffix text, marks boolean
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN marks AND prefix !~
        '(\A|["“„«‘''‹「『(\[]|[«‹][ \t\n\u00a0]|[.!?…:]["''”’»)\]]*[ \t\n\u00a0]+|(\A|\n)[ \t\n\u00a0]*([-–—•*][ \t\n\u00a0]+)?)\Z'
        THEN '… ' ELSE '' END
    || words
    || CASE WHEN marks AND exact !~ '[.!?…]["''”’»)\]]*\Z' AND suffix !~
        '\A(\Z|[.!?…]|[,;:–—-]?[ \t\n\u00a0]?["”»’''›」』“]|[ \t\n\u00a0]*\n)'
        THEN ' …' ELSE '' END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0002_rules'),
    ]

    operations = [
        migrations.RunSQL(JOINT, "DROP FUNCTION archive_joint"),
        migrations.RunSQL(MARKED_CUTS, "DROP FUNCTION archive_marked_cuts"),
        migrations.CreateModel(
            name='QuotationRange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('rule', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name': 'range of quotation marks',
                'verbose_name_plural': 'ranges of quotation marks',
                'ordering': ['start', 'end'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='article',
            name='kind',
            field=models.CharField(choices=[('news', 'News article'), ('speech', 'Speech'), ('press_release', 'Press release'), ('transcript', 'Transcript'), ('interview', 'Interview'), ('post', 'Post'), ('document', 'Document')], default='news', max_length=13, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='kind',
            field=models.CharField(choices=[('news', 'News article'), ('speech', 'Speech'), ('press_release', 'Press release'), ('transcript', 'Transcript'), ('interview', 'Interview'), ('post', 'Post'), ('document', 'Document')], default='news', max_length=13, verbose_name='kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articleevent" ("archived_url", "byline", "created_at", "date_note", "excerpt_limit", "first_published_at", "headline", "headline_is_supplied", "id", "kind", "language", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_is_inferred", "published_on", "published_precision", "rights", "slug", "status", "summary", "uid", "updated_at", "url") VALUES (NEW."archived_url", NEW."byline", NEW."created_at", NEW."date_note", NEW."excerpt_limit", NEW."first_published_at", NEW."headline", NEW."headline_is_supplied", NEW."id", NEW."kind", NEW."language", NEW."outlet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_is_inferred", NEW."published_on", NEW."published_precision", NEW."rights", NEW."slug", NEW."status", NEW."summary", NEW."uid", NEW."updated_at", NEW."url"); RETURN NULL;', hash='20b995922a40367d2d010cfaa566508997a4450c', operation='INSERT', pgid='pgtrigger_insert_insert_d1949', table='archive_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."archived_url" IS DISTINCT FROM (NEW."archived_url") OR OLD."byline" IS DISTINCT FROM (NEW."byline") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."date_note" IS DISTINCT FROM (NEW."date_note") OR OLD."excerpt_limit" IS DISTINCT FROM (NEW."excerpt_limit") OR OLD."first_published_at" IS DISTINCT FROM (NEW."first_published_at") OR OLD."headline" IS DISTINCT FROM (NEW."headline") OR OLD."headline_is_supplied" IS DISTINCT FROM (NEW."headline_is_supplied") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."outlet_id" IS DISTINCT FROM (NEW."outlet_id") OR OLD."published_is_inferred" IS DISTINCT FROM (NEW."published_is_inferred") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."rights" IS DISTINCT FROM (NEW."rights") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "archive_articleevent" ("archived_url", "byline", "created_at", "date_note", "excerpt_limit", "first_published_at", "headline", "headline_is_supplied", "id", "kind", "language", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_is_inferred", "published_on", "published_precision", "rights", "slug", "status", "summary", "uid", "updated_at", "url") VALUES (NEW."archived_url", NEW."byline", NEW."created_at", NEW."date_note", NEW."excerpt_limit", NEW."first_published_at", NEW."headline", NEW."headline_is_supplied", NEW."id", NEW."kind", NEW."language", NEW."outlet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_is_inferred", NEW."published_on", NEW."published_precision", NEW."rights", NEW."slug", NEW."status", NEW."summary", NEW."uid", NEW."updated_at", NEW."url"); RETURN NULL;', hash='1ea21bd2d1528637d0f99595d594765ad6563bbb', operation='UPDATE', pgid='pgtrigger_update_update_4266a', table='archive_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articleevent" ("archived_url", "byline", "created_at", "date_note", "excerpt_limit", "first_published_at", "headline", "headline_is_supplied", "id", "kind", "language", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_is_inferred", "published_on", "published_precision", "rights", "slug", "status", "summary", "uid", "updated_at", "url") VALUES (OLD."archived_url", OLD."byline", OLD."created_at", OLD."date_note", OLD."excerpt_limit", OLD."first_published_at", OLD."headline", OLD."headline_is_supplied", OLD."id", OLD."kind", OLD."language", OLD."outlet_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_is_inferred", OLD."published_on", OLD."published_precision", OLD."rights", OLD."slug", OLD."status", OLD."summary", OLD."uid", OLD."updated_at", OLD."url"); RETURN NULL;', hash='ba9f8cd5972c6c3c8f0306e7f6bd172fbd794226', operation='DELETE', pgid='pgtrigger_delete_delete_fdf42', table='archive_article', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['news', 'speech', 'press_release', 'transcript', 'interview', 'post', 'document'])), name='article_kind'),
        ),
        migrations.AddField(
            model_name='quotationrange',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotation_ranges', to='archive.articleversion'),
        ),
        migrations.AddConstraint(
            model_name='quotationrange',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='quotationrange_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='quotationrange',
            constraint=models.UniqueConstraint(fields=('version', 'start', 'end', 'rule'), name='quotationrange_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotationrange',
            trigger=pgtrigger.compiler.Trigger(name='quotationrange_immutable_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'quotationrange_immutable', MESSAGE = 'This row can never be changed.';", hash='2182ed053c7abcd5a6a1719ce7d95064e2911df8', operation='UPDATE', pgid='pgtrigger_quotationrange_immutable_update_3812a', table='archive_quotationrange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotationrange',
            trigger=pgtrigger.compiler.Trigger(name='quotationrange_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF EXISTS (\n                    SELECT 1 FROM archive_articleversion v\n                    WHERE v.id = OLD.version_id AND v.cited_at IS NOT NULL\n                ) THEN\n                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'version_kept', MESSAGE = 'Something was published from this version; it stays.';\n                END IF;\n                RETURN OLD;\n                ", hash='dca54f5045bdd4e951f11400972453a373970dbb', operation='DELETE', pgid='pgtrigger_quotationrange_kept_9522a', table='archive_quotationrange', when='BEFORE')),
        ),
    ]
