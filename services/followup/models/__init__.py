"""Follow-up's tables, by noun."""

from services.followup.models.areas import *
from services.followup.models.base import Base as Base
from services.followup.models.cases import *
from services.followup.models.cohorts import *
from services.followup.models.copies import *
from services.followup.models.duty import *
from services.followup.models.evaluations import *
from services.followup.models.facts import *
from services.followup.models.families import *
from services.followup.models.forums import *
from services.followup.models.guarantees import *
from services.followup.models.handovers import *
from services.followup.models.hours import *
from services.followup.models.interviews import *
from services.followup.models.long_courses import *
from services.followup.models.mentoring import *
from services.followup.models.mentors import *
from services.followup.models.placements import *
from services.followup.models.plan_actions import *
from services.followup.models.pulse import *
from services.followup.models.self_booking import *
