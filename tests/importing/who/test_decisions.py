"""Decisions on who is who: remembered, undone, read from a file, in agreement."""

import csv

import pytest

from archive.importing.who import decisions, open_pairs, settling
from archive.importing.who.decisions import Contradiction, Known
from archive.importing.who.persons import Side
from archive.models import IdentityDecision
from statements import merging
from statements.models import Speaker, SpeakerMerge
from tests.factories import make_speaker
from tests.importing.helpers import counts

pytestmark = pytest.mark.django_db
A, B, C = (Side("s", key) for key in "abc")
PUBLIC_ADVOCATE = "id,name\nw,Public Advocate Jumaane Williams\n"


def names() -> list[str]:
    return sorted(Speaker.objects.values_list("name", flat=True))


def review(bring, kind: str = "speakers", text: str = PUBLIC_ADVOCATE, **options):
    """The review file of an import that is refused, as rows."""
    path = bring.folder / "review.csv"
    lines = bring.refused(kind, text, review=path, **options)
    with open(path, encoding="utf-8-sig", newline="") as file:
        return path, list(csv.DictReader(file)), lines


def fill(path, rows, decision: str) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | {"decision": decision} for row in rows)


def test_contradictions_are_refused():
    known = Known()
    known.decide(A, B, True)
    known.decide(B, C, True)
    with pytest.raises(Contradiction, match="the same by earlier decisions"):
        known.decide(A, C, False)


def test_a_contradiction_is_found_whatever_comes_first():
    known = Known()
    known.decide(A, C, False)
    known.decide(A, B, True)
    with pytest.raises(Contradiction, match="not the same by earlier decisions"):
        known.decide(B, C, True)


def test_what_follows_from_decisions_is_not_stored():
    known = Known()
    for pair in ((A, B), (B, C), (A, C)):
        known.decide(*pair, True)
    assert known.save(None) == 2
    assert decisions.load().is_same(A, C)


def test_the_review_file_has_candidates_and_reasons(bring):
    speaker = make_speaker(name="Jumaane D. Williams")
    _path, (row,), (line,) = review(bring)
    assert (row["id"], row["candidate_id"]) == ("w", speaker.uid)
    assert row["reasons"] == "same surname, same first name"
    assert row["must_be_decided"] == "yes"
    assert "Rows that may be people whom the archive has: 1. review.csv lists" in line


@pytest.mark.parametrize(
    ("decision", "done", "count"),
    [("same", {"linked": 1}, 1), ("not the same", {"created": 1}, 2)],
)
def test_the_filled_file_decides_and_is_remembered(bring, decision, done, count):
    make_speaker(name="Jumaane D. Williams")
    path, rows, _lines = review(bring)
    fill(path, rows, decision)
    assert counts(bring("speakers", PUBLIC_ADVOCATE, decisions=path)) == done
    assert Speaker.objects.count() == count
    made = IdentityDecision.objects.get()
    assert made.is_same == (decision == "same")
    assert not open_pairs.undecided()


def test_a_decision_is_remembered_after_its_import_was_undone(bring):
    speaker = make_speaker(name="Jumaane D. Williams")
    text = f"id,name,same_as\nw,Jumaane Williams,{speaker.slug}\n"
    bring("speakers", text).run.entries.all().delete()
    outcome = bring("speakers", "id,name\nw,Jumaane Williams\n")
    assert counts(outcome) == {"linked": 1}


def test_new_in_the_map_is_remembered_on_the_page_too(bring):
    make_speaker(name="Ann B. Lee")
    bring("speakers", "id,name\na,Ann Lee\n", map='[same_as]\na = "new"\n')
    assert not open_pairs.undecided()


def test_a_row_is_the_same_as_another_row_of_its_source(bring):
    text = "id,name\np,Pierina Ana P. Sanchez\nq,Pierina Ana Sanchez\n"
    outcome = bring("speakers", text, map='[same_as]\np = "id:q"\n')
    assert counts(outcome) == {"created": 1, "linked": 1}
    assert len(names()) == 1


def test_rows_of_one_source_that_are_alike_do_not_stop_it(bring):
    text = "id,name\np,Pierina Ana P. Sanchez\nq,Pierina Ana Sanchez\n"
    outcome = bring("speakers", text)
    assert counts(outcome) == {"created": 2}
    assert "may be one person" in outcome.problems.notice_lines()[0]
    assert len(open_pairs.undecided()) == 1


def test_another_source_is_named_in_any_order(bring):
    one = '[same_as]\ng = "congress:c?"\n'
    bring("speakers", "id,name\ng,Jim Justice\n", source="governors", map=one)
    outcome = bring("speakers", "id,name\nc,James C. Justice\n", source="congress")
    assert counts(outcome) == {"linked": 1}
    assert names() == ["Jim Justice"]


def test_a_row_that_is_not_there_cannot_be_the_same(bring):
    (line,) = bring.refused("speakers", "id,name,same_as\na,Ann,id:z\n")
    assert "line 2, column same_as: The source “test” has no row with the id z." in line


def test_a_wrong_decisions_file_is_told_by_line_and_column(bring):
    speaker = make_speaker(name="Jumaane D. Williams")
    head = "source,id,candidate_source,candidate_id,decision\n"
    path = bring.file(
        f"{head}test,x,,{speaker.uid},same\ntest,w,,nobody,same\n"
        f"test,w,,{speaker.uid},perhaps\ntest,w,test,w,same\n",
        "decisions.csv",
    )
    lines = bring.refused("speakers", PUBLIC_ADVOCATE, decisions=path)
    starts = [line.split(":")[0] for line in lines if line.startswith("decisions")]
    assert starts == [
        "decisions.csv, line 2, column id",
        "decisions.csv, line 3, column candidate_id",
        "decisions.csv, line 4, column decision",
        "decisions.csv, line 5, column candidate_id",
    ]


def test_a_decisions_file_without_its_columns_is_refused(bring):
    path = bring.file("name\nx\n", "decisions.csv")
    lines = bring.refused("speakers", "id,name\nw,Ann\n", decisions=path)
    assert "decisions.csv: The file has no column decision." in lines


def test_a_contradiction_in_the_file_is_told_by_line(bring):
    one, other = make_speaker(name="Ann Lee"), make_speaker(name="Ann B. Lee")
    head = "source,id,candidate_source,candidate_id,decision\n"
    row = f",{one.uid},,{other.uid}"
    path = bring.file(f"{head}{row},same\n{row},not the same\n", "decisions.csv")
    line = bring.refused("speakers", "id,name\nw,Max\n", decisions=path)[-1]
    assert line.startswith("decisions.csv, line 3, column decision: ")
    assert "are the same by earlier decisions" in line


def test_a_file_decides_about_speakers_of_the_archive(bring, editor):
    one, other = make_speaker(name="Ann Lee"), make_speaker(name="Ann B. Lee")
    head = "source,id,candidate_source,candidate_id,decision\n"
    path = bring.file(f"{head},{one.uid},,{other.uid},same\n", "decisions.csv")
    assert open_pairs.take_decisions(path, editor) == (1, 0)
    other.refresh_from_db()
    assert other.merged_into == one


def test_an_undone_merge_is_asked_about_again(editor):
    one, other = make_speaker(name="Ann Lee"), make_speaker(name="Ann B. Lee")
    merge = merging.merge(other, one, editor)
    assert IdentityDecision.objects.standing().get().is_same
    merging.undo(merge, editor)
    assert not IdentityDecision.objects.standing().exists()
    assert len(open_pairs.undecided()) == 1


def test_who_is_not_the_same_cannot_be_merged(editor):
    one, other = make_speaker(name="Ann Lee"), make_speaker(name="Ann B. Lee")
    open_pairs.decide(Side("", one.uid), Side("", other.uid), editor)
    with pytest.raises(ValueError, match="decided that these two are not the same"):
        merging.merge(other, one, editor)


@pytest.mark.parametrize("first", ["governors", "congress"])
def test_the_order_of_the_files_does_not_change_what_is_proposed(bring, first):
    files = {
        "governors": "id,name\n1,Jim Justice\n2,Pete Ricketts\n",
        "congress": "id,name\n1,James C. Justice\n2,Pete Ricketts\n3,Jim Jordan\n",
    }
    second = next(source for source in files if source != first)
    bring("speakers", files[first], source=first)
    _path, rows, _lines = review(bring, text=files[second], source=second)
    assert [{row["name"], row["candidate_name"]} for row in rows] == [
        {"Jim Justice", "James C. Justice"}
    ]


TWINS = "id,name\np,Pierina Ana P. Sanchez\nq,Pierina Ana Sanchez\n"
HEAD = "source,id,candidate_source,candidate_id,decision,note\n"


def test_an_import_does_not_merge_two_speakers(bring):
    bring("speakers", TWINS)
    path = bring.file(f"{HEAD}test,p,test,q,same,\n", "decisions.csv")
    (line,) = bring.refused("speakers", TWINS, decisions=path)
    assert "the archive has these speakers apart" in line
    assert len(open_pairs.undecided()) == 1


def test_nor_does_a_row_that_is_the_same_as_both(bring):
    one, other = make_speaker(name="Ann Lee"), make_speaker(name="Zoe Roe")
    lines = (f"test,w,,{each.uid},same,\n" for each in (one, other))
    path = bring.file(HEAD + "".join(lines), "decisions.csv")
    (line,) = bring.refused("speakers", "id,name\nw,Max\n", decisions=path)
    assert line.startswith("Ann Lee (ann-lee) and Zoe Roe (zoe-roe): ")


def test_rows_that_were_imported_are_merged_by_a_file(bring, editor):
    bring("speakers", TWINS)
    path = bring.file(f"{HEAD}test,p,test,q,same,One member\n", "decisions.csv")
    assert open_pairs.take_decisions(path, editor) == (1, 0)
    assert Speaker.objects.filter(merged_into=None).count() == 1
    assert IdentityDecision.objects.get().note == "One member"


def test_an_undone_merge_by_a_file_is_asked_about_again(bring, editor):
    bring("speakers", TWINS)
    path = bring.file(f"{HEAD}test,p,test,q,same,\n", "decisions.csv")
    open_pairs.take_decisions(path, editor)
    merging.undo(SpeakerMerge.objects.get(), editor)
    assert len(open_pairs.undecided()) == 1


def test_a_same_as_of_a_row_that_stands_apart_already_is_refused_with_the_way(bring):
    bring("speakers", TWINS)
    own_map = '[same_as]\np = "id:q"\n'
    (line,) = bring.refused("speakers", TWINS, map=own_map)
    assert "the archive has these speakers apart" in line
    assert "import --who --decisions FILE.csv" in line
    assert not IdentityDecision.objects.exists()


def test_a_same_as_of_a_row_that_is_that_speaker_already_is_no_change(bring):
    speaker = make_speaker(name="Ann Lee")
    bring("speakers", "id,name\na,Ann Lee\n")
    outcome = bring("speakers", f"id,name,same_as\na,Ann Lee,{speaker.slug}\n")
    assert counts(outcome) == {"unchanged": 1}


def test_a_same_as_of_a_merged_row_is_no_change(bring, editor):
    bring("speakers", TWINS)
    path = bring.file(f"{HEAD}test,p,test,q,same,\n", "decisions.csv")
    open_pairs.take_decisions(path, editor)
    outcome = bring("speakers", TWINS, map='[same_as]\np = "id:q"\n')
    assert outcome.run


def test_a_row_that_was_linked_does_not_become_another_silently(bring):
    make_speaker(name="Ann Lee")
    run = bring("speakers", "id,name\na,Ann Lee\n").run
    (line,) = bring.refused("speakers", "id,name,same_as\na,Ann Lee,new\n")
    assert "line 2, column same_as: An earlier import took this row" in line
    assert f"Undo run {run.pk}" in line


def test_a_row_that_was_new_before_may_say_so_later(bring):
    bring("speakers", "id,name\na,Ann Lee\n")
    outcome = bring("speakers", "id,name,same_as\na,Ann Lee,new\n")
    assert counts(outcome) == {"unchanged": 1}


def test_more_new_speakers_than_can_be_compared_are_refused(bring, monkeypatch):
    monkeypatch.setattr(settling, "MOST_NEW", 2)
    (line,) = bring.refused("speakers", "id,name\na,Ann\nb,Bea\nc,Cleo\n")
    assert "3 new speakers" in line
    assert names() == []
