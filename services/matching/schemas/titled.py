"""A job as somebody calls it, in place of an occupation's id."""

from typing import Any
from uuid import UUID

from marshmallow import ValidationError, post_load, validates_schema

from services.matching.rules import titles
from services.matching.rules.titles import Linked
from shared.fields import Body, Text


class Titled(Body):
    """`occupation_title` is linked to an occupation where none was chosen and that is sure; else five are named."""

    occupation_title = Text(120, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=False)
    def _title_known(self, told: dict[str, Any], **_: Any) -> None:
        words = (told.get("occupation_title") or "").strip()
        if words and told.get("occupation") is None and not titles.linked(words):
            raise ValidationError(titles.unknown(words), "occupation")

    @post_load
    def _linked(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        words = told.pop("occupation_title") or ""
        link = titles.linked(words) if words and told.get("occupation") is None else None
        return told | {"occupation": UUID(link.title.id)} | self.said(told, link) if link else told

    def said(self, _told: dict[str, Any], _link: Linked) -> dict[str, Any]:
        """What else the words tell."""
        return {}
