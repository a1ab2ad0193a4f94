"""Intake's decisions, by noun: values in, verdict and policy row out. No database, no clock."""

from services.intake.rules.desk import *
from services.intake.rules.evidence import *
from services.intake.rules.places import *
from services.intake.rules.talk import *
from services.intake.rules.waiting import *
from services.intake.rules.walk_ins import *
