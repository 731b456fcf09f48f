"""What set-up tells the person at the terminal."""

from __future__ import annotations

import sys


class Failed(Exception):
    """Set-up failed; carries the one sentence that the user reads."""


def say(sentence: str) -> None:
    """Writes to stderr, because stdout belongs to the command."""
    sys.stderr.write(f"On Record: {sentence}\n")
    sys.stderr.flush()
