"""The closed forum: posts, seats, and lines between companies and those behind profiles."""

from marshmallow import fields as marshmallow_fields

from services.matching.schemas.companies import VERSION, Nested, Uuid
from services.matching.schemas.profiles import MOST_LETTERS
from shared.fields import Body, Code, Count, Flag, Moment, Text

KINDS = ("article", "video", "event", "job")
HTTPS = "https://[^\\s<>\"']+"
LINES = 2000


class PostBody(Body):
    """Something new: a link only leads there, nothing of it is fetched or shown inside. An event has a time."""

    kind = Code(*KINDS, required=True)
    title = Text(120, required=True)
    text = Text(MOST_LETTERS, required=True)
    link = Text(500, pattern=HTTPS, load_default=None, allow_none=True)
    starts_at = Moment(load_default=None, allow_none=True)
    place = Text(200, load_default=None, allow_none=True)
    capacity = Count(1, 1000, load_default=None, allow_none=True)


class JobPostBody(PostBody):
    """A company's job post."""

    kind = Code("job", load_default="job")

    class Meta:
        exclude = ("starts_at", "place", "capacity")


class HideBody(Body):
    """A post taken down, or up again."""

    post_id = Uuid(required=True)
    hidden = Flag(load_default=False)


class SeatBody(Body):
    """An event."""

    post_id = Uuid(required=True)


class SeatAnswer(Body):
    """Whether there was a seat; else it is a place on the waiting list."""

    seat = Flag(required=True)


class SignedUpAnswer(Body):
    """Somebody who signed up: a citizen, or a company by its name."""

    citizen_id = Uuid(required=True, allow_none=True)
    company = Text(200, required=True, allow_none=True)


class AllSignedUpAnswer(Body):
    """Who signed up, the first first; those after the event's seats wait."""

    items = marshmallow_fields.List(Nested(SignedUpAnswer), required=True)


class PostAnswer(Body):
    """A post with whose it is; `place` is the reader's seat at an event, negative on the waiting list, else 0."""

    id = Uuid(required=True)
    kind = Code(*KINDS, required=True)
    title = Text(120, required=True)
    text = Text(MOST_LETTERS, required=True)
    link = Text(500, required=True, allow_none=True)
    company = Text(200, required=True, allow_none=True)
    starts_at = Moment(required=True, allow_none=True)
    place_of_event = Text(200, required=True, allow_none=True)
    seats_left = Count(0, 1000, required=True, allow_none=True)
    waiting = Count(0, 10_000, required=True)
    place = Count(-10_000, 10_000, required=True)


class PostsAnswer(Body):
    """A page of what is up now; `next` is null on the last."""

    items = marshmallow_fields.List(Nested(PostAnswer), required=True)
    next = Uuid(required=True, allow_none=True)


class PostIdAnswer(Body):
    """The post that was made or changed."""

    id = Uuid(required=True)


class OlderQuery(Body):
    """The line before which a page of a thread goes on."""

    foer = Uuid(attribute="cursor", load_default=None)


class ForumLineBody(Body):
    """A company's line to whoever is behind a profile."""

    profile_id = Uuid(required=True)
    text = Text(LINES, required=True)


class OwnLineBody(Body):
    """A citizen's line to a company that has written to them."""

    company_id = Uuid(required=True)
    text = Text(LINES, required=True)


class ForumLineAnswer(Body):
    """A line; nobody on the other side reads it before its state is passed."""

    id = Uuid(required=True)
    profile_id = Uuid(required=True)
    by_company = Flag(required=True)
    text = Text(LINES, required=True)
    at = Moment(required=True)
    state = Code("waiting", "passed", "stopped", required=True)


class DialogueAnswer(Body):
    """The lines with one profile; `available` is false once it is shown no more."""

    profile_id = Uuid(required=True)
    available = Flag(required=True)
    lines = marshmallow_fields.List(Nested(ForumLineAnswer), required=True)


class OwnDialogueAnswer(Body):
    """The lines with one company."""

    company_id = Uuid(required=True)
    company = Text(200, required=True)
    lines = marshmallow_fields.List(Nested(ForumLineAnswer), required=True)


class OwnDialoguesAnswer(Body):
    """A citizen's dialogues."""

    items = marshmallow_fields.List(Nested(OwnDialogueAnswer), required=True)
    next = Uuid(required=True, allow_none=True)


class DialoguesAnswer(Body):
    """A company's dialogues."""

    items = marshmallow_fields.List(Nested(DialogueAnswer), required=True)
    next = Uuid(required=True, allow_none=True)


class DecisionBody(Body):
    """What a consultant says of a line, as it was read in that version."""

    line_id = Uuid(required=True)
    state = Code("passed", "stopped", "waiting", required=True)
    version = Count(*VERSION, required=True)


class WaitingLineAnswer(ForumLineAnswer):
    """A line that waits for a consultant, and whose it is or will be."""

    citizen_id = Uuid(required=True)
    version = Count(*VERSION, required=True)


class WaitingLinesAnswer(Body):
    """A page of what waits for the municipality, the first first."""

    items = marshmallow_fields.List(Nested(WaitingLineAnswer), required=True)
    next = Uuid(required=True, allow_none=True)


class AssistedBody(Body):
    """A profile that a consultant writes down with somebody, who has said yes to every word of it."""

    own_words = Text(MOST_LETTERS, required=True)
    tells_needs = Flag(load_default=False)
    shown = Flag(load_default=False)
    consented = Flag(load_default=False)
    version = Count(*VERSION, load_default=None, allow_none=True)
