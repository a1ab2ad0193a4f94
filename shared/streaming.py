"""A spreadsheet that is written while it is sent: no more of it in memory than a few lines."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from flask import Response, current_app, stream_with_context
from sqlalchemy.orm import Session

from shared.database import Database
from shared.pages import principal
from shared.sheets import plain

Cells = Sequence[str | int | float | None]


def spreadsheet(filename: str, lines: Callable[[Session], Iterable[Cells]]) -> Response:
    """The lines as a file for a spreadsheet, read in a transaction of their own that lasts as long as the sending."""
    database: Database = current_app.extensions["database"]
    who = principal()

    def content() -> Iterator[str]:
        yield "\ufeff"
        with database.begin(actor=who.subject, access=who.access_id or None) as session:
            for line in lines(session):
                written = io.StringIO()
                csv.writer(written, delimiter=";").writerow([plain(cell) for cell in line])
                yield written.getvalue()

    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(stream_with_context(content()), headers=headers, content_type="text/csv; charset=utf-8")
