"""Every published position says what it rests on: a statement or a source address."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

UNSOURCED = """
CREATE OR REPLACE FUNCTION policies_is_unsourced(position_id bigint)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM policies_position p
        WHERE p.id = $1 AND p.status = 'published' AND p.source_url = '' {condition}
        AND NOT EXISTS (
            SELECT 1 FROM policies_position_evidence e
            JOIN statements_statement s ON s.id = e.statement_id
            WHERE e.position_id = p.id AND (
                p.basis <> 'own_words'
                OR s.speaker_id = p.speaker_id AND s.form IN ('direct', 'partial')
            )
        )
    )
$$
"""
BEFORE = UNSOURCED.format(condition="AND p.basis IN ('own_words', 'reported')")

# A position needs a public statement or a source address. An inference that rests on
# statements needs one of them to be public still, since its rationale quotes them. One
# published before this rule, with neither, stays as it is; `verify` names it.
RESTS_ON_PUBLIC = """
CREATE OR REPLACE FUNCTION policies_rests_on_public(
    position_id bigint, basis text, source_url text, speaker_id bigint
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF {carried} THEN
        RETURN true;
    END IF;
    PERFORM 1 FROM statements_statement s WHERE s.id IN (
        SELECT e.statement_id FROM policies_position_evidence e
        WHERE e.position_id = $1
    ) ORDER BY s.id FOR SHARE;
    RETURN EXISTS (
        SELECT 1 FROM policies_position_evidence e
        JOIN statements_statement s ON s.id = e.statement_id
        WHERE e.position_id = $1 AND s.is_public AND (
            $2 <> 'own_words'
            OR s.speaker_id = $4 AND s.form IN ('direct', 'partial')
        )
    ) OR $2 NOT IN ('own_words', 'reported') AND NOT EXISTS (
        SELECT 1 FROM policies_position_evidence e WHERE e.position_id = $1
    );
END $$
"""
CARRIED = "source_url <> '' AND basis <> 'inferred'"
CARRIED_BEFORE = (
    "basis IN ('document', 'action') OR "
    "(basis IN ('own_words', 'reported') AND source_url <> '')"
)


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0003_groups'),
        ('statements', '0004_texts'),
    ]

    operations = [
        migrations.RunSQL(UNSOURCED.format(condition=""), BEFORE),
        migrations.RunSQL(
            RESTS_ON_PUBLIC.format(carried=CARRIED),
            RESTS_ON_PUBLIC.format(carried=CARRIED_BEFORE),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='position',
            name='evidence',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='positionevidence',
            name='evidence',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposal',
            name='as_listed',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='evidence', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."status" = \'published\')', constraint='CONSTRAINT', declare='DECLARE compared record;', func="IF TG_OP = 'UPDATE' THEN compared = NEW; compared.is_public = OLD.is_public; IF NEW.is_public <> OLD.is_public AND compared IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF; END IF; PERFORM 1 FROM statements_statement s WHERE s.id IN (SELECT e.statement_id FROM policies_position_evidence e JOIN policies_position p ON p.id = e.position_id WHERE e.position_id = NEW.id AND p.status = 'published' AND p.source_url = '') FOR SHARE; IF policies_is_unsourced(NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'position_evidence', MESSAGE = 'A published position needs a statement it rests on, or a source address. For own words, the statement must quote the speaker.'; END IF; RETURN NULL;", hash='a9d3738d795569a6d3696928a5eb88191ccc146a', operation='INSERT OR UPDATE', pgid='pgtrigger_evidence_c11bb', table='policies_position', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='positionevidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="PERFORM 1 FROM statements_statement s WHERE s.id IN (SELECT e.statement_id FROM policies_position_evidence e JOIN policies_position p ON p.id = e.position_id WHERE e.position_id = OLD.position_id AND p.status = 'published' AND p.source_url = '') FOR SHARE; IF policies_is_unsourced(OLD.position_id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'position_evidence', MESSAGE = 'A published position needs a statement it rests on, or a source address. For own words, the statement must quote the speaker.'; END IF; RETURN NULL;", hash='01dbf51be41f57ac0ba56c663d62daa2d36ef199', operation='DELETE OR UPDATE', pgid='pgtrigger_evidence_59178', table='policies_position_evidence', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='as_listed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."proposal_list_id" IS NOT NULL)', func='SELECT l.article_id INTO NEW.article_id FROM policies_proposallist l WHERE l.id = NEW.proposal_list_id FOR SHARE; NEW.text = \n        coalesce((\n            SELECT archive_marked_cuts(\n                string_agg(archive_joint(\n                    p.version_id, p.before, p.start, p.version_id = p.version_before\n                ) || p.exact, \'\' ORDER BY p.ordinal, p.id),\n                (array_agg(p.prefix ORDER BY p.ordinal, p.id))[1],\n                (array_agg(p.exact ORDER BY p.ordinal DESC, p.id DESC))[1],\n                (array_agg(p.suffix ORDER BY p.ordinal DESC, p.id DESC))[1],\n                false\n            )\n            FROM (\n                SELECT q.*, lag(q."end") OVER w AS before,\n                    lag(q.version_id) OVER w AS version_before\n                FROM policies_proposalpassage q WHERE q.proposal_id = NEW.id\n                WINDOW w AS (ORDER BY q.ordinal, q.id)\n            ) AS p\n        ), \'\')\n    ; RETURN NEW;', hash='ed661d764f4f15bb663da8cecafabcc2fd154569', operation='INSERT OR UPDATE', pgid='pgtrigger_as_listed_0d027', table='policies_proposal', when='BEFORE')),
        ),
    ]
