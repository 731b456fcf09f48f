"""What changed since a mark: a mirror kept by it equals the archive, and nothing that
never was public is named.
"""

import random
from contextlib import closing

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from archive.core.publishing import Status
from archive.data.resources import RESOURCES
from tests.factories import (
    make_affiliation,
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

client = Client()
START = "/api/v1/changes/"


def mark():
    answer = client.get(START).json()
    assert answer["results"] == []
    return answer["mark"]


def since(start, size=100):
    """All changes since a mark, and the next mark."""
    answer = client.get(START, {"since": start, "size": size}).json()
    changes = answer["results"]
    while answer["next"]:
        assert answer["mark"] is None
        answer = client.get(answer["next"]).json()
        changes += answer["results"]
    return changes, answer["mark"]


def everything():
    """(list, uid) -> record, as the lists give them."""
    records = {}
    for name in RESOURCES:
        address = f"/api/v1/{name}/?size=100"
        while address:
            answer = client.get(address).json()
            records |= {(name, each["uid"]): each for each in answer["results"]}
            address = answer["next"]
    return records


def mirrored(mirror, changes):
    for each in changes:
        key = (each["kind"], each["uid"])
        if each["operation"] == "removed":
            assert each["record"] is None
            mirror.pop(key, None)
        else:
            mirror[key] = each["record"]
    return mirror


@pytest.mark.django_db(transaction=True)
def test_a_change_an_addition_and_a_removal():
    changed, withdrawn = make_statement(), make_statement()
    start = mark()
    changed.occasion = "On the bridge"
    changed.save()
    withdrawn.status = Status.WITHDRAWN
    withdrawn.save()
    added = make_statement(article=changed.article, speaker=changed.speaker)
    changes, _mark = since(start)
    by_uid = {each["uid"]: each for each in changes if each["kind"] == "statements"}
    assert {uid: each["operation"] for uid, each in by_uid.items()} == {
        changed.uid: "changed",
        withdrawn.uid: "removed",
        added.uid: "added",
    }
    assert by_uid[changed.uid]["record"]["occasion"] == "On the bridge"
    assert {**by_uid[withdrawn.uid], "at": ""} == {
        "operation": "removed",
        "kind": "statements",
        "uid": withdrawn.uid,
        "at": "",
        "record": None,
    }


@pytest.mark.django_db(transaction=True)
def test_nothing_that_never_was_public_is_named():
    start = mark()
    draft = make_article(status=Status.DRAFT)
    hidden = [
        make_statement(status=Status.DRAFT),
        make_statement(article=draft),  # published below a draft
        make_proposal(status=Status.IN_REVIEW),
        make_speaker(name="Nobody quotes her yet"),
    ]
    hidden += [draft, hidden[0].speaker, hidden[1].speaker]
    hidden[0].delete()
    named = {each["uid"] for each in since(start)[0]}
    assert named
    assert not named & {record.uid for record in hidden}


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_article_takes_with_it_what_hangs_on_it():
    statement = make_statement()
    start = mark()
    statement.article.status = Status.WITHDRAWN
    statement.article.save()
    gone = {each["uid"] for each in since(start)[0] if each["operation"] == "removed"}
    assert gone == {statement.uid, statement.article.uid, statement.speaker.uid}


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_comes_late_is_not_missed():
    statement, other = make_statement(), make_statement()
    parameters = connection.get_connection_params()
    parameters.pop("pool", None)
    parameters = {
        name: parameters[name]
        for name in ("host", "user", "dbname", "password", "port")
        if parameters.get(name)
    }
    with closing(psycopg.connect(**parameters)) as late:
        late.execute(
            "UPDATE statements_statement SET occasion = 'Late' WHERE id = %s",
            [statement.pk],
        )
        other.occasion = "Early"
        other.save()
        start = mark()
        late.commit()
    changes, _mark = since(start)
    occasions = {
        each["uid"]: each["record"]["occasion"]
        for each in changes
        if each["kind"] == "statements"
    }
    assert occasions[statement.uid] == "Late"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_mirror_kept_by_it_equals_the_archive_after_random_writes(seed):
    world = World(seed)
    for _ in range(12):
        world.write()
    start = mark()
    mirror = everything()
    for _round in range(4):
        for _ in range(6):
            world.write()
        changes, start = since(start, size=7)
        mirror = mirrored(mirror, changes)
        assert mirror == everything()
    assert world.withdrawn


class World:
    """Random writes of an editor, one transaction each."""

    def __init__(self, seed):
        self.random, self.withdrawn = random.Random(seed), 0
        self.articles = [make_article(), make_article(outlet=make_outlet())]
        self.speakers = [make_speaker(), make_speaker()]
        self.topics = [make_topic(), make_topic()]
        self.lists = [make_list(article=self.articles[0])]
        self.records = [*self.articles, *self.lists]
        self.statements, self.proposals = [], []
        for _ in range(2):
            self.add_statement()
            self.add_proposal()

    def write(self):
        writes = [
            *(self.add_statement, self.add_proposal, self.add_position),
            *(self.rename, self.move, self.switch, self.switch, self.tag),
            self.affiliate,
        ]
        with transaction.atomic():
            self.random.choice(writes)()

    def status(self):
        return self.random.choice([Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT])

    def add_statement(self):
        made = make_statement(
            article=self.random.choice(self.articles),
            speaker=self.random.choice(self.speakers),
            status=self.status(),
        )
        self.statements.append(made)
        self.records.append(made)

    def add_proposal(self):
        made = self.random.choice(
            [
                lambda: make_listed(proposal_list=self.lists[0]),
                lambda: make_proposal(status=self.status()),
            ]
        )()
        self.proposals.append(made)
        self.records.append(made)

    def add_position(self):
        self.records.append(
            make_position(
                speaker=self.random.choice(self.speakers),
                proposal=self.random.choice(self.proposals),
                status=self.status(),
            )
        )

    def rename(self):
        topic, speaker = self.topics[0], self.random.choice(self.speakers)
        topic.name += "x"
        topic.save()
        speaker.name += "y"
        speaker.save()

    def move(self):
        statement = self.random.choice(self.statements)
        statement.speaker = self.random.choice(self.speakers)
        statement.save()

    def switch(self):
        """Publishes or withdraws any record."""
        record = self.random.choice(self.records)
        record.refresh_from_db()
        is_published = record.status == Status.PUBLISHED
        record.status = Status.WITHDRAWN if is_published else Status.PUBLISHED
        self.withdrawn += is_published
        record.save()

    def tag(self):
        self.random.choice(self.statements).topics.set(
            self.random.sample(self.topics, self.random.randint(0, 2))
        )

    def affiliate(self):
        title = f"Mayor {self.random.random()}"
        make_affiliation(speaker=self.random.choice(self.speakers), title=title)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["yesterday", "2023-02-30", "%00", "-1", "1" * 40])
def test_a_malformed_mark_is_a_400_that_names_it(value):
    response = client.get(f"{START}?since={value}")
    assert response.status_code == 400
    assert [*response.json()["parameters"]] == ["since"]


@pytest.mark.django_db
@pytest.mark.parametrize(("cursor", "status"), [("null", 400), ("A" * 36, 404)])
def test_a_cursor_that_no_page_gave_is_refused_without_a_mark_too(cursor, status):
    response = client.get(f"{START}?cursor={cursor}")
    assert response.status_code == status
    assert [*response.json()["parameters"]] == ["cursor"]


@pytest.mark.django_db
def test_a_mark_of_another_archive_and_a_forged_cursor_are_a_404():
    ours = mark()
    position, _dash, name = ours.partition("-")
    for query in (
        f"since={position}-00000000",
        f"since={10**17}-{name}",
        f"since={ours}&cursor={'A' * 36}",
    ):
        assert client.get(f"{START}?{query}").status_code == 404, query


@pytest.mark.django_db
def test_a_day_is_a_mark_too():
    statement = make_statement()
    changes, _mark = since("2024-01-01")
    assert statement.uid in {each["uid"] for each in changes}
