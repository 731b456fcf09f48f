"""Sources and what every app needs: outlets, topics, articles, corrections, the change
log, reports.
"""

from archive.models.articles import Article, ArticleVersion, Outlet, Rights
from archive.models.changes import Change
from archive.models.corrections import Correction, CorrectionKind
from archive.models.failed_searches import FailedSearch
from archive.models.reports import Report, ReportState
from archive.models.settings import Setting
from archive.models.topics import Topic

__all__ = [
    "Article",
    "ArticleVersion",
    "Change",
    "Correction",
    "CorrectionKind",
    "FailedSearch",
    "Outlet",
    "Report",
    "ReportState",
    "Rights",
    "Setting",
    "Topic",
]
