"""Sources and shared models: outlets, topics, articles, corrections, the change log,
reports.
"""

from archive.models.articles import (
    Article,
    ArticleKind,
    ArticleVersion,
    Outlet,
    Rights,
)
from archive.models.changes import Change
from archive.models.corrections import Correction, CorrectionKind
from archive.models.data_sets import DataSet
from archive.models.failed_searches import FailedSearch
from archive.models.following import (
    AskedAddress,
    Follow,
    Follower,
    Frequency,
    SentRecord,
)
from archive.models.identifiers import ArticleIdentifier
from archive.models.identity import IdentityDecision
from archive.models.imports import (
    ExternalId,
    ImportChange,
    ImportRun,
    ImportState,
)
from archive.models.quotation_ranges import QuotationRange, write_ranges
from archive.models.reports import Report, ReportState
from archive.models.review_notes import ReviewNote, ReviewStep
from archive.models.settings import Setting
from archive.models.suggestions import (
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from archive.models.synonyms import SynonymGroup
from archive.models.topics import Topic

__all__ = [
    "Article",
    "ArticleIdentifier",
    "ArticleKind",
    "ArticleVersion",
    "AskedAddress",
    "Change",
    "Correction",
    "CorrectionKind",
    "DataSet",
    "ExternalId",
    "FailedSearch",
    "Follow",
    "Follower",
    "Frequency",
    "IdentityDecision",
    "ImportChange",
    "ImportRun",
    "ImportState",
    "Outlet",
    "QuotationRange",
    "Report",
    "ReportState",
    "ReviewNote",
    "ReviewStep",
    "Rights",
    "SentRecord",
    "Setting",
    "Suggestion",
    "SuggestionKind",
    "SuggestionState",
    "SynonymGroup",
    "Topic",
    "write_ranges",
]
