"""The steps of the workflow, by name: where each starts, where it leads, and what it
asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.core.publishing import Status
from archive.models import CorrectionKind


@dataclass(frozen=True)
class Step:
    label: Any
    comes_from: tuple[str, ...]
    goes_to: str
    explanation: Any
    done: Any
    note_kind: str = ""
    note_help: Any = ""
    asks_why: bool = False

    @property
    def is_public(self) -> bool:
        """Whether readers are told why."""
        return bool(self.note_kind)

    @property
    def needs_reason(self) -> bool:
        return self.asks_why or self.is_public


# what an account without the permission to publish may do with its own records
OF_AUTHORS = ("submit", "recall")

STEPS = {
    "submit": Step(
        _("Submit for review"),
        (Status.DRAFT,),
        Status.IN_REVIEW,
        _(
            "Asks an editor to review it. You cannot change it any more unless it is "
            "sent back."
        ),
        _("Submitted for review: %s."),
    ),
    "recall": Step(
        _("Take back"),
        (Status.IN_REVIEW,),
        Status.DRAFT,
        _("It leaves the review and is your draft again."),
        _("Taken back as a draft: %s."),
    ),
    "send_back": Step(
        _("Send back"),
        (Status.IN_REVIEW, Status.WITHDRAWN),
        Status.DRAFT,
        _("It becomes a draft again, which its author can change."),
        _("Sent back as a draft: %s."),
        note_help=_(
            "Say what is to be changed. The author and the editors read this; readers "
            "never do."
        ),
        asks_why=True,
    ),
    "publish": Step(
        _("Publish"),
        (Status.DRAFT, Status.IN_REVIEW),
        Status.PUBLISHED,
        _("Everybody can read it immediately."),
        _("Published: %s."),
    ),
    "withdraw": Step(
        _("Withdraw"),
        (Status.PUBLISHED,),
        Status.WITHDRAWN,
        _(
            "Its page then shows only the reason, and none of its words. Nothing is "
            "deleted."
        ),
        _("Withdrawn: %s."),
        CorrectionKind.WITHDRAWAL,
        _(
            "Readers who follow an old link see this reason instead of the record. Do "
            "not repeat the withdrawn text."
        ),
    ),
    "reinstate": Step(
        _("Reinstate"),
        (Status.WITHDRAWN, Status.DRAFT, Status.IN_REVIEW),
        Status.PUBLISHED,
        _(
            "Everybody can read it again immediately. Its page says that it was "
            "withdrawn and reinstated."
        ),
        _("Reinstated: %s."),
        CorrectionKind.REINSTATEMENT,
        _("Tell readers why the record is back. The note appears on its page."),
    ),
}
