"""A worker's start is part of every recovery, so it loads what handles events and nothing else."""

import subprocess
import sys

import pytest

from shared.events import SERVICES

# A letter is made of a template, so that one may know how to fill one in.
NOT_NEEDED = ("flask", "flask_smorest", "flask_babel", "shared.pages", "shared.doors", "shared.app")
LOOK = """
import importlib, sys
import shared.worker
importlib.import_module(f"services.{sys.argv[1]}.consumer")
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


@pytest.mark.parametrize("service", SERVICES)
def test_worker_loads_neither_doors_nor_pages(service: str) -> None:
    command = [sys.executable, "-c", LOOK, service, *NOT_NEEDED]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == []
