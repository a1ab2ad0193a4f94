"""From the desk's first contact to the mail, through real envelopes: what is sealed opens here."""

from datetime import UTC, datetime
from email.message import EmailMessage

import orjson

from services.intake.use_cases import slots
from services.notifications import consumer
from shared import clock
from shared.broker import Delivery
from shared.calendar import danish_time
from shared.events import SUBSCRIPTIONS, Event, heard_by
from shared.handling import Handling
from tests.house import ServiceUnderTest
from tests.notifications.post import Catcher, NotificationsUnderTest, parts

HEARD = {f"dk.jobbutik.{event.kind}" for event in heard_by("notifications")}
WALK_IN = {
    "cpr": "251248-9996",
    "name": "Nancy Ann Test Berggren",
    "email": "nancy@example.dk",
    "phone": "20 12 34 56",
    "postal_code": "3400",
    "municipality_code": "0219",
    "applied_for": "kontanthjaelp",
    "channel": "desk",
    "qualifying_education": True,
    "guidance": {"version": "2026-02", "written": True},
}


def test_every_event_for_notifications_has_a_handler() -> None:
    expected: set[type[Event]] = {event for event, listeners in SUBSCRIPTIONS.items() if "notifications" in listeners}

    assert set(consumer.HANDLERS) == expected


def test_a_walk_in_has_the_appointment_in_the_mailbox_without_traces_of_the_case(
    intake: ServiceUnderTest, post: NotificationsUnderTest, catcher: Catcher
) -> None:
    with clock.moved_to(danish_time(datetime(2026, 11, 2, tzinfo=UTC).date(), 10, 5)):
        with intake.begin() as session:
            slots.stock_slots(session)
        intake.call("POST", "/first-contacts", WALK_IN)
        bodies = [body for body in intake.envelopes() if body["type"] in HEARD]
        for _ in range(2):
            Handling(post.database, consumer.HANDLERS).handle(
                [Delivery(0, False, False, orjson.dumps(body), {}) for body in reversed(bodies)]
            )
        post.work()

    mail: EmailMessage = catcher.to("nancy@example.dk")[0]
    assert len(catcher.mails) == 1
    assert "mandag den 2. november 2026 kl. 10.30" in parts(mail)["text/plain"]
    for secret in ("2512489996", "251248", "kontanthjaelp"):
        assert secret not in mail.as_string()
