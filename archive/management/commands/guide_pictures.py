import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PICTURES = settings.BASE_DIR / "static" / "guide"
JOURNEYS = (
    "tests/browser/desk/test_guide.py",
    "tests/browser/editing/test_journey.py",
)


class Command(BaseCommand):
    help = (
        "Takes the pictures of the editors' guide again, in the browser tests that "
        "walk through it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        PICTURES.mkdir(exist_ok=True)
        command = [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "test",
            "-m",
            "browser",
            *JOURNEYS,
        ]
        done = subprocess.run(
            command,
            env={**os.environ, "ON_RECORD_PICTURES": str(PICTURES)},
            check=False,
        )
        if done.returncode:
            raise CommandError(
                "A browser test failed; the pictures may be out of date."
            )
        self.stdout.write(
            f"{len(list(PICTURES.glob('*.webp')))} pictures in static/guide/"
        )
