"""Log lines: one JSON object each, and nothing in them that could be a CPR number, whoever logs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared.logs import mask

SPEAKERS = """
import logging
from shared.logs import configure
configure("INFO", "intake")
logging.getLogger("gunicorn.access").info("%s %s", "GET", "/api/intake/v1/x/251248-9996")
logging.getLogger("gunicorn.error").error("2512489996")
logging.getLogger("pika.channel").warning("body %r", b'{"cpr": "2512489996"}')
logging.getLogger("sqlalchemy.engine").info({"cpr": "251248 9996"})
logging.getLogger("shared.worker").info("replacement number 8512489996")
try:
    raise ValueError("no such person: 2512489996")
except ValueError:
    logging.getLogger("services.intake").exception("failed")
import structlog
structlog.contextvars.bind_contextvars(subject="2512489996")
logging.getLogger("services.intake").info("bound")
"""


def test_whoever_logs_no_number_comes_through() -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", SPEAKERS], cwd=root, capture_output=True, text=True, check=True)

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["logger"] for line in lines] == [
        "gunicorn.access", "gunicorn.error", "pika.channel", "sqlalchemy.engine", "shared.worker", "services.intake",
        "services.intake",
    ]  # fmt: skip
    assert all("xxxxxx-xxxx" in json.dumps(line) for line in lines)
    # A moment may have these digits by chance.
    said = [{name: value for name, value in line.items() if name != "timestamp"} for line in lines]
    assert "9996" not in json.dumps(said) + done.stderr
    assert "no such person: xxxxxx-xxxx" in lines[5]["exception"]
    assert {line["service"] for line in lines} == {"intake"}


@pytest.mark.parametrize("number", ["2512489996", "251248-9996", "251248 9996", "8512489996"])
def test_every_way_to_write_a_number_is_masked(number: str) -> None:
    assert mask(f"({number})") == "(xxxxxx-xxxx)"


@pytest.mark.parametrize(
    "harmless", ["4513489996", "2513489996", "12512489996", "25124899961", "90000004", "+45 20 12 34 56"]
)
def test_other_numbers_stay(harmless: str) -> None:
    assert mask(harmless) == harmless
