"""What a mail that came back is: a server's word about a letter, a machine's answer, or a person's (RFC 3464, 3834)."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses, parseaddr

PERMANENT, EXPIRED, DELAYED = BOUNCES = ("permanent", "expired", "delayed")
AUTOMATIC, ANSWER = "automatic", "reply"
# Not dealt with: to be tried again, and left for a person.
FAILING, PUT_ASIDE = OPEN = ("failing", "put_aside")
MOST_WORDS = 5000
_TAGGED = re.compile(r"\+([a-z2-7]{42})@", re.IGNORECASE)
_QUOTED = re.compile(
    r"^(?:>.*|-{2,} ?(?:oprindelig meddelelse|original message).*|(?:den|on) .{4,120}(?:skrev|wrote)\b.*:"
    r"|fra: .*|from: .*)$",
    re.IGNORECASE,
)
_BULK = ("bulk", "junk", "list", "auto_reply")


@dataclass(frozen=True, kw_only=True)
class Returned:
    """`kind` is one of BOUNCES, AUTOMATIC or ANSWER. `tags` stood in the addresses it was sent to.

    Of a bounce: `status` (RFC 3463) and `recipient`, where the server named them. Of an answer: its own words, whom it
    is from, and whether something hung on it.
    """

    kind: str
    tags: tuple[str, ...]
    status: str = ""
    recipient: str = ""
    words: str = ""
    sender: str = ""
    files: bool = False


def read(raw: bytes) -> Returned:
    """What it is, however it is written."""
    mail = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    tags = tuple(dict.fromkeys(found.lower() for found in _tags(mail)))
    report = next((part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None)
    if report is not None:
        told = _bounce(report)
        return Returned(kind=told[0], tags=tags, status=told[1], recipient=told[2])
    if _is_automatic(mail):
        return Returned(kind=AUTOMATIC, tags=tags)
    words, files = _words(mail)
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    return Returned(kind=ANSWER, tags=tags, words=words, sender=sender, files=files)


def _tags(mail: Message) -> Iterator[str]:
    named = [str(one) for name in ("To", "Cc", "Delivered-To", "X-Original-To") for one in mail.get_all(name, [])]
    for _, address in getaddresses(named):
        yield from _TAGGED.findall(address)


def _bounce(report: Message) -> tuple[str, str, str]:
    blocks = report.get_payload()
    for block in [one for one in blocks if isinstance(one, Message)] if isinstance(blocks, list) else []:
        action = str(block.get("Action", "")).strip().lower()
        if action not in ("failed", "delayed"):
            continue
        status = str(block.get("Status", "")).strip().split(" ")[0][:20]
        named = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
        recipient = named.partition(";")[2].strip().lower()
        kind = DELAYED if action == "delayed" else EXPIRED if status.startswith("4") else PERMANENT
        return kind, status, recipient
    return AUTOMATIC, "", ""


def _is_automatic(mail: Message) -> bool:
    submitted = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return (
        submitted != "no"
        or str(mail.get("Precedence", "")).strip().lower() in _BULK
        or bool(mail.get("X-Autoreply") or mail.get("X-Autorespond"))
        or str(mail.get("Return-Path", "x")).strip() == "<>"
    )


def _words(mail: EmailMessage) -> tuple[str, bool]:
    """What the person wrote above what they quote, and whether something hung on it."""
    files = any(
        part.get_filename() or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"
        for part in mail.walk() if not part.is_multipart()
    )  # fmt: skip
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return "", files
    try:
        text = body.get_content()
    except (LookupError, ValueError):
        text = (body.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    if body.get_content_subtype() == "html":
        text = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(?:br|/p|/div)[^>]*>", "\n", text)))
    return _own(text), files


def _own(text: str) -> str:
    kept: list[str] = []
    for line in re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text).splitlines():
        if _QUOTED.match(line.strip()):
            break
        kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:MOST_WORDS]
