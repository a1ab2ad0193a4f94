"""Who somebody is by the word of an identity provider, and what the suite makes of it, whatever protocol it came by.

An adapter (shared/openid.py) offers `start`, the address to send the browser to and what to remember meanwhile, and
`finish`, the person; it turns what it was told into claims and asks `identity` what they mean.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from stdnum.dk import cvr

from shared import clock
from shared.config import ROLES
from shared.errors import Refused

log = logging.getLogger(__name__)
LONGEST_SUBJECT, LONGEST_UNIT, LONGEST_NAME_BYTES = 255, 200, 200
MOST_P_NUMBERS = 100  # beside the longest name they still fit in a cookie, of which browsers take 4,096 bytes
FUTURE_SECONDS = 60
P_NUMBER = re.compile(r"[0-9]{10}")
LEVELS = {
    f"https://data.gov.dk/concept/core/nsis/loa/{level}": level.lower() for level in ("Low", "Substantial", "High")
}
KIND_OF_ROLE = {
    "front_desk": "staff",
    "company_consultant": "staff",
    "job_consultant": "staff",
    "adviser": "staff",
    "leader": "staff",
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
    """The person whom claims describe; raises NoAccess where there is no place for them, SignInFailed for nonsense."""
    roles = _roles(claims)
    kinds = {KIND_OF_ROLE[role] for role in roles}
    # In a small company the mentor is often the one who answers for it; any other two belong to two sign-ins.
    kind = "company" if kinds == {"company", "mentor"} else next(iter(kinds), "")
    number, cpr = _text(claims, "cvr"), _text(claims, "cpr")
    if not roles:
        raise NoAccess(
            "no_role",
            "Du er logget ind, men har ingen rolle i Jobbutik. Spørg den, der giver adgang hos jer.",
            "You are signed in but have no role in Jobbutik. Ask whoever grants access where you work.",
        )
    wrong = kinds - {kind} - {"mentor"} or (kind == "company") != bool(number) or (kind == "citizen") != bool(cpr)
    if wrong or (kind == "company" and not cvr.is_valid(number)):
        log.warning("sign-in refused: the claims contradict each other")
        raise NoAccess(
            "contradictory_sign_in",
            "Dit login giver roller, der ikke passer sammen. Log ind som enten medarbejder, virksomhed eller borger.",
            "Your sign-in gives roles that do not go together. Sign in as either staff, company or citizen.",
        )
    return Identity(
        issuer=str(claims["iss"]),
        subject=_subject(claims),
        name=_text(claims, "name").encode()[:LONGEST_NAME_BYTES].decode(errors="ignore"),
        kind=kind,
        roles=roles,
        organisation=(number if kind == "company" else _text(claims, "unit", LONGEST_UNIT)) or None,
        p_numbers=_p_numbers(claims) if kind == "company" else (),
        cpr=cpr or None,
        assurance=LEVELS.get(_text(claims, "loa") or _text(claims, "acr"), "low"),
        signed_in_at=_signed_in_at(claims),
    )


def _text(claims: Mapping[str, Any], name: str, longest: float = inf) -> str:
    told = claims.get(name)
    if told is None:
        return ""
    if not isinstance(told, str) or len(told) > longest:
        raise _odd(name)
    return told


def _subject(claims: Mapping[str, Any]) -> str:
    told = _text(claims, "sub", LONGEST_SUBJECT)
    if not told.strip():
        raise _odd("sub")
    return told


def _roles(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Our roles among those told; a provider may send one alone."""
    told = claims.get("roles") or []
    words = [told] if isinstance(told, str) else told
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise _odd("roles")
    return tuple(role for role in ROLES if role in words)


def _p_numbers(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """The P-numbers that bound what a company's employee sees; none is the whole company."""
    told = claims.get("p_numbers")
    if told is None:
        return ()
    if not isinstance(told, list) or not all(isinstance(one, str) and P_NUMBER.fullmatch(one) for one in told):
        raise _odd("p_numbers")
    if len(told) > MOST_P_NUMBERS:
        log.warning("sign-in refused: too many P-numbers")
        raise NoAccess(
            "too_many_p_numbers",
            f"Dit login gælder for mere end {MOST_P_NUMBERS} P-numre. "
            "Bed den, der giver adgang hos jer, om en adgang uden begrænsning til P-numre.",
            f"Your sign-in is for more than {MOST_P_NUMBERS} P-numbers. "
            "Ask whoever grants access where you work for one without P-number limits.",
        )
    return tuple(told)


def _signed_in_at(claims: Mapping[str, Any]) -> int:
    """When they proved who they are; what is not told is long ago, so that a decision asks for a newer sign-in."""
    told = claims.get("auth_time")
    if told is None:
        return 0
    # Not isinstance, as True is an int; and NaN is outside every range.
    if type(told) not in (int, float) or not 0 <= told <= clock.now().timestamp() + FUTURE_SECONDS:
        raise _odd("auth_time")
    return int(told)


def _odd(name: str) -> SignInFailed:
    log.warning("sign-in refused: %s", name)
    return SignInFailed()
