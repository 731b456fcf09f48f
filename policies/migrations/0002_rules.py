"""Rules that look at several tables: evidence, the excerpt limit, and what appears or disappears with its parent.

They stand here and not on a model, since the tables they watch belong to the layer below.
"""

from django.db import migrations

UNSOURCED = """
CREATE FUNCTION policies_is_unsourced(position_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM policies_position p
        WHERE p.id = $1 AND p.status = 'published' AND p.source_url = '' AND p.basis IN ('own_words', 'reported')
        AND NOT EXISTS (
            SELECT 1 FROM policies_position_evidence e JOIN statements_statement s ON s.id = e.statement_id
            WHERE e.position_id = p.id
            AND (p.basis = 'reported' OR s.speaker_id = p.speaker_id AND s.form IN ('direct', 'partial'))
        )
    )
$$
"""

EVIDENCE_CHANGED = """
CREATE FUNCTION policies_evidence_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM policies_position_evidence e
        WHERE e.statement_id = NEW.id AND policies_is_unsourced(e.position_id)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'position_evidence',
            MESSAGE = 'A published position in own words rests on this statement: it must quote its speaker.';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER policies_evidence_changed AFTER UPDATE OF speaker_id, form ON statements_statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION policies_evidence_changed();
"""

PUBLIC_CHARACTERS = """
CREATE FUNCTION policies_public_characters(article_id bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum((SELECT sum(upper(r) - lower(r)) FROM unnest(ranges) r)), 0)::bigint FROM (
        SELECT range_agg(int4range(first, last)) AS ranges FROM (
            SELECT p.version_id, p.start, p."end" FROM statements_statementpassage p
            JOIN statements_statement s ON s.id = p.statement_id
            WHERE s.article_id = $1 AND s.status = 'published' AND s.form IN ('direct', 'partial')
            UNION ALL
            SELECT p.version_id, p.start, p."end" FROM policies_proposalpassage p
            JOIN policies_proposal o ON o.id = p.proposal_id
            JOIN policies_proposallist l ON l.id = o.proposal_list_id
            WHERE o.article_id = $1 AND o.status = 'published' AND l.status = 'published'
        ) AS shown (version, first, last) GROUP BY version
    ) AS versions
$$
"""

EXCERPTS = """
CREATE FUNCTION policies_keeps_excerpt_limit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_article bigint := CASE TG_TABLE_NAME
        WHEN 'archive_article' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'article_id')::bigint END;
    most int;
    compared record := NEW;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        compared.is_public = OLD.is_public;
        IF compared IS NOT DISTINCT FROM OLD AND NEW.is_public <> OLD.is_public THEN
            RETURN NULL;  -- a parent has changed, and not what is counted here
        END IF;
    END IF;
    -- Locked, so that of two publications at once the second counts the first.
    SELECT CASE a.rights WHEN 'link_only' THEN 0 ELSE a.excerpt_limit END INTO most FROM archive_article a
    WHERE a.id = the_article AND a.rights <> 'full_text' AND (a.rights = 'link_only' OR a.excerpt_limit IS NOT NULL)
    FOR NO KEY UPDATE;
    IF most IS NULL THEN
        RETURN NULL;
    END IF;
    IF policies_public_characters(the_article) > most THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'excerpt_limit',
            MESSAGE = format('The public passages of this article would be longer than its rights allow: %s characters.',
                most);
    END IF;
    RETURN NULL;
END $$;
"""

WATCHED = ["archive_article", "statements_statement", "policies_proposal", "policies_proposallist"]
WATCH = "".join(
    f"CREATE CONSTRAINT TRIGGER policies_excerpt_limit AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED"
    f" FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION policies_keeps_excerpt_limit();"
    for table in WATCHED
)
UNWATCH = "".join(f"DROP TRIGGER policies_excerpt_limit ON {table};" for table in WATCHED)

# A position in own words or as reported needs a public statement or a source address; an inference that rests on
# statements needs one of them to be public still, since its rationale quotes them. The other bases carry themselves.
RESTS_ON_PUBLIC = """
CREATE FUNCTION policies_rests_on_public(position_id bigint, basis text, source_url text, speaker_id bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF basis IN ('document', 'action') OR (basis IN ('own_words', 'reported') AND source_url <> '') THEN
        RETURN true;
    END IF;
    PERFORM 1 FROM statements_statement s
        WHERE s.id IN (SELECT e.statement_id FROM policies_position_evidence e WHERE e.position_id = $1)
        ORDER BY s.id FOR SHARE;
    RETURN EXISTS (
        SELECT 1 FROM policies_position_evidence e JOIN statements_statement s ON s.id = e.statement_id
        WHERE e.position_id = $1 AND s.is_public
        AND ($2 <> 'own_words' OR s.speaker_id = $4 AND s.form IN ('direct', 'partial'))
    ) OR $2 = 'inferred' AND NOT EXISTS (SELECT 1 FROM policies_position_evidence e WHERE e.position_id = $1);
END $$
"""

PARENTS = [
    ("archive_article", "policies_proposallist", "article_id"),
    ("archive_article", "policies_proposal", "article_id"),
    ("policies_proposallist", "policies_proposal", "proposal_list_id"),
    ("policies_proposal", "policies_position", "proposal_id"),
]
FOLLOW = "".join(
    f"CREATE TRIGGER {child}_follow AFTER UPDATE ON {parent} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
    f" FOR EACH STATEMENT EXECUTE FUNCTION archive_parent_changed('{child}', '{column}');"
    for parent, child, column in PARENTS
)
STAY = "".join(f"DROP TRIGGER {child}_follow ON {parent};" for parent, child, _column in PARENTS)

STATEMENT_CHANGED = """
CREATE FUNCTION policies_statement_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'UPDATE policies_position SET is_public = NULL WHERE status = ''published'' AND id IN ('
        'SELECT e.position_id FROM policies_position_evidence e'
        ' JOIN new_rows n ON n.id = e.statement_id JOIN old_rows o ON o.id = n.id'
        ' WHERE (n.is_public, n.speaker_id, n.form) IS DISTINCT FROM (o.is_public, o.speaker_id, o.form))';
    RETURN NULL;
END $$;
CREATE TRIGGER policies_position_follow AFTER UPDATE ON statements_statement
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION policies_statement_changed()
"""
NO_STATEMENT_CHANGED = "DROP FUNCTION policies_statement_changed CASCADE"

# A transition table belongs to one event, hence three triggers.
EVIDENCE_MOVED = """
CREATE FUNCTION policies_evidence_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        UPDATE policies_position SET is_public = NULL WHERE id IN (SELECT position_id FROM new_rows);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        UPDATE policies_position SET is_public = NULL WHERE id IN (SELECT position_id FROM old_rows);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER policies_evidence_added AFTER INSERT ON policies_position_evidence
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION policies_evidence_moved();
CREATE TRIGGER policies_evidence_moved AFTER UPDATE ON policies_position_evidence
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION policies_evidence_moved();
CREATE TRIGGER policies_evidence_removed AFTER DELETE ON policies_position_evidence
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION policies_evidence_moved()
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [
        migrations.RunSQL(UNSOURCED, "DROP FUNCTION policies_is_unsourced"),
        migrations.RunSQL(EVIDENCE_CHANGED, "DROP FUNCTION policies_evidence_changed CASCADE"),
        migrations.RunSQL(PUBLIC_CHARACTERS, "DROP FUNCTION policies_public_characters"),
        migrations.RunSQL(EXCERPTS + WATCH, UNWATCH + "DROP FUNCTION policies_keeps_excerpt_limit"),
        migrations.RunSQL(RESTS_ON_PUBLIC, "DROP FUNCTION policies_rests_on_public"),
        migrations.RunSQL(FOLLOW, STAY),
        migrations.RunSQL(STATEMENT_CHANGED, NO_STATEMENT_CHANGED),
        migrations.RunSQL(EVIDENCE_MOVED, "DROP FUNCTION policies_evidence_moved CASCADE"),
    ]
