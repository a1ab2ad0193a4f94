"""Intake listens to nobody yet; what it does by itself is open the slots of the coming days."""

from services.intake.use_cases import slots
from shared.events import Event
from shared.handling import Handler, Job

HANDLERS: dict[type[Event], Handler] = {}
JOBS = {"stock_slots": Job(every=600, run=slots.stock_slots)}
