"""The blueprint, who follows placements, and what their doors tell about."""

from flask_smorest import Blueprint

from shared.doors import Doors
from shared.lookups import about_each

blueprint = Blueprint("followup", __name__, description="Placements under way")
doors = Doors(blueprint)
FOLLOWERS = ("job_consultant", "company_consultant", "adviser")
WITH_MENTOR = (*FOLLOWERS, "mentor")
PLACEMENT, PLACEMENTS, PLACEMENT_CHANGE = about_each("placement", purpose="follow_up")
