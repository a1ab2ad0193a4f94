"""Answers, proposals and agreements taken back by whoever made them, until somebody else has gone on from there."""

from typing import Any

import pytest
from sqlalchemy import text

from shared import clock
from shared.events import MatchDeclined, MatchReopened
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, MONDAY, accepted, add_candidate, add_need, consented, posted
from tests.matching.test_match_pages import AGREEMENT, page_of, proposed


@pytest.fixture(autouse=True)
def monday() -> Any:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


@pytest.fixture
def employer(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_employee", organisation=CVR_A)


def undo_of(browser: Browser, act: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
    """What is offered after the act."""
    answer = browser.submit(act, fields)
    assert answer.status_code == 303, words(answer)
    return offered(browser.get(answer.location.split("#")[0]).text)


def state_of(matching: ServiceUnderTest, match: Any) -> Any:
    return matching.call("GET", f"/matches/{match['id']}", client="consultant").json


class TestProposal:
    def propose(self, browser: Browser, matching: ServiceUnderTest) -> tuple[str, dict[str, str]]:
        need, citizen = add_need(matching)["id"], str(add_candidate(matching))
        return undo_of(browser, f"/match/behov/{need}/foreslaa", {"citizen_id": citizen})

    def test_one_that_nobody_answered_is_withdrawn_and_can_be_made_again(
        self, consultant: Browser, matching: ServiceUnderTest
    ) -> None:
        action, fields = self.propose(consultant, matching)
        back = consultant.submit(action, fields)
        shown = words(consultant.get(back.location))

        assert [(told.decliner, told.reason_code) for told in matching.told(MatchDeclined)] == [
            ("proposer", "taken_back")
        ]
        assert "Forslaget er trukket tilbage." in shown
        assert "Foreslå" in shown

    def test_it_is_the_proposers_alone(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        action, fields = self.propose(consultant, matching)

        assert matching.browser("adviser").submit(action, fields).status_code == 404

    def test_once_answered_it_stands(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        action, fields = self.propose(consultant, matching)
        consultant.submit(action.replace("fortryd", "samtykke"), {"given": "true", "how": "phone"})
        refused = consultant.submit(action, fields)

        assert (refused.status_code, "Nogen har ændret det imens" in words(refused)) == (409, True)


class TestCandidatesAnswer:
    @pytest.mark.parametrize("answer", [{"given": "true"}, {"given": "false", "reason_code": "too_far"}])
    def test_what_was_noted_wrongly_is_asked_again_and_the_company_sees_nothing(
        self, consultant: Browser, employer: Browser, matching: ServiceUnderTest, answer: dict[str, str]
    ) -> None:
        match = proposed(matching)
        consultant.submit(*undo_of(consultant, f"{page_of(match)}/samtykke", answer | {"how": "phone"}))
        now = state_of(matching, match)

        assert (now["state"], now["consented_at"], now["decliner"]) == ("proposed", None, None)
        assert matching.connection.scalar(text("SELECT disclosed_needs FROM match")) == []
        assert [told.waits_for for told in matching.told(MatchReopened)] == ["citizen"]
        assert employer.get(f"/virksomhed/forslag/{match['id']}").status_code == 404

    def test_after_the_companys_answer_it_stands(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        match = proposed(matching)
        action, fields = undo_of(consultant, f"{page_of(match)}/samtykke", {"given": "true", "how": "phone"})
        consultant.submit(f"{page_of(match)}/svar", {"accepted": "true"})

        assert consultant.submit(action, fields).status_code == 409
        assert state_of(matching, match)["state"] == "accepted"

    def test_a_no_after_a_yes_offers_no_way_back(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        match = proposed(matching)
        consultant.submit(f"{page_of(match)}/samtykke", {"given": "true", "how": "phone"})
        said = {"given": "false", "how": "phone", "reason_code": "too_far"}
        consultant.submit(f"{page_of(match)}/samtykke", said)

        assert "samtykke/fortryd" not in consultant.get(page_of(match)).text

    def test_a_no_is_not_taken_back_over_a_new_proposal(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        match = proposed(matching)
        said = {"given": "false", "how": "phone", "reason_code": "too_far"}
        action, fields = undo_of(consultant, f"{page_of(match)}/samtykke", said)
        anew = {"need_id": match["need_id"], "citizen_id": match["citizen_id"]}
        posted(matching, "/matches", anew | {"override_reason_code": None})

        assert consultant.submit(action, fields).status_code == 409

    def test_a_citizen_takes_their_own_answer_back_and_nobody_elses(self, matching: ServiceUnderTest) -> None:
        match = proposed(matching)
        own = matching.browser("citizen", subject=match["citizen_id"])
        page = f"/match/samtykke/{match['id']}"
        own.submit(page, {"given": "true"})
        undo = {"version": "2"}

        assert matching.browser("citizen").submit(f"{page}/fortryd", undo).status_code == 404
        assert own.submit(f"{page}/fortryd", undo).status_code == 303
        assert "Dit svar er taget tilbage. Du kan svare igen." in words(own.get(page))


class TestCompanysAnswer:
    @pytest.mark.parametrize("answer", [{"accepted": "true"}, {"accepted": "false", "reason_code": "position_taken"}])
    def test_it_is_taken_back_by_the_company_and_the_position_is_free(
        self, employer: Browser, matching: ServiceUnderTest, answer: dict[str, str]
    ) -> None:
        need = add_need(matching)
        match = consented(matching, need, add_candidate(matching))
        home = f"/virksomhed/forslag/{match['id']}"
        employer.submit(*undo_of(employer, f"{home}/svar", answer))
        now = matching.call("GET", f"/needs/{need['id']}", client="consultant").json

        assert (state_of(matching, match)["state"], now["taken"]) == ("consented", 0)
        assert "Svaret er taget tilbage. I kan svare igen." in words(employer.get(home))

    def test_a_colleague_or_another_company_cannot(self, employer: Browser, matching: ServiceUnderTest) -> None:
        match = consented(matching, add_need(matching), add_candidate(matching))
        action, fields = undo_of(employer, f"/virksomhed/forslag/{match['id']}/svar", {"accepted": "true"})
        for organisation in (CVR_A, "90000012"):
            other = matching.browser("company_employee", organisation=organisation)
            assert other.submit(action, fields).status_code == 404

    def test_with_an_agreement_upon_it_it_stands(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        match = consented(matching, add_need(matching), add_candidate(matching))
        action, fields = undo_of(consultant, f"{page_of(match)}/svar", {"accepted": "true"})
        consultant.submit(f"{page_of(match)}/aftale", AGREEMENT)

        assert consultant.submit(action, fields).status_code == 409

    def test_taking_back_takes_a_sign_in_of_today(self, matching: ServiceUnderTest) -> None:
        match = consented(matching, add_need(matching), add_candidate(matching))
        stale = matching.browser("job_consultant", signed_in_at=int(MONDAY.timestamp()) - 90_000)
        refused = stale.submit(f"{page_of(match)}/svar/fortryd", {"version": "2"})

        assert refused.status_code == 403


class TestAgreement:
    def test_one_that_nobody_spoke_on_comes_to_nothing_and_is_made_anew(
        self, consultant: Browser, matching: ServiceUnderTest
    ) -> None:
        match = accepted(matching, add_need(matching), add_candidate(matching))
        back = consultant.submit(*undo_of(consultant, f"{page_of(match)}/aftale", AGREEMENT))
        shown = words(consultant.get(back.location))

        assert "Aftalen er taget tilbage. Lav den igen, når den er rigtig." in shown
        assert "Lav aftalen" in shown
        assert consultant.submit(f"{page_of(match)}/aftale", AGREEMENT).status_code == 303

    def test_after_a_word_in_writing_it_stands(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        match = accepted(matching, add_need(matching), add_candidate(matching))
        action, fields = undo_of(consultant, f"{page_of(match)}/aftale", AGREEMENT)
        said = {"party": "employer", "positive": "true", "reason_code": "signed_on_paper"}
        consultant.submit(action.replace("fortryd", "udtalelse"), said)

        assert consultant.submit(action, fields).status_code == 409
