"""A short day is written as each language writes it."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel

from shared import frame


@pytest.mark.parametrize(
    ("tongue", "pattern", "said"),
    [
        ("da", "d. MMM y", "7. dec. 2026"),
        ("en", "d. MMM y", "7 Dec 2026"),
        ("da", "EEE d. MMM", "man. 7. dec."),
        ("en", "EEE d. MMM", "Mon 7 Dec"),
    ],
)
def test_only_a_danish_day_has_a_full_stop(tongue: str, pattern: str, said: str) -> None:
    app = Flask(__name__)
    Babel(app, locale_selector=frame.tongue)
    with app.test_request_context(headers={"Cookie": f"{frame.LANGUAGE_COOKIE}={tongue}"}):
        assert frame.short_day(date(2026, 12, 7), pattern) == said
