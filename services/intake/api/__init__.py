"""Intake's JSON doors, by noun; each module puts its own on the one blueprint."""

from services.intake.api import calendars as calendars
from services.intake.api import figures as figures
from services.intake.api import imports as imports
from services.intake.api import merges as merges
from services.intake.api import places as places
from services.intake.api import promise as promise
from services.intake.api import referrals as referrals
from services.intake.api import talk as talk
from services.intake.api import waiting as waiting
from services.intake.api import walk_ins as walk_ins
from services.intake.api.desk import blueprint as blueprint
