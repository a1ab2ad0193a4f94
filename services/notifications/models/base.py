"""Notifications' metadata."""

from shared.database import ServiceBase, service_metadata


class Base(ServiceBase):
    """The service's own metadata."""

    __abstract__ = True
    metadata = service_metadata()
