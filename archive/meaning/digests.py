"""The number by which a text is known, whatever record has it."""

import hashlib

MAX_CHARACTERS = 2_000  # more than the model reads


def of_interest(text: str) -> str:
    """The part of a text that the model reads."""
    return " ".join(text[: 2 * MAX_CHARACTERS].split())[:MAX_CHARACTERS]


def digest(text: str) -> int:
    """From 1 to 2**63 - 1; 0 for no text.

    Among a million texts the chance of a collision is 1 : 18 million.
    """
    if not (read := of_interest(text)):
        return 0
    hashed = hashlib.blake2b(read.encode(errors="replace"), digest_size=8).digest()
    return (int.from_bytes(hashed) >> 1) or 1
