"""Outlets, articles and speakers."""

from __future__ import annotations

from archive.core.dates import Precision
from archive.importing import cells
from archive.importing.base import Block, Kind, Row
from archive.importing.columns import (
    IDENTIFIERS,
    SLUG,
    UID,
    Column,
    Reference,
    plain,
)
from archive.importing.lookups import outlets_named
from archive.importing.parts import Text, Turns, identifiers
from archive.models import Article, ArticleIdentifier, ArticleKind, Outlet, Rights
from archive.wording.sort_names import sort_name
from statements.models import Speaker, SpeakerIdentifier
from statements.models.speakers import SpeakerKind


def _match_outlets(block: Block) -> None:
    rows = [row for row in block.new_rows if row.target is None]
    names = outlets_named({row.fields["name"] for row in rows})
    for row in rows:
        if pks := names.get(row.fields["name"]):
            row.target = pks[0]


OUTLETS = Kind(
    name="outlets",
    one="outlet",
    model=Outlet,
    own=(
        plain("slug", SLUG.meaning, cells.slug, keeps_default=True),
        plain("name", "Its name.", cells.line(Outlet, "name"), is_needed=True),
        plain("url", "Its home page.", cells.address, "website", "home_page"),
    ),
    key=("name",),
    label="name",
    match=_match_outlets,
)


def _finish_speakers(block: Block) -> None:
    for row in block.ok_rows:
        if "name" in row.fields and not row.fields.get("sort_name"):
            kind = row.fields.get("kind", SpeakerKind.PERSON)
            row.fields["sort_name"] = sort_name(row.fields["name"], kind)


# read to tell people apart, and not stored
NAMED_BY = (
    Column("nickname", "Nicknames, separated by semicolons.", cells.lines),
    Column("suffix", "Jr., Sr., II and so on, if the name lacks it.", cells.long_text),
    Column("office", "An office held.", cells.long_text, ("role", "title")),
    Column("place", "Of the office.", cells.long_text, ("jurisdiction", "state")),
)

SPEAKERS = Kind(
    name="speakers",
    one="speaker",
    model=Speaker,
    own=(
        UID,
        plain("slug", SLUG.meaning, cells.slug, keeps_default=True),
        plain(
            "name",
            "Full name.",
            cells.line(Speaker, "name"),
            "full_name",
            is_needed=True,
        ),
        plain(
            "kind",
            "person (the default), organization or group.",
            cells.choice(SpeakerKind),
            keeps_default=True,
        ),
        plain(
            "sort_name",
            "The name to sort by; empty: surname first.",
            cells.line(Speaker, "sort_name"),
        ),
        plain("other_names", "Other names, separated by semicolons.", cells.lines),
        plain("summary", "In the archive's own words.", cells.long_text),
        plain("wikidata_id", "Q and a number; identifies.", cells.wikidata, "wikidata"),
        IDENTIFIERS,
        plain("url", "Home page.", cells.address, "website"),
        Column(
            "same_as",
            "The slug or uid of the speaker that this is, id: and the id of another "
            "row, or “new”.",
            cells.same_as,
            keeps_default=True,
        ),
        *NAMED_BY,
    ),
    references=(Reference("article", "articles", "Of a group: the only article"),),
    parts=(identifiers(SpeakerIdentifier, "speaker_id"),),
    key=("slug", "name"),
    label="name",
    finish=_finish_speakers,
)


def _finish_articles(block: Block) -> None:
    for row in block.ok_rows:
        _finish_article(row)
        if sentence := _take_turns(row):
            block.wrong(row, sentence, "turn_start")


def _finish_article(row: Row) -> None:
    headline = row.fields.get("headline", "")
    if headline[:1] == "[" and headline[-1:] == "]":
        row.fields["headline"] = headline[1:-1].strip()
        row.fields.setdefault("headline_is_supplied", True)
    if "published_on" in row.fields:
        set_date(row, "published_on", "published_precision")
    if "text" in row.values:
        row.fields["text"] = row.values["text"]


def _take_turns(row: Row) -> str:
    """Gives the turn its parts, if it is not the whole text; returns what is wrong."""
    starts, ends = row.values.get("turn_start") or [], row.values.get("turn_end") or []
    if not (starts or ends):
        return ""
    parts = [list(pair) for pair in zip(starts, ends, strict=False)]
    length = len(row.values.get("text") or "")
    flat = [place for part in parts for place in part]
    if len(starts) != len(ends) or flat != sorted(set(flat)) or flat[-1] > length:
        return "Each start needs an end after it, within the text of the row."
    if not row.fields.get("turn"):
        return "Name the speaker whose words they are."
    if parts != [[0, length]]:
        row.fields["turn"] = [row.fields["turn"], *parts]
    return ""


def set_date(row: Row, field: str, precision: str) -> None:
    value = row.fields[field]
    row.fields[precision] = cells.precision(value) if value else Precision.DAY.value
    row.fields[field] = cells.first_day(value) if value else None


ARTICLES = Kind(
    name="articles",
    one="article",
    model=Article,
    own=(
        UID,
        plain("slug", SLUG.meaning, cells.slug, keeps_default=True),
        plain(
            "headline",
            "As printed; in square brackets if the archive supplied it.",
            cells.line(Article, "headline"),
            "title",
            is_needed=True,
        ),
        plain(
            "headline_is_supplied",
            "yes: the headline is ours.",
            cells.yes_no,
            keeps_default=True,
        ),
        Column(
            "text",
            "The whole text. Another text is another version.",
            cells.source_text,
            ("body", "content"),
            keeps_default=True,
        ),
        plain(
            "kind",
            "news (the default), speech, press_release, transcript, interview, post or "
            "document.",
            cells.choice(ArticleKind),
            keeps_default=True,
        ),
        plain("byline", "Who wrote it.", cells.line(Article, "byline"), "author"),
        plain("url", "Its page at the publisher.", cells.address, "source_url", "link"),
        plain("archived_url", "A copy in another archive.", cells.address),
        plain(
            "published_on",
            "2024-12-12, 2024-12 or 2024.",
            cells.when,
            *("date", "published", "published_date"),
            is_date=True,
            empty=None,
        ),
        plain(
            "published_is_inferred",
            "yes: no source states the date.",
            cells.yes_no,
            "date_is_inferred",
            keeps_default=True,
        ),
        plain("date_note", "A note on the date.", cells.line(Article, "date_note")),
        plain("summary", "In the archive's own words.", cells.long_text),
        plain(
            "language",
            "Its code; en by default.",
            cells.line(Article, "language"),
            "lang",
            keeps_default=True,
        ),
        plain(
            "rights",
            "full_text, excerpts (the default) or link_only.",
            cells.choice(Rights),
            keeps_default=True,
        ),
        plain(
            "excerpt_limit",
            "The most characters shown.",
            cells.number,
            empty=None,
        ),
        IDENTIFIERS,
        Column(
            "turn_start",
            "Where the speaker's words start, in code points; several by semicolons.",
            cells.numbers,
        ),
        Column(
            "turn_end",
            "Where they end; without both, the whole text is the speaker's.",
            cells.numbers,
        ),
    ),
    references=(
        Reference("outlet", "outlets", "Who published it", False, ("publisher",)),
        Reference(
            "speaker",
            "speakers",
            "Whose own words the text is, as of a speech",
            field="turn",
        ),
    ),
    parts=(Text(), Turns(), identifiers(ArticleIdentifier, "article_id")),
    key=("url", "headline", "published_on"),
    label="headline",
    finish=_finish_articles,
)
