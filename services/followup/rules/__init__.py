"""Follow-up's decisions, by noun: values in, verdict and policy row out. No database, no clock."""

from services.followup.rules.areas import (
    AREA_PURPOSES,
    BENEFITS,
    DAGPENGE,
    PROMISES,
    QUALIFICATIONS,
    Resident,
    check_resident,
    counts,
    loses_soon,
    rounded,
)
from services.followup.rules.attendance import (
    AWAY_TOLD,
    NO_SHOW,
    STATES,
    check_attendance,
)
from services.followup.rules.cases import (
    ALL,
    CONTINUE,
    MINE,
    TEAM,
    UNASSIGNED,
    WHOSE,
    step_due,
)
from services.followup.rules.cohorts import (
    COHORT_OUTCOMES,
    DAY_STATES,
    TRACKS,
    check_age,
    check_course_day,
    check_placement,
    check_quota,
    check_seat,
    check_track,
    course_days,
)
from services.followup.rules.contacts import (
    FORMS,
    check_held,
    check_hours,
    check_moved,
    check_moved_back,
    check_taken_back,
)
from services.followup.rules.course import (
    CADENCE,
    CHANGES,
    EVALUATIONS,
    EXTENDED,
    IMPORTANCE,
    PAUSED,
    RESUMED,
    SHORTENED,
    TIGHTENED,
    Change,
    Course,
    PlannedContact,
    cadence_row,
    check_change,
    course,
    middle,
    per_week,
    plan,
    plan_course,
)
from services.followup.rules.duty import (
    INTERVIEW,
    KINDS,
    PERSONAL,
    WAYS,
    Basis,
    Facts,
    basis,
    check_absent,
    check_hand_over,
    check_restored,
    hearing_due,
)
from services.followup.rules.evaluations import (
    CITIZEN,
    HIRE,
    MENTOR,
    NEXT_AREA,
    NEXT_PLACE,
    OUTCOMES,
    PARTIES,
    VERDICTS,
    check_conclusion,
    check_next_area,
    employed_from,
)
from services.followup.rules.families import (
    DEPARTMENTS,
    GRANTS,
    MILESTONES,
    SIDES,
    check_done,
    check_grant,
    is_waiting,
    sees_all,
    waited,
)
from services.followup.rules.guarantees import (
    CRITERIA,
    FULFILLED,
    GUARANTEE_OUTCOMES,
    NOT_FULFILLED,
    after_months,
    bounds,
    by_month,
    check_guarantee,
    check_kept,
)
from services.followup.rules.handovers import (
    ACCEPTED,
    ANSWERED,
    CARRIED,
    CASE,
    COVER,
    GIVE,
    HAND_OVERS,
    REFUSED,
    check_hand_over_days,
)
from services.followup.rules.hours import (
    Step,
    Week,
    after_mastering,
    agreed_in,
    check_gate,
    check_week,
    monday_of,
    unmoved_for,
    weeks,
)
from services.followup.rules.interviews import (
    BEHIND,
    INTERVIEW_CODES,
    LEFT,
    NOT_SET_UP,
    OUTSIDE,
    STANDINGS,
    InterviewCourse,
    interview_cohorts,
    least_talks,
    standing,
    window,
)
from services.followup.rules.keeping import (
    Known,
    Replanned,
    replanned,
)
from services.followup.rules.long_courses import (
    CLARIFIED,
    ROLES,
    check_clarified,
)
from services.followup.rules.mentoring import (
    COMPANY,
    MENTOR_KINDS,
    URGENCIES,
    Load,
    check_mentor,
    check_room,
    check_support,
    loads,
)
from services.followup.rules.places import (
    ANYWHERE,
    check_form,
    form_under,
    kit_day,
    kit_of,
)
from services.followup.rules.plan_actions import (
    DOERS,
    OTHERWISE,
    PLAN_ANSWERS,
    check_answer,
)
from services.followup.rules.pulse import (
    ANSWERS,
    PULSE_DIFFERS,
    talk_wanted,
)
from services.followup.rules.pulse_rhythm import (
    pulse_due,
)
from services.followup.rules.rhythm import (
    Days,
    Pause,
    read_step,
    rhythm,
)
from services.followup.rules.self_booking import (
    BOOKING_CODES,
    CALL_OUTCOMES,
    CALL_STATES,
    HELD,
    LAPSED,
    TALK_FORMS,
    book_by,
    call_state,
    check_summons,
    clock_on,
    forms_to_choose,
    may_book,
    may_lapse,
    slots_of_day,
)

__all__ = [
    "ACCEPTED", "ALL", "ANSWERED", "ANSWERS", "ANYWHERE", "AREA_PURPOSES", "AWAY_TOLD", "BEHIND", "BENEFITS",
    "BOOKING_CODES", "CADENCE", "CALL_OUTCOMES", "CALL_STATES", "CARRIED", "CASE", "CHANGES", "CITIZEN",
    "CLARIFIED", "COHORT_OUTCOMES", "COMPANY", "CONTINUE", "COVER", "CRITERIA", "DAGPENGE", "DAY_STATES",
    "DEPARTMENTS", "DOERS", "EVALUATIONS", "EXTENDED", "FORMS", "FULFILLED", "GIVE", "GRANTS", "GUARANTEE_OUTCOMES",
    "HAND_OVERS", "HELD", "HIRE", "IMPORTANCE", "INTERVIEW", "INTERVIEW_CODES", "KINDS", "LAPSED", "LEFT", "MENTOR",
    "MENTOR_KINDS", "MILESTONES", "MINE", "NEXT_AREA", "NEXT_PLACE", "NOT_FULFILLED", "NOT_SET_UP", "NO_SHOW",
    "OTHERWISE", "OUTCOMES", "OUTSIDE", "PARTIES", "PAUSED", "PERSONAL", "PLAN_ANSWERS", "PROMISES",
    "PULSE_DIFFERS", "QUALIFICATIONS", "REFUSED", "RESUMED", "ROLES", "SHORTENED", "SIDES", "STANDINGS", "STATES",
    "TALK_FORMS", "TEAM", "TIGHTENED", "TRACKS", "UNASSIGNED", "URGENCIES", "VERDICTS", "WAYS", "WHOSE", "Basis",
    "Change", "Course", "Days", "Facts", "InterviewCourse", "Known", "Load", "Pause", "PlannedContact", "Replanned",
    "Resident", "Step", "Week", "after_mastering", "after_months", "agreed_in", "basis", "book_by", "bounds",
    "by_month", "cadence_row", "call_state", "check_absent", "check_age", "check_answer", "check_attendance",
    "check_change", "check_clarified", "check_conclusion", "check_course_day", "check_done", "check_form",
    "check_gate", "check_grant", "check_guarantee", "check_hand_over", "check_hand_over_days", "check_held",
    "check_hours", "check_kept", "check_mentor", "check_moved", "check_moved_back", "check_next_area",
    "check_placement", "check_quota", "check_resident", "check_restored", "check_room", "check_seat",
    "check_summons", "check_support", "check_taken_back", "check_track", "check_week", "clock_on", "counts",
    "course", "course_days", "employed_from", "form_under", "forms_to_choose", "hearing_due", "interview_cohorts",
    "is_waiting", "kit_day", "kit_of", "least_talks", "loads", "loses_soon", "may_book", "may_lapse", "middle",
    "monday_of", "per_week", "plan", "plan_course", "pulse_due", "read_step", "replanned", "rhythm", "rounded",
    "sees_all", "slots_of_day", "standing", "step_due", "talk_wanted", "unmoved_for", "waited", "weeks", "window",
]  # fmt: skip
