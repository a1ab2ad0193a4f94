"""The load goals' figures leave out nothing that went badly without saying so."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.load import size
from benchmarks.load.events import asking
from benchmarks.load.house import House
from benchmarks.load.pace import Answer, Answers, Ask, keep_pace
from benchmarks.load.pages import figures, together

NOWHERE: Any = None


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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_pages_that_nobody_asked_for_meanwhile_end_the_measuring() -> None:
    with pytest.raises(RuntimeError, match="were never made"), asking(House(NOWHERE, 0, {})):
        pass


def test_what_should_have_gone_on_beside_the_pages_ends_the_measuring_when_it_dies() -> None:
    def beside() -> None:
        raise ValueError("no token")

    with pytest.raises(ValueError, match="no token"):
        together(beside, House(NOWHERE, 0, {}), 1, 0)


class Full(BaseHTTPRequestHandler):
    """A house that turns everybody away, politely."""

    def do_GET(self) -> None:
        self.send_response(503)
        self.send_header("Retry-After", "2")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


def test_a_size_at_which_people_are_turned_away_has_no_figures() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Full) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        house = House(NOWHERE, server.server_port, {"intake": [[Ask("page", server.server_port, "/", {})]]})
        with pytest.raises(SystemExit, match="7 answers"):
            size._medians(house)
        server.shutdown()
