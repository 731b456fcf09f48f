"""The rules on a statement and its passages, as PL/pgSQL of its triggers."""

from __future__ import annotations

import pgtrigger

from archive.core import triggers

PASSAGES = "statements_statementpassage"

# characters: an own sentence must not contain a whole passage of this length
COPIED = 20

OUTSIDE_MARKS = (
    "These words are not inside one pair of quotation marks in the article, nor in a "
    "turn of their speaker. Take the words of one quotation for each passage, "
    "choose “Reported, not verbatim”, or say why they are a quotation without marks."
)
FRAGMENT = (
    "The sentence must contain each quoted fragment in quotation marks, exactly as "
    "printed, and nothing else in quotation marks."
)
OWN_WORDS = (
    "This sentence is copied from the article. Write a reported statement in your own "
    "words."
)
ORDER = (
    "The passages of a statement must be in the order of the source and must not "
    "overlap."
)
GROUP = "This unnamed group belongs to another article."

WORDS = triggers.joined("statement", PASSAGES, cuts=True)
VERBATIM_TEXT = f"NEW.text = {WORDS}; RETURN NEW;"

# The sentence has each fragment in quotation marks, and nothing else in them.
FRAGMENTS = triggers.one_line(f"""
    SELECT s.text INTO rest FROM statements_statement s
    WHERE s.id = NEW.id AND s.form = 'partial' AND s.status = 'published';
    IF rest IS NULL THEN
        RETURN NULL;
    END IF;
    FOR fragment IN
        SELECT p.exact FROM statements_statementpassage p
        WHERE p.statement_id = NEW.id ORDER BY length(p.exact) DESC
    LOOP
        IF strpos(rest, '“' || fragment || '”') = 0
        AND strpos(rest, '"' || fragment || '"') = 0 THEN
            {triggers.refuse("statement_fragment", FRAGMENT)}
        END IF;
        rest = replace(replace(rest, '“' || fragment || '”', ''),
            '"' || fragment || '"', '');
    END LOOP;
    IF rest ~ '["“”„«»]' THEN
        {triggers.refuse("statement_fragment", FRAGMENT)}
    END IF;
    RETURN NULL;
""")
OWN_SENTENCE = triggers.one_line(f"""
    IF EXISTS (SELECT 1 FROM statements_statement s
        JOIN statements_statementpassage p ON p.statement_id = s.id
        WHERE s.id = NEW.id AND s.status = 'published'
        AND s.form IN ('indirect', 'collective')
        AND length(p.exact) >= {COPIED} AND strpos(s.text, p.exact) > 0) THEN
        {triggers.refuse("statement_own_words", OWN_WORDS)}
    END IF;
    RETURN NULL;
""")
IN_ORDER = triggers.one_line(f"""
    IF EXISTS (SELECT 1 FROM statements_statementpassage p
        JOIN statements_statementpassage q
        ON q.statement_id = p.statement_id AND q.version_id = p.version_id
        AND q.ordinal > p.ordinal AND q.start < p."end"
        WHERE p.statement_id = NEW.id) THEN
        {triggers.refuse("statement_order", ORDER)}
    END IF;
    RETURN NULL;
""")
IN_MARKS = f"""
    IF EXISTS (
        SELECT 1 FROM statements_statement s
        JOIN statements_statementpassage p ON p.statement_id = s.id
        WHERE s.id = NEW.id AND s.status = 'published'
        AND s.form IN ('direct', 'partial') AND s.marks_exception !~ '\\S'
        AND NOT EXISTS (
            SELECT 1 FROM archive_quotationrange r WHERE r.version_id = p.version_id
            AND r.start <= p.start AND r."end" >= p."end"
        )
        AND NOT EXISTS (
            SELECT 1 FROM statements_turn t WHERE t.version_id = p.version_id
            AND t.speaker_id = s.speaker_id
            AND t.start <= p.start AND t."end" >= p."end"
        )
    ) THEN
        {triggers.refuse("statement_marks", OUTSIDE_MARKS)}
    END IF;
    RETURN NULL;
"""
GROUP_OF_ARTICLE = triggers.one_line(f"""
    IF EXISTS (SELECT 1 FROM statements_speaker s
        WHERE s.id = NEW.speaker_id AND s.article_id <> NEW.article_id) THEN
        {triggers.refuse("statement_group", GROUP)}
    END IF;
    RETURN NEW;
""")
# Makes the statement's own trigger fill in the text, and its deferred rules run again.
RECHECK = triggers.one_line("""
    UPDATE statements_statement
    SET text = CASE form WHEN 'direct' THEN '' ELSE text END
    WHERE id IN (OLD.statement_id, NEW.statement_id);
    RETURN NULL;
""")


def at_commit(
    name: str, condition: pgtrigger.Q, func: str, **variables: str
) -> pgtrigger.Trigger:
    """A deferred rule on a statement and its passages, which may be saved in any order
    within a transaction.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=condition,
        declare=list(variables.items()),
        func=func,
    )
