"""What may come into follow-up and go out of it, by noun: codes and names, never a diagnosis, benefit or category."""

from services.followup.schemas.areas import *
from services.followup.schemas.attendance import *
from services.followup.schemas.cases import *
from services.followup.schemas.cohorts import *
from services.followup.schemas.courses import *
from services.followup.schemas.duty import *
from services.followup.schemas.evaluations import *
from services.followup.schemas.families import *
from services.followup.schemas.guarantees import *
from services.followup.schemas.handovers import *
from services.followup.schemas.hours import *
from services.followup.schemas.interviews import *
from services.followup.schemas.long_courses import *
from services.followup.schemas.mentoring import *
from services.followup.schemas.placements import *
from services.followup.schemas.plan_actions import *
from services.followup.schemas.pulse import *
from services.followup.schemas.self_booking import *
