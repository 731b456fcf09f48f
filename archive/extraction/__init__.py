"""Text in, drafts with exact offsets out; see docs of `extract`."""

from archive.extraction.normalize import normalize

__all__ = ["normalize"]
