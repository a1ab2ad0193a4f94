"""Placements, contacts, hours and links as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup.rules import ALL, FORMS, IMPORTANCE, WHOSE
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, UndoForm
from shared.paging import PageQuery, page_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
OUTCOMES = ("going_well", "needs_adjustment", "at_risk", "both_say_yes", "citizen_says_no", "company_says_no")
NEXT_STEPS = ("continue", "more_hours", "fewer_hours", "other_tasks", "extend", "hire", "find_another", "stop")
MOVE_REASONS = ("citizen_asked", "company_asked", "mentor_asked", "consultant_absent", "interpreter_missing")
HOUR_REASONS = ("next_step", "fewer_for_now", "hired", "second_area", "season", "task_mastered")
ASKED_BY = ("citizen", "company", "mentor", "consultant")
MOST_WORDS = 2000
RISKS = ("absence", "low_pulse", "mentor_changed", "hours_exceeded", "talk_at_risk", "pulse_differs")


class DueQuery(PageQuery):
    """Due on a day, today where none is given; `overdue` brings what is late as well."""

    on = Day(load_default=None)
    overdue = marshmallow_fields.Boolean(truthy={"true"}, falsy={"false"}, load_default=True)
    whose = Code(*WHOSE, load_default=ALL)


class PeopleAnswer(Body):
    """Who it is about; a name is empty where the address is protected or the copy has not come yet.

    What a mentor may not see is empty for a mentor, here and below.
    """

    citizen_name = Text(200, required=True, allow_none=True)
    interpreter_language = Text(8, required=True, allow_none=True)
    company_name = Text(200, required=True, allow_none=True)
    company_contact_name = Text(200, required=True, allow_none=True)


class DueAnswer(PeopleAnswer):
    """A contact that is due or late; `days_late` counts calendar days after the planned one."""

    id = Uuid(required=True)
    placement_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    company_id = Uuid(required=True)
    kind = Code(*IMPORTANCE, required=True)
    form = Code(*FORMS, required=True)
    due_on = Day(required=True)
    planned_at = Moment(required=True)
    days_late = Count(0, 50_000, required=True)
    why_code = Code(*RISKS, required=True, allow_none=True)
    interpreter_booked_at = Moment(required=True, allow_none=True)
    owner = Text(200, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class ContactAnswer(Body):
    """A contact, planned or held."""

    id = Uuid(required=True)
    placement_id = Uuid(required=True)
    kind = Code(*IMPORTANCE, required=True)
    form = Code(*FORMS, required=True)
    due_on = Day(required=True)
    planned_at = Moment(required=True)
    policy = Text(120, required=True, allow_none=True)
    moved_reason_code = Code(*MOVE_REASONS, required=True, allow_none=True)
    held_at = Moment(required=True, allow_none=True)
    held_by = Text(200, required=True, allow_none=True)
    outcome_code = Code(*OUTCOMES, required=True, allow_none=True)
    next_step_code = Code(*NEXT_STEPS, required=True, allow_none=True)
    why_code = Code(*RISKS, required=True, allow_none=True)
    interpreter_booked_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class ChecklistAnswer(Body):
    """One thing around the first day, and who ticked it when."""

    kit = Text(40, required=True)
    code = Text(40, required=True)
    day_number = Count(1, 5000, required=True)
    done_at = Moment(required=True, allow_none=True)
    done_by = Text(200, required=True, allow_none=True)


class Hours(Body):
    """Weekly hours; those of placement and paid ones stand side by side (A20)."""

    placement_hours = Amount(0, 37, required=True)
    paid_hours = Amount(0, 48, required=True)
    reason_code = Code(*HOUR_REASONS, required=True)
    asked_by = Code(*ASKED_BY, required=True)


class NewHours(Hours):
    """Weekly hours from a day on."""

    starts_on = Day(data_key="from", required=True)


class HoursAnswer(NewHours):
    """One step of the hours."""

    id = Uuid(required=True)
    reason_code = Code("agreed_at_start", *HOUR_REASONS, required=True, allow_none=True)
    asked_by = Code(*ASKED_BY, required=True, allow_none=True)
    agreed_at = Moment(required=True)
    version = Count(1, 2**31 - 1, required=True)


class PlacementLine(PeopleAnswer):
    """A placement in a list."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    company_id = Uuid(required=True)
    p_number = Text(10, required=True)
    offer_type = Text(40, required=True)
    occupation = Text(60, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    cadence = Text(40, required=True, allow_none=True)
    hire_preagreed = Flag(required=True)
    mentor_id = Uuid(required=True)
    mentor_name = Text(200, required=True, allow_none=True)
    owner = Text(200, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class PlacementAnswer(PlacementLine):
    """A placement with everything that is followed."""

    first_day_at = Moment(required=True)
    purpose_code = Text(60, required=True, allow_none=True)
    cadence_policy = Text(120, required=True, allow_none=True)
    place_rule = Text(40, required=True, allow_none=True)
    agreed_ends_on = Day(required=True)
    contacts = List(Nested(ContactAnswer), required=True)
    checklist = List(Nested(ChecklistAnswer), required=True)
    hours = List(Nested(HoursAnswer), required=True)


class HeldContact(Body):
    """A contact took place; without `held_at` just now. A next step has a day and an owner, the usual ones if empty."""

    held_at = Moment(load_default=None, allow_none=True)
    outcome_code = Code(*OUTCOMES, required=True)
    note = Text(MOST_WORDS, load_default=None, allow_none=True)
    next_step_code = Code(*NEXT_STEPS, load_default=None, allow_none=True)
    next_step_on = Day(load_default=None, allow_none=True)
    next_step_owner = Text(200, load_default=None, allow_none=True)


class MovedContact(Body):
    """A contact takes place at another time, and in another way where one is given."""

    planned_at = Moment(required=True)
    form = Code(*FORMS, load_default=None, allow_none=True)
    reason_code = Code(*MOVE_REASONS, required=True)


DuePage, PlacementPage = page_of(DueAnswer), page_of(PlacementLine)


class BoardQuery(Body):
    """The page of contacts: a day of its own, and where the list goes on."""

    dag = Day(attribute="on", load_default=None)
    hvis = Code(*WHOSE, attribute="whose", load_default=None)
    efter = Uuid(attribute="cursor", load_default=None)


class ListQuery(Body):
    """Where a list goes on."""

    efter = Uuid(attribute="cursor", load_default=None)


class SearchQuery(Body):
    """What somebody typed into the search."""

    q = Text(100, load_default="")


HoursForm = Hours.from_dict({"from": Day(attribute="starts_on", required=True)}, name="HoursForm")
"""NewHours as a browser sends it, each input called as it is in the door's body."""


class HoursUndoForm(UndoForm):
    """The step of the hours that is taken back."""

    agreement_id = Uuid(required=True)


class InvitationAnswer(Body):
    """A mentor's link: the code that stands in it, told once, and until when it can be taken."""

    code = Text(60, required=True)
    ends_at = Moment(required=True)


class InvitationCode(Body):
    """The code of a mentor's link."""

    code = Text(60, required=True, pattern="[A-Za-z0-9_-]{20,60}")


class InvitationLink(Body):
    """The code as it stands in the link; the page itself is asked for without it."""

    code = Text(60, load_default=None, pattern="[A-Za-z0-9_-]{20,60}")


class InvitationTaken(Body):
    """Since when the caller is the mentor."""

    taken_at = Moment(required=True)
