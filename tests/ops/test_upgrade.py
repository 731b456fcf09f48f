"""An archive from before the rule about quotation marks is upgraded: nothing is
withdrawn, and `verify` names what an editor must look at.
"""

import os
import subprocess
import sys

import psycopg
import pytest

from archive.setup.bootstrap import ROOT
from archive.setup.postgres import running
from tests import database

pytestmark = pytest.mark.volume
BEFORE = ("archive", "0002")  # what needs later ones goes back with them
TEXT = "“I grew up here.\n“I will die here,” she said. The council was not impressed."
PARAGRAPHS = ["I grew up here.", "I will die here,"]
UNMARKED = "The council was not impressed."
ROWS = """
INSERT INTO archive_article (status, uid, headline, headline_is_supplied, slug, byline,
    url, archived_url, published_precision, published_is_inferred, date_note, summary,
    language, rights)
VALUES ('published', 'aaaaaaaaaa', 'Pier', false, 'pier', '', '', '', 'day', false, '',
    '', 'en', 'excerpts');
INSERT INTO archive_articleversion (article_id, number, text, note)
SELECT id, 1, %(text)s, '' FROM archive_article;
INSERT INTO statements_speaker (kind, name, sort_name, slug, uid, other_names, summary,
    wikidata_id, url)
VALUES ('person', 'Ann Lee', '', 'ann-lee', 'bbbbbbbbbb', '', '', '', '');
"""
STATEMENT = """
INSERT INTO statements_statement (status, uid, article_id, speaker_id, form,
    attribution, occasion, said_precision, said_is_inferred, text, context)
SELECT 'published', %(uid)s, a.id, s.id, 'direct', '', '', 'day', false, '', ''
FROM archive_article a, statements_speaker s
"""
PASSAGE = """
INSERT INTO statements_statementpassage (statement_id, version_id, ordinal, start,
    "end", exact, prefix, suffix)
SELECT s.id, v.id, %(ordinal)s, %(start)s, %(end)s, %(exact)s, '', ''
FROM statements_statement s, archive_articleversion v WHERE s.uid = %(uid)s
"""


def manage(url, *arguments):
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def write_old_archive(url):
    with psycopg.connect(url) as connection:
        for statement in ROWS.split(";\n")[:-1]:
            connection.execute(statement, {"text": TEXT})
        for uid, words in (("cccccccccc", PARAGRAPHS), ("dddddddddd", [UNMARKED])):
            connection.execute(STATEMENT, {"uid": uid})
            for ordinal, exact in enumerate(words, 1):
                start = TEXT.index(exact)
                span = {"start": start, "end": start + len(exact), "exact": exact}
                connection.execute(PASSAGE, {"uid": uid, "ordinal": ordinal, **span})


def test_nothing_is_withdrawn_and_verify_names_what_must_be_looked_at():
    with database.server() as url:
        back = manage(url, "migrate", *BEFORE, "--verbosity=0")
        assert back.returncode == 0, back.stderr
        write_old_archive(url)
        done = manage(url, "migrate", "--verbosity=0")
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url) as connection:
            texts = connection.execute(
                "SELECT text FROM statements_statement WHERE is_public ORDER BY uid"
            ).fetchall()
            ranges = connection.execute(
                'SELECT start, "end" FROM archive_quotationrange ORDER BY start'
            ).fetchall()
        assert texts == [("I grew up here.\n\nI will die here,",), (UNMARKED,)]
        assert [TEXT[start:end] for start, end in ranges] == PARAGRAPHS
        checked = manage(url, "verify")
    assert checked.returncode == 1
    lines = checked.stdout.splitlines()
    assert "Article pier, problems: 1" in lines
    assert "dddddddddd: its words stand neither in quotation marks" in lines[-1]


def test_every_migrated_archive_has_a_feed_identifier_of_its_own(prepared):
    with running(prepared / "pg", {}) as url, psycopg.connect(url) as connection:
        [[identifier]] = connection.execute(
            "SELECT value FROM archive_setting WHERE key = 'feed_id'"
        ).fetchall()
    assert identifier.startswith("urn:uuid:")
