"""What the index holds of statements and speakers."""

from archive.listing.documents import Kind
from statements.filters import SpeakerFilterSet, StatementFilterSet
from statements.models import Speaker, Statement

POSITION = (
    "proposal__article",
    "proposal__proposal_list__article",
    "evidence__article",
)

KINDS = [
    Kind(
        StatementFilterSet,
        lambda: Statement.objects.public().dated(),
        rests_on=(
            "speaker__affiliations__organization",
            "article__outlet",
            "topics",
            *(f"positions__{path}" for path in POSITION),
        ),
        gathers=("positions",),
    ),
    Kind(
        SpeakerFilterSet,
        lambda: Speaker.objects.public().listed().with_activity(),
        rests_on=(
            "statements__article",
            "statements__topics",
            "reports__article",
            *(f"positions__{path}" for path in POSITION),
            "issued_lists__article",
            "received_lists__article",
            "proposed__article",
            "addressed__article",
            "affiliations__organization",
            "members__speaker",
            *(f"body_positions__{path}" for path in POSITION),
        ),
        gathers=(
            "statements",
            "reports",
            "positions",
            "issued_lists",
            "received_lists",
            "proposed",
            "addressed",
        ),
    ),
]
