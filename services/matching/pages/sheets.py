"""Short lists as files that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from shared.pages import Response
from shared.sheets import plain


def sheet(name: str, rows: Iterable[Sequence[Any]]) -> Response:
    """The rows as the file `name`.csv, with semicolons as Danish spreadsheets want them."""
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows([plain(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content.getvalue().encode("utf-8-sig"), headers=headers, content_type="text/csv; charset=utf-8")
