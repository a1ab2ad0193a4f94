"""What is known of a candidate, and what a need asks for beyond its hours."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from services.matching.rules import knowing, skills
from services.matching.schemas.companies import VERSION, Uuid
from shared.fields import Body, ClockTime, Code, Count, Day, Flag, Moment, Text, list_of

MOST_SKILLS = 60
GROWING = "Timerne skal vokse trin for trin. / The hours must grow step by step."
STEP = "20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{1,2}(?:[.][0-9]{1,2})?"


def _codes(table: str) -> Any:
    known = knowing.TERMS[table]
    return list_of(Code(*known), len(known), load_default=list)


def _skills(**options: Any) -> Any:
    return list_of(Count(1, 65_535), MOST_SKILLS, load_default=list, **options)


class KnowledgeBody(Body):
    """What is known. `skills` are numbers of ESCO skills; `hour_steps` say "2027-01-11 15": so many hours from a day.

    `version` is the one that was read; none where nothing was known.
    """

    skills = _skills()
    languages = _codes("language")
    danish_level = Code(*knowing.DANISH_LEVELS, load_default=None, allow_none=True)
    transport = Code(*knowing.TERMS["transport"], load_default=None, allow_none=True)
    transport_from = ClockTime(load_default=None, allow_none=True)
    transport_until = ClockTime(load_default=None, allow_none=True)
    travel_minutes_max = Count(5, 240, load_default=None, allow_none=True)
    hour_steps = list_of(Text(16, pattern=STEP), knowing.MOST_STEPS, load_default=list)
    soft_wishes = _codes("soft_wish")
    shifts = _codes("shift")
    strengths = _codes("company_wish")
    months = list_of(Code(*knowing.MONTHS), 12, load_default=list)
    paused = Flag(load_default=False)
    version = Count(*VERSION, load_default=None, allow_none=True)

    @validates_schema
    def _in_order(self, told: dict[str, Any], **_: Any) -> None:
        if (told.get("transport_from") or "00:00") >= (told.get("transport_until") or "24:00"):
            raise ValidationError("Slutter før det begynder. / It ends before it begins.", "transport_until")
        try:
            steps = [(date.fromisoformat(step[:10]), float(step[11:])) for step in told.get("hour_steps", ())]
        except ValueError as wrong:
            raise ValidationError("Datoen findes ikke. / There is no such day.", "hour_steps") from wrong
        if steps != sorted(set(steps)) or [hours for _, hours in steps] != sorted({hours for _, hours in steps}):
            raise ValidationError(GROWING, "hour_steps")


class KnowledgeAnswer(KnowledgeBody):
    """What is known now, and what is still to be found out before a company hears of the citizen."""

    citizen_id = Uuid(required=True)
    known_at = Moment(required=True, allow_none=True)
    to_find_out = list_of(Text(40), 20, required=True)


class _WithMore(Body):
    """Skills that are typed in a list stand beside those that are ticked."""

    more_skills = Text(2000, load_default=None)

    @post_load
    def _all_skills(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        typed = skills.named(told.pop("more_skills") or "")
        return told | {"skills": list(dict.fromkeys([*told["skills"], *typed]))[:MOST_SKILLS]}


_STEPS = {f"step_{number}_from": Day(load_default=None) for number in range(1, knowing.MOST_STEPS + 1)}
_HOURS = {
    f"step_{number}_hours": Text(5, pattern="[0-9]{1,2}(?:[,.][0-9]{1,2})?", load_default=None)
    for number in range(1, knowing.MOST_STEPS + 1)
}


class KnowledgeForm(_WithMore, KnowledgeBody.from_dict({**_STEPS, **_HOURS})):  # type: ignore[misc]
    """The same as a page sends it: each step in two inputs."""

    class Meta:
        exclude = ("hour_steps",)

    @post_load
    def _stepped(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        steps = []
        for number in range(1, knowing.MOST_STEPS + 1):
            begins, hours = told.pop(f"step_{number}_from"), told.pop(f"step_{number}_hours")
            if (begins is None) != (hours is None):
                raise ValidationError("Både dag og timer. / Both day and hours.", f"step_{number}_hours")
            if begins is not None:
                steps.append((begins, float(hours.replace(",", "."))))
        if [hours for _, hours in sorted(steps)] != sorted({hours for _, hours in steps}):
            raise ValidationError(
                "Timerne skal vokse trin for trin. / The hours must grow step by step.", "step_1_hours"
            )
        return told | {"hour_steps": [f"{begins.isoformat()} {hours:g}" for begins, hours in sorted(steps)]}


class KnowledgeUndoForm(KnowledgeBody):
    """What was known before; `nothing` where nothing was."""

    nothing = Flag(load_default=False)
    version = Count(*VERSION, required=True)


class NeedProfileBody(Body):
    """What a need asks for: skills, of which some can be learnt there, hard demands, and soft wishes."""

    skills = _skills()
    learnable = _skills()
    danish_level = Code(*knowing.DANISH_LEVELS, load_default=None, allow_none=True)
    lifting_kg = Count(1, 100, load_default=None, allow_none=True)
    soft_wishes = _codes("company_wish")
    season = list_of(Code(*knowing.MONTHS), 12, load_default=list)
    shifts = _codes("shift")
    languages = _codes("language")
    offers = _codes("soft_wish")
    version = Count(*VERSION, load_default=None, allow_none=True)


class NeedProfileAnswer(NeedProfileBody):
    """What a need asks for now."""

    need_id = Uuid(required=True)


class NeedProfileForm(_WithMore, NeedProfileBody):
    """The same as a page sends it; those that can be learnt are asked for as well."""

    @post_load
    def _learnable_asked(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        return told | {"skills": list(dict.fromkeys([*told["skills"], *told["learnable"]]))[:MOST_SKILLS]}


class NeedProfileUndoForm(NeedProfileBody):
    """What was asked for before; `nothing` where nothing was told."""

    nothing = Flag(load_default=False)
    version = Count(*VERSION, required=True)
