"""Who a company lets in: its own list, invitations by signed link, and out at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from services.matching.models import Company, CompanyMember
from services.matching.use_cases import colleagues
from shared import clock
from shared.database import Database, new_id
from shared.errors import Refused
from tests.browser import Browser, offered, words
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    MONDAY,
    add_candidate,
    add_company,
    add_need,
    consented,
    posted,
)

LIST = "/virksomhed/kolleger"


def employee(matching: ServiceUnderTest, name: str = "Bodil Boss", cvr: str = CVR_A) -> Browser:
    return matching.browser("company_employee", organisation=cvr, name=name)


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    """Somebody who has taken charge of the list."""
    add_company(matching)
    browser = employee(matching)
    assert browser.submit(f"{LIST}/ansvar").status_code == 303
    return browser


def link(boss: Browser, role: str) -> str:
    page = boss.submit(f"{LIST}/inviter", {"role": role})
    found = re.search(r"/virksomhed/invitation\?kode=([\w-]+)", page.text)
    assert found, words(page)
    return found[1]


def joined(matching: ServiceUnderTest, boss: Browser, role: str, name: str = "Karen Kollega") -> Browser:
    colleague = employee(matching, name)
    code = link(boss, role)
    assert "En kollega har inviteret dig" in words(colleague.get(f"/virksomhed/invitation?kode={code}"))
    assert colleague.submit("/virksomhed/invitation", {"kode": code}).status_code == 303
    return colleague


def test_without_a_list_whoever_works_there_comes_in(matching: ServiceUnderTest) -> None:
    add_company(matching)

    assert employee(matching).get("/virksomhed").status_code == 200
    assert "Alle i virksomheden kan komme ind" in words(employee(matching).get(LIST))


def test_with_a_list_only_those_on_it_come_in(matching: ServiceUnderTest, boss: Browser) -> None:
    stranger = employee(matching, "Frem Med")
    refused = stranger.get("/virksomhed")

    assert (boss.get("/virksomhed").status_code, refused.status_code) == (200, 403)
    assert "Du står ikke på jeres virksomheds liste." in words(refused)
    assert stranger.submit(f"{LIST}/ansvar").status_code == 403


def test_charge_is_given_up_while_one_is_alone(matching: ServiceUnderTest, boss: Browser) -> None:
    boss.submit(f"{LIST}/ansvar/fortryd")

    assert employee(matching, "Frem Med").get("/virksomhed").status_code == 200


def test_who_may_see_sees_and_may_not_sign(matching: ServiceUnderTest, boss: Browser) -> None:
    match = consented(matching, add_need(matching), add_candidate(matching))
    page = f"/virksomhed/forslag/{match['id']}"
    watcher, signer = joined(matching, boss, "see"), joined(matching, boss, "sign", "Sanne Sign")
    refused = watcher.submit(f"{page}/svar", {"accepted": "true"})

    assert (watcher.get(page).status_code, refused.status_code) == (200, 403)
    assert "Du må se, men ikke svare for virksomheden." in words(refused)
    assert watcher.get(LIST).status_code == 403
    assert signer.submit(f"{page}/svar", {"accepted": "true"}).status_code == 303


def test_a_link_works_once_for_one_of_the_same_company_until_it_is_over(
    matching: ServiceUnderTest, boss: Browser
) -> None:
    code = link(boss, "sign")
    add_company(matching, cvr=CVR_B, name="Rivalen")
    rival = employee(matching, "Rita Rival", CVR_B).submit("/virksomhed/invitation", {"kode": code})
    with clock.moved_to(MONDAY + timedelta(days=15)):
        late = employee(matching).submit("/virksomhed/invitation", {"kode": code})
    first = employee(matching, "Første").submit("/virksomhed/invitation", {"kode": code})
    second = employee(matching, "Anden").submit("/virksomhed/invitation", {"kode": code})

    assert [one.status_code for one in (rival, late, first, second)] == [409, 409, 303, 409]
    assert "Bed om et nyt." in words(second)


def test_a_link_is_withdrawn(matching: ServiceUnderTest, boss: Browser) -> None:
    code = link(boss, "sign")
    listed: Any = matching.call("GET", "/company-members", client="company-a").json
    boss.submit(f"{LIST}/traek-tilbage", {"invitation_id": listed["invitations"][0]["id"]})

    assert employee(matching).submit("/virksomhed/invitation", {"kode": code}).status_code == 409


def test_a_colleague_who_leaves_is_out_at_once_and_can_be_let_in_again(
    matching: ServiceUnderTest, boss: Browser
) -> None:
    colleague = joined(matching, boss, "sign")
    listed: Any = matching.call("GET", "/company-members", client="company-a").json["items"]
    leaver = next(one["id"] for one in listed if one["colleague"] == "Karen Kollega")
    boss.submit(f"{LIST}/ret", {"member_id": leaver, "removed": "on"})
    out = colleague.get("/virksomhed").status_code
    page = boss.get(LIST).text
    boss.submit(*offered(page))

    assert out == 403
    assert "Karen Kollega er ude nu." in page
    assert colleague.get("/virksomhed").status_code == 200


def test_somebody_must_manage_the_list(matching: ServiceUnderTest, boss: Browser) -> None:
    me: Any = matching.call("GET", "/company-members", client="company-a").json["items"][0]["id"]
    refused = boss.submit(f"{LIST}/ret", {"member_id": me, "removed": "on"})

    assert "Én skal styre listen." in words(refused)


def test_the_companys_program_keeps_the_list_as_well(matching: ServiceUnderTest, boss: Browser) -> None:
    made = posted(matching, "/company-invitations", {"role": "see"}, "company-a")
    gone = posted(matching, "/company-invitations/withdrawn", {"invitation_id": made["id"]}, "company-a")

    assert "/virksomhed/invitation?kode=" in made["link"]
    assert gone["id"] == made["id"]
    theirs = matching.call("POST", "/company-invitations/withdrawn", {"invitation_id": made["id"]}, client="company-b")
    assert theirs.status_code == 404


def test_two_in_charge_cannot_both_step_down(busy_world: World, committed: Database) -> None:
    with committed.bind.connect() as connection:  # type: ignore[union-attr]  # it binds an engine
        matching = ServiceUnderTest(busy_world.settings, "matching", busy_world.client_secrets, connection)
        company_id = UUID(add_company(matching, "90000071")["id"])
        connection.commit()
    with committed.begin(actor="test") as session:
        pair = [
            CompanyMember(id=new_id(), company_id=company_id, subject=name, name=name, role="manage", since=clock.now())
            for name in ("first", "second")
        ]
        session.add_all(pair)
        first, second = [one.id for one in pair]

    def step_down(session: Session, member_id: UUID) -> None:
        colleagues.change(session, session.get_one(Company, company_id), member_id, role="sign", removed=False)

    def the_other() -> None:
        with committed.begin(actor="test") as session:
            step_down(session, second)

    with ThreadPoolExecutor() as pool:
        with committed.begin(actor="test") as session:
            step_down(session, first)
            other = pool.submit(the_other)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.5)
        with pytest.raises(Refused, match="nobody_manages"):
            other.result(timeout=5)
