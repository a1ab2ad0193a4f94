"""Intake's pages."""

from flask import Blueprint

from services.intake.pages import words
from shared.pages import Pages

blueprint = Blueprint("intake_pages", __name__)
pages = Pages(blueprint)
blueprint.context_processor(lambda: words.CONTEXT)

from services.intake.pages import adoption as adoption  # noqa: E402
from services.intake.pages import applications as applications  # noqa: E402
from services.intake.pages import appointments as appointments  # noqa: E402
from services.intake.pages import calendars as calendars  # noqa: E402
from services.intake.pages import (  # noqa: E402  (each registers its pages on the blueprint above)
    citizen as citizen,
)
from services.intake.pages import counts as counts  # noqa: E402
from services.intake.pages import desk as desk  # noqa: E402
from services.intake.pages import fairness as fairness  # noqa: E402
from services.intake.pages import hand_overs as hand_overs  # noqa: E402
from services.intake.pages import holds as holds  # noqa: E402
from services.intake.pages import imports as imports  # noqa: E402
from services.intake.pages import insight as insight  # noqa: E402
from services.intake.pages import leader as leader  # noqa: E402
from services.intake.pages import merges as merges  # noqa: E402
from services.intake.pages import moves as moves  # noqa: E402
from services.intake.pages import operations as operations  # noqa: E402
from services.intake.pages import own as own  # noqa: E402
from services.intake.pages import own_hours as own_hours  # noqa: E402
from services.intake.pages import paper as paper  # noqa: E402
from services.intake.pages import places as places  # noqa: E402
from services.intake.pages import promise as promise  # noqa: E402
from services.intake.pages import referrals as referrals  # noqa: E402
from services.intake.pages import register as register  # noqa: E402
from services.intake.pages import search as search  # noqa: E402
from services.intake.pages import sign_in as sign_in  # noqa: E402
from services.intake.pages import talk as talk  # noqa: E402
from services.intake.pages import visitation as visitation  # noqa: E402
from services.intake.pages import waiting as waiting  # noqa: E402
from services.intake.pages import wall as wall  # noqa: E402
