"""Follow-up's JSON doors, by noun; each module puts its own on the one blueprint."""

from services.followup.api import areas as areas
from services.followup.api import attendance as attendance
from services.followup.api import cases as cases
from services.followup.api import cohorts as cohorts
from services.followup.api import courses as courses
from services.followup.api import duty as duty
from services.followup.api import evaluations as evaluations
from services.followup.api import families as families
from services.followup.api import figures as figures
from services.followup.api import guarantees as guarantees
from services.followup.api import handovers as handovers
from services.followup.api import hours as hours
from services.followup.api import interviews as interviews
from services.followup.api import long_courses as long_courses
from services.followup.api import mentoring as mentoring
from services.followup.api import overview as overview
from services.followup.api import placements as placements
from services.followup.api import plan_actions as plan_actions
from services.followup.api import pulse as pulse
from services.followup.api import self_booking as self_booking
from services.followup.api.base import FOLLOWERS as FOLLOWERS
from services.followup.api.base import PLACEMENT as PLACEMENT
from services.followup.api.base import PLACEMENT_CHANGE as PLACEMENT_CHANGE
from services.followup.api.base import PLACEMENTS as PLACEMENTS
from services.followup.api.base import WITH_MENTOR as WITH_MENTOR
from services.followup.api.base import blueprint as blueprint
