"""The check of texts that companies seek by: nothing is saved that seeks or prefers by sex, age and the like.

Staff may keep words for a reason on the list; which, why, when and by whom is kept beside what the text belongs to.
"""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.models import WordingKept
from services.matching.rules import wording
from shared import clock
from shared.database import new_id
from shared.errors import Invalid


class Kept(NamedTuple):
    """Words that were found, and why they stay."""

    words: list[str]
    reason_code: str


def require_neutral(text: str | None, reason_code: str | None, *, field: str, by_staff: bool) -> Kept | None:
    """What stays for a reason, None for a text without findings; raises Invalid with why and what could stand there.

    A company cannot keep a word by itself: the law is against whoever seeks.
    """
    found = wording.findings(text or "")
    if not found:
        return None
    if by_staff and reason_code:
        return Kept(sorted({one.said for one in found}), reason_code)
    why = wording.told(found)
    raise Invalid({field: f"{why.danish} / {why.english}"})


def keep(session: Session, kind: str, about: UUID, kept: Kept | None) -> None:
    """Writes down that words stay in the text of a need, a draft or whatever `about` is the id of."""
    if kept is not None:
        row = WordingKept(id=new_id(), kind=kind, about=about, words=kept.words, reason_code=kept.reason_code)
        row.at = clock.now()
        session.add(row)
        session.flush()
