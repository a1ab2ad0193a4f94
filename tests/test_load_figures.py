"""The load goals' figures leave out nothing that went badly without saying so."""

import pytest

from benchmarks.load.pace import Answer, Answers, Ask, keep_pace
from benchmarks.load.pages import figures


def test_a_house_that_turns_people_away_is_not_a_fast_one() -> None:
    answers = [Answer("page", 200, 0.02, False)] * 3 + [Answer("page", 503, 0.001, True)]
    found = figures("l1", Answers(1, answers))

    assert (found["l1_p95_ms"], found["l1_wrong"], found["l1_refused_share"]) == (20.0, 0.0, 0.25)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_requests_that_were_never_made_end_the_measuring() -> None:
    def asked(number: int) -> Ask:
        raise ValueError(number)

    with pytest.raises(RuntimeError, match="5 of 5 requests were never made"):
        keep_pace(asked, 1000, 0.005, callers=2)
