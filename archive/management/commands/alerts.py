from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.alerts import digests
from archive.models import Follow, Follower


class Command(BaseCommand):
    help = "Sends the mails to those who follow something, when a timer runs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--send", action="store_true", help="send what is due; else only count"
        )

    def handle(self, *_args: Any, send: bool, **_options: Any) -> None:
        if not settings.MAIL_IS_ON:
            raise CommandError(
                "No mail is sent: ON_RECORD_SMTP is not set. See README, Configuration."
            )
        if not send:
            self.stdout.write(
                f"{Follower.objects.count():,} addresses follow "
                f"{Follow.objects.count():,} things. `--send` sends what is due."
            )
            return
        try:
            self.stdout.write(f"{digests.send():,} mails sent.")
        except digests.AlreadySending as error:
            raise CommandError("Another process is sending the alerts.") from error
