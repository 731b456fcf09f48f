"""Rules that look at statements and proposals at once: evidence of positions, and the excerpt limit of an article.

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
BEGIN
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


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_initial"), ("statements", "0001_initial"), ("archive", "0002_functions")]
    operations = [
        migrations.RunSQL(UNSOURCED, "DROP FUNCTION policies_is_unsourced"),
        migrations.RunSQL(EVIDENCE_CHANGED, "DROP FUNCTION policies_evidence_changed CASCADE"),
        migrations.RunSQL(PUBLIC_CHARACTERS, "DROP FUNCTION policies_public_characters"),
        migrations.RunSQL(EXCERPTS + WATCH, UNWATCH + "DROP FUNCTION policies_keeps_excerpt_limit"),
    ]
