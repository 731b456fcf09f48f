"""Refuses long passwords that are common ones made longer."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 6  # letters of a common password that count
MOST_ADDED = 4  # characters beside it
FEWEST_DIFFERENT = 5  # characters


class NoCommonBeginning:
    """A password is refused if few characters are added to a common one, as in
    `qwertyuiopas`, if it repeats a common one, or if it has very few different
    characters.
    """

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        if self.is_common(password.lower().strip()):
            raise ValidationError(
                _("This password is a common one with a few characters more."),
                code="password_too_common",
            )

    def is_common(self, password: str) -> bool:
        if len(set(password)) < FEWEST_DIFFERENT:
            return True
        length = len(password)
        least = max(SHORTEST, length - MOST_ADDED)
        parts = {
            password[start : start + size]
            for size in range(least, length + 1)
            for start in range(length - size + 1)
        }
        half, odd = divmod(length, 2)
        if not odd and password[:half] == password[half:]:
            parts.add(password[:half])
        return not parts.isdisjoint(self.common)

    def get_help_text(self) -> str:
        return str(_("Your password can’t be a common one with a few more characters."))
