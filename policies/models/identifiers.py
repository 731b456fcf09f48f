from __future__ import annotations

import pghistory
from django.db import models

from archive.core import identifiers
from policies.models.proposals import Proposal


@pghistory.track()
class ProposalIdentifier(identifiers.Identifier):
    """Such as the number of a council file."""

    hangs_from = ("proposal",)

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="identifiers")

    class Meta(identifiers.Identifier.Meta):
        constraints = identifiers.constraints("proposal")
        triggers = identifiers.change_log("policies", "proposal")
