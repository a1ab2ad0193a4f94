"""`python -m tests.screens.photographs FOLDER`: every page in every role at three widths, and the tour for README."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.screens import life, screens, touring
from tests.screens.running import ARGUMENTS, CHROMIUM, UUID, Running
from tests.screens.walk import ROOT, WIDTHS, Seen, Walk

TOUR = ROOT / "docs/tour"
COLOURS = 64


def photographed(folder: Path) -> Callable[[Walk, Page, Seen], None]:
    """A look that takes the pictures."""

    def look(walk: Walk, page: Page, seen: Seen) -> None:
        number = sum(1 for other in walk.seen if other.screen.name == seen.screen.name)
        name = f"{seen.screen.name}{f'-{number + 1}' if number else ''}"
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    return look


def pictured(running: Running) -> None:
    """A picture of each stop of the tour, small enough to be kept with the code."""
    TOUR.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for number, (stop, page) in enumerate(touring.walk(running, browser), 1):
            file = TOUR / f"{number:02}-{stop.key}.png"
            page.screenshot(path=file)
            with Image.open(file) as picture:
                picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)


def main(folder: Path) -> None:
    """Takes them all, in Danish."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    running = Running.found()
    life.played(running)
    pictured(running)
    seen = Walk(running, photographed(folder)).through(screens.every(life.lived(running)), ("da",))
    for page in seen:
        if page.status not in (200, 204):
            print(f"{page.status} {page.screen.name} {UUID.sub('…', page.screen.path)}")
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
