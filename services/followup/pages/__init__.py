"""Follow-up's pages."""

from flask import Blueprint

from services.followup.pages import words
from shared.pages import Pages

blueprint = Blueprint("followup_pages", __name__)
blueprint.context_processor(lambda: {"say": words.say, "choices": words.choices, "tongue": words.tongue})
pages = Pages(blueprint)

from services.followup.pages import (
    agreed_changes,
    areas,
    attendance,
    board,
    cards,
    cases,
    cohorts,
    courses,
    duty,
    evaluations,
    families,
    forums,
    guarantees,
    handovers,
    hours,
    interviews,
    long_courses,
    mentoring,
    mentors,
    networks,
    numbers,
    overview,
    placements,
    plan_actions,
    pulse,
    self_booking,
)

__all__ = [
    "agreed_changes",
    "areas",
    "attendance",
    "board",
    "cards",
    "cases",
    "cohorts",
    "courses",
    "duty",
    "evaluations",
    "families",
    "forums",
    "guarantees",
    "handovers",
    "hours",
    "interviews",
    "long_courses",
    "mentoring",
    "mentors",
    "networks",
    "numbers",
    "overview",
    "placements",
    "plan_actions",
    "pulse",
    "self_booking",
]
