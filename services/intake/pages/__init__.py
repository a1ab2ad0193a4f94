"""Intake's pages."""

from flask import Blueprint

from services.intake.pages import words
from shared.pages import Pages

blueprint = Blueprint("intake_pages", __name__)
pages = Pages(blueprint)
blueprint.context_processor(lambda: words.CONTEXT)

from services.intake.pages import adoption as adoption
from services.intake.pages import applications as applications
from services.intake.pages import appointments as appointments
from services.intake.pages import calendars as calendars
from services.intake.pages import (
    citizen as citizen,
)
from services.intake.pages import counts as counts
from services.intake.pages import desk as desk
from services.intake.pages import fairness as fairness
from services.intake.pages import hand_overs as hand_overs
from services.intake.pages import holds as holds
from services.intake.pages import imports as imports
from services.intake.pages import insight as insight
from services.intake.pages import leader as leader
from services.intake.pages import merges as merges
from services.intake.pages import mission as mission
from services.intake.pages import moves as moves
from services.intake.pages import operations as operations
from services.intake.pages import own as own
from services.intake.pages import own_hours as own_hours
from services.intake.pages import paper as paper
from services.intake.pages import places as places
from services.intake.pages import promise as promise
from services.intake.pages import referrals as referrals
from services.intake.pages import register as register
from services.intake.pages import search as search
from services.intake.pages import sign_in as sign_in
from services.intake.pages import talk as talk
from services.intake.pages import visitation as visitation
from services.intake.pages import waiting as waiting
from services.intake.pages import wall as wall
