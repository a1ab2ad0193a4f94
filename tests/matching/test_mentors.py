"""Mentors with hours: full mentors are a hard rule, for everybody alike, and say what would open the need again."""

from typing import Any

import pytest

from services.matching.rules.mentors import Hours, room
from services.matching.rules.week import read_week
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    days,
    listed,
    placement_body,
    posted,
    ranking,
)

MENTORS = f"/workplaces/{P_NUMBER}/mentors"
MONA = {"name": "Mona Mentor", "windows": ["mon 08:00-10:00", "tue 13:00-15:00"], "at_once": 1}


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def home(matching: ServiceUnderTest) -> str:
    company = add_company(matching)
    add_workplace(matching, company)
    return f"/virksomheder/{company['id']}/steder/{P_NUMBER}/mentorer"


@pytest.mark.parametrize(
    ("mentors", "busy", "left"),
    [
        ([(["mon 08:00-10:00"], 2)], [], 2),
        ([(["mon 08:00-10:00"], 2)], [["mon 07:00-11:00"]], 1),
        ([(["mon 08:00-10:00"], 1)], [["mon 07:00-11:00"]], 0),
        ([(["mon 08:00-10:00"], 1)], [["mon 09:00-11:00"]], 1),
        ([(["mon 11:00-14:00"], 5)], [], 0),
        ([(["mon 08:00-10:00"], 1), (["mon 09:00-12:00"], 1)], [["mon 07:00-11:00"]], 1),
        ([(["mon 08:00-10:00"], 1), (["thu 08:00-10:00"], 2)], [["mon 07:00-11:00"]], 2),
        ([(["mon 08:00-10:00"], 1)], [["mon 07:00-11:00"], ["mon 07:00-11:00"]], 0),
    ],
)
def test_room_is_counted_minute_by_minute_while_there_is_work(mentors: Any, busy: Any, left: int) -> None:
    work = read_week(("mon 07:00-11:00", "thu 07:00-11:00"))
    hours = [Hours(read_week(tuple(windows)), at_once) for windows, at_once in mentors]

    assert room(hours, work, [read_week(tuple(one)) for one in busy]) == left


def test_full_mentors_keep_everybody_out_with_words_and_say_what_would_help(matching: ServiceUnderTest) -> None:
    need, other = add_need(matching, positions=3), add_candidate(matching)
    wishing = add_candidate(matching, mentor_wanted=True)
    before = ranking(matching, need)
    posted(matching, MENTORS, MONA)
    with_room = ranking(matching, need)
    posted(matching, "/placements", placement_body(accepted(matching, need, other)))
    full = ranking(matching, need)

    assert set(listed(before)) == set(listed(with_room)) == {str(wishing), str(other)}
    assert "plads til 1 mere" in str(with_room)
    assert listed(full) == []
    assert full["excluded"]["mentor"] >= 1
    near = next(item for item in full["near_misses"] if item["citizen_id"] == str(wishing))
    assert [miss["rule"] for miss in near["missed"]] == ["mentor"]
    assert "en mentor får plads til én mere" in str(near)

    proposed = {"need_id": need["id"], "citizen_id": str(wishing)}
    refused = matching.call("POST", "/matches", proposed, client="consultant")
    assert refused.json["code"] == "hard_rule_failed"


def test_where_no_mentor_is_written_down_nobody_is_kept_out(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    citizen_id = add_candidate(matching, mentor_wanted=True)
    unknown = ranking(matching, need)
    posted(matching, MENTORS, MONA | {"windows": days("20:00-22:00")})
    away = ranking(matching, need)

    assert listed(unknown) == [str(citizen_id)]
    assert (listed(away), listed(away, "near_misses")) == ([], [str(citizen_id)])


def test_plan_gives_no_more_people_a_place_than_mentors_have_room_for(matching: ServiceUnderTest) -> None:
    add_need(matching, positions=3)
    for _one in range(3):
        add_candidate(matching)
    posted(matching, MENTORS, MONA | {"at_once": 2})

    assert len(posted(matching, "/plans", {})["lines"]) == 2


def test_mentor_is_written_down_on_a_page_taken_away_and_put_back(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    page = home(matching)
    empty = words(consultant.get(page))
    typed = {"name": "Mona Mentor", "days": ["mon", "tue"], "begins": "08:00", "ends": "10:00", "at_once": "2"}
    assert consultant.submit(page, typed).status_code == 303
    (row,) = matching.call("GET", MENTORS, client="consultant").json["items"]
    shown = consultant.get(page)
    consultant.submit(f"{page}/fjern", {"mentor_id": row["id"]})
    gone = consultant.get(page)
    action, fields = offered(gone.text)
    assert consultant.submit(action, fields).status_code == 303

    assert "Ingen mentorer er skrevet op." in empty
    assert "mandag–tirsdag 8.00–10.00" in words(shown)
    assert "er ikke mentor mere" in words(gone)
    (again,) = matching.call("GET", MENTORS, client="consultant").json["items"]
    assert again | {"id": ""} == row | {"id": ""}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"days": []}, "Vælg mindst én dag."),
        ({"ends": "07:00"}, "Slutter før det begynder."),
        ({"begins": ""}, "Mangler."),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    consultant: Browser, matching: ServiceUnderTest, wrong: dict[str, Any], told: str
) -> None:
    page = home(matching)
    typed = {"name": "Mona Mentor", "days": ["mon"], "begins": "08:00", "ends": "10:00", "at_once": "2"} | wrong
    answer = consultant.submit(page, typed)

    assert answer.status_code == 422
    assert told in words(answer)
    assert 'value="Mona Mentor"' in answer.text


def test_nobody_takes_away_the_mentor_of_another_place(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    for p_number in (P_NUMBER, "1099990002"):
        add_workplace(matching, company, p_number)
    row = posted(matching, MENTORS, MONA)

    wrong = f"/workplaces/1099990002/mentors/{row['id']}/remove"
    assert matching.call("POST", wrong, {}, client="consultant").status_code == 404
    assert matching.call("GET", "/workplaces/1099990009/mentors", client="consultant").status_code == 404
    posted(matching, f"{MENTORS}/{row['id']}/remove", {})
    assert matching.call("GET", MENTORS, client="consultant").json["items"] == []
