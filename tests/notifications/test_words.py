"""What the letters may not say, in every template and language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID

import pytest

from services.notifications.rules import channels, interview_drafts, letters, samples
from services.notifications.rules.agreement_drafts import agreement_asked
from services.notifications.rules.calendars import calendar_file
from services.notifications.rules.centre_drafts import centre_offered, centre_withdrawn
from services.notifications.rules.channels import Reachable
from services.notifications.rules.drafts import (
    ALARM,
    ALARM_OVER,
    NO_FILES,
    REMINDER_ASKED,
    Draft,
    cv_reminded,
    cv_set,
    education_guidance,
    followup_moved,
    followup_planned,
    job_referred,
    job_withdrawn,
    match_closed,
    match_consented,
    match_proposed,
    need_read_back,
    placement_agreed,
    promise_alarm,
    pulse_asked,
    reason_asked,
    reminders,
    search_alert,
    start_referred,
    visitation_booked,
    visitation_cancelled,
    visitation_missed,
    visitation_moved,
)
from services.notifications.rules.letters import Letter, Sketch
from services.notifications.rules.match_meetings import match_meeting, match_meeting_off
from services.notifications.rules.portal_drafts import company_message, forum_line, forum_off, forum_on, forum_seat
from services.notifications.rules.table import REMINDERS as REMINDER_TEMPLATES
from services.notifications.rules.table import RULES, Rule, rule_of
from shared.authority import Authority
from shared.events.codes import EASY_DANISH
from tests.notifications import forum_story, story
from tests.notifications.test_centre_offers import TAKEN_BACK
from tests.notifications.test_moved_visitations import cancelled, moved

FORBIDDEN = (
    "kontanthj", "dagpenge", "sygedagpenge", "ledighed", "ydelse", "aktivering", "straks", "parat", "sanktion",
    "diagnose", "sygdom", "helbred", "handicap", "praktik", "nytteindsats", "løntilskud", "fleksjob", "ressource",
    "cpr", "benefit", "activation", "unemploy", "sanction", "diagnosis", "illness", "health", "disab", "subsid",
    "internship", "work trial", "placement", "case number",
)  # fmt: skip
MAILBOX = UUID(int=4)
LETTERS = [
    *visitation_booked(story.visitation(guidance_version="2026-02")),
    *visitation_moved(moved()),
    *visitation_cancelled(cancelled()),
    *visitation_missed(story.missed()),
    *start_referred(story.referral()),
    *placement_agreed(story.placement()),
    *followup_planned(story.plan()),
    *followup_moved(story.moved()),
    *agreement_asked(story.asked()),
    centre_offered(story.centre_offered()),
    centre_withdrawn(TAKEN_BACK, str(story.COMPANY), story.MONDAY),
    *agreement_asked(story.expiring()),
    *pulse_asked(story.pulse()),
    *need_read_back(story.read_back()),
    *company_message(story.company_message()),
    *forum_line(story.forum_line_passed()),
    *forum_line(story.forum_line_passed(by_company=False)),
    *forum_seat(story.forum_seat()),
    *forum_seat(story.company_seat()),
    *forum_off(forum_story.event_off()),
    *forum_off(forum_story.company_event_off()),
    *forum_on(forum_story.event_on()),
    *forum_on(forum_story.company_event_on()),
    *cv_set(story.cv_day()),
    *cv_reminded(story.cv_reminder()),
    *education_guidance(story.education()),
    *(promise_alarm(date(2026, 11, 9), MAILBOX, template) for template in (ALARM, ALARM_OVER)),
    *match_proposed(story.match_proposed()),
    *match_consented(story.match_consented()),
    *match_closed(story.match_declined("clock"), ("match_proposed", "match_consented"), date(2026, 11, 17)),
    *match_meeting(story.meeting_set()),
    *match_meeting_off(story.meeting_cancelled()),
    search_alert(story.search_alerted(), MAILBOX),
    *job_referred(story.job_referral()),
    job_withdrawn(story.job_followed_up("withdrawn"), "Kok, Café Prøve", date(2026, 11, 2)),
    *reason_asked(story.reason_question()),
    *interview_drafts.invited(story.to_book()),
    *interview_drafts.summoned(story.summoned()),
    *interview_drafts.self_booked(story.self_booked()),
    *interview_drafts.called_off(story.talk_off()),
]
REMINDERS = {
    f"{one.template}.{one.kind}": one
    for letter in LETTERS
    for one in (
        *reminders(letter),
        replace(letter, template=REMINDER_ASKED),
        *([replace(letter, template=NO_FILES, mentions=())] if "due_on" in letter.data else []),
    )
    if rule_of(one.template, one.kind)
}
DRAFTS = [*LETTERS, *REMINDERS.values()]
PLACES = {"jobbutik": {"da": "Jobbutikken i rådhuset, stuen", "en": "the Jobbutik in the town hall, ground floor"}}


class Someone:
    """A row of the address book."""

    def __init__(self, name: str, organisation: str | None = None, *, protected: bool = False) -> None:
        self.name: str | None = name
        self.organisation, self.protected = organisation, protected


def written(draft: Draft, language: str, *, protected: bool = False, sender: Authority = Authority()) -> Letter:  # noqa: B008
    book = {
        story.CITIZEN: Someone("Nancy Ann Berggren", protected=protected),
        story.COMPANY: Someone("Carl Chef", "Grønt & Godt ApS"),
        story.MENTOR: Someone("Mia Mentor"),
        MAILBOX: Someone(""),
    }
    sketch = Sketch(
        template=draft.template, kind=draft.kind, recipient_id=draft.recipient, data=draft.data,
        language=language, minutes=30, sequence=1, moved={}, now=story.MONDAY, sender=sender,
        reminds=draft.template in REMINDER_TEMPLATES,
    )  # fmt: skip
    known = {person: one for person, one in book.items() if person in {draft.recipient, *draft.mentions}}
    return letters.write(sketch, known, PLACES.get)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind == "company"], ids=lambda rule: rule.name)
def test_a_company_is_spoken_to_as_a_house(rule: Rule) -> None:
    told = samples.letter(rule, "da", story.MONDAY)
    # The file as well, for what stands under conditions that the sample does not meet.
    file = (letters.TEMPLATES / f"{rule.name}.da.txt").read_text(encoding="utf-8")
    said = re.findall(r"\w+", f"{told.subject} {told.text} {told.sms} {file}".lower())

    assert {"du", "dig", "din", "dit", "dine"} & set(said) == set()


SENDER = Authority(name="Eksempelby Kommune", phone="00 00 00 00", hours="mandag 9-15", hours_en="Monday 9-15")


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: f"{draft.template}.{draft.kind}")
def test_every_letter_is_signed_with_who_we_are_and_how_we_are_reached(draft: Draft) -> None:
    danish, english, both = (written(draft, language, sender=SENDER) for language in ("da", "en", "so"))
    signed = "Jobbutikken\nEksempelby Kommune\nTelefon: 00 00 00 00\nÅbent: mandag 9-15"

    assert danish.text.endswith(f"{signed}\n")
    assert english.text.endswith("Eksempelby Kommune\nTelephone: 00 00 00 00\nOpen: Monday 9-15\n")
    assert both.text.count("00 00 00 00") == both.html.count("00 00 00 00") == 2
    assert "<br>Telefon: 00 00 00 00" in danish.html


def test_letter_is_signed_by_the_jobbutik_alone_where_nothing_is_set_up() -> None:
    assert written(DRAFTS[0], "da").text.endswith("Venlig hilsen\nJobbutikken\n")


def everything(letter: Letter) -> str:
    stamp = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    calendar = calendar_file(letter.appointments, stamp=stamp).replace("\r\n ", "") if letter.appointments else ""
    return f"{letter.subject}\n{letter.text}\n{letter.html}\n{letter.sms}\n{calendar}"


def name_of(value: object) -> str:
    return f"{value.template}.{value.kind}" if isinstance(value, Draft) else str(value)


@pytest.mark.parametrize(("draft", "language"), list(product(DRAFTS, ("da", "en", "so", EASY_DANISH))), ids=name_of)
def test_no_letter_gives_away_what_kind_of_help_it_is_about(draft: Draft, language: str) -> None:
    words = everything(written(draft, language)).lower()

    assert [word for word in FORBIDDEN if word in words] == []


@pytest.mark.parametrize(
    "draft", [d for d in LETTERS if d.kind in ("company", "mentor") and story.CITIZEN in d.mentions], ids=name_of
)
@pytest.mark.parametrize("language", ["da", "en", EASY_DANISH])
def test_a_protected_person_is_nameless_to_company_and_mentor(draft: Draft, language: str) -> None:
    shown = everything(written(draft, language))
    hidden = everything(written(draft, language, protected=True))

    assert "Nancy" in shown
    assert "Berggren" not in shown
    assert "Nancy" not in hidden


def test_danish_has_a_comma_around_a_name_and_none_without_one() -> None:
    welcome = next(draft for draft in DRAFTS if (draft.template, draft.kind) == ("placement_agreed", "mentor"))

    assert "imod din nye kollega, Nancy, hos Grønt & Godt ApS." in written(welcome, "da").text
    assert "imod din nye kollega hos Grønt & Godt ApS." in written(welcome, "da", protected=True).text


def test_every_template_is_written_in_both_languages_and_none_is_left_over() -> None:
    folder = letters.TEMPLATES
    wanted = {f"{d.template}.{d.kind}.{language}.txt" for d in DRAFTS for language in ("da", "en")}
    easy = {f"{d.template}.{d.kind}.let.txt" for d in DRAFTS if d.kind == "citizen"}

    texting = {f"sms.{language}.txt" for language in ("da", "en", "let")}
    assert {path.name for path in folder.iterdir()} == wanted | easy | {"letter.html", "paper.html"} | texting


@pytest.mark.parametrize("draft", [d for d in DRAFTS if d.kind == "citizen"], ids=name_of)
def test_a_letter_that_is_easy_to_read_says_one_thing_a_line(draft: Draft) -> None:
    plain, easy = (written(draft, language) for language in ("da", EASY_DANISH))
    body = easy.text.split("\n\n", 1)[1].split("\n\nVenlig hilsen")[0]
    sentences = [one for one in re.split(r"[.?!:]\s+|\n", re.sub(r"https?://\S+", "", body)) if one]

    assert easy.text != plain.text
    assert [sentence for sentence in sentences if len(sentence.split()) > 12] == []
    assert 'lang="da"' in easy.html
    assert [one.starts_at for one in easy.appointments] == [one.starts_at for one in plain.appointments]
    told = (draft.data.get("job"), *(one.place for one in plain.appointments))
    facts = [fact for fact in told if fact and fact in plain.text]
    assert [fact for fact in facts if fact not in easy.text] == []


ASKED = [draft for draft in DRAFTS if draft.template.startswith("match_")]


@pytest.mark.parametrize("draft", [DRAFTS[0], *ASKED, *DRAFTS[-2:]], ids=name_of)
@pytest.mark.parametrize("language", ["da", "en", EASY_DANISH])
def test_an_sms_is_one_part_long_and_in_the_alphabet_of_sms(draft: Draft, language: str) -> None:
    sms = written(draft, language).sms

    assert len(sms) <= 160
    assert (
        not set(sms)
        - set("@£$¥èéùìòÇØøÅåΔ_ÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n")
        - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    )


def test_names_cannot_write_html() -> None:
    draft = DRAFTS[0]
    sketch = Sketch(
        template=draft.template, kind=draft.kind, recipient_id=draft.recipient, data=draft.data,
        language="da", minutes=30, sequence=1, moved={}, now=story.MONDAY,
    )  # fmt: skip
    letter = letters.write(sketch, {story.CITIZEN: Someone("<b>Nancy</b>")}, PLACES.get)

    assert "&lt;b&gt;Nancy" in letter.html


class Reached:
    """Who can be reached how."""

    def __init__(self, email: str | None, phone: str | None, *, exempt: bool) -> None:
        self.email, self.phone, self.digital_post_exempt = email, phone, exempt
        self.cpr_secret: str | None = None
        self.email_failed: str | None = None


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Reached("a@b.dk", "+4520123456", exempt=False), ["email", "sms", "paper"]),
        (Reached(None, "+4520123456", exempt=False), ["sms", "paper"]),
        (Reached(None, None, exempt=False), ["paper"]),
        (Reached(None, "+4520123456", exempt=True), ["paper"]),
        (Reached("a@b.dk", "+4520123456", exempt=True), ["email", "paper"]),
    ],
)
def test_channels_in_order_of_reach(person: Reachable, expected: list[str]) -> None:
    assert channels.usable(["email", "sms", "paper"], person) == expected


def test_pauses_grow_and_end() -> None:
    pauses = [30, 120]
    waits: Iterator[object] = (channels.pause(pauses, failures) for failures in (1, 2, 3))

    assert [wait and wait.total_seconds() for wait in waits] == [30, 120, None]  # type: ignore[attr-defined]
