"""What the leader's overview counts, month by month: one definition for page, interface, file and document."""

from dataclasses import replace

from services.followup.rules import indicators
from shared.events import (
    CompanyPromiseBroken,
    CompanyRequestReceived,
    Event,
    FirstContactRegistered,
    HoursChanged,
    MatchProposed,
    NotificationFailed,
    PlacementAgreed,
    PlacementChanged,
    VisitationHeld,
)
from shared.events.codes import Words
from shared.indicators import FIRST_CONTACTS, Indicator

CONTACTS, TALKS, IN_TIME = "contacts", "talks", "talks_in_time"
NEEDS, PROPOSALS, AGREEMENTS = "needs", "proposals", "agreements"
BEGUN, PAID, ENDED, EARLY = "begun", "paid", "ended", "early"
BROKEN, FAILED = "promises_broken", "letters_failed"
WHOLES = {IN_TIME: TALKS, EARLY: ENDED}
OPEN = (NEEDS, BROKEN, FAILED)
"""Those that count needs, promises and messages, and nobody: no number of them is too small to be shown."""
OF_ALL = (PROPOSALS, *OPEN)
"""Those that are told of everybody only: what is heard of them leads to no person, and so to no unit."""


def _counted(code: str, name: Words, what: Words, *events: type[Event], of: Words | None = None) -> Indicator:
    rows = ", ".join(event.kind for event in events)
    return Indicator(code, name, what, of, code, WHOLES.get(code, ""), rows=rows)


def _as_told(code: str, *events: type[Event]) -> Indicator:
    """A number that stands beside the quarter's as well, with the same meaning."""
    return replace(indicators.BY_CODE[code], rows=", ".join(event.kind for event in events))


HELD = Words(
    "Samtaler ved skranken, der er holdt, efter den danske dag.", "Talks at the desk that were held, by Danish day."
)
ALL = (
    replace(FIRST_CONTACTS, rows=FirstContactRegistered.kind),
    _counted(TALKS, Words("Samtaler ved skranken", "Talks at the desk"), HELD, VisitationHeld),
    _counted(
        IN_TIME,
        Words("Samtaler holdt inden måldagen", "Talks held by the day of the goal"),
        Words(
            "De samtaler, der er holdt senest på kommunens måldag for borgerens seneste henvendelse. En henvendelse "
            "uden måldag, også en fra før målet blev noteret, tæller ikke med her. Andelen af "
            "henvendelser, der fik en samtale til tiden, står under „Tal fra skranken“.",
            "Those held by the municipality's goal for the citizen's latest contact. A contact without a goal, also "
            "one from before goals were noted, does not count here. The share of contacts that had "
            'a talk in time stands under "Numbers from the desk".',
        ),
        VisitationHeld,
        FirstContactRegistered,
        of=HELD,
    ),
    _counted(
        NEEDS,
        Words("Behov fra virksomheder", "Needs of companies"),
        Words("Behov, efter den danske dag de blev oprettet.", "Needs, by the Danish day they were made."),
        CompanyRequestReceived,
    ),
    _counted(
        PROPOSALS,
        Words("Forslag", "Proposals"),
        Words(
            "Forslag af en borger til et behov, efter den danske dag; også dem, der siden er afslået.",
            "Proposals of a citizen for a need, by Danish day; also those that were declined since.",
        ),
        MatchProposed,
    ),
    _counted(
        AGREEMENTS,
        Words("Aftaler", "Agreements"),
        Words(
            "Aftaler om forløb, efter den danske dag de blev indgået.",
            "Agreements on placements, by the Danish day they were made.",
        ),
        PlacementAgreed,
    ),
    _counted(
        BEGUN,
        Words("Forløb begyndt", "Placements begun"),
        Words(
            "Forløb, hvis første dag ligger i måneden og er kommet.",
            "Placements whose first day lies in the month and has come.",
        ),
        PlacementAgreed,
        PlacementChanged,
    ),
    _counted(
        PAID,
        Words("Fra ulønnede til lønnede timer", "From unpaid to paid hours"),
        Words(
            "Forløb, hvor den første dag med aftalte lønnede timer ligger i måneden og er kommet.",
            "Placements whose first day with agreed paid hours lies in the month and has come.",
        ),
        HoursChanged,
    ),
    _as_told(ENDED, PlacementAgreed, PlacementChanged),
    _as_told(EARLY, PlacementAgreed, PlacementChanged),
    _counted(
        BROKEN,
        Words("Brudte løfter til virksomheder", "Broken promises to companies"),
        Words(
            "Løfter om et svar eller et besøg, der ikke er holdt, efter den danske dag bruddet blev set.",
            "Promises of an answer or a visit that were not kept, by the Danish day that was seen.",
        ),
        CompanyPromiseBroken,
    ),
    _counted(
        FAILED,
        Words("Beskeder, der ikke kunne sendes", "Messages that could not be sent"),
        Words(
            "Beskeder, hvor kanalen meldte fejl; hver tæller én gang, den danske dag det sidst skete.",
            "Messages whose channel failed; each counts once, on the Danish day of the last time.",
        ),
        NotificationFailed,
    ),
)
BY_CODE = {one.code: one for one in ALL}
