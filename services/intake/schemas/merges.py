"""What a person says when two records are one person's."""

from typing import Any

from marshmallow import ValidationError, post_load, validates
from marshmallow import fields as marshmallow_fields

from shared.fields import Body, Code, Count, Flag

Uuid = marshmallow_fields.UUID
CHOICES = (
    "cpr", "name", "postal_code", "municipality_code", "email", "phone", "language", "interpreter",
    "digital_post_exempt", "protected", "category", "unit_code", "wishes", "booking",
)  # fmt: skip
OTHER_CPR = ("theirs", "wrong")
VERSION = 1, 2**31 - 1


class _Chosen(Body):
    cpr = name = postal_code = municipality_code = email = phone = language = interpreter = Uuid()
    digital_post_exempt = protected = category = unit_code = wishes = booking = Uuid()

    @post_load
    def apart(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Whose holds, field by field, beside the rest."""
        chosen = {name: data.pop(name) for name in CHOICES if name in data}
        return data | {"chosen": chosen}


class NewMerge(_Chosen):
    """`from_id` goes into the citizen of the address; for each field that differs, whose value holds.

    The other CPR number is `theirs` (they are found by both from now) or `wrong` (it leads nowhere).
    """

    from_id = Uuid(required=True)
    version = Count(*VERSION, required=True)
    from_version = Count(*VERSION, required=True)
    other_cpr = Code(*OTHER_CPR, required=True)


class MergeForm(_Chosen):
    """The same from the page: which of the two stays, and that the person is sure."""

    keep = Uuid(required=True)
    version = Count(*VERSION, required=True)
    other_version = Count(*VERSION, required=True)
    other_cpr = Code(*OTHER_CPR, required=True)
    sure = Flag(required=True)

    @validates("sure")
    def is_sure(self, value: bool, **_: Any) -> None:
        """Nobody is merged by a slip."""
        if not value:
            raise ValidationError("Sæt flueben, når du har sammenlignet dem. / Tick when you have compared them.")
