"""The walk-in: who is known is found, likely doubles are shown before anybody is made, the application is followed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock, units
from shared.events import CitizenChannelsChanged, CitizenRegistered
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_page_desk import TYPED

OTHER_CPR = "251248-1113"
BLANK = dict.fromkeys(("name", "phone", "email", "postal_code", "municipality_code"), "")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    with intake.begin() as session:
        slots.stock_slots(session)
    return intake.browser("front_desk", organisation="jobbutikken")


def citizens(intake: ServiceUnderTest) -> int:
    return int(intake.connection.scalar(text("SELECT count(*) FROM citizen")) or 0)


def test_somebody_known_is_named_while_the_number_is_typed_and_counts_once(desk: Browser, intake: Any) -> None:
    register(intake)

    shown = [words(desk.submit("/skranken/ny/hvem", {"cpr": WALK_IN["cpr"]})) for _ in range(20)][-1]

    assert "Nancy Ann Test Berggren Vi kender borgeren. Det, du lader stå tomt, bliver stående." in shown
    assert "Vi har: 20 12 34 56, nancy@example.dk, 3400, dansk." in shown
    assert "Foreslået kategori: jobparat" in shown
    assert desk.submit("/skranken/ny", TYPED | BLANK).status_code == 303
    assert not intake.told(CitizenChannelsChanged)


def test_channels_of_another_units_citizen_and_of_a_protected_one_stay_out(desk: Browser, intake: Any) -> None:
    citizen = register(intake)["citizen_id"]
    register(intake, cpr="150277-9995", name="Ruddi Test Hansen", protected=True)
    with intake.begin() as session:
        units.put(session, citizen, "ungeenheden")

    others = words(desk.submit("/skranken/ny/hvem", {"cpr": WALK_IN["cpr"]}))
    protected = words(desk.submit("/skranken/ny/hvem", {"cpr": "150277-9995"}))

    assert "Ungeenheden" in others
    assert "Vi har:" not in others + protected
    assert "Beskyttet" in protected


def test_a03_proposed_category_follows_the_day_and_the_education(desk: Browser, intake: ServiceUnderTest) -> None:
    young = {"cpr": "031196-1113", "name": "Ane Test Prøve"}

    assert "Foreslået kategori: åbenlyst uddannelsesparat" in words(desk.submit("/skranken/ny/hvem", young))
    educated = young | {"qualifying_education": "on"}
    assert "Foreslået kategori: jobparat" in words(desk.submit("/skranken/ny/hvem", educated))
    with clock.moved_to(MONDAY + timedelta(days=1)):
        tomorrow = intake.browser("front_desk", organisation="jobbutikken")
        assert "Foreslået kategori: jobparat" in words(tomorrow.submit("/skranken/ny/hvem", young))


@pytest.mark.parametrize(
    ("cpr", "name"),
    [
        (OTHER_CPR, "Nanzy Ann Berggren"),
        (OTHER_CPR, "Nancy Berggreen"),
        ("251249-1113", "Nancy-Ann Test Bergren"),
        ("251248-1113", "Nansy Berggren"),
    ],
)
def test_a_likely_double_is_shown_before_anybody_is_made(
    desk: Browser, intake: ServiceUnderTest, cpr: str, name: str
) -> None:
    register(intake)

    before = words(desk.submit("/skranken/ny/hvem", {"cpr": cpr, "name": name}))
    answer = desk.submit("/skranken/ny", TYPED | {"cpr": cpr, "name": name})

    assert "Det er Nancy Ann Test Berggren, 251248-xxxx, ingen enhed" in before
    assert answer.status_code == 422
    assert "Ligner en, vi kender: Vælg, om det er en, vi kender" in words(answer)
    assert f'value="{name}"' in answer.text
    assert citizens(intake) == 1


def test_day_and_month_swapped_is_a_likely_double(desk: Browser, intake: ServiceUnderTest) -> None:
    register(intake, cpr="020190-1113", name="Aage Kjær")

    assert "Det er Aage Kjær, 020190-xxxx" in words(
        desk.submit("/skranken/ny/hvem", {"cpr": "010290-1113", "name": "Åge Kær"})
    )


def test_somebody_else_of_that_day_or_another_day_of_that_name_is_no_double(desk: Browser, intake: Any) -> None:
    register(intake)

    for cpr, name in ((OTHER_CPR, "Bodil Test Jensen"), ("170590-1113", "Nancy Ann Test Berggren")):
        shown = words(desk.submit("/skranken/ny/hvem", {"cpr": cpr, "name": name}))
        assert "Vi kender ikke CPR-nummeret. Borgeren bliver oprettet." in shown
        assert "Det er" not in shown


def test_it_is_this_one_takes_the_record_as_it_is(desk: Browser, intake: ServiceUnderTest) -> None:
    citizen = register(intake)["citizen_id"]

    double = {"cpr": OTHER_CPR, "name": "Nanzy Berggren", "same_as": citizen, "phone": "20 99 88 77"}
    answer = desk.submit("/skranken/ny", TYPED | double)

    assert "Borgeren var kendt i forvejen." in words(desk.get(answer.location))
    known = intake.connection.execute(text("SELECT name, phone FROM citizen")).one()
    assert tuple(known) == ("Nancy Ann Test Berggren", "+4520998877")


def test_it_is_another_person_takes_a_reason_and_is_told_to_whoever_would_merge_them(
    desk: Browser, intake: ServiceUnderTest
) -> None:
    first = register(intake)["citizen_id"]
    double = {"cpr": OTHER_CPR, "name": "Nanzy Berggren", "other_person_reason": "shown_id"}

    assert desk.submit("/skranken/ny", TYPED | double).status_code == 303

    assert len(intake.told(CitizenRegistered)) == 2
    other = intake.connection.scalar(text("SELECT citizen_id FROM told_apart WHERE other_id = :one"), {"one": first})
    adviser = intake.browser("adviser", organisation="jobbutikken")
    shown = words(adviser.get(f"/borger/{first}/samme/{other}"))
    assert "En medarbejder har valgt, at de er to: har vist legitimation. Det var 2. november 2026." in shown


def test_a_protected_double_is_told_of_without_a_name(desk: Browser, intake: ServiceUnderTest) -> None:
    protected = register(intake, protected=True)["citizen_id"]

    answer = desk.submit("/skranken/ny/hvem", {"cpr": OTHER_CPR, "name": "Nancy Berggren"})
    forged = desk.submit("/skranken/ny", TYPED | {"cpr": OTHER_CPR, "name": "Nancy Berggren", "same_as": protected})

    assert "Der findes en registrering, der ligner, men den er beskyttet." in words(answer)
    for shown in (answer.text, forged.text.replace(f'value="{protected}"', "")):
        assert "Nancy Ann Test Berggren" not in shown
        assert protected not in shown
    assert forged.status_code == 422


def test_a_name_alone_finds_somebody_and_the_number_need_not_be_known(desk: Browser, intake: ServiceUnderTest) -> None:
    citizen = register(intake)["citizen_id"]
    asked = TYPED | {"cpr": "", "name": "Nanzy Berggren"}

    unsure = desk.submit("/skranken/ny", asked)
    assert "CPR-nummer: Mangler." in words(unsure)
    assert f'value="{citizen}"' in unsure.text
    assert desk.submit("/skranken/ny", asked | {"same_as": citizen}).status_code == 303

    assert citizens(intake) == 1


def test_who_is_shown_is_on_record(desk: Browser, intake: ServiceUnderTest) -> None:
    citizen = register(intake)["citizen_id"]
    desk.submit("/skranken/ny/hvem", {"cpr": OTHER_CPR, "name": "Nancy Berggren"})

    found = intake.connection.execute(text("SELECT how, subjects FROM lookup ORDER BY seq DESC LIMIT 1")).one()
    assert (found.how, [str(one) for one in found.subjects]) == ("search", [citizen])


def test_a_double_in_another_unit_does_not_stand_in_the_way_of_a_new_person(desk: Browser, intake: Any) -> None:
    citizen = register(intake)["citizen_id"]
    with intake.begin() as session:
        units.put(session, citizen, "ungeenheden")
    double = TYPED | {"cpr": OTHER_CPR, "name": "Nanzy Berggren"}

    assert "Det er Nancy Ann Test Berggren" in words(desk.submit("/skranken/ny", double))
    assert desk.submit("/skranken/ny", double | {"other_person_reason": "relative"}).status_code == 303
    same = desk.submit("/skranken/ny", double | {"cpr": "251248-1221", "same_as": citizen})
    assert desk.get(same.location).status_code == 200


def test_new_person_without_a_name_is_told_what_lacks(desk: Browser) -> None:
    shown = words(desk.submit("/skranken/ny", TYPED | BLANK))

    assert "Navn: Mangler." in shown
    assert "Postnummer: Mangler." in shown
    assert "CPR-nummer: Mangler" not in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"cpr": "2512"}, {"cpr": "3202999999"}, {"phone": "12"}, {"email": "nancy"}, {"postal_code": "340"},
        {"guidance.version": "ny"}, {"slot_id": "00000000-0000-0000-0000-000000000009"}, {"name": ""},
        {"applied_for": "alt"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_what_was_typed_survives_each_kind_of_error(desk: Browser, wrong: dict[str, str]) -> None:
    typed = TYPED | {"urgency": "no_home", "application": "begun_with_help", "interpreter": "on"} | wrong

    answer = desk.submit("/skranken/ny", typed)

    assert answer.status_code in (409, 422)
    for name in ("cpr", "name", "phone", "email", "postal_code", "guidance.version"):
        assert f'name="{name}" value="{typed[name]}"' in answer.text
    for code in ("no_home", "begun_with_help"):
        assert f'<option value="{code}" selected' in answer.text
    assert re.search(r'name="interpreter" value="on" checked', answer.text)


def test_what_is_urgent_stands_first_and_decides_nothing(desk: Browser, intake: ServiceUnderTest) -> None:
    with intake.begin() as session:
        session.execute(text("UPDATE slot SET visitation_id = gen_random_uuid()"))
    first = intake.call("POST", "/first-contacts", WALK_IN).json
    late = WALK_IN | {"cpr": "150277-9995", "name": "Ruddi Test Hansen", "urgency": "no_food_money"}
    second = intake.call("POST", "/first-contacts", late).json

    shown = words(desk.get("/skranken/tavle"))
    with clock.moved_to(MONDAY + timedelta(days=6)):
        promised = words(intake.browser("front_desk").get("/skranken/loefte"))

    assert shown.index("Ruddi") < shown.index("Nancy")
    assert "Haster: uden penge til mad eller medicin" in shown
    assert promised.index("Ruddi") < promised.index("Nancy")
    assert first["proposed_category"] == second["proposed_category"]
    assert first["statutory"] == second["statutory"]


def test_the_application_is_followed_from_the_card_with_who_and_when_and_undone(desk: Browser, intake: Any) -> None:
    made = register(intake, application="not_begun")
    card = f"/borger/{made['citizen_id']}"
    assert "Ansøgning ikke sendt" in words(desk.get("/skranken"))

    answer = desk.submit(f"{card}/henvendelser/{made['contact_id']}/ansoegning", {"state": "sent"})
    page = desk.get(answer.location)
    assert "Noteret 2. november 2026 kl. 10.05 af dig." in words(page)
    assert '<option value="sent" selected' in page.text
    assert "Ansøgning ikke sendt" not in words(desk.get("/skranken"))

    assert desk.submit(*offered(page.text)).status_code == 303
    assert '<option value="not_begun" selected' in desk.get(card).text


def test_a_newer_word_on_the_application_is_not_taken_back_with_an_older(desk: Browser, intake: Any) -> None:
    made = register(intake)
    path = f"/borger/{made['citizen_id']}/henvendelser/{made['contact_id']}/ansoegning"
    undo = offered(desk.get(desk.submit(path, {"state": "begun_with_help"}).location).text)
    with clock.moved_to(MONDAY + timedelta(minutes=1)):
        said = intake.call("POST", f"/first-contacts/{made['contact_id']}/application", {"state": "sent"})
        answer = desk.submit(*undo)

    assert (said.json["before"], said.json["state"]) == ("begun_with_help", "sent")
    assert answer.status_code == 409
    assert "En kollega har noteret noget nyere." in words(answer)


def test_programs_ask_who_it_may_be_and_register_somebody_known_by_id(intake: ServiceUnderTest) -> None:
    citizen = register(intake)["citizen_id"]
    register(intake, cpr="150277-9995", name="Ruddi Test Hansen", protected=True)

    near = intake.call("POST", "/likely-same-people", {"cpr": OTHER_CPR, "name": "Nansy Berggren"}).json
    hidden = intake.call("POST", "/likely-same-people", {"cpr": "150277-1113", "name": "Rudi Hansen"}).json
    known = intake.call("POST", "/likely-same-people", {"cpr": WALK_IN["cpr"]}).json
    same = {name: WALK_IN[name] for name in ("applied_for", "channel", "qualifying_education", "guidance")}
    again = intake.call("POST", "/first-contacts", same | {"same_as": citizen})

    assert [one["citizen_id"] for one in near["likely"]] == [citizen]
    assert hidden["likely"] == [{"citizen_id": None, "name": None, "birth_date": None, "protected": True}]
    assert (known["known"], known["likely"]) == (citizen, [])
    assert again.json["citizen_id"] == citizen


@pytest.mark.parametrize("typed", [{"cpr": "150590-1113"}, {"name": "Bodil Test Jensen"}, {"name": "Bodil"}])
def test_programs_cannot_say_that_somebody_is_a_person_who_is_not_like_them(
    intake: ServiceUnderTest, typed: dict[str, str]
) -> None:
    citizen = register(intake)["citizen_id"]
    same = {name: WALK_IN[name] for name in ("applied_for", "channel", "qualifying_education", "guidance")}

    answer = intake.call("POST", "/first-contacts", same | typed | {"same_as": citizen})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["same_as"])
    assert citizens(intake) == 1
