"""A browser before the demo's provider, and one before a provider that says what the test wants."""

from collections.abc import Iterator

import pytest

from shared.events import INTAKE
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.signing_in import Browser, LyingProvider, demo_provider, serving


@pytest.fixture(scope="module")
def issuer(world: World) -> Iterator[str]:
    with serving(demo_provider(world.settings[INTAKE])) as found:
        yield found


@pytest.fixture
def visitor(intake: ServiceUnderTest, issuer: str) -> Browser:
    return Browser(intake, issuer)


@pytest.fixture
def liar(intake: ServiceUnderTest) -> Iterator[tuple[Browser, LyingProvider]]:
    provider = LyingProvider(intake.settings.oidc_client_id)
    with serving(provider.app) as found:
        yield Browser(intake, found), provider
