"""Messages in a browser: what people choose, how a template looks, a message's whole way, inbox and webhooks."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.running import LOCALE, Running

pytestmark = pytest.mark.screens


def test_a_citizen_says_no_to_a_kind_and_takes_it_back(as_person: SignedIn) -> None:
    page = as_person("kirsten")
    page.goto("/beskeder/valg")
    surveys = page.get_by_label("Spørgsmål om, hvordan det går")
    expect(page.get_by_label("Tider og frister").get_by_role("option", name="Nej tak")).to_have_count(0)
    surveys.select_option("no")
    page.get_by_role("main").get_by_role("button", name="Gem").click()

    expect(page.get_by_text("Dit valg er gemt.")).to_be_visible()
    expect(surveys).to_have_value("no")
    page.get_by_role("button", name="Fortryd").click()
    expect(surveys).to_have_value("")


def test_the_link_in_a_reminder_needs_no_sign_in(browser: Browser, running: Running, ids: Ids) -> None:
    context = browser.new_context(**LOCALE, base_url=running.address)
    page = context.new_page()
    page.goto(f"/beskeder/nej-tak?kode={ids['reminders_code']}&emne=deadlines")
    page.get_by_role("button", name=re.compile(r"^Nej tak\s+Påmindelser om frister")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noteret: nej tak til påmindelser om frister")

    page.get_by_role("button", name=re.compile(r"^Ja tak, send dem igen")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nej tak til påmindelser om frister?")
    context.close()


def test_staff_look_at_a_template_in_another_language_and_at_a_messages_way(as_person: SignedIn, ids: Ids) -> None:
    page = as_person("frida")
    page.goto("/beskeder/skabeloner")
    main = page.get_by_role("main")
    page.get_by_label("Besked").select_option("pulse_asked.citizen")
    page.get_by_label("Sprog").select_option("en")
    main.get_by_role("button", name="Vis").click()
    expect(main.get_by_text("How is it going at the workplace?").first).to_be_visible()

    page.goto(f"/beskeder/{ids['message']}")
    expect(page.get_by_role("heading", name="Sådan kom den til")).to_be_visible()
    page.get_by_role("link", name="Hvem hører hvad").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvem hører hvad")


def test_a_company_sees_its_inbox_and_is_told_why_an_address_cannot_be_a_webhook(as_person: SignedIn) -> None:
    page = as_person("tove")
    page.goto("/beskeder/indbakke")
    page.get_by_role("link", name="Webhooks").first.click()
    where = page.get_by_label("Hvor lytter jeres system?")
    where.fill("vores system")
    page.get_by_role("button", name="Opret webhook").click()

    expect(page.get_by_role("alert").first).to_be_visible()
    expect(where).to_have_value("vores system")
