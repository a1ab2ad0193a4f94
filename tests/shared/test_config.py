"""Settings: everything that is missing or bad is named at once, and no value is ever shown."""

import pytest

from deploy import secrets
from shared import config
from shared.config import BadSettings
from shared.events import INTAKE, NOTIFICATIONS, SERVICES

KNOWN = secrets.fresh()


def environ(service: str) -> dict[str, str]:
    own = {
        # pragma: allowlist nextline secret
        "SERVICE": service, "MODE": "test", "DATABASE_URL": "postgresql://a:secret@x/y", "AMQP_URL": "amqp://a:secret@x/y",
        "SMTP_URL": "smtp://x:25", "MAIL_FROM": "a@example.dk",
    }  # fmt: skip
    own |= secrets.addresses(service)
    return own | secrets.shared_settings(KNOWN) | secrets.own_settings(KNOWN, service)


def refusal(given: dict[str, str]) -> str:
    with pytest.raises(BadSettings) as refused:
        config.read(None, given)
    return str(refused.value)


@pytest.mark.parametrize("service", SERVICES)
def test_complete_set_is_taken(service: str) -> None:
    settings = config.read(None, environ(service) | {"PARTITIONS": "4"})

    assert (settings.service, settings.partitions) == (service, 4)


def test_everything_missing_is_named_at_once() -> None:
    words = refusal({"SERVICE": INTAKE})

    assert words == (
        "settings refused (missing: MODE, DATABASE_URL, AMQP_URL, TOKEN_PUBLIC_KEYS, SESSION_KEYS, PUBLIC_URL,"
        " SEAL_PUBLIC_KEYS, SEAL_PRIVATE_KEYS, CPR_KEYS, CPR_INDEX_KEY, TOKEN_PRIVATE_KEY, MACHINE_CLIENTS,"
        " OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)"
    )


def test_mail_settings_are_asked_of_notifications_only() -> None:
    without = {name: value for name, value in environ(NOTIFICATIONS).items() if name != "SMTP_URL"}

    assert refusal(without) == "settings refused (missing: SMTP_URL)"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "prod-s3cret"),
        ("DATABASE_URL", "mysql://a:s3cret@x"),  # pragma: allowlist secret
        ("AMQP_URL", "http://s3cret"),
        ("TOKEN_PUBLIC_KEYS", "{s3cret"),
        ("TOKEN_PUBLIC_KEYS", "{}"),
        ("SEAL_PUBLIC_KEYS", '{"intake": {"kid": "s3cret", "key": "AAAA"}}'),
        ("SEAL_PRIVATE_KEYS", '{"s3cret": "AAAA"}'),
        ("CPR_KEYS", '["s3cret"]'),
        ("CPR_INDEX_KEY", "s3cret"),
        ("TOKEN_PRIVATE_KEY", '{"kid": "s3cret"}'),
        ("MACHINE_CLIENTS", '{"s3cret": {}}'),
        ("PARTITIONS", "0"),
        ("LOG_LEVEL", "s3cret"),
        ("AUTHORITY", "s3cret"),
        ("AUTHORITY", '["s3cret"]'),
        ("AUTHORITY", '{"slogan": "s3cret"}'),
        ("AUTHORITY", '{"phone": 70}'),
        ("AUTHORITY", '{"email": "s3cret"}'),
        ("AUTHORITY", '{"address": "s3cret\\n1"}'),
    ],
)
def test_bad_setting_is_named_without_its_value(name: str, value: str) -> None:
    assert refusal(environ(INTAKE) | {name: value}) == f"settings refused (bad: {name})"


def test_missing_and_bad_are_named_together() -> None:
    given = environ(INTAKE) | {"MODE": "x"}
    del given["AMQP_URL"]

    assert refusal(given) == "settings refused (missing: AMQP_URL; bad: MODE)"


def test_settings_do_not_print_what_they_hold() -> None:
    assert "secret" not in repr(config.read(None, environ(INTAKE)))
