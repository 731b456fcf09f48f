"""The body of a position becomes a link to an organization, in its history too; nothing else changes."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from archive.migrations._organizations import organizations_named, silence

# the index looks again at who is public now
CHANGED = """
INSERT INTO archive_change (xid, at, model, record, operation)
SELECT pg_current_xact_id()::text::bigint, statement_timestamp(), kind, record, 'update' FROM (
    SELECT 'statements.speaker' AS kind, body_id AS record FROM policies_position WHERE body_id IS NOT NULL
    UNION SELECT 'policies.position', id FROM policies_position WHERE body_id IS NOT NULL) AS changed
"""


def link(apps, schema_editor):
    positions, events = (apps.get_model("policies", name)._base_manager for name in ("Position", "PositionEvent"))
    pks = {}
    for rows in (positions, events):
        texts = rows.exclude(body_name="").values_list("body_name", flat=True).distinct().order_by()
        pks |= organizations_named(apps, set(texts) - pks.keys())
    silence()
    for text, pk in pks.items():
        for rows in (positions, events):
            rows.filter(body_name=text).update(body=pk)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")
    schema_editor.execute(CHANGED)


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0012_words_a_source_removed'),
        ('statements', '0015_affiliation_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='position',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='position',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='position',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='position_visible',
        ),
        migrations.RenameField('position', 'body', 'body_name'),
        migrations.RenameField('positionevent', 'body', 'body_name'),
        migrations.AddField(
            model_name='position',
            name='body',
            field=models.ForeignKey(blank=True, help_text='The organization that voted.', limit_choices_to={'kind': 'organization', 'merged_into': None}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='body_positions', to='statements.speaker', verbose_name='body'),
        ),
        migrations.AddField(
            model_name='positionevent',
            name='body',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The organization that voted.', limit_choices_to={'kind': 'organization', 'merged_into': None}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='statements.speaker', verbose_name='body'),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
        migrations.RemoveField('position', 'body_name'),
        migrations.RemoveField('positionevent', 'body_name'),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='body', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."body_id" IS NOT NULL)', func="IF (TG_OP = 'INSERT' OR NEW.body_id IS DISTINCT FROM OLD.body_id) AND NOT EXISTS (SELECT 1 FROM statements_speaker s WHERE s.id = NEW.body_id AND s.kind = 'organization' AND s.merged_into_id IS NULL FOR SHARE) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'position_body', MESSAGE = 'A body is an organization that is not merged into another.'; END IF; RETURN NEW;", hash='9aeb7a77e531a2d35651011bbe6e42e6d8d21d16', operation='INSERT OR UPDATE', pgid='pgtrigger_body_f0893', table='policies_position', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='log_former_body', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."body_id" IS NOT NULL)', func="IF TG_OP = 'DELETE' OR NEW.body_id IS DISTINCT FROM OLD.body_id THEN INSERT INTO archive_change (xid, at, model, record, operation) VALUES (pg_current_xact_id()::text::bigint, statement_timestamp(), 'statements.speaker', OLD.body_id, 'update'); END IF; RETURN NULL;", hash='2c499a05a5ef8ecd8f72c61b6008c388cfec266b', operation='UPDATE OR DELETE', pgid='pgtrigger_log_former_body_71758', table='policies_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "policies_positionevent" ("basis", "body_id", "conditions", "created_at", "first_published_at", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "rationale", "recorded_by_id", "reviewed_by_id", "source_url", "speaker_id", "stance", "status", "uid", "updated_at") VALUES (NEW."basis", NEW."body_id", NEW."conditions", NEW."created_at", NEW."first_published_at", NEW."held_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposal_id", NEW."rationale", NEW."recorded_by_id", NEW."reviewed_by_id", NEW."source_url", NEW."speaker_id", NEW."stance", NEW."status", NEW."uid", NEW."updated_at"); RETURN NULL;', hash='d3993de51a47131cdc274eed20ed140714991551', operation='INSERT', pgid='pgtrigger_insert_insert_edba4', table='policies_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."first_published_at" IS DISTINCT FROM (NEW."first_published_at") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."proposal_id" IS DISTINCT FROM (NEW."proposal_id") OR OLD."rationale" IS DISTINCT FROM (NEW."rationale") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."speaker_id" IS DISTINCT FROM (NEW."speaker_id") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))', func='INSERT INTO "policies_positionevent" ("basis", "body_id", "conditions", "created_at", "first_published_at", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "rationale", "recorded_by_id", "reviewed_by_id", "source_url", "speaker_id", "stance", "status", "uid", "updated_at") VALUES (NEW."basis", NEW."body_id", NEW."conditions", NEW."created_at", NEW."first_published_at", NEW."held_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposal_id", NEW."rationale", NEW."recorded_by_id", NEW."reviewed_by_id", NEW."source_url", NEW."speaker_id", NEW."stance", NEW."status", NEW."uid", NEW."updated_at"); RETURN NULL;', hash='ad43dd49289394bf648296af86e29074a6a3d5df', operation='UPDATE', pgid='pgtrigger_update_update_9806f', table='policies_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "policies_positionevent" ("basis", "body_id", "conditions", "created_at", "first_published_at", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "rationale", "recorded_by_id", "reviewed_by_id", "source_url", "speaker_id", "stance", "status", "uid", "updated_at") VALUES (OLD."basis", OLD."body_id", OLD."conditions", OLD."created_at", OLD."first_published_at", OLD."held_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposal_id", OLD."rationale", OLD."recorded_by_id", OLD."reviewed_by_id", OLD."source_url", OLD."speaker_id", OLD."stance", OLD."status", OLD."uid", OLD."updated_at"); RETURN NULL;', hash='bfa12f41e1f2cbb5df4ba8722285c058f9ad0014', operation='DELETE', pgid='pgtrigger_delete_delete_75315', table='policies_position', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conditions__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('rationale__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='position_visible', violation_error_message='This contains invisible characters, such as direction marks. Type it again.'),
        ),
    ]
