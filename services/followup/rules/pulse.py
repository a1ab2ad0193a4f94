"""What answers to the one question ask for: a talk, never a score."""

from collections.abc import Mapping

from shared.policy import Row

LOW_PULSE, PULSE_DIFFERS = "low_pulse", "pulse_differs"
# From bad to good; the distance between two answers is the number of steps.
ANSWERS = ("badly", "not_so_well", "well", "very_well")


def talk_wanted(answers: Mapping[str, str], low: Row, apart: Row) -> str | None:
    """Why to talk: somebody says that it goes badly, or people see it very differently."""
    levels = [ANSWERS.index(answer) for answer in answers.values()]
    if levels and min(levels) <= ANSWERS.index(low.value):
        return LOW_PULSE
    if levels and max(levels) - min(levels) >= apart.value:
        return PULSE_DIFFERS
    return None
