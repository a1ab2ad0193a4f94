"""Follow-up's reads, by noun. A mentor finds only the placements they are the mentor of; the rest is not there."""

from services.followup.queries.areas import (
    area_overview,
    area_people,
    promises,
    resident,
)
from services.followup.queries.attendance import (
    week,
)
from services.followup.queries.cases import (
    at_risk,
    steps_due,
    steps_in,
)
from services.followup.queries.cohorts import (
    OF_COHORT,
    cohort,
    cohort_day,
    cohort_member,
    cohort_of,
    cohorts,
    cohorts_of,
    days_of,
    members_of,
    quotas_of,
    seats_taken,
    visits_of,
)
from services.followup.queries.courses import (
    course,
)
from services.followup.queries.duty import (
    absence,
    absences,
)
from services.followup.queries.evaluations import (
    agreement_from,
    conclusion_of,
    evaluations,
    said_by,
    standing_end,
    verdicts_at_end,
)
from services.followup.queries.families import (
    department_of,
    family,
    family_of,
    family_row,
    milestones_reached,
    own_family,
    sees_whole,
)
from services.followup.queries.forums import (
    forum,
    forum_history,
)
from services.followup.queries.guarantees import (
    assessments,
    guarantee,
    guarantees_due,
    judged,
)
from services.followup.queries.handovers import (
    carried_promises,
    cover_of,
    hand_over,
    hand_overs,
    own_and_waiting,
    own_cases,
)
from services.followup.queries.hours import (
    hours_course,
    open_gates,
    own_placement,
    steps_of,
    worked_weeks,
)
from services.followup.queries.interviews import (
    interview_report,
    interviews,
)
from services.followup.queries.long_courses import (
    long_course,
    long_course_row,
)
from services.followup.queries.mentoring import (
    loads_of,
    mentor,
    mentor_changes,
    mentor_figures,
    mentor_of,
    mentors,
    mentors_placements,
    network_meeting,
    network_meetings,
    open_call,
    open_calls,
    placement_mentor,
    support_of,
)
from services.followup.queries.placements import (
    checklist_answer,
    coming,
    contact,
    days,
    due,
    hours_before,
    of_citizen,
    placement,
    placement_answer,
    placements,
    search,
)
from services.followup.queries.plan_actions import (
    placement_plan,
    plan_actions,
    plan_shared,
)
from services.followup.queries.pulse import (
    pulses,
)
from services.followup.queries.self_booking import (
    call_to_come,
    calls_meanwhile,
    calls_of,
    calls_to_look_at,
    free_slots,
    next_talk,
    open_slots_between,
    own_slots,
    own_talk,
    slots_meanwhile,
    talks_held,
    times_unbooked,
)
from services.followup.queries.whose import (
    colleagues,
)

__all__ = [
    "OF_COHORT", "absence", "absences", "agreement_from", "area_overview", "area_people", "assessments",
    "at_risk", "call_to_come", "calls_meanwhile", "calls_of", "calls_to_look_at", "carried_promises",
    "checklist_answer", "cohort", "cohort_day", "cohort_member", "cohort_of", "cohorts", "cohorts_of",
    "colleagues", "coming", "conclusion_of", "contact", "course", "cover_of", "days", "days_of",
    "department_of", "due", "evaluations", "family", "family_of", "family_row", "forum", "forum_history",
    "free_slots", "guarantee", "guarantees_due", "hand_over", "hand_overs", "hours_before", "hours_course",
    "interview_report", "interviews", "judged", "loads_of", "long_course", "long_course_row", "members_of",
    "mentor", "mentor_changes", "mentor_figures", "mentor_of", "mentors", "mentors_placements",
    "milestones_reached", "network_meeting", "network_meetings", "next_talk", "of_citizen", "open_call",
    "open_calls", "open_gates", "open_slots_between", "own_and_waiting", "own_cases", "own_family",
    "own_placement", "own_slots", "own_talk", "placement", "placement_answer", "placement_mentor",
    "placement_plan", "placements", "plan_actions", "plan_shared", "promises", "pulses", "quotas_of",
    "resident", "said_by", "search", "seats_taken", "sees_whole", "slots_meanwhile", "standing_end",
    "steps_due", "steps_in", "steps_of", "support_of", "talks_held", "times_unbooked", "verdicts_at_end",
    "visits_of", "week", "worked_weeks",
]  # fmt: skip
