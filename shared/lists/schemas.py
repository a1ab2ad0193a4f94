"""What the doors and forms of lists take and answer."""

from typing import Any

from marshmallow import fields as marshmallow_fields
from marshmallow import post_load

from shared.fields import Body, Code, Count, Flag, Moment, Text, list_of
from shared.lists.keeping import STATES
from shared.lists.reading import MOST_COLUMNS, MOST_ROWS

VERDICTS = ("new", "known", "near", "wrong")
TAKES = ("all", "good", "sure")
Uuid, Strings = marshmallow_fields.UUID, marshmallow_fields.String


class NewImport(Body):
    """A list as CSV text; without `columns` they are guessed by their headings, "" is a column not used.

    `what` is the kind of list, the service's first unless it is named.
    """

    what = Text(40)
    content = Strings(required=True)
    columns = list_of(Text(40, least=0), MOST_COLUMNS)


class ImportCommit(Body):
    """`all` takes a list without mistakes, `good` leaves the lines with mistakes out, `sure` those to look at too."""

    take = Code(*TAKES, required=True)


class ImportLine(Body):
    """A line of the report: what would happen, what is wrong or changed, and whom it tells of or looks like.

    `known_id` is the row that it became or is known as.
    """

    line = Count(1, 10_000_000, required=True)
    verdict = Code(*VERDICTS, required=True)
    taken = Flag(required=True, allow_none=True)
    problems = marshmallow_fields.Dict(keys=Strings(), values=Strings())
    changes = list_of(Text(40), 20, required=True)
    citizen_id = Uuid(required=True, allow_none=True)
    known_id = Uuid(required=True, allow_none=True)


class ImportAnswer(Body):
    """An import: `read`, `trying`, `checked` (a dry run), `ordered`, then `done`, or `failed` with nothing registered.

    `returning` and `returned` where it was taken back; a line that could not be is `wrong`.
    """

    id = Uuid(required=True)
    what = Text(40, required=True)
    state = Code(*STATES, required=True)
    columns = marshmallow_fields.List(Strings(), required=True)
    done = Count(0, MOST_ROWS, required=True)
    total = Count(0, MOST_ROWS, required=True)
    expires_at = Moment(required=True)
    lines = marshmallow_fields.List(marshmallow_fields.Nested(ImportLine), required=True)


class UploadForm(Body):
    """What is on the list; the file comes beside it."""

    what = Text(40)


class ColumnsForm(Body):
    """What each column is, in the file's order; "-" is a column that is not used."""

    columns = list_of(Text(40), MOST_COLUMNS, required=True)

    @post_load
    def without_a_dash(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A column that is not used has no name."""
        return {"columns": ["" if column == "-" else column for column in data["columns"]]}


class ReportQuery(Body):
    """Which lines of the report, and from which on."""

    vis = Code("", *VERDICTS, "left_out", load_default="")
    fra = Count(0, MOST_ROWS, load_default=0)
