"""What the four API documents promise, held against the running code by generated requests, and against style rules."""

import importlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from shared.events import SERVICES
from tests.conftest import World
from tests.contract.everybody import token_of_everybody

pytestmark = pytest.mark.contract
ROOT = Path(__file__).resolve().parents[2]
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Hundreds of refused requests are what is wanted here."""


def app_of(service: str, world: World) -> Any:
    return importlib.import_module(f"services.{service}").create_app(settings=world.settings[service])


def document_of(service: str, world: World) -> dict[str, Any]:
    answer = app_of(service, world).test_client().get(f"/api/{service}/v1/openapi.json")
    document: dict[str, Any] = answer.get_json()
    return document


@contextmanager
def served(service: str, world: World) -> Iterator[str]:
    """The service's web app on a free loopback port."""
    app = app_of(service, world)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["database"].close()


@pytest.mark.parametrize("service", SERVICES)
def test_generated_requests_find_no_crash_and_no_undocumented_answer(service: str, busy_world: World) -> None:
    with served(service, busy_world) as address:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/{service}/v1/openapi.json"),
                *("--header", f"Authorization: Bearer {token_of_everybody(busy_world)}"),
                *("--checks", ",".join(CHECKS)),
                *("--max-examples", "20", "--seed", "1", "--phases", "examples,coverage,fuzzing"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stdout[-6000:]
    assert "operations" in done.stdout.lower()


@pytest.mark.parametrize("service", SERVICES)
def test_document_passes_spectral_and_redocly(service: str, world: World, tmp_path: Path) -> None:
    file = tmp_path / f"{service}.json"
    file.write_text(json.dumps(document_of(service, world)))

    assert lint(file) == ""


def test_asyncapi_document_passes_spectral_and_redocly() -> None:
    assert lint(ROOT / "docs/asyncapi.json") == ""


def lint(file: Path) -> str:
    """What the two linters complain of; empty when they are content."""
    rules = ROOT / "deploy/linters"
    commands = [
        ["spectral", "lint", "--quiet", "--fail-severity=warn", "-r", str(rules / "spectral.yaml"), str(file)],
        ["redocly", "lint", "--format=summary", "--config", str(rules / "redocly.yaml"), str(file)],
    ]
    words = ""
    for command in commands:
        program = ROOT / "node_modules/.bin" / command[0]
        done = subprocess.run(
            [str(program), *command[1:]],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "REDOCLY_TELEMETRY": "off", "HOME": str(file.parent)},
        )
        if done.returncode != 0:
            words += done.stdout + done.stderr
    return words
