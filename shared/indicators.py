"""What a definition of a number holds: the same for the page, the interface, the file and the document."""

from dataclasses import dataclass

from marshmallow.fields import Nested

from shared.events.codes import Words
from shared.fields import Body, Text

OWNER = Words("Lederen af Jobbutikken", "The leader of the Jobbutik")


@dataclass(frozen=True)
class Indicator:
    """One number. `counted` and `of` name counts, `of` is empty for a plain number; `median` is of days or minutes.

    `rows` are the tables that it is counted from.
    """

    code: str
    name: Words
    numerator: Words
    denominator: Words | None
    counted: str
    of: str = ""
    median: str = ""
    rows: str = ""
    owner: Words = OWNER


FIRST_CONTACTS = Indicator(
    "contacts",
    Words("Første henvendelser", "First contacts"),
    Words(
        "Første henvendelser i perioden, efter den danske dag de kom.",
        "First contacts of the period, by the Danish day they came.",
    ),
    None,
    "contacts",
    rows="first_contact",
)
"""Told by the desk and in the leader's overview."""


class SaidTwice(Body):
    """Danish and English."""

    danish = Text(1000, required=True)
    english = Text(1000, required=True)


class Definition(Body):
    """What a number means."""

    code = Text(60, required=True)
    name = Nested(SaidTwice, required=True)
    numerator = Nested(SaidTwice, required=True)
    denominator = Nested(SaidTwice, required=True, allow_none=True)
    rows = Text(200, required=True)
    owner = Nested(SaidTwice, required=True)
