"""Follow-up's decisions, by noun: values in, verdict and policy row out. No database, no clock."""

from services.followup.rules.contacts import *
