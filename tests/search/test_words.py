"""What a reader may type, and what it finds."""

import pytest
from django.core.management import CommandError, call_command

from archive.search import analysis, parse, snippets, suggest
from archive.search.language import MAX_CHARACTERS
from archive.search.query import MAX_TERMS, text_query
from tests.search.small import TEXTS, make_index, results_of


@pytest.fixture
def index(tmp_path):
    return make_index(tmp_path)


@pytest.mark.parametrize(
    ("text", "pks"),
    [
        ("aviles", [1]),
        ("AVILE\u0301S’S", [1]),
        ('"border security"', [3]),
        ("“border security”", [3]),
        ("border -security", [2]),
        ("-border", [1, 4]),
        ('"sanctuary cities" OR "border security"', [1, 3]),
        ("to be or not to be", [4]),
        ("mayor's", [2]),
        ("mayor OR sanctuary", [1, 2, 3]),
        ("\x00 ((* title:x [1 TO", []),
        ("speaker:mayor", [2]),
        ('"', [1, 2, 3, 4]),
        ("https://x.example/border?q=1", [1, 2, 3, 4]),
        ("#BorderSecurity", [2, 3]),
        ("🗽 mayor 市長", [2]),
    ],
)
def test_what_is_typed_finds(index, text, pks):
    assert sorted(results_of(index, text).ids) == pks


def test_records_with_all_words_come_before_those_with_some(index):
    assert results_of(index, "security sanctuary").ids[0] == 3
    assert results_of(index, "promise city").ids[0] == 1


def test_a_phrase_does_not_run_from_one_text_into_the_next(tmp_path):
    from archive.search.index import AppliedPosition
    from archive.search.schema import IndexDocument

    index = make_index(tmp_path)
    index.rebuild(
        lambda: [IndexDocument("statements", 1, ["ends with rent", "water begins"])],
        lambda: AppliedPosition("here", 1),
    )
    assert results_of(index, '"ends with rent"').total == 1
    answer = results_of(index, '"rent water"')
    assert (answer.total, answer.is_relaxed) == (1, True)


def test_a_query_that_finds_nothing_by_its_operators_is_run_without_them(index):
    answer = results_of(index, '"security border"')
    assert (sorted(answer.ids), answer.is_relaxed) == ([2, 3], True)
    assert not results_of(index, "mayor").is_relaxed


def test_pasted_prose_has_no_operators():
    text = parse(
        'they said "never again" -- and -so on, one two three four five six seven OR '
        "eight"
    )
    assert not text.has_operators
    assert "OR" in text.texts


@pytest.mark.parametrize(
    "text",
    [
        "the of and",
        "-mayor -border",
        "*" * MAX_CHARACTERS,
        "a " * (MAX_CHARACTERS // 2),
        '"' * MAX_CHARACTERS,
        "((((" * 500,
        "-" * MAX_CHARACTERS,
        "a-" * 1000,
        "OR OR OR",
        '- -"" OR',
        "\x00" * 100,
        "\ud83d\udd25".encode("utf-16", "surrogatepass").decode("utf-16") * 1000,
        "е́" * 900,
        " ".join(f"w{index}" for index in range(300)),
    ],
)
def test_nothing_typed_is_an_error(index, text):
    answer = results_of(index, text)
    assert answer.total <= len(TEXTS)
    with index.reading() as searcher:
        assert suggest.Speller(index.schema).suggest(searcher, parse(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 1000,
        "w1-w2." * 300,
        "-x" + "-y" * 900,
        '"' + "mayor-" * 300,
        "b.c " * 11 + "d-e" * 600,
    ],
)
def test_a_run_of_words_without_blanks_is_read_as_a_sentence(index, text):
    assert all(len(analysis.words(part)) == 1 for part in parse(text).texts)
    with index.reading() as searcher:
        assert len(repr(text_query(index.schema, searcher, parse(text)))) < 5_000


def test_a_long_query_asks_for_its_rarest_words_only(index):
    text = " ".join(f"word{index}" for index in range(1, 300)) + " mayor"
    with index.reading() as searcher:
        query = repr(text_query(index.schema, searcher, parse(text), is_ranked=False))
    assert query.count("TermQuery") <= MAX_TERMS


def test_snippets_are_escaped_first_and_mark_stems_accents_and_curly_marks():
    stems = snippets.stems_to_mark(parse("aviles policy cities"))
    text = "<script>x</script> Avilés’s POLICIES & a city"
    assert snippets.marked(text, stems) == (
        "&lt;script&gt;x&lt;/script&gt; <mark>Avilés’s</mark> <mark>POLICIES</mark> "
        "&amp; a <mark>city</mark>"
    )


def test_marks_stand_right_after_emoji_and_uncomposed_accents():
    stems = snippets.stems_to_mark(parse("cafe taxes"))
    assert (
        snippets.marked("🗽🗽 cafe\u0301 市 taxes", stems)
        == "🗽🗽 <mark>café</mark> 市 <mark>taxes</mark>"
    )


def test_a_long_text_is_cut_around_the_words_found():
    text = "word " * 200 + "the cities of the border " + "tail " * 200
    part = snippets.excerpt(text, frozenset({"citi", "border"}), 80)
    assert part.startswith("… ")
    assert "<mark>cities</mark> of the <mark>border</mark>" in part
    assert len(part) < 140


def test_did_you_mean_replaces_only_unknown_words(tmp_path):
    index = make_index(
        tmp_path, {1: "border policy", 2: "border city", 3: "Avilés Jumaane"}
    )
    spell = suggest.Speller(index.schema)
    with index.reading() as searcher:
        queries = [
            '"bordr city" -x',
            "Alives",
            "Jumane aviles",
            "border city",
            "zzzzzzzz",
            "bor",
        ]
        suggestions = [spell.suggest(searcher, parse(text)) for text in queries]
    assert suggestions == ['"border city" -x', "aviles", "jumaane aviles", "", "", ""]


def test_did_you_mean_forgets_a_word_with_its_last_record(tmp_path):
    from tests.search.small import change

    index = make_index(tmp_path, {1: "border policy", 2: "secretive"})
    spell = suggest.Speller(index.schema)
    with index.reading() as searcher:
        assert spell.suggest(searcher, parse("secretove")) == "secretive"
    change(index, {2: "nothing"})
    with index.reading() as searcher:
        assert spell.suggest(searcher, parse("secretove")) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mayro", "mayor"),
        ("brodre", "border"),
        ("statemnet", "statement"),
        ("elephnt", ""),
    ],
)
def test_did_you_mean_takes_swapped_letters_for_one_mistake_of_at_most_two(
    tmp_path, typed, meant
):
    index = make_index(tmp_path, {1: "mayor border statement", 2: "eleven"})
    with index.reading() as searcher:
        assert suggest.Speller(index.schema).suggest(searcher, parse(typed)) == meant


def test_a_collection_without_its_files_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="three files"):
        call_command("benchmark", "search", corpus="corpus.jsonl")
