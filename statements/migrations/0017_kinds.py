"""An organization that has members stays one."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0016_topics_by_rule'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='kind', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" = \'organization\' AND NOT (NEW."kind" = \'organization\'))', func="IF EXISTS (SELECT 1 FROM statements_affiliation a WHERE a.organization_id = NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'speaker_kind_members', MESSAGE = 'This must remain an organization: others are recorded as its members.'; END IF; RETURN NEW;", hash='8acb1fd84d8f2be67807a41c30564a1d6d4cc8ec', operation='UPDATE OF "kind"', pgid='pgtrigger_kind_e0212', table='statements_speaker', when='BEFORE')),
        ),
    ]
