"""Intake's tables, by noun."""

from services.intake.models.desk import *
from services.intake.models.referrals import *
