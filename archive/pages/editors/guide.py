"""The text of the editors' guide; its pictures are made by `manage.py
guide_pictures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    slug: str
    title: Any
    paragraphs: list[Any]
    alt: Any = ""

    @property
    def picture(self) -> str:
        return f"guide/{self.slug}.webp" if self.alt else ""


PARTS = [
    Part(
        "home",
        _("Your home page"),
        [
            _(
                "It shows what waits: your drafts, what others ask you to review, "
                "inferences that need a second "
                "person, words that must be placed again, and records without a link "
                "to their source."
            ),
            _(
                "Contributors enter drafts and submit them. Editors publish, correct "
                "and withdraw. Administrators also "
                "keep the accounts. Nothing you enter is public before an editor "
                "publishes it."
            ),
        ],
        _("The editors’ home page with its queues"),
    ),
    Part(
        "article",
        _("Enter the article"),
        [
            _(
                "Press “Enter a new article”. Type the headline as printed; if the "
                "source has none, write one "
                "yourself and tick “headline supplied by the archive”."
            ),
            _(
                "Give the date as well as it is known. If the article says only "
                "“Thursday” and you worked the "
                "date out, tick “date is inferred” and say how in the note."
            ),
            _(
                "Paste the whole text. It is kept for ever as it is. Unless you change "
                "“rights”, readers see the "
                "quoted passages only."
            ),
        ],
        _("The form of a new article, filled in"),
    ),
    Part(
        "statement",
        _("Add what people said"),
        [
            _(
                "Add a statement: choose the article and the speaker. A speaker who is "
                "not there yet is made with "
                "the plus beside the field. Look for the full name first: a surname "
                "alone never identifies a "
                "person."
            ),
            _(
                "Direct: paste the words, without the marks around them. A quotation "
                "broken by “she said” is one "
                "statement in two parts: press “Add another part”."
            ),
            _(
                "Partial: paste the fragment, and write a sentence of ours that holds "
                "it between quotation marks. "
                "Indirect or collective: paste the reporter’s words, which stay "
                "hidden, and write a neutral "
                "sentence without any quotation marks."
            ),
        ],
        _("A statement in two parts"),
    ),
    Part(
        "closest",
        _("When the words are not found"),
        [
            _(
                "Curly or straight marks, dashes and blanks may differ; what is stored "
                "is what the article "
                "prints. If your words are not there, the closest places are offered: "
                "choose one, or correct the "
                "words. If they stand more than once, choose the place in its context."
            ),
            _(
                "Whenever something is refused, the reason stands at its field and all "
                "you typed is still there."
            ),
        ],
        _("The closest places are offered"),
    ),
    Part(
        "list",
        _("Add what is proposed"),
        [
            _(
                "Proposals issued together are a list: enter the list with a number "
                "and a short neutral title for "
                "each item, “To do X”, and save. Then open each item and paste its "
                "words."
            ),
            _(
                "A proposal outside a list is worded by us. If it has words in the "
                "article, paste them too."
            ),
        ],
        _("A list of five proposals"),
    ),
    Part(
        "inference",
        _("Record where people stand"),
        [
            _(
                "A position is a speaker, a proposal, a stance and what it rests on. "
                "In their own words, or as "
                "reported: choose the statements, or give a source address. “Mixed” "
                "needs its conditions."
            ),
            _(
                "What nobody said in so many words is an inference. Quote the words it "
                "rests on and say what they "
                "leave open. Criticism of a person is no opposition to a proposal."
            ),
        ],
        _("An inferred position with its rationale"),
    ),
    Part(
        "confirm",
        _("A second person confirms an inference"),
        [
            _(
                "Whoever recorded an inference cannot confirm it. Another editor opens "
                "it, reads what it rests "
                "on, and presses “Confirm as the second person”. If it is changed "
                "afterwards, it must be "
                "confirmed anew."
            )
        ],
        _("The page on which an inference is confirmed"),
    ),
    Part(
        "publish",
        _("Submit and publish"),
        [
            _(
                "On the article press “Submit for review”, or, as an editor, "
                "“Publish”. What hangs from the "
                "article is offered with it; leave out what is not ready. All of it is "
                "published or nothing, and "
                "each reason is named."
            ),
            _("In a list, tick several records and choose the step as an action."),
        ],
        _("An article is published together with its statements and proposals"),
    ),
    Part(
        "correction",
        _("Correct what is public"),
        [
            _(
                "Change the record as usual. Because it is public, the form asks "
                "whether it is a correction. If "
                "readers could have been misled, say what was wrong and what is right: "
                "the note stands on the "
                "record, on the page of corrections and in its feed."
            ),
            _(
                "If somebody saved the same record while you were typing, you are told "
                "what changed, and nothing "
                "of yours is lost."
            ),
        ],
        _("A correction with its public note"),
    ),
    Part(
        "history",
        _("See and undo"),
        [
            _(
                "“History” tells who changed which words, and when. “Restore” puts an "
                "earlier state into the "
                "form; saving it is a new change."
            )
        ],
        _("The history of a statement, word by word"),
    ),
    Part(
        "withdraw",
        _("Withdraw"),
        [
            _(
                "What was public is never deleted. “Withdraw” asks for a public "
                "reason; the address then shows "
                "the reason and no word of the record. It can be sent back to draft "
                "and published again."
            )
        ],
        _("A withdrawal with its public reason"),
    ),
    Part(
        "version",
        _("When the article’s text changes"),
        [
            _(
                "On the article press “New version of the text” and paste the new "
                "text. The differences are shown "
                "before anything is saved. Passages follow only where their exact "
                "words stand exactly once; the "
                "others wait on your home page under “To place again”: open the "
                "record, tick “find again” at the "
                "part, and save."
            )
        ],
    ),
    Part(
        "merge",
        _("One speaker, two records"),
        [
            _(
                "“Likely duplicates” on the list of speakers shows names that are "
                "alike. “Merge into another” "
                "shows the differences first. Everything moves, the old address leads "
                "to the new one, and the "
                "merge can be undone on the same page."
            )
        ],
    ),
]
