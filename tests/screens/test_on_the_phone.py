"""A company on the phone: need, shortlist, why, proposal, before the call ends; by keyboard, and taken back."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from demo import screen
from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.test_walk_in import Keys
from tests.screens.walk import settled

pytestmark = pytest.mark.screens
COMPANY = "Brødhuset"


def the_company(page: Page, keys: Keys) -> None:
    """From the list of needs to a new one of the company that rings."""
    page.goto("/match")
    settled(page)
    keys.press("n")
    expect(page).to_have_url(re.compile("/match/behov/ny$"))
    main = page.get_by_role("main")
    main.locator("[name=q]").focus()
    page.keyboard.type(COMPANY)
    keys.press("Enter")
    expect(page).to_have_url(re.compile("q=Br"))
    main.get_by_role("link", name=re.compile(COMPANY)).first.focus()
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/match/behov/ny/[0-9a-f-]{36}$"))


def what_it_needs(page: Page, keys: Keys) -> None:
    """The work, when it begins, and two mornings a week."""
    monday = screen.today() + timedelta(days=28 - screen.today().weekday())
    keys.type("occupation_title", "Lager- og logistikmedarbejder")
    page.locator("[name=employment_form]").select_option("virksomhedspraktik")
    keys.type("starts_on", f"{monday:%d-%m-%Y}")
    for day in ("mon", "wed"):
        for side, hour in (("begins", "9.00"), ("ends", "13.00")):
            page.locator(f"[name='{day}_1.{side}']").focus()
            page.keyboard.type(hour)
    page.locator("[name=adjustments][value=quiet_place]").check()
    keys.press("Control+Enter")


def test_a_need_finds_people_with_reasons_and_one_is_proposed_while_the_company_waits(
    as_person: SignedIn, ids: Ids
) -> None:
    page = as_person("johanne")
    keys = Keys(page)
    the_company(page, keys)
    what_it_needs(page, keys)
    expect(page).to_have_url(re.compile("/match/behov/[0-9a-f-]{36}$"), timeout=20_000)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Listen foreslår, mennesker afgør.")
    fits = page.get_by_role("table", name="De, der passer, den bedste først")
    expect(fits).to_contain_text("samme stilling")
    expect(fits).to_contain_text("km i lige linje")

    fits.get_by_role("button", name=re.compile("^Husk")).first.focus()
    keys.press("Enter")
    expect(page.get_by_role("table", name="Husk til behovet")).to_contain_text("Tag af listen")
    page.get_by_role("table", name=re.compile("den bedste først")).get_by_role(
        "button", name=re.compile("^Foreslå")
    ).first.focus()
    keys.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Foreslå").focus()
    keys.press("Enter")
    expect(main).to_contain_text("er foreslået og skal nu spørges.")
    expect(page.get_by_role("table", name="Foreslåede borgere")).to_contain_text("Venter på borgerens svar")
    settled(page)
    keys.press("z")
    expect(main).to_contain_text("Forslaget er trukket tilbage.")
