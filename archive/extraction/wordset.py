"""Word lists written as plain text."""


def word_set(text: str) -> frozenset[str]:
    """Returns the whitespace-separated words of *text*."""
    return frozenset(text.split())
