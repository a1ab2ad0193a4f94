"""What may come into intake and go out of it, by noun. No answer carries a CPR number."""

from services.intake.schemas.clients import *
from services.intake.schemas.desk import *
from services.intake.schemas.places import *
from services.intake.schemas.referrals import *
from services.intake.schemas.talk import *
from services.intake.schemas.walk_ins import *
from services.intake.schemas.wishes import *
