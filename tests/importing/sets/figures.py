"""Figures of the three sets with the first article, computed from their files alone:
the pages must say the same.
"""

import json
from collections import Counter, defaultdict
from functools import cache

from tests.importing.sets import files
from tests.importing.sets.files import CONGRESS, COUNCIL, SPEECHES

PARTY, MEMBER, OFFICE = "party", "member", "office"
SEED_BODY = "Mayor's Office"


@cache
def seed(model: str) -> list[dict]:
    rows = json.loads((files.FOLDER.parent / "seed.json").read_text())
    return [row["fields"] for row in rows if row["model"] == model]


@cache
def seed_topics() -> dict[str, str]:
    return {row["slug"]: row["name"] for row in seed("archive.topic")}


def topics_of(row: dict) -> list[str]:
    """Of a row of a set, or of a record of the first article."""
    topics = row["topics"]
    if isinstance(topics, str):
        return [each for each in topics.split("; ") if each]
    return [seed_topics()[slug] for (slug,) in topics]


@cache
def names() -> dict[tuple[str, str], str]:
    """(set, id) → the name that the speaker has in the archive."""
    found = {
        (name, row["id"]): row["name"]
        for name in (SPEECHES, CONGRESS, COUNCIL)
        for row in files.rows(name, "speakers.csv.xz")
    }
    advocate = COUNCIL, "public-advocate-jumaane-williams"
    return found | {
        advocate: "Jumaane D. Williams",
        (CONGRESS, "J000312"): "Jim Justice",
        (CONGRESS, "R000618"): "Pete Ricketts",
    }


def positions() -> list[dict]:
    return files.positions()


def by_member() -> Counter:
    return Counter(names()[COUNCIL, row["speaker_id"]] for row in positions())


def by_member_with(stance: str) -> Counter:
    return Counter(
        names()[COUNCIL, row["speaker_id"]]
        for row in positions()
        if row["stance"] == stance
    )


def seed_positions(field: str) -> Counter:
    return Counter(row[field] for row in seed("policies.position"))


@cache
def topics_of_proposals() -> dict[str, list[str]]:
    return {row["id"]: topics_of(row) for row in files.proposals()}


def topics_of_positions() -> Counter:
    ours = {row["slug"]: topics_of(row) for row in seed("policies.proposal")}
    counts = Counter(
        topic
        for row in positions()
        for topic in topics_of_proposals()[row["proposal_id"]]
    )
    counts.update(
        topic for row in seed("policies.position") for topic in ours[row["proposal"][0]]
    )
    return counts


def topics_of_all_proposals() -> Counter:
    rows = [*files.proposals(), *seed("policies.proposal")]
    return Counter(topic for row in rows for topic in topics_of(row))


def topics_of_statements() -> Counter:
    rows = [*files.rows(SPEECHES, "statements.csv.xz"), *seed("statements.statement")]
    return Counter(topic for row in rows for topic in topics_of(row))


def by_governor() -> Counter:
    return Counter(
        names()[SPEECHES, row["speaker_id"]]
        for row in files.rows(SPEECHES, "statements.csv.xz")
    )


def statements_by(kind: str, column: str) -> Counter:
    """By the party, or by the office's title or place, of the governor."""
    held = {
        row["speaker_id"]: row[column]
        for row in files.rows(SPEECHES, "affiliations.csv.xz")
        if row["kind"] == kind
    }
    return Counter(
        held[row["speaker_id"]] for row in files.rows(SPEECHES, "statements.csv.xz")
    )


def bodies() -> Counter:
    return Counter(names()[COUNCIL, row["body_id"]] for row in positions())


def as_member() -> int:
    """The positions that a member took within the term that is known."""
    terms = {
        row["speaker_id"]: (row["start"] or row["known_on"], row["end"] or "9999")
        for row in files.rows(COUNCIL, "affiliations.csv.xz")
        if row["kind"] == MEMBER
    }
    return sum(
        first <= row["held_on"] <= last
        for row in positions()
        if row["speaker_id"] in terms
        for first, last in [terms[row["speaker_id"]]]
    )


def members(organization: str) -> int:
    """The people whom any of the sets has as members of a party or a body."""
    return len(
        {
            names()[name, row["speaker_id"]]
            for name in (SPEECHES, CONGRESS, COUNCIL)
            for row in files.rows(name, "affiliations.csv.xz")
            if row["organization_id"]
            and names()[name, row["organization_id"]] == organization
        }
    )


def people() -> int:
    """Of all sets, each once, and those quoted in the first article."""
    ours = {
        row["name"] for row in seed("statements.speaker") if row["kind"] == "person"
    }
    theirs = {
        names()[name, row["id"]]
        for name in (SPEECHES, CONGRESS, COUNCIL)
        for row in files.rows(name, "speakers.csv.xz")
        if row["kind"] == "person"
    }
    return len(ours | theirs)


def put_forward() -> Counter:
    """How many proposals of the Council each member put forward."""
    return Counter(
        names()[COUNCIL, row["proposed_by_id"]]
        for row in files.proposals()
        if row["proposed_by_id"]
    )


def years() -> Counter:
    return Counter(row["held_on"][:4] for row in positions())


def tally(proposal: str) -> Counter:
    """How many speakers took only this stance; "" for those who took several."""
    stances = defaultdict(set)
    for row in _by_proposal()[proposal]:
        stances[row["speaker_id"]].add(row["stance"])
    return Counter(each.pop() if len(each) == 1 else "" for each in stances.values())


@cache
def _by_proposal() -> dict[str, list[dict]]:
    grouped = defaultdict(list)
    for row in positions():
        grouped[row["proposal_id"]].append(row)
    return grouped


def words() -> Counter:
    """What is quoted, (speech, passage)."""
    texts = {
        row["id"]: row["text"] for row in files.rows(SPEECHES, "articles.jsonl.xz")
    }
    return Counter(
        (row["article_id"], texts[row["article_id"]][int(start) : int(end)])
        for row in files.rows(SPEECHES, "statements.csv.xz")
        for start, end in zip(
            row["start"].split("; "), row["end"].split("; "), strict=True
        )
    )
