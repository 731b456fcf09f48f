"""The kinds of records that files hold, by name."""

from archive.importing.base import Kind
from archive.importing.kinds.affiliations import AFFILIATIONS
from archive.importing.kinds.proposals import LISTS, POSITIONS, PROPOSALS
from archive.importing.kinds.sources import ARTICLES, OUTLETS, SPEAKERS
from archive.importing.kinds.statements import STATEMENTS

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        OUTLETS,
        SPEAKERS,
        AFFILIATIONS,
        ARTICLES,
        STATEMENTS,
        LISTS,
        PROPOSALS,
        POSITIONS,
    )
}
