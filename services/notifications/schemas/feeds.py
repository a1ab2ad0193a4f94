"""A consultant's calendar: what goes out of its doors."""

from shared.fields import Body, Moment, Text


class FeedAnswer(Body):
    """When the address was made and turned off, if ever."""

    made_at = Moment(required=True, allow_none=True)
    off_at = Moment(required=True, allow_none=True)


class NewFeedAnswer(FeedAnswer):
    """With the address, this once."""

    address = Text(300, required=True)
