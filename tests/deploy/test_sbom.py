"""`make sbom` names every part of others that is locked, and no other."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from deploy.local.place import ROOT


@pytest.fixture(scope="module")
def made() -> dict[str, list[dict[str, Any]]]:
    """The components of each list, made anew."""
    shutil.rmtree(ROOT / ".run/sbom", ignore_errors=True)
    subprocess.run(["make", "sbom"], cwd=ROOT, check=True, capture_output=True)
    return {name: json.loads((ROOT / f".run/sbom/{name}.json").read_text())["components"] for name in ("python", "npm")}


def test_s54_every_python_package_of_the_lock_is_named(made: dict[str, list[dict[str, Any]]]) -> None:
    locked = re.findall(r"^([\w.-]+)(?:\[.*\])?==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)

    assert sorted((one["name"], one["version"]) for one in made["python"]) == sorted(locked)


def test_s54_every_package_of_the_pages_is_named(made: dict[str, list[dict[str, Any]]]) -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = {(path.rpartition("node_modules/")[2], told["version"]) for path, told in packages.items() if path}

    assert {(one["name"], one["version"]) for one in made["npm"]} == locked
