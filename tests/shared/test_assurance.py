"""S12: decisions take a sure sign-in of today."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared import clock
from shared.assurance import StrongerSignInNeeded, require_sure
from shared.auth import Principal

SURE = Principal("x", ("adviser",), kind="staff", assurance="substantial", signed_in_at=int(clock.now().timestamp()))


@pytest.mark.parametrize("assurance", ["substantial", "high"])
def test_a_sure_sign_in_of_today_may_decide(assurance: str) -> None:
    require_sure(replace(SURE, assurance=assurance))


@pytest.mark.parametrize("assurance", ["low", ""])
def test_a_weak_sign_in_is_asked_for_a_stronger_one(assurance: str) -> None:
    with pytest.raises(StrongerSignInNeeded) as refused:
        require_sure(replace(SURE, assurance=assurance))
    assert (refused.value.code, refused.value.policy) == (
        "stronger_sign_in_needed",
        "decision.assurance@2019-06-01",
    )


def test_after_twelve_hours_one_signs_in_anew() -> None:
    began = datetime.fromtimestamp(SURE.signed_in_at, UTC)
    with clock.moved_to(began + timedelta(hours=11, minutes=59)):
        require_sure(SURE)
    with clock.moved_to(began + timedelta(hours=12, minutes=1)), pytest.raises(StrongerSignInNeeded) as refused:
        require_sure(SURE)
    assert (refused.value.code, refused.value.policy) == (
        "newer_sign_in_needed",
        "decision.signed_in_hours@2019-06-01",
    )


def test_a_program_answers_by_its_secret() -> None:
    require_sure(Principal("x", ("adviser",)))
