"""Share cards: a record's words as a picture. See README.md."""

from archive.cards.card import Card, Mark
from archive.cards.drawing import HEIGHT, WIDTH, draw, drawn_words
from archive.cards.store import Store

__all__ = ["HEIGHT", "WIDTH", "Card", "Mark", "Store", "draw", "drawn_words"]
