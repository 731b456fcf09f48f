"""What set-up says to the person at the terminal."""

from __future__ import annotations

import sys


class Failed(Exception):
    """Carries the one sentence the user reads."""


def say(sentence: str) -> None:
    """Set-up speaks on stderr: stdout belongs to the command."""
    sys.stderr.write(f"On Record: {sentence}\n")
    sys.stderr.flush()
