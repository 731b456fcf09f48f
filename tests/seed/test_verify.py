"""`verify` names what got past a disabled trigger: each case damages one thing in one
way.
"""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.audit.verify import problems
from archive.core.querysets import PublicQuerySet
from archive.core.rules import checked
from archive.ingest import load_seed
from archive.models import ArticleVersion, Topic
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


def verify(*options):
    """Returns the problems that the command prints."""
    out = StringIO()
    try:
        call_command("verify", *options, stdout=out)
    except CommandError:
        return [line for line in out.getvalue().splitlines() if ": " in line]
    return []


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


@pytest.fixture
def _archive():
    """A statement of each form, a listed proposal, a position of each kind."""
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


@pytest.mark.usefixtures("_archive")
def test_verify_finds_nothing_before_the_damage():
    make_article()
    assert verify() == []


@pytest.mark.usefixtures("_archive")
@pytest.mark.parametrize(("damage", "named"), DAMAGES.values(), ids=DAMAGES)
def test_verify_names(damage, named):
    make_article()
    silence_the_rules()
    assert sql(damage)
    lines = [line for _article, line in problems()]  # no check fails on the damage
    assert any(named in line for line in lines)


@pytest.mark.usefixtures("_archive")
def test_verify_prints_each_problem_under_its_article_and_fails():
    silence_the_rules()
    for damage in ("a version whose hash is another", "words under a link only"):
        sql(DAMAGES[damage][0])
    out = StringIO()
    with pytest.raises(CommandError, match="Problems found: 2"):
        call_command("verify", stdout=out)
    assert re.search(
        r"^Article article-\d+, problems: 2\n"
        r"  archive.articleversion .*does not match its hash\n"
        r"  archive.article .* exceed its limit of 0$",
        out.getvalue(),
        re.MULTILINE,
    )


@pytest.mark.usefixtures("_archive")
@pytest.mark.parametrize(
    ("public", "named"),
    [
        (lambda rows: rows.all(), "is public, but it or"),
        (lambda rows: rows.none(), "should be public, but is not"),
        (
            lambda rows: (
                rows.filter(status="published")
                if hasattr(rows.model, "status")
                else rows
            ),
            "is public, but it or",
        ),
    ],
    ids=["shows all", "shows nothing", "forgets the parents"],
)
def test_verify_sees_when_public(public, named, monkeypatch):
    make_statement(article=make_article(status="draft"))
    assert verify() == []
    monkeypatch.setattr(PublicQuerySet, "public", public)
    assert any(named in line for line in verify())


def test_the_seed_is_in_order(capsys):
    load_seed()
    call_command("verify")
    lines = capsys.readouterr().out.splitlines()
    assert {
        "1 article, 1 public",
        "15 statements, 15 public",
        "13 proposals, 13 public",
    } <= set(lines)
    assert {"5 positions, 5 public", "Everything is in order."} <= set(lines)


def test_what_is_not_published_is_counted_and_not_held_against_it(capsys):
    make_statement(status="withdrawn")
    make_position(status="draft", basis="own_words")
    call_command("verify")
    assert "1 statement, 0 public" in capsys.readouterr().out


def test_an_empty_archive_is_wrong_unless_allowed(capsys):
    with pytest.raises(CommandError, match="empty"):
        call_command("verify")
    call_command("verify", allow_empty=True)
    assert "0 statements, 0 public" in capsys.readouterr().out


def test_the_queries_do_not_grow_with_the_statements_of_an_article():
    def query_count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert verify() == []
        return len(queries)

    article = make_article()
    make_statement(article=article)
    before = query_count()
    for _ in range(5):
        make_statement(article=article)
    assert query_count() == before
    assert ArticleVersion.objects.count() == 1


def test_a_date_stored_before_its_rule_is_named():
    statement = make_statement()
    rule = sql(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conname = 'statement_days'"
    )[0][0]
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("ALTER TABLE statements_statement DROP CONSTRAINT statement_days")
    sql(
        "UPDATE statements_statement SET said_on = '2999-01-01', said_precision = 'day'"
    )
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE statements_statement ADD CONSTRAINT statement_days {rule}")
    _article, line = verify()
    assert statement.uid in line
    assert "stored before the rule statement_days, which it breaks" in line
