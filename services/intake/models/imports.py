"""A list on its way in."""

from services.intake.models.base import Base
from shared.lists import ListImportRow


class ListImport(ListImportRow, Base):
    """An uploaded list of persons, rooms or consultants."""
