"""Statements, and the columns that they share with proposals."""

from __future__ import annotations

from archive.importing import cells
from archive.importing.base import Block, Kind, Row
from archive.importing.columns import (
    TOPICS,
    TOPICS_BY_RULE,
    UID,
    Column,
    Reference,
    plain,
)
from archive.importing.kinds.sources import set_date
from archive.importing.kinds.wording import Texts, locate, marked, pieces
from archive.importing.parts import links, passages
from statements.models import Statement, StatementPassage
from statements.models.statements import VERBATIM, Form

ARTICLE = ("article_title", "article_url")
SAID_BY = Reference(
    "speaker", "speakers", "Who holds or says it", True, ("speaker_name", "said_by")
)
PASSAGE = Column(
    "passage",
    "The exact words in the article; several joined by […].",
    cells.words,
    ("quote", "exact"),
)
START = Column(
    "start",
    "Where the words start, in code points; several by semicolons.",
    cells.numbers,
    ("char_start",),
)
END = Column(
    "end", "Where they end, if the words are not given.", cells.numbers, ("char_end",)
)


def uid_column(*aliases: str) -> Column:
    return Column("uid", UID.meaning, UID.read, aliases, keeps_default=True)


def _finish_statements(block: Block) -> None:
    texts = Texts()
    for row in block.ok_rows:
        if "said_on" in row.fields:
            set_date(row, "said_on", "said_precision")
        words, column = _words_of(row)
        located = locate(block, row, texts, words, column)
        if located:
            row.fields["passages"] = located
        elif row.is_ok and row.fields["form"] in VERBATIM:
            block.wrong(row, "A quotation needs its words.", "passage")
        if row.fields["form"] == Form.DIRECT:
            row.fields.pop("text", None)  # the database derives it


def _words_of(row: Row) -> tuple[list[str], str]:
    """The passages' words, and the column that has them. `words` is the column of
    /statements.csv: what it holds depends on the form.
    """
    words = row.values.get("words") or ""
    if row.values.get("passage"):
        return pieces(row.values["passage"]), "passage"
    if row.fields["form"] == Form.DIRECT:
        return pieces(words), "words"
    if words:
        row.fields.setdefault("text", words)
    if row.fields["form"] == Form.PARTIAL:
        return marked(words), "words"
    return [], "passage"


STATEMENTS = Kind(
    name="statements",
    one="statement",
    model=Statement,
    own=(
        uid_column("statement_uid"),
        plain(
            "form",
            "direct, partial, indirect or collective.",
            cells.choice(Form),
            is_needed=True,
        ),
        PASSAGE,
        START,
        END,
        Column(
            "words",
            "As in /statements.csv: the passage if direct, else the sentence.",
            cells.words,
        ),
        plain("text", "Our own sentence, unless direct.", cells.long_text, "sentence"),
        plain(
            "attribution",
            "Name and title exactly as printed.",
            cells.line(Statement, "attribution"),
        ),
        plain("occasion", "Where it was said.", cells.line(Statement, "occasion")),
        plain(
            "said_on",
            "2024-12-12, 2024-12 or 2024, if it differs from the article's.",
            cells.when,
            *("said_date", "date"),
            is_date=True,
            empty=None,
        ),
        plain(
            "said_is_inferred",
            "yes: no source states that date.",
            cells.yes_no,
            "said_date_is_inferred",
            keeps_default=True,
        ),
        TOPICS,
        TOPICS_BY_RULE,
        plain(
            "context",
            "Ours, to be read before the words.",
            cells.line(Statement, "context"),
        ),
        plain(
            "marks_exception",
            "Why it is a quotation without quotation marks.",
            cells.line(Statement, "marks_exception"),
        ),
    ),
    references=(
        Reference("article", "articles", "The article", True, ARTICLE),
        SAID_BY,
        Reference("reported_by", "speakers", "Who passed it on"),
    ),
    parts=(
        links("topics", Statement.topics.through, "statement_id", "topic_id"),
        passages(StatementPassage, "statement_id"),
    ),
    key=(
        *("article_id", "article_uid", "article"),
        *("speaker_id", "speaker_uid", "speaker"),
        *("passage", "start", "words", "text"),
    ),
    label="words",
    finish=_finish_statements,
)
