"""What a company sends by its link to what we wrote down."""

from services.matching.schemas.forms import NeedEditForm, NeedUndoForm
from shared.fields import Body, Text

CODE_LETTERS = 200


class ReadBackLink(Body):
    """The link's code."""

    kode = Text(CODE_LETTERS, required=True)


class ReadBackForm(NeedEditForm):
    """The need as the company corrects it."""

    kode = Text(CODE_LETTERS, required=True)


class ReadBackUndoForm(NeedUndoForm):
    """The need as it was understood first."""

    kode = Text(CODE_LETTERS, required=True)
