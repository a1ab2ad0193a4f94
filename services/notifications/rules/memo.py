"""Letters in the national format for Digital Post, MeMo 1.2, built in its order and checked before they leave.

Source: digitaliser.dk, MeMo 1.2. The receiver reads the elements in one order only; any other is `memo.invalid`.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from services.notifications.rules.calendars import Appointment

NAMESPACE, VERSION, SCHEMA_VERSION = "https://DigitalPost.dk/MeMo-1", "1.2", "1.2.0"
DIGITAL_POST, NEM_SMS = TYPES = ("DIGITALPOST", "NEMSMS")
CPR, CVR = "CPR", "CVR"
AFTALE = "AFTALE"
MOST_LABEL, MOST_NOTIFICATION = 256, 150
PDF = "application/pdf"
Element = ET.Element
ORDER: dict[str, tuple[str, ...]] = {
    "Message": ("MessageHeader", "MessageBody"),
    "MessageHeader": (
        "messageType", "messageUUID", "messageID", "messageCode", "label", "notification", "additionalNotification",
        "reply", "replyByDateTime", "doNotDeliverUntilDate", "mandatory", "legalNotification", "postType", "Sender",
        "Recipient", "ContentData", "ForwardData", "ReplyData",
    ),
    "Sender": ("senderID", "idType", "idTypeLabel", "label", "AttentionData", "ContactPoint", "Representative"),
    "Recipient": ("recipientID", "idType", "idTypeLabel", "label", "AttentionData", "ContactPoint"),
    "MessageBody": ("createdDateTime", "MainDocument", "AdditionalDocument", "TechnicalDocument"),
    "MainDocument": ("mainDocumentID", "label", "File", "Action"),
    "File": ("encodingFormat", "filename", "language", "content"),
    "Action": ("label", "actionCode", "startDateTime", "endDateTime", "Reservation", "EntryPoint"),
    "Reservation": (
        "description", "reservationUUID", "abstract", "location", "startDateTime", "endDateTime", "organizerMail",
        "organizerName",
    ),
}  # fmt: skip
NEEDED: dict[str, tuple[str, ...]] = {
    "Message": ("MessageHeader",),
    "MessageHeader": (
        "messageType", "messageUUID", "label", "mandatory", "legalNotification", "Sender", "Recipient",
    ),
    "Sender": ("senderID", "idType", "label"),
    "Recipient": ("recipientID", "idType"),
    "MessageBody": ("createdDateTime", "MainDocument"),
    "MainDocument": ("File",),
    "File": ORDER["File"],
    "Action": ("label", "actionCode"),
    "Reservation": ("description", "reservationUUID", "abstract", "location", "startDateTime", "endDateTime"),
}  # fmt: skip
REPEATED = {"File", "Action", "AdditionalDocument", "TechnicalDocument", "ReplyData"}
ET.register_namespace("memo", NAMESPACE)


class BadMemo(ValueError):
    """It is not as the format says; the message names elements, never what is in them."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whose letter it is: CVR number, name, and where questions go."""

    cvr: str
    label: str
    mail: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Recipient:
    """Who gets it: a CPR number of ten digits or a CVR number of eight."""

    id: str
    label: str

    @property
    def id_type(self) -> str:
        """Which register the number is of."""
        return CPR if len(self.id) == 10 else CVR


@dataclass(frozen=True, kw_only=True, repr=False)
class Post:
    """A letter to be: `id` is its number for good, `case` ties it to others about the same.

    `legal`: it is served formally. `not_before`: kept back by Digital Post until that day. `reply`: it
    can be answered.
    """

    id: UUID
    case: str
    subject: str
    sender: Sender
    recipient: Recipient
    made_at: datetime
    documents: Sequence[tuple[str, str, bytes]]
    language: str
    appointments: Sequence[Appointment] = ()
    legal: bool = False
    reply: bool = False
    not_before: date | None = None


def digital_post(post: Post) -> bytes:
    """The whole message as XML; raises BadMemo. `documents` are (file name, media type, content)."""
    message, header = _message(DIGITAL_POST, post)
    _add(header, "reply", _yes_no(post.reply))
    if post.not_before:
        _add(header, "doNotDeliverUntilDate", post.not_before.isoformat())
    _close_header(header, post)
    body = _add(message, "MessageBody")
    _add(body, "createdDateTime", _moment(post.made_at))
    document = _add(body, "MainDocument")
    _add(document, "label", post.subject[:MOST_LABEL])
    for name, media_type, content in post.documents:
        file = _add(document, "File")
        told = (media_type, name, post.language, b64encode(content).decode())
        for element, text in zip(ORDER["File"], told, strict=True):
            _add(file, element, text)
    for one in post.appointments:
        _appointment(document, one, post.sender)
    return _checked(message)


def nem_sms(post: Post, text: str) -> bytes:
    """A reminder to a telephone by the public service: `text` says when, where and whom to ask; raises BadMemo."""
    message, header = _message(NEM_SMS, post)
    _add(header, "notification", text)
    _close_header(header, post)
    return _checked(message)


def _message(kind: str, post: Post) -> tuple[Element, Element]:
    message = Element(_named("Message"), {"memoVersion": VERSION, "memoSchVersion": SCHEMA_VERSION})
    header = _add(message, "MessageHeader")
    told = (kind, str(post.id), post.case, post.subject[:MOST_LABEL])
    for name, text in zip(("messageType", "messageUUID", "messageID", "label"), told, strict=True):
        _add(header, name, text)
    return message, header


def _close_header(header: Element, post: Post) -> None:
    _add(header, "mandatory", _yes_no(False))
    _add(header, "legalNotification", _yes_no(post.legal))
    sender = _add(header, "Sender")
    for name, text in (("senderID", post.sender.cvr), ("idType", CVR), ("label", post.sender.label)):
        _add(sender, name, text)
    recipient = _add(header, "Recipient")
    told = (("recipientID", post.recipient.id), ("idType", post.recipient.id_type), ("label", post.recipient.label))
    for name, text in told:
        _add(recipient, name, text)


def _appointment(document: Element, one: Appointment, sender: Sender) -> None:
    action = _add(document, "Action")
    begins, ends = _moment(one.starts_at), _moment(one.ends_at)
    for name, text in (
        ("label", one.summary), ("actionCode", AFTALE), ("startDateTime", begins), ("endDateTime", ends),
    ):  # fmt: skip
        _add(action, name, text)
    reservation = _add(action, "Reservation")
    number = str(uuid5(UUID(one.id), f"{one.sequence}"))
    for name, text in (
        ("description", one.summary), ("reservationUUID", number), ("abstract", one.summary),
        ("location", one.place or sender.label), ("startDateTime", begins), ("endDateTime", ends),
    ):  # fmt: skip
        _add(reservation, name, text)
    if sender.mail:
        _add(reservation, "organizerMail", sender.mail)
    _add(reservation, "organizerName", sender.label)


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    made = ET.SubElement(parent, _named(name))
    made.text = text
    return made


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _local(element: Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def _yes_no(value: bool) -> str:
    return "true" if value else "false"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _checked(message: Element) -> bytes:
    check(message)
    made: bytes = ET.tostring(message, encoding="utf-8", xml_declaration=False)
    return made


def check(message: Element) -> None:
    """Order, what must be there, what may be there once, and the few values that are judged; raises BadMemo."""
    if _local(message) != "Message" or message.get("memoVersion") != VERSION:
        raise BadMemo("Message")
    for element in message.iter():
        _check_children(element)
    header = message[0]
    told = {_local(one): one.text or "" for one in header}
    kind, body = told["messageType"], len(message) == 2
    if kind not in TYPES or (kind == DIGITAL_POST) != body:
        raise BadMemo("messageType")
    if not 0 < len(told["label"]) <= MOST_LABEL:
        raise BadMemo("label")
    if len(told.get("notification", "")) > MOST_NOTIFICATION or (kind == NEM_SMS and not told.get("notification")):
        raise BadMemo("notification")
    _check_numbers(header)
    _check_actions(message)


def _check_children(element: Element) -> None:
    name, children = _local(element), [_local(child) for child in element]
    if not children:
        return
    order = ORDER.get(name, ())
    if unknown := set(children) - set(order):
        raise BadMemo(f"{name}/{min(unknown)}")
    if children != sorted(children, key=order.index):
        raise BadMemo(f"{name}: order")
    twice = {one for one in children if children.count(one) > 1} - REPEATED
    if missing := [one for one in NEEDED.get(name, ()) if one not in children] or sorted(twice):
        raise BadMemo(f"{name}/{missing[0]}")


def _check_numbers(header: Element) -> None:
    for party, name in (("Sender", "senderID"), ("Recipient", "recipientID")):
        told = {_local(one): one.text or "" for one in next(one for one in header if _local(one) == party)}
        if not told[name].isdigit() or len(told[name]) != {CPR: 10, CVR: 8}.get(told["idType"]):
            raise BadMemo(f"{party}/{name}")


def _check_actions(message: Element) -> None:
    for action in message.iter(_named("Action")):
        told = {_local(one): one for one in action}
        if told["actionCode"].text == AFTALE:
            times = {_local(one): one.text or "" for one in told.get("Reservation", ())}
            if not times or times["startDateTime"] > times["endDateTime"]:
                raise BadMemo("Action/Reservation")
