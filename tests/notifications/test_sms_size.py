"""What a text costs: GSM 03.38 keeps æ, ø and å; one letter outside it more than doubles the price."""

from collections import Counter
from uuid import UUID

import pytest

from services.notifications.rules.sms import GSM_7, UCS_2, Size, in_order, size


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("", Size(GSM_7, 0, 1)),
        ("Hej Åse, kl. 10.30. Æblegrød på øen.", Size(GSM_7, 36, 1)),
        ("x" * 160, Size(GSM_7, 160, 1)),
        ("x" * 161, Size(GSM_7, 161, 2)),
        ("x" * 306, Size(GSM_7, 306, 2)),
        ("x" * 307, Size(GSM_7, 307, 3)),
        ("€" * 80, Size(GSM_7, 160, 1)),
        ("€" * 81, Size(GSM_7, 162, 2)),
        ("x" * 152 + "€" + "x" * 152, Size(GSM_7, 306, 3)),
        ("Dzień dobry", Size(UCS_2, 11, 1)),
        ("ł" * 70, Size(UCS_2, 70, 1)),
        ("ł" * 71, Size(UCS_2, 71, 2)),
        ("😀" * 35, Size(UCS_2, 70, 1)),
        ("😀" * 36, Size(UCS_2, 72, 2)),
        ("ł" * 66 + "😀" + "ł" * 66, Size(UCS_2, 134, 3)),
        ("“kl. 10”", Size(UCS_2, 8, 1)),
    ],
)
def test_a_text_costs_as_many_sms_as_its_letters_ask_for(text: str, cost: Size) -> None:
    assert size(text) == cost


def test_suppliers_share_by_weight_and_a_resting_one_leaves_its_share_to_the_others() -> None:
    weights = {"gatewayapi": 70, "cpsms": 30, "link": 0}
    firsts = Counter(in_order(weights, UUID(int=number), 0, set())[0] for number in range(10_000))

    assert firsts["link"] == 0
    assert 6_800 < firsts["gatewayapi"] < 7_200
    assert in_order(weights, UUID(int=1), 0, {"gatewayapi"}) == ["cpsms"]
    assert in_order(weights, UUID(int=1), 0, {"gatewayapi", "cpsms"}) == []


def test_another_try_of_the_same_text_may_go_by_another_supplier() -> None:
    weights = {"gatewayapi": 50, "cpsms": 50}

    assert len({in_order(weights, UUID(int=7), attempts, set())[0] for attempts in range(20)}) == 2
