"""What companies' systems are told: which event is called what, and the ids and address that go with it."""

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.events import Event, FollowUpMoved, MatchConsented, MatchDeclined, MatchReopened, PlacementAgreed

SECRET_PREFIX = "whsec_"  # noqa: S105  the standard's own mark  # pragma: allowlist secret


@dataclass(frozen=True, kw_only=True)
class Told:
    """`subject` names the field that orders them; `ids` all that go along; `url` is where the rest is fetched.

    `after`: told to whom that kind was told before, as the company never saw the thing otherwise.
    """

    kind: str
    subject: str
    ids: tuple[str, ...]
    url: str
    after: str = ""


WAITING = "proposal.waiting"
TABLE: Mapping[type[Event], Told] = {
    MatchConsented: Told(
        kind=WAITING, subject="match_id", ids=("match_id", "need_id"), url="/api/matching/v1/company-matches/{match_id}"
    ),
    MatchDeclined: Told(
        kind="proposal.closed", subject="match_id", ids=("match_id", "need_id"),
        url="/api/matching/v1/company-matches/{match_id}", after=WAITING,
    ),
    MatchReopened: Told(
        kind="proposal.reopened", subject="match_id", ids=("match_id", "need_id"),
        url="/api/matching/v1/company-matches/{match_id}", after=WAITING,
    ),
    PlacementAgreed: Told(
        kind="agreement.made", subject="match_id", ids=("placement_id", "match_id"),
        url="/api/matching/v1/company-placements/{placement_id}",
    ),
    FollowUpMoved: Told(
        kind="talk.moved", subject="placement_id", ids=("placement_id", "contact_id"),
        url="/api/matching/v1/company-placements/{placement_id}",
    ),
}  # fmt: skip
KINDS = tuple(told.kind for told in TABLE.values())


def signed(secrets: Sequence[str], delivery_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks: its id, its time, and a signature by each secret that holds now."""
    content = f"{delivery_id}.{timestamp}.".encode() + body
    signatures = [
        base64.b64encode(hmac.digest(base64.b64decode(one.removeprefix(SECRET_PREFIX)), content, "sha256")).decode()
        for one in secrets
    ]
    return {
        "content-type": "application/json",
        "user-agent": "Jobbutik",
        "webhook-id": delivery_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }
