"""Who can do something in a placement's plan, and what the citizen can say to it."""

from shared.errors import Invalid

DOERS = ("citizen", "company", MENTOR := "mentor", "consultant")
AGREED, OTHERWISE = PLAN_ANSWERS = ("agreed", "otherwise")


def check_answer(answer: str, said: str | None) -> None:
    """Who sees it otherwise says how; raises Invalid."""
    if answer == OTHERWISE and not said:
        raise Invalid({"words": "Skriv med dine egne ord, hvad du hellere vil. / Write what you would rather do."})
