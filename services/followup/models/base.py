"""Follow-up's metadata."""

from shared.database import ServiceBase, service_metadata


class Base(ServiceBase):
    """Follow-up's own metadata."""

    __abstract__ = True
    metadata = service_metadata()
