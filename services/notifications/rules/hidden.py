"""What somebody typed by mistake: no letter carries a CPR number on, whatever field it stood in (CPR, B12)."""

import re

# Day (with 60 added in replacement numbers), month, year and four digits, as people write them.
_CPR = re.compile(r"(?<![\w+])(?:[06][1-9]|[1278]\d|[39][01])(?:0[1-9]|1[0-2])\d\d[ -]?\d{4}(?!\w)")
INSTEAD = "xxxxxx-xxxx"


def without_cpr(text: str | None) -> str | None:
    """The text with every such number covered."""
    return text and _CPR.sub(INSTEAD, text)
