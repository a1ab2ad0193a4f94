"""The thread of company and municipality: written on both sides, unread until seen, taken back until read."""

from typing import Any

import pytest
from sqlalchemy import text

from shared.events import CompanyMessageReceived, CompanyMessageSent, CompanyMessageTakenBack
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, CVR_B, add_company, add_need, posted

OURS, SAID = "/virksomhed/beskeder", "Kan I finde én mere til januar?"


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_employee", organisation=CVR_A, name="Bodil Boss")


def test_a_message_goes_over_and_its_answer_comes_back_unread(boss: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    boss.submit(OURS, {"text": SAID, "need_id": need["id"]})
    home = f"/virksomheder/{need['company_id']}"
    company = words(matching.browser("company_consultant").get(home))
    staff = matching.browser("company_consultant", name="Viggo Konsulent")
    seen = words(staff.get(f"{home}/beskeder"))
    staff.submit(f"{home}/beskeder", {"text": "Ja, vi ringer."})
    front, thread = words(boss.get("/virksomhed")), words(boss.get(OURS))

    assert "Beskeder (1 ny)" in company
    assert f"om Rengøringsassistent ny {SAID}" in seen
    assert "Beskeder (1 ny)" in front
    assert "Viggo Konsulent , Jobbutikken" in thread
    assert "(1 ny)" not in words(boss.get("/virksomhed"))


def test_a_message_is_taken_back_until_it_is_read(boss: Browser, matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    boss.submit(OURS, {"text": SAID})
    action, fields = offered(boss.get(OURS).text)
    boss.submit(action, fields)
    gone = words(boss.get(OURS))
    boss.submit(OURS, {"text": SAID})
    action, fields = offered(boss.get(OURS).text)
    matching.browser("front_desk").get(f"/virksomheder/{company['id']}/beskeder")

    assert "Der er ingen beskeder endnu." in gone
    assert "Beskeden er læst eller væk." in words(boss.submit(action, fields))


def test_what_is_taken_back_is_told_with_whose_the_last_word_is(boss: Browser, matching: ServiceUnderTest) -> None:
    thread = f"/virksomheder/{add_company(matching)['id']}/beskeder"
    clerk = matching.browser("job_consultant")

    def written(who: Browser, where: str) -> tuple[str, dict[str, str]]:
        who.submit(where, {"text": SAID})
        return offered(who.get(where).text)

    boss.submit(*written(boss, OURS))
    written(boss, OURS)
    clerk.submit(*written(clerk, thread))
    boss.submit(*written(boss, OURS))

    back = matching.told(CompanyMessageTakenBack)
    assert [one.unanswered for one in back] == [False, True, True]
    assert back[1].message_id == matching.told(CompanyMessageSent)[0].message_id


def test_no_cpr_number_is_written_and_nothing_typed_is_lost(boss: Browser, matching: ServiceUnderTest) -> None:
    add_company(matching)
    answer = boss.submit(OURS, {"text": "Hun er 251248-9996"})

    assert (answer.status_code, "Tag CPR-nummeret ud." in words(answer)) == (422, True)
    assert "Hun er 251248-9996" in words(answer)


def test_the_words_lie_sealed_and_stand_in_no_event_and_no_history(boss: Browser, matching: ServiceUnderTest) -> None:
    add_company(matching)
    boss.submit(OURS, {"text": SAID})
    history = matching.connection.scalars(text("SELECT changes::text FROM audit WHERE table_name = 'company_message'"))

    kept = matching.connection.scalar(text("SELECT company_message::text FROM company_message"))

    assert SAID not in str(matching.envelopes())
    assert [SAID in one for one in history] == [False]
    assert SAID not in str(kept)


def test_the_other_side_is_told_that_there_is_something_to_read(boss: Browser, matching: ServiceUnderTest) -> None:
    company: Any = add_company(matching)
    boss.submit(OURS, {"text": SAID})
    posted(matching, f"/companies/{company['id']}/messages", {"text": "Ja."})

    assert [str(one.company_id) for one in matching.told(CompanyMessageReceived)] == [company["id"]]
    assert [str(one.company_id) for one in matching.told(CompanyMessageSent)] == [company["id"]]


def test_a_program_reads_and_takes_back_as_a_person_does(matching: ServiceUnderTest) -> None:
    company: Any = add_company(matching)
    posted(matching, f"/companies/{company['id']}/messages", {"text": "Ring gerne."})
    mine = posted(matching, "/company-messages", {"text": SAID}, "company-a")
    posted(matching, "/company-messages/taken-back", {"message_id": mine["id"]}, "company-a")
    matching.call("POST", "/company-messages/read", client="company-a")
    (seen,) = matching.call("GET", f"/companies/{company['id']}/messages", client="consultant").json["items"]

    assert (seen["text"], seen["read_at"] is None) == ("Ring gerne.", False)


def test_by_program_both_sides_write_and_no_other_company_reads(matching: ServiceUnderTest) -> None:
    company: Any = add_company(matching)
    add_company(matching, cvr=CVR_B, name="Rivalen")
    posted(matching, "/company-messages", {"text": SAID}, "company-a")
    posted(matching, f"/companies/{company['id']}/messages", {"text": "Ja."})
    mine = matching.call("GET", "/company-messages", client="company-a").json["items"]

    assert [(one["by_company"], one["text"]) for one in mine] == [(True, SAID), (False, "Ja.")]
    assert matching.call("GET", "/company-messages", client="company-b").json["items"] == []
