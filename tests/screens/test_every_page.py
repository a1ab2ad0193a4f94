"""What holds for every page, in both languages, at three widths, in the hands of everybody who may open it."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.screens.leading import Ways
from tests.screens.running import UUID, Running
from tests.screens.walk import ROOT, Seen

pytestmark = pytest.mark.screens
MOST_BYTES_FIRST, MOST_BYTES_LATER = 250_000, 30_000
ENGLISH = {
    "the", "and", "with", "without", "your", "you", "please", "this", "that", "these", "from", "must", "not", "none",
    "null", "undefined", "true", "false", "error", "submit", "search", "save", "cancel", "back", "next", "sign",
}  # fmt: skip
DANISH = {"og", "ikke", "er", "på", "af", "det", "der", "som", "har", "kan", "til", "eller", "du", "din", "vi", "jeres"}
CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


# The components name icons by their code.
SAMPLES = "/drift/komponenter"
# It shows everybody where in the house each practice lives, also behind doors that are not theirs.
PRACTICES = "/praksis"
# Job titles are ESCO's, and what a letter says is in its reader's language.
DATA = ("Lager- og logistikmedarbejder",)


def none(problems: list[str]) -> None:
    """Fails with all of them, one a line."""
    if problems:
        pytest.fail("\n".join(sorted(problems)), pytrace=False)


def told(seen: list[Seen], kind: str) -> list[str]:
    """What the walk noted of one kind, each with its page."""
    return [f"{page.where}: {problem}" for page in seen for problem in page.problems[kind]]


def strange(seen: list[Seen], language: str, foreign: set[str]) -> list[str]:
    """Lines with words of another language, or with codes, among what pages say in this one."""
    found = []
    for page in seen:
        if page.is_page and page.language == language and page.screen.rule != SAMPLES:
            said = page.words
            for known in DATA:
                said = said.replace(known, "")
            lines = [line for line in said.splitlines() if set(re.findall(r"\w+", line.lower())) & foreign]
            found += [f"{page.where}: {line}" for line in [*lines, *CODE.findall(said)]]
    return found


def test_every_page_opens_for_everybody_who_may_open_it(seen: list[Seen]) -> None:
    none([f"{page.status} {page.where}" for page in seen if page.status not in (200, 204)])


def test_no_link_leads_nowhere_or_where_its_reader_may_not_go(seen: list[Seen]) -> None:
    ways = Ways()
    none([
        f"{page.where}: {UUID.sub('…', address)}"
        for page in seen if page.status == 200 and page.screen.rule != PRACTICES
        for address in ways.astray(page.html, page.screen.role)
    ])  # fmt: skip


def test_nobody_finds_a_barrier_that_axe_can_see(seen: list[Seen]) -> None:
    none(told(seen, "reach"))


def test_no_page_is_wider_than_the_window(seen: list[Seen]) -> None:
    none(told(seen, "room"))


def test_no_page_breaks_its_own_content_security_policy(seen: list[Seen]) -> None:
    none(told(seen, "policy"))


def test_the_console_stays_empty(seen: list[Seen]) -> None:
    none(told(seen, "console"))


def test_every_card_comes(seen: list[Seen]) -> None:
    none(told(seen, "away"))


def test_every_page_has_a_heading_and_a_title_of_its_own(seen: list[Seen]) -> None:
    pages = [page for page in seen if page.is_page and page.status == 200]
    none([page.where for page in pages if len(re.findall(r"<h1[ >]", page.html)) != 1])
    none([page.where for page in pages if re.search(r"<title>\s*–", page.html)])


def test_a_danish_page_says_nothing_in_english_and_shows_no_code(seen: list[Seen]) -> None:
    none(strange(seen, "da", ENGLISH))


def test_an_english_page_says_nothing_in_danish(seen: list[Seen]) -> None:
    none(strange(seen, "en", DANISH))


def test_html_validate_has_nothing_to_say(seen: list[Seen], running: Running) -> None:
    folder = running.run / "html"
    folder.mkdir(exist_ok=True)
    for number, page in enumerate(page for page in seen if page.is_page):
        (folder / f"{page.screen.name}-{page.language}-{number}.html").write_text(page.html, encoding="utf-8")

    none(complaints(folder))


def complaints(folder: Path) -> list[str]:
    """Of html-validate, over a whole folder."""
    program, rules = ROOT / "node_modules/.bin/html-validate", ROOT / "deploy/linters/html-validate.json"
    with (folder / "complaints.txt").open("w+") as said:  # it ends before a pipe has taken all that it says
        command = [str(program), "--config", str(rules), "--formatter", "text", str(folder)]
        done = subprocess.run(command, stdout=said, stderr=said, check=False)
        said.seek(0)
        return [] if done.returncode == 0 else [line.replace(str(folder), "") for line in said.read().splitlines()]


def test_pages_are_light_at_the_first_visit_and_lighter_after(seen: list[Seen]) -> None:
    files: dict[str, int] = {}
    for page in seen:
        for address, size in page.sizes.items():
            if "/static/" in address:
                files[address] = max(size, files.get(address, 0))
    heavy = []
    for page in seen:
        own = sum(size for address, size in page.sizes.items() if "/static/" not in address)
        first = own + sum(files[address] for address in page.sizes if address in files)
        if own > MOST_BYTES_LATER or first > MOST_BYTES_FIRST:
            heavy.append(f"{page.where}: {first} at first, {own} after")

    none(heavy)
