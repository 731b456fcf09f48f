"""References to the archive's records, as texts and files. Pure Python."""

from archive.citations.reference import Citation, Kind, Name, Reference
from archive.citations.styles import STYLES, Style, Texts, texts

__all__ = [
    "STYLES",
    "Citation",
    "Kind",
    "Name",
    "Reference",
    "Style",
    "Texts",
    "texts",
]
