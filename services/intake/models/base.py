"""Intake's metadata."""

from shared.database import ServiceBase, service_metadata


class Base(ServiceBase):
    """Intake's own metadata."""

    __abstract__ = True
    metadata = service_metadata()
