"""Follow-up's decisions, by noun: values in, verdict and policy row out. No database, no clock."""

from services.followup.rules.areas import *
from services.followup.rules.attendance import *
from services.followup.rules.cases import *
from services.followup.rules.cohorts import *
from services.followup.rules.contacts import *
from services.followup.rules.course import *
from services.followup.rules.duty import *
from services.followup.rules.evaluations import *
from services.followup.rules.families import *
from services.followup.rules.guarantees import *
from services.followup.rules.handovers import *
from services.followup.rules.hours import *
from services.followup.rules.interviews import *
from services.followup.rules.keeping import *
from services.followup.rules.long_courses import *
from services.followup.rules.mentoring import *
from services.followup.rules.places import *
from services.followup.rules.plan_actions import *
from services.followup.rules.pulse import *
from services.followup.rules.pulse_rhythm import *
from services.followup.rules.rhythm import *
from services.followup.rules.self_booking import *
