"""Supported against ordinary staff (BEK 2636/2021 § 65), by the law's own figures and ours."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from services.matching.rules.ratio import Staff, Supported, busiest, check, ratio_limit
from services.matching.use_cases import POLICY
from shared.errors import NotConfigured, Refused
from shared.events import RatioChecked
from tests.house import ServiceUnderTest
from tests.matching.factories import P_NUMBER, add_company, add_workplace, posted

START, END = date(2026, 11, 9), date(2026, 12, 6)
MONTHS = [date(2026, month, 1) for month in (7, 8, 9, 10)]


def staff(*fte: float, subsidised: float = 0) -> dict[date, Staff]:
    return {month: Staff(number, subsidised) for month, number in zip(MONTHS, fte, strict=True)}


def praktik(hours: float = 37, starts_on: date = START, ends_on: date = END) -> Supported:
    return Supported("virksomhedspraktik", starts_on, ends_on, hours)


def judged(months: dict[date, Staff], others: int, **changed: Any) -> tuple[str, int | None, str]:
    given = {"elsewhere_fte": 0.0, "exemption": None} | changed
    verdict = check(praktik(), months, [praktik()] * others, policy=POLICY, **given)
    return verdict.result, verdict.limit, verdict.policy


def test_a13_mean_of_four_months_gives_four_places() -> None:
    months = staff(20, 22, 24, 26)

    assert judged(months, 3) == ("allowed", 4, "ratio.small_per@2022-01-01")
    assert judged(months, 4) == ("refused", 4, "ratio.small_per@2022-01-01")


def test_a14_subsidised_staff_are_not_ordinary() -> None:
    assert judged(staff(65, 65, 65, 65, subsidised=15), 9)[:2] == ("allowed", 10)
    assert judged(staff(65, 65, 65, 65, subsidised=15), 10)[:2] == ("refused", 10)


def test_a15_three_ordinary_have_room_for_one() -> None:
    assert judged(staff(3, 3, 3, 3), 0) == ("allowed", 1, "ratio.minimum@2022-01-01")
    assert judged(staff(3, 3, 3, 3), 1)[0] == "refused"


@pytest.mark.parametrize(
    ("ordinary", "limit"),
    [(0, 1), ("4.99", 1), (5, 1), ("9.99", 1), (10, 2), (23, 4), (50, 10), ("59.99", 10), (60, 11), (150, 20)],
)
def test_limit_at_the_edges(ordinary: Any, limit: int) -> None:
    assert ratio_limit(Fraction(ordinary), START, POLICY)[0] == limit


def test_part_time_counts_as_its_share_of_full_time() -> None:
    ten_hours = [praktik(9.25)] * 3

    assert busiest(ten_hours, START, END, POLICY) == Fraction(3, 4)
    months = staff(3, 3, 3, 3)
    given: dict[str, Any] = {"elsewhere_fte": 0, "exemption": None, "policy": POLICY}
    assert check(praktik(9.25), months, ten_hours, **given).result == "allowed"
    assert check(praktik(9.26), months, ten_hours, **given).result == "refused"


def test_place_is_taken_on_the_fullest_day_of_the_period() -> None:
    before = praktik(ends_on=date(2026, 11, 8), starts_on=date(2026, 10, 12))
    in_the_middle = praktik(starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 29))
    after = praktik(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 13))

    assert busiest([before, after], START, END, POLICY) == 0
    assert busiest([before, in_the_middle, after], START, END, POLICY) == 1


def test_only_the_months_before_the_start_count() -> None:
    months = staff(20, 22, 24, 26) | {date(2026, 6, 1): Staff(500, 0), date(2026, 11, 1): Staff(500, 0)}
    verdict = check(praktik(), months, [], elsewhere_fte=0, exemption=None, policy=POLICY)

    assert verdict.months == ("2026-07", "2026-08", "2026-09", "2026-10")
    assert verdict.ordinary_fte == 23


def test_own_workplace_of_groups_6_and_7_is_exempt() -> None:
    assert judged(staff(3, 3, 3, 3), 1, exemption="own_workplace_group_6") == (
        "exempt",
        None,
        "ratio.exempt@2022-01-01",
    )
    assert judged({}, 1, exemption="own_workplace_group_6")[0] == "exempt"


def test_months_follow_each_other_and_may_end_one_before_the_month_before_the_start() -> None:
    def counted(*months: tuple[int, int]) -> tuple[str, ...]:
        told = {date(year, month, 1): Staff(3, 0) for year, month in months}
        return check(praktik(), told, [], elsewhere_fte=0, exemption=None, policy=POLICY).months

    assert counted((2026, 6), (2026, 7), (2026, 8), (2026, 9)) == ("2026-06", "2026-07", "2026-08", "2026-09")
    with pytest.raises(Refused, match=r"of September 2026 and October 2026\.$"):
        counted((2026, 5), (2026, 6), (2026, 7), (2026, 8))
    with pytest.raises(Refused, match=r"of September 2026\.$"):
        counted((2026, 6), (2026, 7), (2026, 8), (2026, 10))


def test_nytteindsats_took_a_place_until_2025() -> None:
    def result(year: int) -> str:
        months = {date(year - 1, month, 1): Staff(3, 0) for month in (9, 10, 11, 12)}
        new = Supported("nytteindsats", date(year, 1, 6), date(year, 1, 31), 37)
        others = [praktik(starts_on=date(year, 1, 1), ends_on=date(year, 1, 31))]
        return check(new, months, others, elsewhere_fte=0, exemption=None, policy=POLICY).result

    assert (result(2024), result(2025)) == ("refused", "not_counted")


def test_before_the_order_nothing_is_configured() -> None:
    with pytest.raises(NotConfigured):
        ratio_limit(Fraction(10), date(2021, 12, 31), POLICY)


def test_check_is_kept_and_told_with_its_row(matching: ServiceUnderTest) -> None:
    fte = [{"month": f"2026-{7 + number:02d}", "fte": told} for number, told in enumerate((20, 22, 24, 26))]
    add_workplace(matching, add_company(matching), staff=fte, supported_elsewhere_fte=4)
    offer = {
        "offer_type": "virksomhedspraktik",
        "starts_on": "2026-11-09",
        "ends_on": "2026-12-06",
        "weekly_hours": 37,
    }
    answer = posted(matching, f"/workplaces/{P_NUMBER}/ratio-checks", offer)

    assert (answer["ordinary_fte"], answer["supported_fte"], answer["limit"]) == (23, 4, 4)
    assert (answer["result"], answer["policy"]) == ("refused", "ratio.small_per@2022-01-01")
    assert [(told.p_number, told.result) for told in matching.told(RatioChecked)] == [(P_NUMBER, "refused")]
    assert matching.connection.exec_driver_sql("SELECT result FROM ratio_check").scalar() == "refused"


def test_unknown_months_are_asked_for(matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching), staff=[{"month": "2026-10", "fte": 30}])
    offer = {"offer_type": "virksomhedspraktik", "starts_on": "2026-11-09", "ends_on": "2026-12-06", "weekly_hours": 37}
    answer = matching.call("POST", f"/workplaces/{P_NUMBER}/ratio-checks", offer, client="consultant")

    assert (answer.status_code, answer.json["code"]) == (409, "staff_months_missing")
    assert answer.json["policy"] == "ratio.window@2022-01-01"
    assert answer.json["title"] == "Oplys bemandingen for juli 2026, august 2026 og september 2026."


@pytest.mark.parametrize("p_number", ["1099990009", "%00", "abc"])
def test_unknown_p_number_is_not_found(matching: ServiceUnderTest, p_number: str) -> None:
    offer = {"offer_type": "virksomhedspraktik", "starts_on": "2026-11-09", "ends_on": "2026-12-06", "weekly_hours": 37}

    assert matching.call("POST", f"/workplaces/{p_number}/ratio-checks", offer, client="consultant").status_code == 404


def test_exempt_check_asks_for_no_months_and_is_told_to_nobody(matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching), staff=[])
    offer = {"offer_type": "virksomhedspraktik", "starts_on": "2026-11-09", "ends_on": "2026-12-06", "weekly_hours": 37}
    answer = posted(
        matching, f"/workplaces/{P_NUMBER}/ratio-checks", offer | {"ratio_exemption": "own_workplace_group_6"}
    )

    assert (answer["result"], answer["ordinary_fte"], answer["limit"]) == ("exempt", None, None)
    assert matching.told(RatioChecked) == []
    assert "exempt" not in str(matching.connection.exec_driver_sql("SELECT changes FROM audit").all())
