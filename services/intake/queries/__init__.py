"""Intake's reads, by noun."""

from services.intake.queries.desk import *
from services.intake.queries.referrals import *
from services.intake.queries.talk import *
