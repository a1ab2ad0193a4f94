"""MeMo 1.2: in its order, complete, and never one that the receiver would call invalid."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from services.notifications.rules import memo
from services.notifications.rules.calendars import Appointment
from services.notifications.rules.memo import BadMemo, Post, Recipient, Sender

NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)
TALK = Appointment(
    id=str(UUID(int=7)), sequence=2, starts_at=NOON, ends_at=NOON.replace(hour=12), place="Rådhuset",
    summary="Aftale med Jobbutikken",
)  # fmt: skip
POST = Post(
    id=UUID(int=1), case="case-1", subject="Din aftale", sender=Sender(cvr="12345678", label="Herlev Kommune"),
    recipient=Recipient(id="0101901234", label="Nancy"), made_at=NOON, language="da", appointments=[TALK],
    documents=[("brev.pdf", memo.PDF, b"%PDF")], legal=True, reply=True, not_before=date(2026, 11, 4),
)  # fmt: skip


def names(tree: ET.Element) -> list[str]:
    return [one.tag.rpartition("}")[2] for one in tree]


def test_the_elements_come_in_the_order_of_the_format() -> None:
    message = ET.fromstring(memo.digital_post(POST))
    header, body = message

    assert dict(message.attrib) == {"memoVersion": "1.2", "memoSchVersion": "1.2.0"}
    assert names(header) == [
        "messageType", "messageUUID", "messageID", "label", "reply", "doNotDeliverUntilDate", "mandatory",
        "legalNotification", "Sender", "Recipient",
    ]  # fmt: skip
    told = {one.tag.rpartition("}")[2]: one.text for one in header}
    assert (told["reply"], told["legalNotification"], told["doNotDeliverUntilDate"]) == ("true", "true", "2026-11-04")
    assert names(body) == ["createdDateTime", "MainDocument"]
    assert names(body[1]) == ["label", "File", "Action"]
    assert names(body[1][1]) == ["encodingFormat", "filename", "language", "content"]
    assert names(body[1][2]) == ["label", "actionCode", "startDateTime", "endDateTime", "Reservation"]
    assert names(body[1][2][4]) == [
        "description", "reservationUUID", "abstract", "location", "startDateTime", "endDateTime", "organizerName",
    ]  # fmt: skip


def test_a_moved_talk_is_another_reservation_and_the_same_talk_told_again_is_not() -> None:
    def reservation(sequence: int) -> str | None:
        post = replace(POST, appointments=[replace(TALK, sequence=sequence)])
        return ET.fromstring(memo.digital_post(post)).findtext(f".//{{{memo.NAMESPACE}}}reservationUUID")

    assert reservation(2) == reservation(2) != reservation(3)


def test_a_nemsms_has_a_text_and_no_body() -> None:
    message = ET.fromstring(memo.nem_sms(POST, "tirsdag kl. 12"))
    assert names(message) == ["MessageHeader"]
    assert names(message[0])[4] == "notification"


@pytest.mark.parametrize("bad", [
    {"recipient": Recipient(id="010190123x", label="x")},
    {"recipient": Recipient(id="123", label="x")}, {"subject": ""}, {"documents": []},
    {"sender": Sender(cvr="1", label="Herlev")},
    {"appointments": [replace(TALK, ends_at=NOON.replace(hour=10))]},
])  # fmt: skip
def test_what_would_be_invalid_is_never_sent_and_says_no_content(bad: dict[str, object]) -> None:
    with pytest.raises(BadMemo) as refused:
        memo.digital_post(replace(POST, **bad))  # type: ignore[arg-type]
    assert "0101901234" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "x" * 151])
def test_a_nemsms_is_neither_empty_nor_too_long(text: str) -> None:
    with pytest.raises(BadMemo):
        memo.nem_sms(POST, text)


def test_another_order_an_unknown_element_and_one_too_many_are_found() -> None:
    message = ET.fromstring(memo.digital_post(POST))
    header = message[0]
    for spoil in ("order", "unknown", "twice"):
        broken = ET.fromstring(ET.tostring(message))
        if spoil == "order":
            broken[0][:] = [header[1], header[0], *header[2:]]
        else:
            name = "label" if spoil == "twice" else "colour"
            broken[0].insert(4, ET.Element(f"{{{memo.NAMESPACE}}}{name}"))
        with pytest.raises(BadMemo):
            memo.check(broken)
