"""Intake's tables, by noun."""

from services.intake.models.desk import *
