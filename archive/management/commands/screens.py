import shutil
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand

from archive.devtools import programs, throwaway

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (390, 1360)
THEMES = ("light", "dark")


class Command(BaseCommand):
    help = (
        "Takes pictures of every type of page, narrow and wide, light and dark, in "
        "temporary archives."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.DATA_DIR / "screens",
            help="default: var/screens",
        )
        parser.add_argument(
            "--data-set", choices=throwaway.DATA_SETS, help="default: both"
        )
        parser.add_argument(
            "--only",
            metavar="NAME",
            default="",
            help="only pages whose name begins with NAME (see `showcase`)",
        )

    def handle(
        self, *, folder: Path, data_set: str | None, only: str, **options: Any
    ) -> None:
        with programs.browser() as browser:
            for name in [data_set] if data_set else throwaway.DATA_SETS:
                start = time.monotonic()
                with throwaway.served(name) as site:
                    count = take(browser, site, folder / name, only)
                self.stdout.write(
                    f"{count} pictures in {folder / name}, "
                    f"{time.monotonic() - start:.0f} s"
                )


def take(browser: "Browser", site: throwaway.Site, folder: Path, only: str = "") -> int:
    """Takes NAME-WIDTH-THEME.png of each whole page; deletes earlier pictures unless
    `only` is given.
    """
    if not only:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [page for page in site.pages if page.name.startswith(only)]
    for width in WIDTHS:
        with browser.new_page(viewport={"width": width, "height": 900}) as sheet:
            for page in chosen:
                sheet.goto(site.url + page.address)
                for theme in THEMES:
                    sheet.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                    picture = folder / f"{page.name}-{width}-{theme}.png"
                    sheet.screenshot(
                        path=picture, full_page=True, animations="disabled"
                    )
    return len(chosen) * len(WIDTHS) * len(THEMES)
