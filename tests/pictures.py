"""Pictures as tests read them."""

from __future__ import annotations

import io

from PIL import Image


def words_of(png: bytes) -> str:
    """What the picture says it shows, line by line."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        return str(picture.text["Description"])


def size_of(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png)) as picture:
        return picture.size
