from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models

from archive.core import passage_triggers, triggers
from archive.core.passages import Passage, PassageQuerySet
from policies.models.proposals import Proposal


@pghistory.track()
class ProposalPassage(Passage):
    """The words of a proposal at their place in the source."""

    hangs_from = ("proposal",)
    natural = ("proposal__slug", "ordinal")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="passages")

    objects = PassageQuerySet.as_manager()

    class Meta(Passage.Meta):
        constraints = [
            *Passage.Meta.constraints,
            models.UniqueConstraint(
                fields=["proposal", "ordinal"], name="proposalpassage_ordinal"
            ),
        ]
        triggers = [
            passage_triggers.passage_stands("proposal", "policies_proposal"),
            passage_triggers.removed_since(),
            pgtrigger.Trigger(
                name="verbatim",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                # Makes the proposal's own trigger fill in the text, and its deferred
                # rules run again.
                func=triggers.one_line("""
                UPDATE policies_proposal SET text = text
                WHERE id IN (OLD.proposal_id, NEW.proposal_id);
                RETURN NULL;
                """),
            ),
            *triggers.change_log("policies.proposal", "proposal_id"),
        ]

    def natural_key(self) -> tuple[str, int]:
        return (self.proposal.slug, self.ordinal)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "policies.proposal",
        "archive.articleversion",
    ]
