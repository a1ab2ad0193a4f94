"""Which words a message was made of: a template's version is what stands in its files."""

import hashlib
from functools import cache
from pathlib import Path

from services.notifications.rules.subjects import OF_COMPANIES, SUBJECTS

TEMPLATES = Path(__file__).parent.parent / "templates/notifications"
_SHOWN = 8


@cache
def version_of(template: str, kind: str) -> str:
    """Short, and another as soon as a word in any language or the frame around it is another."""
    files = sorted(
        [
            *TEMPLATES.glob(f"{template}.{kind}.*.txt"),
            *TEMPLATES.glob("sms.*.txt"),
            TEMPLATES / "letter.html",
            TEMPLATES / "paper.html",
        ]
    )
    own = OF_COMPANIES.get(template) if kind == "company" else None
    words = [str(own or SUBJECTS.get(template)), *(path.read_text(encoding="utf-8") for path in files)]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:_SHOWN]
