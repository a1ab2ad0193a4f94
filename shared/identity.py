"""Who somebody is by the word of an identity provider, and what the suite makes of it, whatever protocol it came by.

An adapter (shared/openid.py) offers `start`, the address to send the browser to and what to remember meanwhile, and
`finish`, the person; it turns what it was told into claims and asks `identity` what they mean.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from stdnum.dk import cvr

from shared import clock
from shared.config import ROLES
from shared.errors import Refused

log = logging.getLogger(__name__)
LONGEST_SUBJECT, LONGEST_NAME = 255, 200
KIND_OF_ROLE = {
    "front_desk": "staff",
    "company_consultant": "staff",
    "job_consultant": "staff",
    "adviser": "staff",
    "ops": "staff",
    "data_protection_officer": "staff",
    "mentor": "mentor",
    "company_employee": "company",
    "citizen": "citizen",
    "partner": "partner",
}


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows them; `subject` means nothing without its issuer."""

    issuer: str
    subject: str
    name: str = field(repr=False)
    kind: str
    roles: tuple[str, ...]
    organisation: str | None
    p_numbers: tuple[str, ...]
    cpr: str | None = field(repr=False)
    assurance: str
    signed_in_at: int

    @property
    def own_id(self) -> str:
        """Our id of the person: the same subject from another issuer is somebody else."""
        return str(uuid5(NAMESPACE_URL, f"{self.issuer}|{self.subject}"))


class SignInFailed(Refused):
    """What came back is not a sign-in that began here."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            "sign_in_failed",
            "Svaret fra login kunne ikke bruges, måske fordi der gik for lang tid. Begynd forfra.",
            "The answer from sign-in was of no use, perhaps because it took too long. Start again.",
        )


class ProviderAway(Refused):
    """The identity provider does not answer, or not sensibly."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "sign_in_away",
            "Er du logget ind i forvejen, kan du arbejde videre. Prøv ellers igen om lidt, eller ring til os.",
            "If you are signed in already, carry on. Otherwise try again shortly, or call us.",
        )


class NoAccess(Refused):
    """Somebody, surely, and nobody that the suite has a place for."""

    status = 403


def identity(claims: Mapping[str, Any]) -> Identity:
    """The person whom a provider's claims describe; raises NoAccess where they give no role or are in conflict."""
    told = claims.get("roles") or []
    roles = tuple(role for role in ROLES if role in ([told] if isinstance(told, str) else told))
    kinds = {KIND_OF_ROLE[role] for role in roles}
    # In a small company the mentor is often the one who answers for it; any other two belong to two sign-ins.
    kind = "company" if kinds == {"company", "mentor"} else next(iter(kinds), "")
    number, cpr = claims.get("cvr"), claims.get("cpr")
    if not roles:
        raise NoAccess(
            "no_role",
            "Du er logget ind, men har ingen rolle i Jobbutik. Spørg den, der giver adgang hos jer.",
            "You are signed in but have no role in Jobbutik. Ask whoever grants access where you work.",
        )
    wrong = kinds - {kind} - {"mentor"} or (kind == "company") != bool(number) or (kind == "citizen") != bool(cpr)
    if wrong or (kind == "company" and not (isinstance(number, str) and cvr.is_valid(number))):
        log.warning("sign-in refused: the claims contradict each other")
        raise NoAccess(
            "contradictory_sign_in",
            "Dit login giver roller, der ikke passer sammen. Log ind som enten medarbejder, virksomhed eller borger.",
            "Your sign-in gives roles that do not go together. Sign in as either staff, company or citizen.",
        )
    return Identity(
        issuer=str(claims["iss"]),
        subject=_subject(claims["sub"]),
        name=str(claims.get("name", ""))[:LONGEST_NAME],
        kind=kind,
        roles=roles,
        organisation=number if kind == "company" else str(claims["unit"]) if claims.get("unit") else None,
        p_numbers=tuple(str(p) for p in claims.get("p_numbers") or () if kind == "company"),
        cpr=str(cpr) if cpr else None,
        assurance=_assurance(claims),
        signed_in_at=int(claims.get("auth_time") or clock.now().timestamp()),
    )


def _subject(sub: str) -> str:
    if not 0 < len(sub.strip()) <= LONGEST_SUBJECT:
        log.warning("sign-in refused: sub")
        raise SignInFailed
    return sub


def _assurance(claims: Mapping[str, Any]) -> str:
    """NSIS levels end in Low, Substantial or High, whatever address stands before; anything else proves little."""
    level = str(claims.get("loa") or claims.get("acr") or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
    return level if level in ("substantial", "high") else "low"
