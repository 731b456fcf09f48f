"""The parties, one record for both spellings that the sources have."""

from __future__ import annotations

PARTIES = {
    "Democrat": "democratic-party",
    "Democratic": "democratic-party",
    "Republican": "republican-party",
}
ORGANIZATIONS = [
    {"id": "democratic-party", "kind": "organization", "name": "Democratic Party"},
    {"id": "republican-party", "kind": "organization", "name": "Republican Party"},
]


def party_row(speaker: str, party: str) -> dict[str, str]:
    """An independent belongs to no organization."""
    return {
        "id": f"{speaker} party",
        "kind": "party",
        "title": "" if party in PARTIES else party,
        "organization_id": PARTIES.get(party, ""),
    }
