"""A citizen's own profile, and what companies read of it."""

from marshmallow import fields as marshmallow_fields

from services.matching.schemas.companies import VERSION, Nested, Uuid
from services.matching.schemas.forms import WordsQuery
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS
from shared.fields import Amount, Body, Code, Count, Flag, Text, between
from shared.paging import PageQuery

MOST_LETTERS = 1500


class ProfileBody(Body):
    """What a citizen says to companies, in their own words; `tells_needs` lets them see the functional needs.

    `version` is the one that was read; none where there was no profile.
    """

    own_words = Text(MOST_LETTERS, required=True)
    tells_needs = Flag(load_default=False)
    shown = Flag(load_default=False)
    version = Count(*VERSION, load_default=None, allow_none=True)


class ProfileAnswer(ProfileBody):
    """A citizen's own profile as it stands."""

    id = Uuid(required=True)


class ShownBody(Body):
    """Gone from every company at once, or back, as it was read in that version."""

    shown = Flag(load_default=False)
    version = Count(*VERSION, required=True)


class ProfilesQuery(WordsQuery):
    """An occupation or a word, and hours a week that somebody can work; `husket` is where the kept ones go on."""

    husket = Uuid(load_default=None)
    timer = Amount(0.5, 168, load_default=None)


class CompanyProfilesQuery(PageQuery):
    """The same for a program."""

    words = Text(120, load_default=None)
    weekly_hours = marshmallow_fields.Float(load_default=None, allow_nan=False, validate=between(0.5, 168))


class CompanyProfileAnswer(Body):
    """A profile as a company reads it: no person; `id` is the only name there is."""

    id = Uuid(required=True)
    own_words = Text(MOST_LETTERS, required=True)
    occupations = marshmallow_fields.List(Uuid(), required=True)
    employment_forms = marshmallow_fields.List(Code(*EMPLOYMENT_FORMS), required=True)
    weekly_hours_min = Amount(0, 168, required=True)
    weekly_hours_max = Amount(0, 168, required=True)
    availability = marshmallow_fields.List(Text(15), required=True)
    licences = marshmallow_fields.List(Code(*LICENCES), required=True)
    functional_needs = marshmallow_fields.List(Code(*NEEDS), required=True)


class CompanyProfilesAnswer(Body):
    """A page of what companies may read, newest first."""

    items = marshmallow_fields.List(Nested(CompanyProfileAnswer), required=True)
    next = Uuid(required=True, allow_none=True)


class KeptProfileBody(Body):
    """A profile that the company keeps in mind, or no more."""

    profile_id = Uuid(required=True)
    kept = Flag(load_default=False)


class KeptProfileAnswer(Body):
    """A profile that the company keeps; `profile` is null where it is no longer available."""

    profile_id = Uuid(required=True)
    profile = Nested(CompanyProfileAnswer, required=True, allow_none=True)


class KeptProfilesAnswer(Body):
    """A page of what the company keeps in mind, newest first."""

    items = marshmallow_fields.List(Nested(KeptProfileAnswer), required=True)
    next = Uuid(required=True, allow_none=True)


class StaffProfileAnswer(Body):
    """Whose a profile is, for staff who match."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)


class StaffProfilesAnswer(Body):
    """A page of whose the profiles are that companies may read."""

    items = marshmallow_fields.List(Nested(StaffProfileAnswer), required=True)
    next = Uuid(required=True, allow_none=True)
