"""What the things that are read of a text are called, and their codes."""

from collections.abc import Mapping

from services.matching.rules.terms import TERMS
from shared.events.codes import Words

FIELDS: Mapping[str, Words] = {
    "positions": Words("pladser", "positions"),
    "occupation": Words("stilling", "occupation"),
    "skills": Words("kompetence", "skill"),
    "weekly_hours": Words("timer om ugen", "hours a week"),
    "monthly_hours": Words("timer om måneden", "hours a month"),
    "hours_per_day": Words("timer pr. dag", "hours a day"),
    "days_required": Words("dage om ugen", "days a week"),
    "days": Words("dage", "days"),
    "windows": Words("arbejdstider", "working time"),
    "times": Words("tidsrum uden dag", "time of day without a day"),
    "starts_at": Words("mødetid", "time to be there"),
    "starts_on": Words("start", "start"),
    "starts_soon": Words("start snarest", "start soon"),
    "ends_on": Words("slut", "end"),
    "every_nth_weekend": Words("weekend, én af hver", "weekends, one of every"),
    "every_nth_week": Words("uger, én af hver", "weeks, one of every"),
    "shifts": Words("vagter", "shifts"),
    "licences": Words("kørekort og beviser", "licences and certificates"),
    "lifting_kg": Words("løft, kg", "lifting, kg"),
    "heavy_lifting": Words("tunge løft", "heavy lifting"),
    "transport": Words("transport", "transport"),
    "language": Words("sprog", "language"),
    "employment_form": Words("ansættelsesform", "form of employment"),
    "mentor_offered": Words("mentor", "mentor"),
    "season": Words("måneder med mest at lave", "months with most to do"),
    "adjustments": Words("hensyn, der kan tages", "adjustments offered"),
}
CODES: Mapping[str, Mapping[str, Words]] = {
    "licences": TERMS["licence"],
    "adjustments": TERMS["function"],
    "employment_form": TERMS["form"],
    "shifts": {
        "rotating": Words("skiftehold", "rotating shifts"),
        "night": Words("nat", "night"),
        "evening": Words("aften", "evening"),
        "day": Words("dag", "day"),
        "early": Words("tidlig morgen", "early morning"),
        "weekend": Words("weekend", "weekend"),
    },
    "transport": {
        "own_car": Words("egen bil", "own car"),
        "public": Words("bus eller tog", "bus or train"),
        "bicycle": Words("cykel", "bicycle"),
        "fetched": Words("samkørsel", "a lift"),
    },
    "language": {
        "danish_well": Words("godt dansk", "good Danish"),
        "danish": Words("dansk", "Danish"),
        "english": Words("engelsk", "English"),
    },
}
