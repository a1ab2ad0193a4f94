"""CPR numbers, which Digital Post is addressed by: encrypted here, kept only where it is set up, opened to send."""

from uuid import UUID

from services.notifications.models import Address
from shared.config import Settings
from shared.crypto import Vault


def locked(settings: Settings, person_id: UUID, digits: str | None) -> str | None:
    """What is kept of a number; nothing where nobody needs it."""
    if settings.digital_post is None or digits is None:
        return None
    return Vault(settings.digital_post.number_keys, b"").encrypt(digits, bound_to=_bound_to(person_id))


def opened(settings: Settings, address: Address) -> str | None:
    """Ten digits; None where none are kept."""
    if settings.digital_post is None or address.cpr_secret is None:
        return None
    return Vault(settings.digital_post.number_keys, b"").decrypt(address.cpr_secret, bound_to=_bound_to(address.id))


def _bound_to(person_id: UUID) -> str:
    return f"address.cpr:{person_id}"
