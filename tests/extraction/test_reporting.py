"""Ways of reporting and of naming, one sentence each: who speaks, and which words."""

import pytest

from archive.extraction import extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The tide is early,” deadpanned Captain Lena Fisk.",
            [("Lena Fisk", "The tide is early,")],
        ),
        (
            "“Wait for the tide,” suggests pilot Alba Venn.",
            [("Alba Venn", "Wait for the tide,")],
        ),
        (
            "“The ice holds,” said Tad Horn. “We can cross in May,” which is near.",
            [("Tad Horn", "The ice holds, / We can cross in May,")],
        ),
        (
            "“The sea takes what it gives.”\n— Lars Holm, on whether to move.",
            [("Lars Holm", "The sea takes what it gives.")],
        ),
        (
            "- Mara Quill on the delays: “We took nine weeks and made it nine days.”",
            [("Mara Quill", "We took nine weeks and made it nine days.")],
        ),
        (
            "It froze and, in the words of the pilot, Nils Holm, “every boat sank.”",
            [("Nils Holm", "every boat sank.")],
        ),
        (
            "The Rand campaign was silent, with spokesman Glen Part saying, “These "
            "papers prove nothing at all about her.”",
            [("Glen Part", "These papers prove nothing at all about her.")],
        ),
        (
            "Estimates suggest 900 boats may be lost.",
            [(None, "900 boats may be lost")],
        ),
        (
            "Captain Zoltán Kerényi left. Kerenyi said that the ice would hold.",
            [("Zoltán Kerényi", "that the ice would hold")],
        ),
        (
            "According to police in Troy, Ohio, the boat had left the harbor.",
            [("police", "the boat had left the harbor")],
        ),
        (
            "The pilot said that, according to the log, both lamps were out.",
            [(None, "that, according to the log, both lamps were out")],
        ),
        (
            "As it was to report its losses, the ferry company said that it sold one.",
            [("ferry company", "that it sold one")],
        ),
        (
            "Prime Minister of Norland Ida Lund said the tower would be sold.",
            [("Ida Lund", "the tower would be sold")],
        ),
        (
            "“We agree,” said Deputy Mayor for Transit Leo Marsh.",
            [("Leo Marsh", "We agree,")],
        ),
        (
            "“Let us start,” said Jan van der Meer, a pilot.",
            [("Jan van der Meer", "Let us start,")],
        ),
        (
            "“We will sue,” said Baker & Lund, a law firm.",
            [("Baker & Lund", "We will sue,")],
        ),
        (
            "“We will look into it,” said Marion “Mo” Till, a commissioner.",
            [("Marion Till", "We will look into it,")],
        ),
        (
            "Mr. and Mrs. Holm said they would stay.",
            [(None, "they would stay")],
        ),
        (
            "The Harbor Trust today announced that it will buy two boats.",
            [("Harbor Trust", "that it will buy two boats")],
        ),
        (
            "“It is overdue,” Senators Carl Nolan and Tess Fern wrote.",
            [(None, "It is overdue,")],
        ),
    ],
)
def test_each_way_of_reporting_names_its_speaker_and_words(
    text: str, expected: list[tuple[str | None, str]]
):
    read = [
        (s.speaker.name, " / ".join(p.exact for p in s.passages))
        for s in extract(text).statements
    ]
    assert read == expected


def test_two_who_speak_together_are_both_candidates_and_neither_is_the_speaker():
    text = "“It is overdue,” Senators Carl Nolan and Tess Fern wrote."
    speaker = extract(text).statements[0].speaker
    assert [c.name for c in speaker.candidates] == ["Carl Nolan", "Tess Fern"]
    assert speaker.confidence == 0.5
