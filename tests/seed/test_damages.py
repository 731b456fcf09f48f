"""`verify` names what got past a disabled trigger: each case damages one thing in one
way.
"""

import pytest
from django.contrib.auth.models import User

from archive.audit.verify import problems
from archive.core.rules import checked
from archive.models import Topic
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_speaker,
    make_statement,
)
from tests.rules import sql

pytestmark = pytest.mark.django_db
TABLES = [
    "archive_article",
    "archive_articleversion",
    "archive_quotationrange",
    "archive_topic",
    "statements_statement",
    "statements_statementpassage",
    "policies_position",
    "policies_position_evidence",
    "policies_proposal",
    "policies_proposalpassage",
]


def silence_the_rules():
    """Disables triggers and drops CHECK and UNIQUE constraints, inside the test's
    transaction.
    """
    with checked():
        pass  # no trigger event may be pending when a table is altered
    for table in TABLES:
        sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        rows = sql(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND "
            "contype IN ('c', 'u')",
            table,
        )
        for (name,) in rows:
            sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def make_archive() -> None:
    """Creates a statement of each form, a listed proposal, a position of each kind."""
    article, speaker = make_article(excerpt_limit=100), make_speaker(name="Ann Lee")
    own = make_statement(
        "We will fight,", "And we win.", article=article, speaker=speaker
    )
    make_statement(
        "And we win.", article=article, form="partial", text="Lee said “And we win.”"
    )
    make_statement(
        "taxes will fall",
        article=article,
        form="indirect",
        text="Lee expects lower taxes.",
    )
    listed = make_listed(
        "Build a bridge.", proposal_list=make_list(article=article, issued_by=speaker)
    )
    people = [User.objects.create(username=name) for name in ("one", "two")]
    make_position(own, speaker=speaker, proposal=listed, basis="own_words")
    make_position(
        proposal=listed,
        basis="inferred",
        rationale="r",
        recorded_by=people[0],
        reviewed_by=people[1],
    )
    make_position(proposal=listed, basis="document", stance="mixed", conditions="if")
    for name in ("First", "Second"):
        own.topics.add(Topic.objects.create(name=name))


VERSION = "UPDATE archive_articleversion SET"
STATEMENT = "UPDATE statements_statement SET"
PASSAGE = "UPDATE statements_statementpassage SET"
PROPOSAL = "UPDATE policies_proposal SET"
POSITION = "UPDATE policies_position SET"
OTHER_ARTICLE = "(SELECT max(id) FROM archive_article)"
DAMAGES = {
    "words said to be removed that the source still has": (
        f"{PASSAGE} removed_in_id = version_id",
        "the source has not removed the words of passage 1",
    ),
    "a version whose hash is another": (
        f"{VERSION} sha256 = 'x'",
        "does not match its hash",
    ),
    "a version that is not normalized": (
        f"{VERSION} text = text || U&'e\\0301'",
        "not normalized (NFC)",
    ),
    "a version with carriage returns": (
        f"{VERSION} text = text || E'\\r\\n'",
        "line endings are not LF",
    ),
    "a sentence copied from the article": (
        f"{STATEMENT} text = 'Lee said taxes will fall.' WHERE form = 'indirect';"
        f"{PASSAGE} exact = 'Lee said taxes will fall.' WHERE exact = 'taxes will "
        "fall'",
        "is copied from the article",
    ),
    "ranges of another text": (
        "UPDATE archive_quotationrange SET start = start + 1",
        "stored quotation ranges do not match its text",
    ),
    "a reporter's words as a quotation": (
        "DELETE FROM archive_quotationrange",
        "neither in quotation marks nor in a turn of its speaker",
    ),
    "a document nobody can look at": (
        "UPDATE policies_position SET source_url = '' WHERE basis = 'document'",
        "without a supporting statement or source address",
    ),
    "marks around words nobody said": (
        f"{STATEMENT} text = text || ' “Indeed.”' WHERE form = 'partial'",
        "fragments, and nothing else",
    ),
    "passages in another order": (
        f"{PASSAGE} ordinal = 9 WHERE ordinal = 1",
        "are not in the order",
    ),
    "words under a link only": (
        "UPDATE archive_article SET rights = 'link_only'",
        "exceed its limit of 0",
    ),
    "words that stand elsewhere": (
        f'{PASSAGE} start = start + 1, "end" = "end" + 1',
        "passage 1 are not at",
    ),
    "words that stand nowhere": (
        "UPDATE policies_proposalpassage SET exact = 'Build a wall...'",
        "words of passage 1 are not at",
    ),
    "a prefix that stands elsewhere": (
        f"{PASSAGE} prefix = 'x'",
        "prefix or suffix of passage 1",
    ),
    "a statement in another article": (
        f"{STATEMENT} article_id = {OTHER_ARTICLE}",
        "belongs to another article",
    ),
    "a quotation retyped": (
        f"{STATEMENT} text = 'We fight' WHERE form = 'direct'",
        "text differs from its passages",
    ),
    "a fragment that is not quoted": (
        f"{STATEMENT} text = 'Lee won.' WHERE form = 'partial'",
        "have its fragments",
    ),
    "a report between marks": (
        f"{STATEMENT} text = '“So”' WHERE form = 'indirect'",
        "has quotation marks",
    ),
    "a report without a text": (
        f"{STATEMENT} text = '' WHERE form = 'indirect'",
        "without a passage or a text",
    ),
    "a statement without a passage": (
        "DELETE FROM statements_statementpassage",
        "without a passage or a text",
    ),
    "a listed proposal retyped": (
        f"{PROPOSAL} text = 'Build two.'",
        "its text differs from its passages",
    ),
    "a listed proposal without a passage": (
        "DELETE FROM policies_proposalpassage",
        "published without a passage",
    ),
    "a proposal away from its list": (
        f"{PROPOSAL} article_id = {OTHER_ARTICLE}",
        "differs from that of its list",
    ),
    "a position that rests on nothing": (
        "DELETE FROM policies_position_evidence",
        "without a supporting statement",
    ),
    "own words of somebody else": (
        f"{STATEMENT} speaker_id = (SELECT max(id) FROM statements_speaker)",
        "without a supporting statement",
    ),
    "an inference reviewed by nobody": (
        f"{POSITION} reviewed_by_id = NULL",
        "without a second person",
    ),
    "an inference reviewed by its author": (
        f"{POSITION} reviewed_by_id = recorded_by_id",
        "without a second person",
    ),
    "an inference without a rationale": (
        f"{POSITION} rationale = ''",
        "inferred without a rationale",
    ),
    "a mixed position without conditions": (
        f"{POSITION} conditions = ''",
        "mixed without conditions",
    ),
    "more characters than the limit": (
        "UPDATE archive_article SET excerpt_limit = 39",
        "40 public characters",
    ),
    "an address with a blank": (
        "UPDATE archive_topic SET slug = 'a b' WHERE slug = 'first'",
        "is malformed",
    ),
    "an address given twice": (
        "UPDATE archive_topic SET slug = 'same'",
        "belongs to another record too",
    ),
    "a record without a page": (
        "UPDATE archive_topic SET slug = ''",
        "is public, but has no page",
    ),
}


@pytest.fixture(scope="module")
def archive(records_of_module) -> None:
    """One archive without rules for all tests of this module; what each damages is
    rolled back.
    """
    make_archive()
    make_article()
    silence_the_rules()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(("damage", "named"), DAMAGES.values(), ids=DAMAGES)
def test_verify_names(damage, named):
    assert sql(damage)
    lines = [line for _article, line in problems()]  # no check fails on the damage
    assert any(named in line for line in lines)
