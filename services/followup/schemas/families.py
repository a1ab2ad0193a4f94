"""A family's plan as it comes in and goes out; its words are on the pages only."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text, UndoForm, list_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
MOST_DREAM, MOST_WHAT, MOST_DECISIONS, MOST_THERE = 1000, 300, 8000, 40


class FamilyBody(Body):
    """A plan: what the family dreams of, what can come true first, how many children, and who leads the team."""

    dream = Text(MOST_DREAM, load_default=None, allow_none=True)
    next_dream = Text(MOST_DREAM, load_default=None, allow_none=True)
    children = Count(0, 20, load_default=0)
    lead_name = Text(200, required=True)


class FamilyEdit(FamilyBody):
    """What is different now."""

    version = Count(1, 2**31 - 1, required=True)


class FamilyMemberBody(Body):
    """Another grown-up of the family."""

    citizen_id = Uuid(required=True)


class FamilyMemberUndo(Body):
    """Who is no part of the plan."""

    member_id = Uuid(required=True)


class MilestoneBody(Body):
    """Since when something is in place; empty where that was a mistake."""

    code = Code(*rules.MILESTONES, required=True)
    reached_on = Day(load_default=None, allow_none=True)


class ActionBody(Body):
    """What exactly one person of one department does; `after_code` is the milestone that comes first."""

    what = Text(MOST_WHAT, required=True)
    department = Code(*rules.DEPARTMENTS, required=True)
    responsible = Text(200, required=True)
    due_on = Day(load_default=None, allow_none=True)
    after_code = Code(*rules.MILESTONES, load_default=None, allow_none=True)


class ActionDone(Body):
    """An action is done; false takes that back."""

    action_id = Uuid(required=True)
    done = Flag(load_default=True)


class ActionDropped(Body):
    """Nobody does an action; false takes that back."""

    action_id = Uuid(required=True)
    dropped = Flag(load_default=True)


class ConsentBody(Body):
    """Who lets which department see the whole plan; false takes it back."""

    member_id = Uuid(required=True)
    department = Code(*rules.DEPARTMENTS, required=True)
    given = Flag(load_default=False)


class GrantBody(Body):
    """Help with the days it was applied for, granted, and began."""

    kind = Code(*rules.GRANTS, required=True)
    department = Code(*rules.DEPARTMENTS, required=True)
    applied_on = Day(required=True)
    granted_on = Day(load_default=None, allow_none=True)
    begun_on = Day(load_default=None, allow_none=True)


class There(Body):
    """Somebody at the table."""

    side = Code(*rules.SIDES, required=True)
    name = Text(200, required=True)


class ForumBody(Body):
    """A meeting: the day, who was there, what was decided."""

    held_on = Day(required=True)
    decisions = Text(MOST_DECISIONS, load_default=None, allow_none=True)
    there = list_of(Nested(There), MOST_THERE, load_default=list)


class ForumDay(Body):
    """A meeting without those who were there."""

    held_on = Day(required=True)
    decisions = Text(MOST_DECISIONS, load_default=None, allow_none=True)


ForumForm = ForumDay.from_dict(
    {f"there_{side}": Text(1000, load_default=None, allow_none=True) for side in rules.SIDES}, name="ForumForm"
)
"""The same from a page: the names of each side with commas between."""


class ForumEdit(ForumBody):
    """The meeting as it should have been noted, made from a version."""

    version = Count(1, 2**31 - 1, required=True)


ForumEditForm = ForumForm.from_dict({"version": Count(1, 2**31 - 1, required=True)}, name="ForumEditForm")
"""The same from a page."""


class ForumUndo(UndoForm):
    """The version in which it was noted otherwise."""


class ActionLine(Body):
    """An action; what it is stands on the page only."""

    id = Uuid(required=True)
    department = Code(*rules.DEPARTMENTS, required=True)
    due_on = Day(required=True, allow_none=True)
    after_code = Code(*rules.MILESTONES, required=True, allow_none=True)
    waits = Flag(required=True)
    done_at = Moment(required=True, allow_none=True)


class MilestoneLine(Body):
    """What has to be in place, and since when it is."""

    code = Code(*rules.MILESTONES, required=True)
    reached_on = Day(required=True, allow_none=True)


class FamilyMemberLine(Body):
    """A grown-up, and the departments they let see the plan."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    departments = List(Code(*rules.DEPARTMENTS), required=True)


class GrantLine(GrantBody):
    """Help, and how many days passed from the grant until it began, or until today."""

    waited = Count(0, 50_000, required=True, allow_none=True)


class ForumLine(Body):
    """A meeting and how many sides were there."""

    id = Uuid(required=True)
    held_on = Day(required=True)
    version = Count(1, 2**31 - 1, required=True)


class FamilyAnswer(Body):
    """A plan as far as the reader's department may see it; `hidden` counts the actions it may not."""

    id = Uuid(required=True)
    whole = Flag(required=True)
    hidden = Count(0, 10_000, required=True)
    lead_department = Code(*rules.DEPARTMENTS, required=True)
    members = List(Nested(FamilyMemberLine), required=True)
    milestones = List(Nested(MilestoneLine), required=True)
    actions = List(Nested(ActionLine), required=True)
    forums = List(Nested(ForumLine), required=True)
    grants = List(Nested(GrantLine), required=True)
    version = Count(1, 2**31 - 1, required=True)


class OwnConsent(Body):
    """Which department may see one's plan; false takes it back."""

    department = Code(*rules.DEPARTMENTS, required=True)
    given = Flag(load_default=False)
