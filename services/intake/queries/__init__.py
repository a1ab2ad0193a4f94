"""Intake's reads, by noun."""

from services.intake.queries.desk import *
