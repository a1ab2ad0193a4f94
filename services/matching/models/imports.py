"""A list on its way in."""

from services.matching.models.copies import Base
from shared.lists import ListImportRow


class ListImport(ListImportRow, Base):
    """An uploaded list of companies, staff months or placements."""
