"""An article on the desk, and what its buttons send."""

from archive.models import Suggestion
from tests.factories import make_article

TEXT = (
    "Mayor Ann Lee asked the council to build a bridge.\n\n"
    "“We will build it,” Lee said. “Nobody will stop us.”\n\n"
    "Council member Bo Reed called the plan “a bridge to nowhere” and said that it "
    "would cost too much.\n\n"
    "Lee and the engineer Cy Park met at noon. “It is safe,” he said.\n\n"
    "The mayor’s office released a list of proposals that included:\n"
    "- Build a bridge over the river.\n"
    "- Plant trees along both banks.\n"
)


class OnDesk:
    """An account at the workbench of a draft article."""

    def __init__(self, client, text=TEXT, article=None, **fields):
        self.client = client
        fields = {"text": text, "status": "draft", **fields}
        self.article = article or make_article(**fields)
        self.url = f"/admin/desk/{self.article.uid}/"

    def open(self, **query):
        response = self.client.get(self.url, query)
        assert response.status_code == 200
        return response.content.decode()

    def suggestions(self, **fields):
        return Suggestion.objects.filter(
            article=self.article, **fields
        ).in_reading_order()

    def of(self, words, **fields):
        """The suggestion whose first passage starts with the words."""
        for each in self.suggestions(**fields):
            start, end = each.spans[0]
            if each.version.text[start:end].startswith(words):
                return each
        raise LookupError(words)

    def act(self, do, suggestion=None, **data):
        """Presses a button; returns the response of the form without scripts."""
        card = {"card": suggestion.pk} if suggestion else {}
        response = self.client.post(f"{self.url}act/", {"do": do, **card, **data})
        if suggestion:
            suggestion.refresh_from_db()
        return response

    def fetch(self, do, suggestion, **data):
        return self.client.post(
            f"{self.url}act/",
            {"do": do, "card": suggestion.pk, **data},
            headers={"X-Desk": "1"},
        ).json()
