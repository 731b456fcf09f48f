"""Where a speaker may stand on a proposal, and on what basis the archive says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Supports")
    MIXED = "mixed", _("Mixed")
    OPPOSES = "opposes", _("Opposes")
    ABSTAINS = "abstains", _("Abstains")
    DECLINED = "declined", _("Declined to say")
    DISCUSSES = "discusses", _("Discusses")

    def counted(self, count: int) -> str:
        """For example: 2 speakers support it."""
        return COUNTED[self.value](count) % count


COUNTED = {
    "supports": lambda n: ngettext(
        "%d speaker supports it", "%d speakers support it", n
    ),
    "mixed": lambda n: ngettext(
        "%d speaker has a mixed position", "%d speakers have a mixed position", n
    ),
    "opposes": lambda n: ngettext("%d speaker opposes it", "%d speakers oppose it", n),
    "abstains": lambda n: ngettext("%d speaker abstains", "%d speakers abstain", n),
    "declined": lambda n: ngettext(
        "%d speaker declined to say", "%d speakers declined to say", n
    ),
    "discusses": lambda n: ngettext(
        "%d speaker discusses it", "%d speakers discuss it", n
    ),
}


class Basis(models.TextChoices):
    OWN_WORDS = "own_words", _("In their own words")
    DOCUMENT = "document", _("A document")
    ACTION = "action", _("An action: a vote, a sponsorship, an order")
    REPORTED = "reported", _("As reported")
    INFERRED = "inferred", _("Inferred by the editors")
