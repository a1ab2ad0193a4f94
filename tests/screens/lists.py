"""Lists of persons are their maker's own, so whoever looks brings them in: one before its columns, one judged."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.screens.running import PEOPLE
from tests.screens.screens import Screen

WHO, FORM = "front_desk", "/skranken/import"
RULE = f"{FORM}/<uuid:import_id>"
# New, known from the story, like somebody known, and two lines that are wrong.
LINES = """CPR;Navn;Postnr;Telefon
0107829995;Vilma Test Holmgaard;8700;20 33 44 55
2911829996;Kirsten Test Berggren;8700;20 12 34 56
2911821113;Kirstin Test Bergren;8700;
3202829995;Bo Test Prøve;8700;
0207829995;;870;
"""


def brought_in(page: Page, address: str, person: str) -> list[Screen]:
    """The pages of two lists, in the hands of who may bring them in; none for others."""
    if person != PEOPLE[WHO]:
        return []
    read, judged = _uploaded(page, address), _uploaded(page, address)
    page.locator("main form[novalidate] .button-primary").click()
    page.wait_for_url(f"**{judged}")
    return [Screen(WHO, person, RULE, judged), Screen(WHO, person, f"{RULE}/kolonner", f"{read}/kolonner")]


def _uploaded(page: Page, address: str) -> str:
    page.goto(address + FORM)
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": LINES.encode()}
    page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    page.locator("main form[novalidate] .button-primary").click()
    page.wait_for_url(f"**{FORM}/*")
    return urlsplit(page.url).path
