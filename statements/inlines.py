"""The parts of a speaker's form: offices, parties, memberships; identifiers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from archive.core.roles import PUBLISH
from archive.editing.records import PartInline
from statements.models import Affiliation, SpeakerIdentifier


class AffiliationInline(PartInline, admin.StackedInline):
    model = Affiliation
    fk_name = "speaker"


class SpeakerIdentifierInline(PartInline, admin.TabularInline):
    model = SpeakerIdentifier
