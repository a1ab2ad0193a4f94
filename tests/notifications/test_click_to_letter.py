"""One id from the click through outbox, bus and inbox to the letter, in rows and in log lines; no number in any."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from sqlalchemy import text

from services.intake.use_cases import slots
from services.notifications.consumer import HANDLERS
from shared import clock
from shared.broker import Delivery
from shared.handling import Handling
from shared.logs import logging_config
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN
from tests.notifications.post import Catcher, NotificationsUnderTest

CLICK = "01999999-aaaa-7000-8000-00000000c11c"


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """What is logged meanwhile, as the processes write it."""
    lines: list[dict[str, Any]] = []
    sheet = StringIO()
    handler = logging.StreamHandler(sheet)
    made = logging.config.DictConfigurator(logging_config("INFO", "intake"))  # type: ignore[attr-defined]
    handler.setFormatter(made.configure_formatter(made.config["formatters"]["json"]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel("INFO")
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        lines += [json.loads(line) for line in sheet.getvalue().splitlines()]


def hear_from(intake: ServiceUnderTest, post: NotificationsUnderTest) -> None:
    bodies = [json.dumps(envelope).encode() for envelope in intake.envelopes()]
    kinds = {f"dk.jobbutik.{event.kind}" for event in HANDLERS}
    heard = [body for body in bodies if json.loads(body)["type"] in kinds]
    Handling(post.database, HANDLERS).handle([Delivery(n, False, False, body, {}) for n, body in enumerate(heard)])


def test_a_click_is_found_again_in_outbox_look_up_letter_and_log(
    intake: ServiceUnderTest,
    post: NotificationsUnderTest,
    catcher: Catcher,
) -> None:
    with clock.moved_to(MONDAY), logged() as lines:
        with intake.begin() as session:
            slots.stock_slots(session)
        came = intake.call("POST", "/first-contacts", WALK_IN, X_Request_Id=CLICK)
        logging.getLogger("gunicorn.access").info("POST %s 201 %s", came.request.path, WALK_IN["cpr"])
        hear_from(intake, post)
        post.work()

    looked = intake.connection.execute(text("SELECT DISTINCT correlation_id FROM lookup")).scalars().all()
    told = {envelope["correlationid"] for envelope in intake.envelopes()}
    letters = post.connection.execute(text("SELECT DISTINCT correlation_id FROM message")).scalars().all()
    left = [line for line in lines if line["event"].startswith("letter ")]
    assert came.headers["X-Request-Id"] == CLICK
    assert (looked, told, letters) == ([CLICK], {CLICK}, [CLICK])
    assert catcher.mails
    assert {line["correlation_id"] for line in left} == {CLICK}
    assert [line["correlation_id"] for line in lines if line["logger"] == "gunicorn.access"] == [CLICK]
    assert WALK_IN["cpr"] not in str(lines)


def test_an_event_that_fails_is_logged_under_its_story(
    intake: ServiceUnderTest,
    post: NotificationsUnderTest,
) -> None:
    intake.call("POST", "/first-contacts", WALK_IN, X_Request_Id=CLICK)

    def fails(_session: object, _batch: object) -> None:
        raise KeyError(WALK_IN["cpr"])

    broken = dict.fromkeys(HANDLERS, fails)
    bodies = [json.dumps(envelope).encode() for envelope in intake.envelopes()][:1]
    with logged() as lines:
        Handling(post.database, broken).handle([Delivery(1, False, False, bodies[0], {})])

    failed = [line for line in lines if line["event"].startswith("handler failed")]
    assert [line["correlation_id"] for line in failed] == [CLICK]
    assert WALK_IN["cpr"] not in str(lines)
