"""Who comes in question while a company rings is who comes in question for the need it ends in."""

from typing import Any

from tests.house import ServiceUnderTest
from tests.matching.factories import (
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    know,
    listed,
    need_body,
    placement_body,
    posted,
    ranking,
    stated,
)
from tests.matching.test_mentors import MENTORS, MONA


def in_the_call(matching: ServiceUnderTest, company_id: str, body: dict[str, Any]) -> tuple[Any, Any]:
    """What the list says in the call, and what the ranking of the need says afterwards."""
    begun: Any = matching.call("POST", "/calls/draft", {"company_id": company_id}, client="consultant").json
    call = f"/calls/{begun['id']}"
    during: Any = matching.call("POST", f"{call}/candidates", body, client="consultant").json
    need: Any = matching.call("POST", f"{call}/finish", body, client="consultant").json["need"]
    return during, ranking(matching, need)


def test_mentors_who_have_no_room_keep_people_out_of_the_list_in_the_call(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=3)
    posted(matching, MENTORS, MONA)
    posted(matching, "/placements", placement_body(accepted(matching, need, add_candidate(matching))))
    add_candidate(matching, mentor_wanted=True)
    body = {name: value for name, value in need_body({"id": need["company_id"]}).items() if name != "company_id"}
    during, after = in_the_call(matching, need["company_id"], body)

    assert (during["fitting"], during["items"]) == (0, [])
    assert listed(after) == []


def test_busy_months_that_the_company_has_told_count_where_the_call_tells_none(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    posted(matching, f"/companies/{company['id']}/offer", {"season": ["05", "06"]})
    know(matching, add_candidate(matching), version=1, months=["05"])
    body = {name: value for name, value in need_body(company).items() if name != "company_id"}
    during, after = in_the_call(matching, company["id"], body)

    assert "kan arbejde mest i 1 af 2 travle måneder" in str(during["items"])
    assert "kan arbejde mest i 1 af 2 travle måneder" in str(after["items"])


def test_who_has_been_at_the_company_before_is_said_in_the_call_too(matching: ServiceUnderTest) -> None:
    need, before = add_need(matching), add_candidate(matching)
    stated(matching, posted(matching, "/placements", placement_body(accepted(matching, need, before))))
    later = need_body({"id": need["company_id"]}, starts_on="2027-01-11")
    during, after = in_the_call(matching, need["company_id"], {k: v for k, v in later.items() if k != "company_id"})

    assert "har haft en aftale i virksomheden" in str(during["items"])
    assert [one["score"] for one in during["items"]] == [one["score"] for one in after["items"]]
