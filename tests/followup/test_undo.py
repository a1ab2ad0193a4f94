"""What a consultant takes back: a moved talk, agreed hours, a mentor's link; and what can no longer be."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpMoved, HoursChanged
from tests.browser import Browser, offered, words
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

NOW = danish_time(date(2027, 1, 6), 11)
OWN = f"/opfoelgning/forloeb/{PLACEMENT}"
HOURS = {
    "from": "2027-01-18", "placement_hours": "12,5", "paid_hours": "0", "reason_code": "next_step",
    "asked_by": "company",
}  # fmt: skip


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A placement on its third day at eight hours a week."""
    first = danish_time(date(2027, 1, 4), 8)
    followup.hear(citizen(), company(), placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), first_day_at=first,
    ))  # fmt: skip
    with clock.moved_to(NOW):
        yield followup


@pytest.fixture
def consultant(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant")


def talk(service: ServiceUnderTest, number: int) -> UUID:
    return UUID(str(service.connection.scalars(text("SELECT id FROM contact ORDER BY planned_at")).all()[number]))


def moved(consultant: Browser, contact: UUID, to: str) -> Any:
    return consultant.submit(f"/opfoelgning/kontakt/{contact}/flyt", {"planned_at": to, "reason_code": "company_asked"})


class TestMovingBack:
    def test_a_moved_talk_is_moved_back_and_all_are_told(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        contact = talk(begun, 3)
        answer = moved(consultant, contact, "2027-01-11T10:00")
        action, fields = offered(consultant.get(answer.location).text)
        consultant.submit(action, fields)

        there, back = begun.told(FollowUpMoved)
        assert (there.planned_at, back.planned_at) == (
            danish_time(date(2027, 1, 11), 10), danish_time(date(2027, 1, 7), 10),
        )  # fmt: skip
        assert (there.reason_code, back.reason_code) == ("company_asked", "taken_back")
        assert "Flyttet fordi" not in words(consultant.get(f"/opfoelgning/kontakt/{contact}"))

    def test_what_somebody_changed_meanwhile_is_not_taken_back(
        self, consultant: Browser, begun: ServiceUnderTest
    ) -> None:
        contact = talk(begun, 3)
        answer = moved(consultant, contact, "2027-01-11T10:00")
        action, fields = offered(consultant.get(answer.location).text)
        moved(begun.browser("adviser"), contact, "2027-01-12T10:00")
        refused = consultant.submit(action, fields)

        assert refused.status_code == 409
        assert "Nogen har ændret det imens, så det kan ikke fortrydes." in words(refused)
        assert "12. januar 2027 kl. 10.00" in words(refused)

    def test_nobody_is_called_to_a_moment_that_has_passed(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        contact = talk(begun, 0)
        answer = moved(consultant, contact, "2027-01-11T10:00")
        shown = consultant.get(answer.location).text
        refused = consultant.submit(f"/opfoelgning/kontakt/{contact}/flyt/fortryd", {"version": "2"})

        assert "flyt/fortryd" not in shown
        assert (refused.status_code, "Det gamle tidspunkt er passeret." in words(refused)) == (409, True)

    def test_a_talk_that_was_not_moved_stays(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        refused = consultant.submit(f"/opfoelgning/kontakt/{talk(begun, 3)}/flyt/fortryd", {"version": "1"})

        assert (refused.status_code, "Samtalen er ikke flyttet." in words(refused)) == (409, True)

    def test_that_it_was_held_is_not_taken_back_for_another(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        address = f"/opfoelgning/kontakt/{talk(begun, 0)}"
        answer = consultant.submit(f"{address}/holdt", {"outcome_code": "going_well"})
        action, fields = offered(consultant.get(answer.location).text)
        other = begun.browser("adviser")
        other.submit(action, fields)
        other.submit(f"{address}/holdt", {"outcome_code": "at_risk"})

        assert consultant.submit(action, fields).status_code == 409
        assert "Forløbet er i fare" in words(consultant.get(address))


class TestHours:
    def agreed(self, consultant: Browser, **changed: str) -> tuple[str, dict[str, str]]:
        answer = consultant.submit(f"{OWN}/timer", HOURS | changed)
        return offered(consultant.get(answer.location).text)

    def test_a_step_taken_back_leaves_the_hours_before_it(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        consultant.submit(*self.agreed(consultant))

        agreed, back = begun.told(HoursChanged)
        assert (agreed.agreement_id, agreed.starts_on) == (back.agreement_id, back.starts_on)
        assert (back.placement_hours, back.paid_hours, back.reason_code) == (8, 0, "taken_back")
        assert [one["subjectversion"] for one in begun.envelopes() if "hours" in one["type"]] == [1, 2]
        assert "18. januar 2027" not in words(consultant.get(OWN)).split("Aftal timer")[0].split("Sådan er timerne")[1]

    def test_a_step_changed_and_taken_back_is_the_one_before(
        self, consultant: Browser, begun: ServiceUnderTest
    ) -> None:
        self.agreed(consultant)
        consultant.submit(*self.agreed(consultant, placement_hours="20", asked_by="mentor"))

        assert [told.placement_hours for told in begun.told(HoursChanged)] == [12.5, 20, 12.5]
        assert "18. januar 2027 12,5 0 Næste skridt Virksomheden" in words(consultant.get(OWN))

    def test_a_day_that_was_taken_back_can_be_agreed_anew(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        consultant.submit(*self.agreed(consultant))
        consultant.submit(*self.agreed(consultant, placement_hours="14"))

        assert [told.placement_hours for told in begun.told(HoursChanged)] == [12.5, 8, 14, 8]

    def test_hours_that_hold_already_stand(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        action, fields = self.agreed(consultant)
        with clock.moved_to(danish_time(date(2027, 1, 18), 9)):
            refused = begun.browser("job_consultant").submit(action, fields)

        assert (refused.status_code, "Timerne gælder allerede." in words(refused)) == (409, True)

    def test_hours_from_today_offer_no_way_back(self, consultant: Browser) -> None:
        answer = consultant.submit(f"{OWN}/timer", HOURS | {"from": "2027-01-06"})

        assert "timer/fortryd" not in consultant.get(answer.location).text

    def test_a_step_is_taken_back_once(self, consultant: Browser) -> None:
        action, fields = self.agreed(consultant)
        consultant.submit(action, fields)

        assert consultant.submit(action, fields).status_code == 409


class TestMentorsLink:
    def invited(self, consultant: Browser) -> tuple[str, str]:
        page = consultant.submit(f"{OWN}/mentor").text
        code, back = re.search(r"mentor\?code=([\w-]+)", page), re.search(rf'action="({OWN}/mentor/[^"]+)"', page)
        assert code
        assert back
        return code[1], back[1]

    def test_a_link_that_was_withdrawn_makes_nobody_a_mentor(
        self, consultant: Browser, begun: ServiceUnderTest
    ) -> None:
        code, back = self.invited(consultant)
        consultant.submit(back)

        assert begun.browser("mentor").submit("/opfoelgning/mentor", {"code": code}).status_code == 409

    def test_a_link_that_was_taken_stands(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        code, back = self.invited(consultant)
        begun.browser("mentor").submit("/opfoelgning/mentor", {"code": code})

        assert consultant.submit(back).status_code == 409

    def test_the_code_leaves_the_address_at_once(self, consultant: Browser, begun: ServiceUnderTest) -> None:
        code, _back = self.invited(consultant)
        mentor = begun.browser("mentor")
        answer = mentor.get(f"/opfoelgning/mentor?code={code}")

        assert (answer.status_code, answer.location) == (303, "/opfoelgning/mentor")
        assert code not in str(answer.headers)
        assert f'name="code" value="{code}"' in mentor.get(answer.location).text
        assert "Vi mangler linket." in words(begun.browser("mentor").get(answer.location))
