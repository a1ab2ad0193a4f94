"""Intake's tables, by noun."""

from services.intake.models.desk import *
from services.intake.models.erasure import *
from services.intake.models.places import *
from services.intake.models.referrals import *
from services.intake.models.talk import *
