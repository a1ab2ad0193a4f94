"""What the national event distributor says of a letter: its envelope, and the status inside it.

Source: the municipalities' SF1461 (envelope urn:oio:besked:kuvert:1.0) and SF1601 (PKO_PostStatus).
"""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree as ET

from shared.calendar import DENMARK

ENVELOPE, SAGDOK = "urn:oio:besked:kuvert:1.0", "urn:oio:sagdok:3.0.0"
STATUS = "http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types"
AVAILABLE, TAKEN, FAILED = "Afleveret Digital Post", "Modtaget Digital Post", "Fejlet"
MOST_BYTES = 262_144


class NotForUs(ValueError):
    """It cannot be read, or it is about something else."""


@dataclass(frozen=True, kw_only=True)
class PostStatus:
    """What became of a letter: `id` is the status' own, the same however often it is told.

    `available`: it lies in the mailbox; `failed` with the code that they give; neither: it is on its way.
    """

    id: UUID
    message_id: UUID
    code: str
    at: datetime
    failure: str | None

    @property
    def available(self) -> bool:
        """It counts as received from `at`, whoever reads it when."""
        return self.code == AVAILABLE

    @property
    def failed(self) -> bool:
        """It never arrives."""
        return self.code == FAILED


def read(body: bytes) -> PostStatus:
    """One delivery from the queue; raises NotForUs."""
    try:
        envelope = _tree(body)
        number = _text(envelope, f"{{{ENVELOPE}}}BeskedId/{{{SAGDOK}}}UUIDIdentifikator")
        packed = next(one for one in envelope.iter() if one.tag.endswith("}Base64"))
        status = _tree(b64decode(packed.text or "", validate=False))
        at = datetime.fromisoformat(_text(status, f"{{{STATUS}}}TransaktionsDatoTid"))
        return PostStatus(
            id=UUID(number),
            message_id=UUID(_text(status, f"{{{STATUS}}}MessageUUID")),
            code=_text(status, f"{{{STATUS}}}TransaktionsStatusKode"),
            at=at if at.tzinfo else at.replace(tzinfo=DENMARK),
            failure=status.findtext(f"{{{STATUS}}}FejlDetaljer/{{{STATUS}}}FejlKode"),
        )
    except (ET.ParseError, ValueError, StopIteration, binascii.Error) as error:
        raise NotForUs(type(error).__name__) from None


def _tree(body: bytes) -> ET.Element:
    # Nothing of theirs needs a document type, and entities in one are a way to make a small text huge.
    if len(body) > MOST_BYTES or b"<!DOCTYPE" in body:
        raise ValueError
    return ET.fromstring(body)  # noqa: S314  what that rule fears is refused above


def _text(tree: ET.Element, path: str) -> str:
    found = (tree.findtext(path) or "").strip()
    if not found:
        raise ValueError(path)
    return found
