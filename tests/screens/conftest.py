"""The running suite with some life in it, and a browser for each of its people."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.screens import life, screens
from tests.screens.running import ARGUMENTS, CHROMIUM, LOCALE, Running
from tests.screens.walk import LANGUAGES, Seen, Walk, checked

SignedIn = Callable[..., Page]


@pytest.fixture(scope="session")
def running() -> Running:
    """The suite that `make screens` has started."""
    missing = [] if CHROMIUM else ["no chromium: install your system's package of that name"]
    missing += [] if "SUITE_ADDRESS" in os.environ else ["no suite runs for these tests: `make screens`"]
    if missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing[0])
    return Running.found()


@pytest.fixture(scope="session")
def ids(running: Running) -> life.Ids:
    """What the story made."""
    return life.lived(running)


@pytest.fixture(scope="session")
def browser_type_launch_args(running: Running, browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(running: Running) -> str:
    """What an address without a host is added to."""
    return running.address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, **LOCALE}


@pytest.fixture(scope="session")
def known(browser: Browser, running: Running, ids: life.Ids) -> Callable[[str], StorageState]:
    """The cookies of somebody's sign-in, made once; nobody who signs out may use these."""
    kept: dict[str, StorageState] = {}

    def state(person: str) -> StorageState:
        if person not in kept:
            context = browser.new_context(**LOCALE)
            running.sign_in(context, person)
            kept[person] = context.storage_state()
            context.close()
        return kept[person]

    return state


@pytest.fixture
def as_person(new_context: Callable[..., BrowserContext], known: Callable[[str], StorageState]) -> SignedIn:
    """A fresh browser in which somebody has signed in."""

    def opened(person: str, **how: Any) -> Page:
        return new_context(storage_state=known(person), **how).new_page()

    return opened


@pytest.fixture(scope="session")
def seen(running: Running, ids: life.Ids) -> list[Seen]:
    """Every page, met once in each language by everybody who may open it."""
    return Walk(running, checked).through(screens.every(ids), LANGUAGES)


@pytest.fixture(scope="session", autouse=True)
def _old_pages_are_gone(running: Running) -> None:
    shutil.rmtree(running.run / "html", ignore_errors=True)
