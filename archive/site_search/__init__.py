"""Answers a question typed in words from everything in the archive."""

from archive.site_search.asking import Answers, Hit, ask

__all__ = ["Answers", "Hit", "ask"]
