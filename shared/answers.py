"""What a page's verb answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """A template with what it shows; `status` where it is not 200.

    Where a form's act changed something and answers with a page, `done_at` is where the same form leads when it
    is sent again.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    done_at: str | None = None


@dataclass(frozen=True)
class Undo:
    """The way back from an act: a form with one button in the message that tells of the act."""

    action: str
    fields: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class See:
    """What a form leads to: another page, and what it says there."""

    location: str
    message: str = ""
    undo: Undo | None = None
