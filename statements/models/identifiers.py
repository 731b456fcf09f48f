from __future__ import annotations

import pghistory
from django.db import models

from archive.core import identifiers
from statements.models.speakers import Speaker


@pghistory.track()
class SpeakerIdentifier(identifiers.Identifier):
    """Such as a Bioguide or Legistar number."""

    hangs_from = ("speaker",)

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="identifiers")

    class Meta(identifiers.Identifier.Meta):
        constraints = identifiers.constraints("speaker")
        triggers = identifiers.change_log("statements", "speaker")
