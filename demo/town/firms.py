"""Invented companies: names that say so, CVR numbers of the range that is never handed out, P-numbers far beyond it."""

import itertools
import random
from dataclasses import dataclass
from typing import Any

from stdnum.dk import cvr as cvr_number

from demo.town.people import ENDINGS, INVENTED, MEN, POSTAL_CODES, WOMEN
from demo.town.wishes import NEEDS
from shared.danish import search_key

FIRST_CVR, FIRST_P_NUMBER = 99_000_000, 1_990_000_001
FORMS = ("ApS", "A/S", "I/S")
# What the name ends in, the industry by DB25, and what there is to do.
TRADES = (
    ("Lager", "521000", ("Lager- og logistikmedarbejder", "Lagerekspedient", "Truckfører", "Pakkerimedarbejder")),
    ("Rengøring", "812100", ("Rengøringsassistent", "Rengøringsassistent, hotel")),
    ("Køkken", "562200", ("Køkkenmedhjælper", "Tjener")),
    ("Hotel", "551000", ("Rengøringsassistent, hotel", "Køkkenmedhjælper", "Tjener")),
    ("Købmand", "471120", ("Butiksmedhjælper", "Butiksassistent", "Lagerekspedient")),
    ("Byggemarked", "475220", ("Butiksassistent", "Butiksmedhjælper", "Truckfører")),
    ("Gartneri", "011900", ("Gartneriarbejder", "Gartner", "Anlægsgartnerarbejder")),
    ("Plejehjem", "871010", ("Køkkenmedhjælper", "Rengøringsassistent")),
    ("Børnehus", "889130", ("Pædagogmedhjælper", "Køkkenmedhjælper")),
    ("Kundecenter", "822000", ("Kundeservicemedarbejder",)),
)
PUBLIC = ("Plejehjem", "Børnehus")


@dataclass(frozen=True)
class Firm:
    """A company with one workplace; `known` as the consultant's form sends it."""

    known: dict[str, Any]
    place: dict[str, Any]
    titles: tuple[str, ...]
    fte: float
    offers: tuple[str, ...]
    contact: str
    mentor: str

    @property
    def p_number(self) -> str:
        """Of its workplace."""
        return str(self.place["p_number"])


def firms(count: int, seed: int) -> list[Firm]:
    """The same companies for the same seed."""
    drawn = random.Random(f"firms {seed}")  # noqa: S311  not a secret
    numbers = (str(number) for number in itertools.count(FIRST_CVR) if cvr_number.is_valid(str(number)))
    return [_firm(drawn, next(numbers), FIRST_P_NUMBER + position) for position in range(count)]


def somebody(drawn: random.Random) -> str:
    """An invented name."""
    return f"{drawn.choice(drawn.choice((WOMEN, MEN)))} {drawn.choice(INVENTED)}{drawn.choice(ENDINGS)}"


def _firm(drawn: random.Random, cvr: str, p_number: int) -> Firm:
    trade, industry, titles = drawn.choice(TRADES)
    called = f"{drawn.choice(INVENTED)}{drawn.choice(ENDINGS)} {trade}"
    contact, public = somebody(drawn), trade in PUBLIC
    mail = f"{search_key(contact).replace(' ', '-')}@firma-{cvr}.example"
    return Firm(
        {
            "cvr": cvr, "name": called if public else f"{called} {drawn.choice(FORMS)}", "public": public,
            "industry": industry, "contact": {"name": contact, "email": mail, "phone": None},
        },
        {"p_number": str(p_number), "name": called, "postal_code": drawn.choice(POSTAL_CODES)},
        titles, drawn.choice((6.0, 11.0, 17.0, 24.0, 38.0, 60.0, 110.0)),
        tuple(drawn.sample(NEEDS, drawn.randint(3, len(NEEDS)))), contact, somebody(drawn),
    )  # fmt: skip
