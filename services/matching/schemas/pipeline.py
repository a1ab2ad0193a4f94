"""What consultants say on the way to a proposal: kept in mind, handed on, why nobody, and what to hear of."""

from services.matching.engine.facts import FACTORS
from services.matching.rules.gaps import REASONS
from services.matching.schemas.companies import VERSION, Uuid
from services.matching.schemas.titled import Titled
from shared.events.codes import EMPLOYMENT_FORMS
from shared.fields import Amount, Body, Code, Count, Day, EmailAddress, Flag, list_of


class KeptForm(Body):
    """Somebody kept in mind, or not any more; in the pool of the need's occupation, or on its shortlist."""

    citizen_id = Uuid(required=True)
    kept = Flag(load_default=False)


class PoolForm(Body):
    """Somebody in the pool of an occupation, or not any more."""

    occupation = Uuid(required=True)
    citizen_id = Uuid(required=True)
    kept = Flag(load_default=False)


class PoolQuery(Body):
    """One pool."""

    stilling = Uuid(load_default=None)


class HolderForm(Body):
    """Take a need, hand it on, or keep it after all, as it was read in that version."""

    act = Code("take", "offer", "keep", required=True)
    version = Count(*VERSION, load_default=None)


class NoMatchForm(Body):
    """Why nobody was proposed."""

    reasons = list_of(Code(*REASONS), len(REASONS), load_default=list)


class NoteForm(Body):
    """One entry of the diary."""

    note_id = Uuid(required=True)


class SeenForm(Body):
    """What a consultant was told, read or not read."""

    notice_id = Uuid(required=True)
    seen = Flag(load_default=False)


class GapsQuery(Body):
    """From a day to a day; the last twelve months where nothing is said."""

    fra = Day(load_default=None)
    til = Day(load_default=None)


class WhyQuery(Body):
    """A need that somebody is held against."""

    behov = Uuid(load_default=None)


class SearchBody(Titled):
    """What to hear of: an occupation, perhaps of these forms and at most so many hours, or needs for a person."""

    occupation = Uuid(load_default=None, allow_none=True)
    citizen_id = Uuid(load_default=None, allow_none=True)
    employment_forms = list_of(Code(*EMPLOYMENT_FORMS), len(EMPLOYMENT_FORMS), load_default=list)
    weekly_hours_max = Amount(0.5, 48, load_default=None, allow_none=True)


class MailboxBody(Body):
    """Where a mail about saved searches goes; none where none is wanted."""

    mailbox = EmailAddress(load_default=None, allow_none=True)


class SearchUndoForm(Body):
    """A search that is heard of no more."""

    search_id = Uuid(required=True)


_WEIGHTS = {code: Count(0, 1000, load_default=None) for code in FACTORS}


class WeightsQuery(Body.from_dict(_WEIGHTS)):  # type: ignore[misc]  # marshmallow makes the class
    """Weights to try; one that is left out stays as it is."""
