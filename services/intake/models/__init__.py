"""Intake's tables, by noun."""

from services.intake.models.base import Base as Base
from services.intake.models.calendar import *
from services.intake.models.desk import *
from services.intake.models.erasure import *
from services.intake.models.imports import *
from services.intake.models.merges import *
from services.intake.models.places import *
from services.intake.models.promise import *
from services.intake.models.referrals import *
from services.intake.models.talk import *
from services.intake.models.waiting import *
from services.intake.models.walk_ins import *
