"""Operations stop a channel and let it go on; meanwhile its messages wait, and each is looked at anew afterwards."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications.models import ChannelPause
from services.notifications.rules.channels import EMAIL, POSTED, SMS
from shared import clock
from shared.errors import Refused

STOPPABLE = (*POSTED, EMAIL, SMS)


def paused(session: Session) -> set[str]:
    """The channels that are stopped."""
    return set(session.scalars(select(ChannelPause.channel)))


def pause(session: Session, channel: str) -> None:
    """Nothing leaves by it from now on; raises Refused where it is stopped already."""
    if session.get(ChannelPause, channel, with_for_update=True) is not None:
        raise Refused("paused_already", "Kanalen er allerede sat på pause.", "This channel is paused already.")
    session.add(ChannelPause(channel=channel, paused_at=clock.now()))
    session.flush()


def resume(session: Session, channel: str) -> None:
    """What waits leaves, the most urgent first; raises Refused where nothing is stopped."""
    found = session.get(ChannelPause, channel, with_for_update=True)
    if found is None:
        raise Refused("not_paused", "Kanalen er ikke sat på pause.", "This channel is not paused.")
    session.delete(found)
