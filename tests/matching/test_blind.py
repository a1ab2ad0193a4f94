"""The engine cannot be given who somebody is: not by type, not by column, and not by what the service hears."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

import pytest

from services.matching import engine
from services.matching.engine.facts import Candidate
from shared.events import CitizenRegistered
from tests.house import ServiceUnderTest
from tests.matching.factories import HERLEV, add_candidate, add_need, assessed, listed, ranking

FORBIDDEN = re.compile(
    "name|sex|gender|koen|age|birth|born|cpr|origin|nation|ethnic|country|religion|marit|benefit|ydelse|category|"
    "language|interpreter|municipality"
)
# What the pattern takes for an age, a name or an origin; languages are those that the work asks for.
HARMLESS = {
    "languages",
    "names", "self_name", "package", "page", "percentage", "average", "stage", "image", "manage", "coverage",
}  # fmt: skip


def modules() -> list[ModuleType]:
    return [importlib.import_module(f"{engine.__name__}.{one.name}") for one in pkgutil.iter_modules(engine.__path__)]


def named() -> Iterator[str]:
    """Every field and every parameter in the engine."""
    for module in modules():
        for thing in vars(module).values():
            if getattr(thing, "__module__", "") != module.__name__:
                continue
            if is_dataclass(thing):
                yield from (field.name for field in fields(thing))
            elif isinstance(thing, type) and hasattr(thing, "_fields"):
                yield from thing._fields
            if isinstance(thing, type):
                for method in vars(thing).values():
                    # What Python itself gives a dataclass is not ours.
                    if inspect.isfunction(method) and method.__name__ not in ("__setattr__", "__delattr__"):
                        yield from inspect.signature(method).parameters
            elif inspect.isfunction(thing):
                yield from inspect.signature(thing).parameters


def test_no_field_or_parameter_of_the_engine_is_about_who_somebody_is() -> None:
    every = set(named())

    assert {name for name in every if FORBIDDEN.search(name)} - HARMLESS == set()
    assert len(every) > 80


def test_candidate_takes_no_other_field() -> None:
    told: dict[str, Any] = dict.fromkeys((field.name for field in fields(Candidate)), None)
    for more in ("name", "sex", "age", "birth_date", "origin", "benefit"):
        with pytest.raises(TypeError, match=more):
            Candidate(**told, **{more: "x"})
    with pytest.raises((AttributeError, TypeError)):
        Candidate(**told).sex = "x"  # type: ignore[attr-defined]


def test_swapping_everything_that_is_heard_of_who_people_are_changes_no_list(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    people = [add_candidate(matching) for _one in range(6)]
    before = ranking(matching, need)
    for number, citizen_id in enumerate(people):
        other = {"language": "ar", "interpreter": True, "name": f"Prøve {number}"} if number % 2 else {"language": "en"}
        told = CitizenRegistered(
            citizen_id=citizen_id, municipality_code="0101", digital_post_exempt=bool(number % 2), protected=False,
            postal_code=HERLEV, **({"interpreter": False} | other),
        )  # fmt: skip
        matching.hear(told, assessed(citizen_id, ("jobparat", "aktivitetsparat")[number % 2]), version=2)
    after = ranking(matching, need)

    assert listed(after) == listed(before)
    assert [item["score"] for item in after["items"]] == [item["score"] for item in before["items"]]
