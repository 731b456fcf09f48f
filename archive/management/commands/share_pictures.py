import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from archive.devtools import programs

STATIC = settings.BASE_DIR / "static"
PICTURES = {"share": (1200, 630), "touch": (180, 180)}  # pixels
FLAGS = [
    "--headless",
    *programs.FLAGS,
    "--hide-scrollbars",
    "--disable-lcd-text",
    "--force-device-scale-factor=1",
]


class Command(BaseCommand):
    help = (
        "Renders the preview picture and the home screen icon again, in Chromium, "
        "from templates/pictures/."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        browser = programs.chromium()
        for name, size in PICTURES.items():
            picture = STATIC / "pictures" / f"{name}.png"
            draw(browser, name, size, picture)
            self.stdout.write(
                f"static/pictures/{picture.name}: {picture.stat().st_size:,} bytes"
            )


def draw(browser: str, name: str, size: tuple[int, int], picture: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"{name}.html"
        page.write_text(
            render_to_string(
                f"pictures/{name}.html", {"fonts": (STATIC / "fonts").as_uri()}
            )
        )
        window = f"--window-size={size[0]},{size[1]}"
        screenshot_option = f"--screenshot={picture}"
        command = [
            browser,
            *FLAGS,
            f"--user-data-dir={folder}/profile",
            window,
            screenshot_option,
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
