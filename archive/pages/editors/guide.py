"""The text of the editors' guide. `manage.py guide_pictures` creates its pictures."""

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
                "It lists the work that is waiting: your drafts, records to review, "
                "inferences that need a second person, passages to locate again, and "
                "records without a link to their source."
            ),
            _(
                "Contributors enter drafts and submit them. Editors publish, correct "
                "and withdraw. Administrators also manage accounts. Nothing you "
                "enter is public until an editor publishes it."
            ),
        ],
        _("The editors’ home page with its queues"),
    ),
    Part(
        "paste",
        _("Start from the article’s text"),
        [
            _(
                "Press “Start an article” and paste the text, or choose a file. "
                "The page shows what it read: headline, date, outlet, paragraphs. It "
                "says where each comes from, and whether the archive has the text "
                "already. Change what is wrong, then go on to the desk."
            ),
        ],
        _("What was read in a pasted text"),
    ),
    Part(
        "desk",
        _("The desk: one page for the whole article"),
        [
            _(
                "On one side is the text, on the other a card for each statement and "
                "list that was recognized in it, in the order of the text. Nothing of "
                "it is a record yet, and readers see none of it."
            ),
            _(
                "“Accept” makes a draft of a card. If it is not sure who speaks, "
                "choose one of the names, or type another. A report or a partial "
                "quotation needs a sentence of yours. “Reject” puts a card aside; "
                "“Undo” takes either back."
            ),
            _(
                "Everything has a key: j and k go to the next and the previous card, "
                "a accepts, r rejects, e opens all fields, u undoes. Press ? for all "
                "of them."
            ),
        ],
        _("The text of an article with its cards"),
    ),
    Part(
        "card",
        _("Change a card, add to it"),
        [
            _(
                "“Change” opens all fields of a card. Move an end of its words with "
                "the arrows, or drag it in the text. Split a card that holds two "
                "statements; merge two that are one. Once it is accepted, enter here "
                "where the speaker stands on a proposal."
            ),
            _(
                "Select other words in the text to make a statement or a proposal of "
                "them. For a speech or a press release say first whose own words it "
                "is: they need no quotation marks then."
            ),
            _(
                "What you type is saved as you type it. Others may work in the same "
                "article: their changes appear within seconds, and if you both wrote "
                "in one field, each of you is told what the other wrote."
            ),
        ],
        _("A card with all its fields"),
    ),
    Part(
        "checklist",
        _("Publish what you accepted"),
        [
            _(
                "“Preview” shows the pages as readers will see them. “Publish”, or "
                "“Submit” for contributors, lists every draft of the article and what "
                "is missing; each line leads to its place. Either everything you "
                "ticked becomes public, or nothing does."
            ),
            _(
                "The rest of this guide is about the forms of single records, for what "
                "the desk does not do."
            ),
        ],
        _("The list of what is published, and what is missing"),
    ),
    Part(
        "article",
        _("Enter an article by hand"),
        [
            _(
                "Press “Enter a new article”. Enter the headline as printed. If the "
                "source has none, write one and tick “headline supplied by the "
                "archive”."
            ),
            _(
                "Enter the date as precisely as it is known. If the article says "
                "only “Thursday” and you inferred the date, tick “date is inferred” "
                "and explain how in the note."
            ),
            _(
                "Paste the whole text. It is stored permanently and unchanged. "
                "Unless you change “rights”, readers see only the quoted passages."
            ),
        ],
        _("The form of a new article, filled in"),
    ),
    Part(
        "statement",
        _("Add what people said"),
        [
            _(
                "Add a statement: choose the article and the speaker. To add a new "
                "speaker, press the plus next to the field. Find the full name "
                "first: a surname alone never identifies a person."
            ),
            _(
                "Direct: paste the words without the quotation marks around them. A "
                "quotation interrupted by “she said” is one statement in two parts: "
                "paste it whole, and the form takes it apart."
            ),
            _(
                "A quotation is published only if its words are in quotation marks of "
                "the article, or in a turn of the speaker, such as a speech. Otherwise "
                "report it in your own words, or say why it is a quotation: readers "
                "see the reason."
            ),
            _(
                "Partial: paste the fragment, and write your own sentence with the "
                "fragment in quotation marks. Indirect or collective: paste the "
                "reporter’s words, which stay hidden, and write a neutral sentence "
                "without quotation marks."
            ),
        ],
        _("A statement in two parts"),
    ),
    Part(
        "closest",
        _("When the words are not found"),
        [
            _(
                "Quotation marks, dashes and spaces may differ; the archive stores "
                "what the article prints. If your words are not in the article, the "
                "form offers the closest passages: choose one, or correct your "
                "words. If they occur more than once, choose one by its context."
            ),
            _(
                "If the form has an error, the message is next to the field, and "
                "everything you typed is still there."
            ),
        ],
        _("The form offers the closest passages"),
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
                "Write your own wording for a proposal outside a list. If the "
                "article has words for it, paste them too."
            ),
        ],
        _("A list of five proposals"),
    ),
    Part(
        "inference",
        _("Record where people stand"),
        [
            _(
                "A position has a speaker, a proposal, a stance and evidence: choose "
                "the statements it rests on, or enter a source address. “Mixed” needs "
                "its conditions."
            ),
            _(
                "A position that nobody stated in so many words is an inference. "
                "Quote the words it rests on and say what they leave open. Criticism "
                "of a person is not opposition to a proposal."
            ),
        ],
        _("An inferred position with its rationale"),
    ),
    Part(
        "confirm",
        _("A second person confirms an inference"),
        [
            _(
                "You cannot confirm an inference that you recorded. Another editor "
                "opens it, reads its evidence, and presses “Confirm as the second "
                "person”. If the inference is changed afterwards, it must be "
                "confirmed again."
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
                "“Publish”. The page lists the statements and proposals of the "
                "article; untick those that are not ready. Either everything you "
                "ticked is published, or nothing is and the page gives each reason."
            ),
            _("To publish several records, tick them in a list and choose the action."),
        ],
        _("An article is published together with its statements and proposals"),
    ),
    Part(
        "correction",
        _("Correct what is public"),
        [
            _(
                "Change the record as usual. Because it is public, the form asks "
                "whether the change is a correction. If readers could have been "
                "misled, write what was wrong and what is right: the note appears on "
                "the record, on the corrections page and in its feed."
            ),
            _(
                "If somebody else saved the same record while you were typing, both "
                "changes are kept. You are asked only about what you both changed."
            ),
        ],
        _("A correction with its public note"),
    ),
    Part(
        "history",
        _("See and undo"),
        [
            _(
                "“History” shows who changed which words, and when. “Restore” fills "
                "the form with an earlier state; saving it is a new change."
            )
        ],
        _("The history of a statement, word by word"),
    ),
    Part(
        "withdraw",
        _("Withdraw"),
        [
            _(
                "Records that were public are never deleted. “Withdraw” shows what "
                "disappears with the record and asks for a public reason; the page "
                "then shows the reason and nothing of the record. “Reinstate” brings "
                "it back with a public note, at once or after it was sent back and "
                "changed."
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
                "text. You see the differences before anything is saved. Passages "
                "move to the new version only if their exact words occur there "
                "exactly once; the others are listed on your home page under “To "
                "locate again”: open the record, tick “find again” for the passage, "
                "and save."
            )
        ],
    ),
    Part(
        "merge",
        _("One speaker, two records"),
        [
            _(
                "“Who is who” on the list of speakers shows pairs that may be one "
                "person, with reasons. Say that they are the same, or that they are "
                "not; nobody is asked again. “Merge into another” on a speaker’s form "
                "shows the differences first. Everything moves to the other record, "
                "the old address redirects to it, and the merge can be undone."
            )
        ],
    ),
    Part(
        "accounts",
        _("Accounts and passwords"),
        [
            _(
                "If the archive sends mail, administrators press “Add user” under "
                "“Accounts” and enter a name, an e-mail address and a role. The person "
                "gets a link, valid for three days, and chooses a password. The list "
                "of accounts says who has not accepted; the action “Send an "
                "invitation (again)” sends another link."
            ),
            _(
                "“Forgotten your password?” on the sign-in page sends a link to the "
                "e-mail address of the account, valid for two hours, and at most one "
                "an hour. A password chosen with it lifts the lock after wrong ones. "
                "Without mail, an administrator sets the password."
            ),
        ],
    ),
]
