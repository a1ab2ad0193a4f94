"""A file for a spreadsheet that is written while it is sent."""

from flask import g

from shared.envelope import Trace
from shared.streaming import spreadsheet
from tests.house import ServiceUnderTest


def test_no_cell_is_taken_for_a_formula_and_a_number_stays_one(intake: ServiceUnderTest) -> None:
    with intake.app.test_request_context("/"):
        g.open_session, g.trace = None, Trace(correlation_id="c")
        sent = spreadsheet("x.csv", lambda _session: [("=1+1", "@x", "Enhed", -2, None)])

        assert sent.get_data(as_text=True) == "\ufeff'=1+1;'@x;Enhed;-2;\r\n"
