"""`python -m tests.screens.photographs FOLDER`: a picture of every page in every role at three widths."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.screens import life, screens
from tests.screens.running import UUID, Running
from tests.screens.walk import WIDTHS, Seen, Walk


def photographed(folder: Path) -> Callable[[Walk, Page, Seen], None]:
    """A look that takes the pictures."""

    def look(walk: Walk, page: Page, seen: Seen) -> None:
        number = sum(1 for other in walk.seen if other.screen.name == seen.screen.name)
        name = f"{seen.screen.name}{f'-{number + 1}' if number else ''}"
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    return look


def main(folder: Path) -> None:
    """Takes them all, in Danish."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    running = Running.found()
    seen = Walk(running, photographed(folder)).through(screens.every(life.lived(running)), ("da",))
    for page in seen:
        if page.status not in (200, 204):
            print(f"{page.status} {page.screen.name} {UUID.sub('…', page.screen.path)}")
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
