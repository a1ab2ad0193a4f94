"""The guided tour: one day from the desk's opening to the last letter, as the story left it, and what each part caused.

The story writes the file that `TOUR_FILE` names; the demo's sign-in service shows it under /rundtur.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from demo import people
from demo.suite import Suite

DESK, PHONE = 1280, 390


@dataclass(frozen=True)
class Stop:
    """A page at an hour of the day; `behind` is the part of the story whose events it shows."""

    key: str
    at: str
    sub: str
    path: str
    danish: tuple[str, str]
    english: tuple[str, str]
    behind: str = ""
    width: int = DESK

    def who(self) -> people.Person:
        """Whose page it is."""
        found = people.find(self.sub)
        if found is None:
            raise LookupError(self.sub)
        return found

    def address(self, ids: dict[str, str]) -> str:
        """Where the page is, signed in as whoever's it is."""
        return f"/log-ind?til={quote(self.path.format_map(ids))}&login_hint={self.sub}"


STOPS = (
    Stop(
        "desk", "07:55", "frida", "/skranken",
        ("Skranken åbner", "Dagens samtaler, hvem der venter, og hvem der har en frist tæt på."),
        ("The desk opens", "Today's talks, who waits, and whose deadline is near."),
    ),
    Stop(
        "arrival", "08:05", "frida", "/borger/{citizen}",
        ("En borger træder ind", "Kendt fra første besøg. Begge frister står der, og en tid er reserveret."),
        ("A citizen walks in", "Known from the first visit. Both deadlines are there, and a time is reserved."),
        "arrival",
    ),
    Stop(
        "visitation", "08:20", "rune", "/skranken/visitation/{visitation}",
        ("Samtalen", "Systemet foreslår. Et menneske bestemmer, og aktiveringen begynder i samme samtale."),
        ("The talk", "The system proposes. A person decides, and activation begins in the same talk."), "visitation",
    ),
    Stop(
        "own", "08:45", "kirsten", "/min-side",
        ("Hjemme på telefonen", "Kirsten ser sine tider, hvad hun har sagt ja til, og hvem der har set hendes sag."),
        ("At home on the phone", "Kirsten sees her times, what she agreed to, and who has looked at her case."),
        width=PHONE,
    ),
    Stop(
        "call", "09:10", "viggo", "/virksomheder/opkald",
        ("En virksomhed ringer", "Behovet skrives, som det bliver sagt, og får form, mens der tales."),
        ("A company rings", "The need is written as it is said, and takes shape during the call."), "call",
    ),
    Stop(
        "ranking", "09:15", "johanne", "/match/behov/{open_need}",
        ("Hvem passer, og hvorfor", "De rette øverst med hver grund, og hvad der skal til for dem, der næsten passer."),
        ("Who fits, and why", "The right ones first with each reason, and what it would take for the near misses."),
    ),
    Stop(
        "portal", "10:30", "tove", "/virksomhed",
        ("Virksomhedens egen side", "Forslag uden navn, indtil kandidaten har sagt ja. Aftaler, tal og beskeder."),
        ("The company's own page", "No name before the candidate has said yes. Agreements, figures and messages."),
    ),
    Stop(
        "agreement", "11:00", "johanne", "/match/aftale/{placement}",
        ("En lovlig aftale", "Alle fem parter siger ja hver for sig. Regnestykket for pladser står ved siden af."),
        ("A lawful agreement", "All five parties say yes, each for themselves. The sum of places stands beside it."),
        "agreement",
    ),
    Stop(
        "plan", "13:00", "johanne", "/opfoelgning/forloeb/{placement}",
        ("Tæt først, så slippes der", "Samtaler hver dag i begyndelsen, så hver uge, så hver måned."),
        ("Close at first, then letting go", "Talks every day at first, then every week, then every month."), "plan",
    ),
    Stop(
        "mentor", "14:00", "mette", "/opfoelgning/forloeb/{placement}",
        ("Mentorens telefon", "Første dag, timerne og et nummer at ringe til. Intet om sagen."),
        ("The mentor's phone", "The first day, the hours and a number to ring. Nothing about the case."),
        "mentor", PHONE,
    ),
    Stop(
        "leader", "15:00", "lotte", "/skranken/tal",
        ("Lederens tal", "Holder vi det, vi lover? Små tal er skjult."),
        ("The leader's figures", "Do we keep what we promise? Small counts are hidden."),
    ),
    Stop(
        "letters", "15:45", "frida", "/beskeder",
        ("Det sidste brev", "Hvem der fik hvad at vide, ad hvilken vej, og om det kom frem."),
        ("The last letter", "Who was told what, by which way, and whether it arrived."),
    ),
)  # fmt: skip


@dataclass
class Notebook:
    """What the tour needs of the story while it is played."""

    suite: Suite
    ids: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)

    def close(self, part: str, **ids: str) -> None:
        """A part is over: all that was asked since the last one belongs to it."""
        self.ids |= ids
        self.asked[part] = self.suite.taken()

    def write(self, file: Path) -> None:
        """With every event of each part, who heard it and after how many milliseconds."""
        behind = {part: self.suite.learned(*correlations) for part, correlations in self.asked.items()}
        file.write_text(json.dumps({"ids": self.ids, "behind": behind}), encoding="utf-8")


def read(file: Path) -> list[dict[str, Any]] | None:
    """The stops with their addresses and events; None before the story was played."""
    if not file.is_file():
        return None
    told = json.loads(file.read_text(encoding="utf-8"))
    return [
        {"stop": stop, "who": stop.who(), "address": stop.address(told["ids"]),
         "behind": _by_event(told["behind"].get(stop.behind, []))}
        for stop in STOPS
    ]  # fmt: skip


def _by_event(heard: list[list[Any]]) -> list[tuple[str, str, list[tuple[str, int, int]]]]:
    """(event, teller, [(listener, fastest ms, slowest ms)]), in the order told."""
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for name, teller, listener, milliseconds in heard:
        found.setdefault((name, teller), {}).setdefault(listener, []).append(round(milliseconds))
    return [
        (name, teller, [(listener, min(took), max(took)) for listener, took in listeners.items()])
        for (name, teller), listeners in found.items()
    ]
