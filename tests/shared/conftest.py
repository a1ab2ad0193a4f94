"""The scratch pages as an app, and somebody of the front desk at them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask_smorest import Blueprint as ApiBlueprint
from jinja2 import ChoiceLoader, DictLoader

from shared import app as house_app
from tests.browser import Browser, person
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.shared.scratch import TEMPLATES, Hosts, scratch_pages


@pytest.fixture
def app(intake: ServiceUnderTest) -> Iterator[Any]:
    Hosts.written.clear()
    made = house_app.build(
        ApiBlueprint("intake", __name__), scratch_pages(), title="Scratch", keeps=intake._package.KEEPS,
        settings=intake.settings, database=intake.database,
    )  # fmt: skip
    made.jinja_loader = ChoiceLoader([DictLoader(TEMPLATES), made.jinja_loader])  # type: ignore[list-item,assignment]
    return made


@pytest.fixture
def desk(app: Any, world: World) -> Browser:
    return Browser(app, world.settings["intake"], person("front_desk"))
