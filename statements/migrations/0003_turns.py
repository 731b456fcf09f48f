"""Turns; a quotation stands in quotation marks, in a turn, or says why not."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0004_compute_ranges'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('statements', '0002_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'turn',
                'verbose_name_plural': 'turns',
                'ordering': ['version', 'start'],
            },
        ),
        migrations.CreateModel(
            name='TurnEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statement',
            name='verbatim',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statement',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statement',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statement',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='statement',
            name='marks_exception',
            field=models.CharField(blank=True, help_text='Needed only if the words are neither in quotation marks nor in a turn of their speaker. Readers see this sentence.', max_length=300, verbose_name='why it is a quotation without marks'),
        ),
        migrations.AddField(
            model_name='statementevent',
            name='marks_exception',
            field=models.CharField(blank=True, help_text='Needed only if the words are neither in quotation marks nor in a turn of their speaker. Readers see this sentence.', max_length=300, verbose_name='why it is a quotation without marks'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='verbatim', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."form" = \'direct\')', func='NEW.text = \n        coalesce((\n            SELECT archive_marked_cuts(\n                string_agg(archive_joint(\n                    p.version_id, p.before, p.start, p.version_id = p.version_before\n                ) || p.exact, \'\' ORDER BY p.ordinal, p.id),\n                (array_agg(p.prefix ORDER BY p.ordinal, p.id))[1],\n                (array_agg(p.exact ORDER BY p.ordinal DESC, p.id DESC))[1],\n                (array_agg(p.suffix ORDER BY p.ordinal DESC, p.id DESC))[1],\n                true\n            )\n            FROM (\n                SELECT q.*, lag(q."end") OVER w AS before,\n                    lag(q.version_id) OVER w AS version_before\n                FROM statements_statementpassage q WHERE q.statement_id = NEW.id\n                WINDOW w AS (ORDER BY q.ordinal, q.id)\n            ) AS p\n        ), \'\')\n    ; RETURN NEW;', hash='e74595bc1becd4787e77f836c24fa5823e52411e', operation='INSERT OR UPDATE', pgid='pgtrigger_verbatim_6fa26', table='statements_statement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='in_marks', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."form" IN (\'direct\', \'partial\') AND NEW."status" = \'published\')', constraint='CONSTRAINT', declare='DECLARE compared record;', func='IF TG_OP = \'UPDATE\' THEN compared = NEW; compared.is_public = OLD.is_public; IF NEW.is_public <> OLD.is_public AND compared IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF; END IF; \n    IF EXISTS (\n        SELECT 1 FROM statements_statement s\n        JOIN statements_statementpassage p ON p.statement_id = s.id\n        WHERE s.id = NEW.id AND s.status = \'published\'\n        AND s.form IN (\'direct\', \'partial\') AND s.marks_exception !~ \'\\S\'\n        AND NOT EXISTS (\n            SELECT 1 FROM archive_quotationrange r WHERE r.version_id = p.version_id\n            AND r.start <= p.start AND r."end" >= p."end"\n        )\n        AND NOT EXISTS (\n            SELECT 1 FROM statements_turn t WHERE t.version_id = p.version_id\n            AND t.speaker_id = s.speaker_id\n            AND t.start <= p.start AND t."end" >= p."end"\n        )\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = \'check_violation\', CONSTRAINT = \'statement_marks\', MESSAGE = \'These words do not stand within one pair of quotation marks of the article, nor in a turn of their speaker. Take the words of one quotation for each passage, choose “Reported, not verbatim”, or say why they are a quotation without marks.\';\n    END IF;\n    RETURN NULL;\n', hash='c9d2907cee4967e4980848c53d169078162ffdc0', operation='INSERT OR UPDATE', pgid='pgtrigger_in_marks_fcd4f', table='statements_statement', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statements_statementevent" ("article_id", "attribution", "context", "created_at", "first_published_at", "form", "id", "marks_exception", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_by_id", "said_is_inferred", "said_on", "said_precision", "speaker_id", "status", "text", "uid", "updated_at") VALUES (NEW."article_id", NEW."attribution", NEW."context", NEW."created_at", NEW."first_published_at", NEW."form", NEW."id", NEW."marks_exception", NEW."occasion", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reported_by_id", NEW."said_is_inferred", NEW."said_on", NEW."said_precision", NEW."speaker_id", NEW."status", NEW."text", NEW."uid", NEW."updated_at"); RETURN NULL;', hash='775a1ac631ed618273d46533b8da12a8146e43ff', operation='INSERT', pgid='pgtrigger_insert_insert_0a49f', table='statements_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."attribution" IS DISTINCT FROM (NEW."attribution") OR OLD."context" IS DISTINCT FROM (NEW."context") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."first_published_at" IS DISTINCT FROM (NEW."first_published_at") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."marks_exception" IS DISTINCT FROM (NEW."marks_exception") OR OLD."occasion" IS DISTINCT FROM (NEW."occasion") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."said_is_inferred" IS DISTINCT FROM (NEW."said_is_inferred") OR OLD."said_on" IS DISTINCT FROM (NEW."said_on") OR OLD."said_precision" IS DISTINCT FROM (NEW."said_precision") OR OLD."speaker_id" IS DISTINCT FROM (NEW."speaker_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))', func='INSERT INTO "statements_statementevent" ("article_id", "attribution", "context", "created_at", "first_published_at", "form", "id", "marks_exception", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_by_id", "said_is_inferred", "said_on", "said_precision", "speaker_id", "status", "text", "uid", "updated_at") VALUES (NEW."article_id", NEW."attribution", NEW."context", NEW."created_at", NEW."first_published_at", NEW."form", NEW."id", NEW."marks_exception", NEW."occasion", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reported_by_id", NEW."said_is_inferred", NEW."said_on", NEW."said_precision", NEW."speaker_id", NEW."status", NEW."text", NEW."uid", NEW."updated_at"); RETURN NULL;', hash='112bce0241e68a79a2f5c5d9bfc2dc15c06b2e79', operation='UPDATE', pgid='pgtrigger_update_update_275ed', table='statements_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statements_statementevent" ("article_id", "attribution", "context", "created_at", "first_published_at", "form", "id", "marks_exception", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_by_id", "said_is_inferred", "said_on", "said_precision", "speaker_id", "status", "text", "uid", "updated_at") VALUES (OLD."article_id", OLD."attribution", OLD."context", OLD."created_at", OLD."first_published_at", OLD."form", OLD."id", OLD."marks_exception", OLD."occasion", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reported_by_id", OLD."said_is_inferred", OLD."said_on", OLD."said_precision", OLD."speaker_id", OLD."status", OLD."text", OLD."uid", OLD."updated_at"); RETURN NULL;', hash='c42b38ed2811677b74e7f72e4abffe457d67a729', operation='DELETE', pgid='pgtrigger_delete_delete_06b4d', table='statements_statement', when='AFTER')),
        ),
        migrations.AddField(
            model_name='turn',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='statements.speaker', verbose_name='speaker'),
        ),
        migrations.AddField(
            model_name='turn',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='archive.articleversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='turnevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='turnevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='statements.turn'),
        ),
        migrations.AddField(
            model_name='turnevent',
            name='speaker',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statements.speaker', verbose_name='speaker'),
        ),
        migrations.AddField(
            model_name='turnevent',
            name='version',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.articleversion', verbose_name='version'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='turn_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.UniqueConstraint(fields=('version', 'speaker', 'start', 'end'), name='turn_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='inside_its_text', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                IF NEW."end" > (\n                    SELECT length(v.text) FROM archive_articleversion v\n                    WHERE v.id = NEW.version_id\n                ) THEN\n                    RAISE EXCEPTION USING ERRCODE = \'check_violation\', CONSTRAINT = \'turn_inside_its_text\', MESSAGE = \'A turn lies within the text of its version.\';\n                END IF;\n                RETURN NEW;\n                ', hash='f7cae6a3b8fbf34e31266060b25448e4f2da79fe', operation='INSERT OR UPDATE', pgid='pgtrigger_inside_its_text_3b4cd', table='statements_turn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='rechecks_statements', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                UPDATE statements_statement SET text = text WHERE id IN (\n                    SELECT p.statement_id FROM statements_statementpassage p\n                    WHERE p.version_id = OLD.version_id\n                );\n                RETURN NULL;\n                ', hash='d544090aee3a9ba5a17099199580b634d00f8ad1', operation='UPDATE OR DELETE', pgid='pgtrigger_rechecks_statements_f50a1', table='statements_turn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statements_turnevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "start", "version_id") VALUES (NEW."end", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."speaker_id", NEW."start", NEW."version_id"); RETURN NULL;', hash='53c162f62e23c8e6b6106d91f814990ed1e4d2f3', operation='INSERT', pgid='pgtrigger_insert_insert_2cc3b', table='statements_turn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "statements_turnevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "start", "version_id") VALUES (NEW."end", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."speaker_id", NEW."start", NEW."version_id"); RETURN NULL;', hash='1870449d1469a38025317f44b52a345d6cd65807', operation='UPDATE', pgid='pgtrigger_update_update_3bdb0', table='statements_turn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "statements_turnevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "start", "version_id") VALUES (OLD."end", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."speaker_id", OLD."start", OLD."version_id"); RETURN NULL;', hash='be1ced1e8e8e3a4f1fc2c9ffd864ed5796f1e186', operation='DELETE', pgid='pgtrigger_delete_delete_89c99', table='statements_turn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='turnevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='28e84b784ea3ed0845bb5e143d5cb9bf1e2d00c7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_84c38', table='statements_turnevent', when='BEFORE')),
        ),
    ]
