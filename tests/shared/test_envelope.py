"""An event written and read again: nothing changes on the way, and a sealed field opens for its openers only."""

import base64
import typing
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import jsonschema
import orjson
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import envelope
from shared.envelope import Trace
from shared.errors import Reject
from shared.events import FOLLOWUP, NOTIFICATIONS, SERVICES, SUBSCRIPTIONS, CitizenRegistered, Event
from tests.conftest import World

EVENTS = sorted(SUBSCRIPTIONS, key=lambda event: event.kind)
NAME = "Nancy Ann Test Berggren"
RULES = {
    "type": "object",
    "required": ["id", "source", "specversion", "type"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "format": "uri-reference", "minLength": 1},
        "specversion": {"const": "1.0"},
        "type": {"type": "string", "pattern": r"^dk\.jobbutik\.[a-z]+\.[a-z_]+\.[a-z_]+\.v[0-9]+$"},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"type": "string", "format": "uri", "minLength": 1},
        "subject": {"type": "string", "minLength": 1},
        "time": {"type": "string", "format": "date-time"},
        "subjectversion": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
        "privacylevel": {"enum": ["P0", "P1", "P2", "P3"]},
        "data": {"type": "object"},
    },
    "propertyNames": {"pattern": "^[a-z0-9]+$"},
}
"""The CloudEvents 1.0 JSON rules, as far as we use them: attribute names are lower-case letters and digits."""

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    UUID: st.uuids(),
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(-(2**31), 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: MOMENTS,
    date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(typing.get_args(hint)[0]), max_size=4).map(tuple)
    if type(None) in typing.get_args(hint):
        return st.none() | values_of(typing.get_args(hint)[0])
    return VALUES[hint]


def any_of(event: type[Event]) -> st.SearchStrategy[Event]:
    hints = typing.get_type_hints(event)
    return st.fixed_dictionaries({f.name: values_of(hints[f.name]) for f in fields(event)}).map(lambda v: event(**v))


def written(world: World, event: Event, **trace: Any) -> bytes:
    seals = world.settings["intake"].seal_public_keys
    return envelope.write(event, version=7, trace=Trace(correlation_id="c" * 16, **trace), seals=seals)[1]


def opened(world: World, body: bytes, service: str) -> Any:
    keys = world.settings[service].seal_private_keys
    return envelope.read(body, service=service, private_keys=keys).event


def as_seen(event: Event, service: str) -> Event:
    narrow = bool(getattr(event, "protected", False))
    hidden = {
        f.name: None
        for f in fields(event)
        if "openers" in f.metadata and service not in f.metadata["protected_openers" if narrow else "openers"]
    }
    return replace(event, **hidden)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda event: event.kind)
def test_every_event_comes_back_as_it_was_and_sealed_fields_for_their_openers_only(
    world: World, kind: type[Event]
) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(any_of(kind))
    def there_and_back(event: Event) -> None:
        body = written(world, event)
        for service in SERVICES:
            assert opened(world, body, service) == as_seen(event, service)

    there_and_back()


@pytest.mark.parametrize("kind", EVENTS, ids=lambda event: event.kind)
def test_every_envelope_is_a_cloud_event(world: World, kind: type[Event]) -> None:
    @settings(max_examples=5, deadline=None)
    @given(any_of(kind))
    def is_valid(event: Event) -> None:
        body = written(world, event, causation_id="x", traceparent=f"00-{'1' * 32}-{'2' * 16}-01", replayed=True)
        jsonschema.validate(orjson.loads(body), RULES, format_checker=jsonschema.FormatChecker())
        read = JSONFormat().read(CloudEvent, body)
        assert read.get_type() == f"dk.jobbutik.{kind.kind}"
        assert read.get_subject() == str(getattr(event, kind.subject))

    is_valid()


def citizen(**changed: Any) -> CitizenRegistered:
    about: dict[str, Any] = {
        "citizen_id": uuid4(), "municipality_code": "0219", "language": "da", "interpreter": False,
        "digital_post_exempt": False, "protected": False, "name": NAME, "email": "nancy@example.dk",
    }  # fmt: skip
    return CitizenRegistered(**about | changed)


def test_protected_person_is_sealed_for_fewer(world: World) -> None:
    names = {
        protected: {service: opened(world, written(world, citizen(protected=protected)), service).name
                    for service in (FOLLOWUP, NOTIFICATIONS)}
        for protected in (False, True)
    }  # fmt: skip

    assert names == {
        False: {FOLLOWUP: NAME, NOTIFICATIONS: NAME},
        True: {FOLLOWUP: None, NOTIFICATIONS: NAME},
    }


def test_sealed_words_are_not_readable_on_the_way(world: World) -> None:
    body = written(world, citizen())

    assert b"Berggren" not in body
    assert b"nancy" not in body
    assert all(b"Berggren" not in base64.b64decode(sealed.partition(".")[2])
               for sealed in orjson.loads(body)["data"]["sealed"].values())  # fmt: skip


def moved_to_another_event(one: dict[str, Any], other: dict[str, Any]) -> None:
    one["data"]["sealed"] = other["data"]["sealed"]


def given_to_another_service(one: dict[str, Any], _other: dict[str, Any]) -> None:
    one["data"]["sealed"]["followup"] = one["data"]["sealed"]["notifications"]


def cut_short(one: dict[str, Any], _other: dict[str, Any]) -> None:
    one["data"]["sealed"]["followup"] = one["data"]["sealed"]["followup"][:40]


def under_a_key_that_is_gone(one: dict[str, Any], _other: dict[str, Any]) -> None:
    one["data"]["sealed"]["followup"] = "old." + one["data"]["sealed"]["followup"].partition(".")[2]


def without_end(one: dict[str, Any], _other: dict[str, Any]) -> None:
    one["subjectversion"] = "inf"


@pytest.mark.parametrize(
    "harm", [moved_to_another_event, given_to_another_service, cut_short, under_a_key_that_is_gone, without_end]
)
def test_tampered_envelope_is_rejected(world: World, harm: Callable[[dict[str, Any], dict[str, Any]], None]) -> None:
    one, other = (orjson.loads(written(world, citizen())) for _ in range(2))
    harm(one, other)

    with pytest.raises(Reject, match="not an event of ours"):
        opened(world, orjson.dumps(one).replace(b'"inf"', b"1e400"), FOLLOWUP)


def test_unknown_field_of_a_newer_writer_is_passed_over(world: World) -> None:
    event = citizen()
    newer = orjson.loads(written(world, event))
    newer["data"]["shoe_size"] = 38

    assert opened(world, orjson.dumps(newer), NOTIFICATIONS) == event


def test_replayed_envelope_says_so(world: World) -> None:
    keys = world.settings[FOLLOWUP].seal_private_keys
    body = envelope.mark_replayed(written(world, citizen()))

    assert envelope.read(body, service=FOLLOWUP, private_keys=keys).trace.replayed is True
