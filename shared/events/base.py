"""What an event is: a frozen, flat fact in the past tense, with a name on the wire and a privacy level."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, dataclass_transform

INTAKE, MATCHING, FOLLOWUP, NOTIFICATIONS = SERVICES = ("intake", "matching", "followup", "notifications")


def sealed(*openers: str, protected: tuple[str, ...] | None = None, default: None = None) -> Any:
    """A field only `openers` may read; for a person with a protected address only `protected` may."""
    narrow = openers if protected is None else protected
    return field(default=default, metadata={"openers": openers, "protected_openers": narrow})


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact. `kind` is the wire name after `dk.jobbutik.`; `subject` names the field with the subject's id;
    `partition` names the field whose events must stay in order; `level` is the privacy level P0 to P3."""

    kind: ClassVar[str]
    subject: ClassVar[str]
    partition: ClassVar[str]
    level: ClassVar[str]

    @property
    def partition_key(self) -> str:
        """The id whose events stay in order."""
        return str(getattr(self, self.partition))


E = TypeVar("E", bound=Event)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(sealed,))
def named(kind: str, *, subject: str, partition: str | None = None, level: str = "P2") -> Callable[[type[E]], type[E]]:
    """Give an event its name on the wire, and make it a frozen dataclass."""

    def name(cls: type[E]) -> type[E]:
        cls.kind, cls.subject, cls.partition, cls.level = kind, subject, partition or subject, level
        return dataclass(frozen=True, kw_only=True)(cls)

    return name
