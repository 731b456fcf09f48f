"""An archive with roles and with bodies as text is upgraded: roles become published
affiliations, and each organization named becomes one speaker, in the history too.
"""

import itertools

import psycopg
import pytest
from psycopg import sql

from tests import database
from tests.ops.test_upgrade import manage

pytestmark = pytest.mark.volume
BEFORE = [("policies", "0012"), ("statements", "0011"), ("archive", "0016")]
SPEAKER = dict.fromkeys(["other_names", "summary", "wikidata_id", "url", "slug"], "")
ROLES = [
    ("Ann Lee", "Mayor", ""),
    ("Ann Lee", "Member", "City Council"),
    ("Ann Lee", "Chair", "Harbor Board"),
    ("Bob Ray", "Member", "Harbor Board"),
    ("City Council", "Host", "City Council"),
    ("Bob Ray", "Trustee", "The Old Board"),
]
BODIES = ["", "City Council", "Harbor Board", "Plan Commission"]
AFFILIATIONS = """
SELECT s.name, a.title, coalesce(o.name, ''), a.kind, a.title_slug, a.is_published
FROM statements_affiliation a JOIN statements_speaker s ON s.id = a.speaker_id
LEFT JOIN statements_speaker o ON o.id = a.organization_id
"""
EVENTS = """
SELECT e.title, coalesce(o.name, ''), e.pgh_label FROM statements_affiliationevent e
LEFT JOIN statements_speaker o ON o.id = e.organization_id ORDER BY e.pgh_id
"""
POSITIONS = """
SELECT coalesce(o.name, ''), p.updated_at FROM {} p
LEFT JOIN statements_speaker o ON o.id = p.body_id ORDER BY p.id
"""
GRANTED = """
SELECT count(*) FROM auth_group g JOIN auth_group_permissions l ON l.group_id = g.id
JOIN auth_permission p ON p.id = l.permission_id WHERE p.codename = %s
"""


def insert(connection, table, **fields):
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, fields)),
        sql.SQL(", ").join([sql.Placeholder()] * len(fields)),
    )
    return connection.execute(query, list(fields.values())).fetchone()[0]


def write_old_archive(connection):
    uids = (f"a{number:09}" for number in itertools.count())
    names = {"Ann Lee": "person", "Bob Ray": "person", "City Council": "organization"}
    speakers = {
        name: insert(
            connection,
            "statements_speaker",
            **SPEAKER,
            kind=kind,
            name=name,
            sort_name="",
            uid=next(uids),
        )
        for name, kind in names.items()
    }
    for name, title, organization in ROLES:
        row = {"title": title, "organization": organization, "known_is_inferred": False}
        insert(connection, "statements_role", speaker_id=speakers[name], **row)
    connection.execute(
        "UPDATE statements_role SET organization = '' WHERE title = 'Trustee'"
    )
    proposal = {"title": "Build", "text": "", "slug": "", "outcome": ""}
    target = insert(
        connection, "policies_proposal", status="draft", uid=next(uids), **proposal
    )
    for body in BODIES:
        row = {"stance": "supports", "basis": "action", "conditions": "", "body": body}
        row |= {"rationale": "", "source_url": "", "status": "draft", "uid": next(uids)}
        row |= {"speaker_id": speakers["Ann Lee"], "proposal_id": target}
        insert(connection, "policies_position", **row)


@pytest.fixture(scope="module")
def upgraded():
    with database.server() as url:
        for app, name in BEFORE:
            back = manage(url, "migrate", app, name, "--verbosity=0")
            assert back.returncode == 0, back.stderr
        with psycopg.connect(url) as connection:
            write_old_archive(connection)
            times = connection.execute(
                "SELECT updated_at FROM policies_position ORDER BY id"
            ).fetchall()
        done = manage(url, "migrate", "--verbosity=0")
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url) as connection:
            yield connection, times


def test_a_role_becomes_a_published_affiliation(upgraded):
    rows = upgraded[0].execute(AFFILIATIONS).fetchall()
    assert {row[:3] for row in rows} == {
        *ROLES[:4],
        ("City Council", "Host", ""),
        ("Bob Ray", "Trustee", ""),
    }
    assert {row[3:] for row in rows if row[1] == "Chair"} == {("office", "chair", True)}
    assert all(row[-1] for row in rows)


def test_each_organization_that_was_named_is_one_speaker(upgraded):
    rows = upgraded[0].execute(
        "SELECT name, sort_name, slug, article_id IS NULL FROM statements_speaker"
        " WHERE kind = 'organization' ORDER BY name"
    )
    assert rows.fetchall() == [
        ("City Council", "City Council", "city-council", True),
        ("Harbor Board", "Harbor Board", "harbor-board", True),
        ("Plan Commission", "Plan Commission", "plan-commission", True),
        ("The Old Board", "Old Board", "the-old-board", True),
    ]


def test_the_history_of_a_role_names_its_organization(upgraded):
    assert upgraded[0].execute(EVENTS).fetchall() == [
        ("Mayor", "", "insert"),
        ("Member", "City Council", "insert"),
        ("Chair", "Harbor Board", "insert"),
        ("Member", "Harbor Board", "insert"),
        ("Host", "", "insert"),
        ("Trustee", "The Old Board", "insert"),
        ("Trustee", "", "update"),
    ]


def test_a_body_becomes_a_link_and_nothing_else_of_a_position_changes(upgraded):
    connection, times = upgraded
    rows = connection.execute(POSITIONS.format("policies_position")).fetchall()
    assert [(name,) for name, _time in rows] == [(body,) for body in BODIES]
    assert [(time,) for _name, time in rows] == times
    events = connection.execute(POSITIONS.format("policies_positionevent")).fetchall()
    assert [name for name, _time in events] == BODIES


def test_who_could_change_roles_can_change_affiliations(upgraded):
    counts = [
        upgraded[0].execute(GRANTED, [f"change_{name}"]).fetchone()[0]
        for name in ("affiliation", "role", "speakeridentifier")
    ]
    assert counts == [3, 0, 3]
