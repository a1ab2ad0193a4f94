"""What each role lets a company's people do in its portal."""

from collections.abc import Sequence
from typing import Protocol

from shared.errors import Refused

ROLES = ("see", "sign", "manage")
# What whoever may only see can send all the same: a message, a profile kept in mind, a text to be read, an invitation.
FREE = (
    "/virksomhed/beskeder", "/virksomhed/profiler", "/virksomhed/behov/ny/laes", "/virksomhed/invitation",
    "/virksomhed/forum/samtaler", "/virksomhed/forum/tilmeld", "/virksomhed/forum/afmeld",
)  # fmt: skip
MANAGING = "/virksomhed/kolleger"


class NotLetIn(Refused):
    """The company keeps a list of its people, and this one is not on it or may not do this."""

    status = 403


class Member(Protocol):
    """A line of the list."""

    subject: str
    role: str


def not_on_the_list() -> NotLetIn:
    """What somebody is told whom the company does not let in."""
    return NotLetIn(
        "not_on_the_list",
        "Du står ikke på jeres virksomheds liste. Bed den kollega, der styrer den, om en invitation.",
        "You are not on your company's list. Ask the colleague who manages it for an invitation.",
    )


def require_let_in(listed: Sequence[Member], subject: str, path: str, *, acts: bool) -> None:
    """Raises NotLetIn for who is not on a list that is kept, or whose role is less than what they do.

    A company without a list lets in whoever the identity provider says is its employee.
    """
    if not listed or path == "/virksomhed/invitation":
        return
    role = next((one.role for one in listed if one.subject == subject), None)
    if role is None:
        raise not_on_the_list()
    if path.startswith(MANAGING) and role != "manage":
        raise NotLetIn(
            "may_not_manage", "Kun den, der styrer listen, kan det.", "Only whoever manages the list can do that."
        )
    if acts and role == "see" and not path.startswith(FREE):
        raise NotLetIn(
            "may_not_sign",
            "Du må se, men ikke svare for virksomheden. Bed en kollega, der må.",
            "You may see, but not answer for the company. Ask a colleague who may.",
        )
