"""Letters and texts as people get them: easy to read, about the right thing, and short enough to send."""

import re
from itertools import product

import pytest

from services.notifications.rules import letters, samples, sms, table
from services.notifications.rules.drafts import CITIZEN
from services.notifications.rules.paper import nem_sms, on_paper
from services.notifications.rules.table import Rule
from tests.notifications.story import MONDAY
from tests.plain import HARDEST, lix

CITIZENS = [rule for rule in table.RULES if rule.kind == CITIZEN]


def own_words(rule: Rule, language: str) -> str:
    """Without greeting, signature, days and links, which are the same in all."""
    text = samples.letter(rule, language, MONDAY).text.split("\n\n", 1)[1].split("\n\nVenlig hilsen")[0]
    return re.sub(r"https?://\S+|\w+dag den \d+\. \w+ \d{4}(?: kl\. [\d.]+)?", "", text)


@pytest.mark.parametrize("language", ["da", "da-x-let"])
@pytest.mark.parametrize("rule", CITIZENS, ids=lambda rule: rule.name)
def test_a_citizens_letter_is_easy_to_read(rule: Rule, language: str) -> None:
    assert lix(own_words(rule, language)) <= HARDEST


def test_every_text_is_two_sms_at_most_and_about_its_own_matter() -> None:
    said = {
        (rule.name, language): samples.letter(rule, language, MONDAY).sms
        for rule, language in product(table.RULES, samples.LANGUAGES)
    }
    assert {name for name, text in said.items() if sms.size(text).parts > 2 or "None" in text} == set()
    free = ("forum_line.citizen", "match_proposed.citizen", "centre_offered.citizen", "company_message.company",
            "forum_seat.citizen", "forum_seat.company", "forum_on.citizen", "forum_on.company")  # fmt: skip
    assert {
        name for name in free if re.search("skal gøre|frist|forslag", said[name, "da"] + said[name, "da-x-let"])
    } == set()
    assert {name for (name, _), text in said.items() if "finder vi en ny tid" in text} == {
        "visitation_cancelled.citizen", "visitation_missed.citizen"
    }  # fmt: skip
    assert {name for (name, _), text in said.items() if "skrevet ned om jeres behov" in text} == {
        "need_read_back.company"
    }  # fmt: skip
    assert {name for (name, language), text in said.items() if language == "da" and "Hvordan går det" in text} == {
        f"pulse_asked.{kind}" for kind in ("citizen", "company", "mentor")
    }
    assert {name for (name, language), text in said.items() if language == "en" and "An agreement" in text} == {
        f"{template}.{kind}"
        for template in ("agreement_asked", "agreement_expiring")
        for kind in ("citizen", "company", "mentor")
    }


def test_a_nemsms_about_a_talk_that_is_off_says_so_and_no_place() -> None:
    off = {rule.name: samples.letter(rule, "da", MONDAY) for rule in CITIZENS}
    said = {name: nem_sms(letter, samples.OURS) for name, letter in off.items()}

    assert said["visitation_cancelled.citizen"] == (
        "Aflyst: tirsdag den 3. november 2026 kl. 10.05. Kontakt: Prøveby Kommune 00 00 00 00"
    )
    assert {name for name, words in said.items() if words.startswith("Aflyst: ")} == {
        "visitation_cancelled.citizen", "match_meeting_off.citizen", "interview_off.citizen"
    }  # fmt: skip


def test_a_mails_links_can_be_pressed() -> None:
    [rule] = [rule for rule in CITIZENS if rule.template == "pulse_asked"]
    html = samples.letter(rule, "da", MONDAY).html

    assert html.count('<a href="https://jobbutik.example/kort/proeve"') == 1
    assert html.count('<a href="https://jobbutik.example/nej-tak"') == 1


def test_a_long_link_is_shown_short_and_leads_where_it_should_and_a_time_stays_on_its_line() -> None:
    link = f"https://jobbutik.example/puls?kode={'x' * 120}"
    html = letters.html("Hvordan går det?", [("da", [f"Svar her: {link}", "mandag kl. 10.30"])])

    assert f'href="{link}"' in html
    assert f">{link}<" not in html
    assert "mandag kl.\u00a010.30" in html


def test_on_paper_no_letter_tells_of_a_file_that_comes_with_it() -> None:
    for rule, language in product(table.RULES, samples.LANGUAGES):
        mail = samples.letter(rule, language, MONDAY)
        html = on_paper(mail, samples.OURS, MONDAY.date(), samples.WINDOW)
        assert not re.search("den vedhæft|kalenderfil|filen den|attached (calendar )?file|the file", html), rule.name
        assert "<p></p>" not in html
        if rule.name == "visitation_moved.citizen" and language == "da":
            assert "den vedhæftede fil den." in mail.text
            assert "<p>Passer den nye tid ikke? Flyt eller aflys den her" in html
