"""Follow-up's reads, by noun. A mentor finds only the placements they are the mentor of; the rest is not there."""

from services.followup.queries.areas import *
from services.followup.queries.attendance import *
from services.followup.queries.cases import *
from services.followup.queries.cohorts import *
from services.followup.queries.courses import *
from services.followup.queries.duty import *
from services.followup.queries.evaluations import *
from services.followup.queries.families import *
from services.followup.queries.forums import *
from services.followup.queries.guarantees import *
from services.followup.queries.handovers import *
from services.followup.queries.hours import *
from services.followup.queries.interviews import *
from services.followup.queries.long_courses import *
from services.followup.queries.mentoring import *
from services.followup.queries.placements import *
from services.followup.queries.plan_actions import *
from services.followup.queries.pulse import *
from services.followup.queries.self_booking import *
from services.followup.queries.whose import *
