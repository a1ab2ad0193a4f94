"""Every way the suite says no, each with a stable code and words in both languages."""

from collections.abc import Mapping


class Refused(Exception):
    """A rule or the state of things says no; becomes problem+json with this code and status.

    `danish` and `english` are shown to people; `fields` maps a field's name to its message;
    `policy` names the dated row that decided, where one did.
    """

    status = 409

    def __init__(
        self,
        code: str,
        danish: str,
        english: str,
        *,
        fields: Mapping[str, str] | None = None,
        policy: str | None = None,
    ) -> None:
        super().__init__(f"{code}: {english}")
        self.code = code
        self.danish = danish
        self.english = english
        self.fields = dict(fields or {})
        self.policy = policy


class NotFound(Refused):
    """Not there, or not yours: the two answer alike, so that nobody can probe for a person."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not_found", "Det findes ikke her.", "There is no such thing here.")


class Invalid(Refused):
    """What was sent cannot be understood or is not allowed as a value; names the fields."""

    status = 422

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("validation_failed", "Ret de markerede felter.", "Correct the marked fields.", fields=fields)


class Unauthenticated(Refused):
    """No valid token."""

    status = 401

    def __init__(self) -> None:
        super().__init__("unauthenticated", "Log ind først.", "Sign in first.")


class Forbidden(Refused):
    """Signed in, but in a role that may not do this."""

    status = 403

    def __init__(self) -> None:
        super().__init__("forbidden", "Din rolle giver ikke adgang.", "Your role does not allow this.")


class OutOfScope(Refused):
    """A token that does not reach this far."""

    status = 403

    def __init__(self, scope: str) -> None:
        super().__init__("insufficient_scope", f"Det kræver omfanget {scope}.", f"This takes the scope {scope}.")


class TryAgain(Refused):
    """Something that is needed is away for a moment."""

    status = 503

    def __init__(self) -> None:
        super().__init__("try_again", "Prøv igen om et øjeblik.", "Try again in a moment.")


class TooMany(Refused):
    """More often than a limit allows; `retry_after` is in seconds."""

    status = 429

    def __init__(self, retry_after: int, *, policy: str | None = None) -> None:
        super().__init__(
            "too_many_requests",
            f"Det er sket for mange gange. Prøv igen om {retry_after} sekunder.",
            f"That was too many times. Try again in {retry_after} seconds.",
            policy=policy,
        )
        self.retry_after = retry_after


class PreconditionFailed(Refused):
    """Somebody changed the thing since it was read (If-Match did not hold)."""

    status = 412

    def __init__(self) -> None:
        super().__init__(
            "changed_meanwhile",
            "En anden har ændret oplysningerne. Hent dem igen.",
            "Somebody else changed this. Read it again.",
        )


class CannotUndo(Refused):
    """An act that something has built upon since, so that it cannot be taken back alone."""

    def __init__(self) -> None:
        super().__init__(
            "changed_since",
            "Nogen har ændret det imens, så det kan ikke fortrydes. Se, hvordan det står nu.",
            "Somebody has changed this meanwhile, so it cannot be undone. See how it stands now.",
        )


class BadRequest(Refused):
    """The request's own form is wrong: a header is missing or unreadable."""

    status = 400


class NotJson(Refused):
    """A body that is not called JSON."""

    status = 415

    def __init__(self) -> None:
        super().__init__("not_json", "Send JSON.", "Send JSON.")


class PreconditionRequired(Refused):
    """An edit without If-Match."""

    status = 428

    def __init__(self) -> None:
        super().__init__(
            "if_match_missing",
            "Send If-Match med den version, der rettes.",
            "Send If-Match with the version you are changing.",
        )


class NotConfigured(Refused):
    """No policy row is in force for that key on that date; null is not zero."""

    def __init__(self, key: str, on: str) -> None:
        super().__init__(
            "not_configured",
            f"Reglen {key} er ikke opsat for {on}.",
            f"The rule {key} is not configured for {on}.",
        )


class Reject(Exception):
    """A handler's word that this event can never be handled; it goes to the dead at once."""
