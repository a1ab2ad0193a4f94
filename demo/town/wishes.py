"""What the invented citizens can and want, and what of it companies need."""

import random
from typing import Any

# Jobs that one can begin in, by their titles in ESCO-STAR.
TITLES = (
    "Lager- og logistikmedarbejder", "Lagerekspedient", "Rengøringsassistent", "Rengøringsassistent, hotel",
    "Køkkenmedhjælper", "Butiksmedhjælper", "Butiksassistent", "Pakkerimedarbejder", "Gartneriarbejder", "Gartner",
    "Anlægsgartnerarbejder", "Pædagogmedhjælper", "Kundeservicemedarbejder", "Tjener", "Truckfører",
)  # fmt: skip
WEEK = ("mon", "tue", "wed", "thu", "fri")
NEEDS = ("quiet_place", "fixed_contact", "fixed_routine", "no_heavy_lifting", "extra_breaks", "flexible_start")


def wishes(drawn: random.Random) -> dict[str, Any]:
    """As they are told in the talk."""
    begins, most = drawn.choice((6, 7, 8, 8, 9)), drawn.choice((10, 15, 20, 25, 30, 37))
    return {
        "occupation_titles": drawn.sample(TITLES, drawn.choice((1, 1, 2, 3))),
        "forms": ["virksomhedspraktik", *drawn.sample(("small_job", "ordinary", "loentilskud"), drawn.randint(0, 2))],
        "weekly_hours_min": drawn.choice((2, 4, 6, 8)), "weekly_hours_max": most,
        "availability": [f"{day} {begins:02}:00-16:00" for day in WEEK], "travel_km_max": drawn.choice((15, 25, 40)),
        "licences": ["b"] if drawn.random() < 0.4 else [], "needs": drawn.sample(NEEDS, drawn.choice((0, 0, 1, 2))),
        "mentor_wanted": drawn.random() < 0.4, "consent_to_matching": drawn.random() < 0.94,
    }  # fmt: skip
