from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.audit import verify

MAX_ARTICLES = 20  # whose problems are printed


class Command(BaseCommand):
    help = (
        "Checks every passage, hash, text, excerpt limit, slug and public row; exits "
        "with 1 if it finds a problem."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--allow-empty",
            action="store_true",
            help="an empty archive is no problem",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with verify.one_snapshot():
            for line in verify.counts():
                self.stdout.write(line)
            if verify.is_empty() and not options["allow_empty"]:
                raise CommandError("The archive is empty.")
            problems = self._print_problems()
        if problems:
            raise CommandError(f"Problems found: {problems}.")
        self.stdout.write("Everything is in order.")

    def _print_problems(self) -> int:
        """Prints problems by article, those of the first MAX_ARTICLES in full, and
        returns how many there are.
        """
        by_article: dict[str, list[str]] = {}
        for slug, line in verify.problems():
            by_article.setdefault(slug, []).append(line)
        for line in by_article.get("", []):
            self.stdout.write(line)
        slugs = [slug for slug in by_article if slug]
        for slug in slugs[:MAX_ARTICLES]:
            self.stdout.write(f"Article {slug}, problems: {len(by_article[slug])}")
            for line in by_article[slug]:
                self.stdout.write(f"  {line}")
        if rest := slugs[MAX_ARTICLES:]:
            count = sum(len(by_article[slug]) for slug in rest)
            self.stdout.write(f"Further articles with problems: {len(rest)} ({count})")
        return sum(map(len, by_article.values()))
