"""`python -m deploy.licences`: every part of others with its licence, as a document; `--check` compares, and refuses.

Python's are told by CycloneDX from what is installed of the two lock files, npm's stand in its lock file. A licence
that is on neither list, or on the tools' list and shipped, ends with an error: somebody has to look at it first.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from license_expression import LicenseSymbol, get_spdx_licensing  # type: ignore[import-untyped]

HOUSE = Path(__file__).resolve().parents[1]
FILE = HOUSE / "docs/licences.md"
SHIPPED = {
    "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EUPL-1.2", "ISC",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-1.1", "MPL-2.0", "OFL-1.1", "PSF-2.0",
    "Python-2.0", "Unlicense", "Zlib",
}  # fmt: skip
"""What may be shipped beside EUPL-1.2: nothing that asks for the whole product's source under another licence."""
TOOLS = SHIPPED | {"GPL-2.0-only", "GPL-3.0-only", "Artistic-1.0-Perl", "CC-BY-4.0", "CC-BY-3.0"}
"""What may be used to build and test, and is not shipped."""
OSI = "License :: OSI Approved :: "
CLASSIFIERS = {
    f"{OSI}Apache Software License": "Apache-2.0",
    f"{OSI}BSD License": "BSD-3-Clause",
    f"{OSI}GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    f"{OSI}MIT License": "MIT",
    f"{OSI}Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
CHOSEN = {
    "htmx-ext-sse": "0BSD",
    "kubernetes-validate": "Apache-2.0",
    "protobuf": "BSD-3-Clause",
    "pyphen": "MPL-1.1",
    "python-dateutil": "Apache-2.0",
    "python-stdnum": "LGPL-2.1-or-later",
    "reserved": "MIT",
    "text-unidecode": "Artistic-1.0-Perl",
}
"""Where the part offers several, or says so in its files alone: the one that we use it under."""
DATA = (
    ("ESCO classification", "European Commission", "CC BY 4.0 (Decision 2011/833/EU)", "services/matching/data"),
    ("ESCO labels and tables", "Avature; Colaberry", "MIT", "services/matching/data"),
    ("DB25 and DISCO-08", "Danmarks Statistik", "free re-use when the source is named", "services/matching/data"),
    ("Postal codes", "Styrelsen for Dataforsyning og Infrastruktur", "free geodata, the source is named",
     "services/matching/data"),
    ("ESCO-STAR titles", "STAR", "as services/matching/data/README.md and shared/data/README.md say", "shared/data"),
)  # fmt: skip
HEAD = """# Licences of the parts of others

Made by `python -m deploy.licences`; do not edit. `make check` compares it with what is installed and locked, and
fails for a licence that nobody has looked at. Jobbutik itself is EUPL-1.2 (`LICENSE`). Nothing of others is in the
repository but the data below; packages are fetched by the lock files. `make sbom` gives the same parts as CycloneDX.
"""


@dataclass(frozen=True, order=True)
class Part:
    """A package of others; `shipped` where it is there when the product runs."""

    name: str
    version: str
    licence: str
    shipped: bool


def allowed(licence: str, among: Iterable[str]) -> bool:
    """True where an SPDX expression can be met by these: each of an AND, one of an OR; what cannot be read is not."""
    try:
        parsed: Any = get_spdx_licensing().parse(licence, validate=True)
    except Exception:  # noqa: BLE001  the library has a kind for each way in which it cannot be read
        return False
    return parsed is not None and _met(parsed, frozenset(among))


def _met(one: Any, among: frozenset[str]) -> bool:
    if isinstance(one, LicenseSymbol):
        return one.key in among or f"{one.key}-only" in among
    met = [_met(arg, among) for arg in one.args]
    return any(met) if one.operator.strip() in ("|", "OR") else all(met)


def refused(parts: Sequence[Part]) -> list[str]:
    """The parts whose licence nobody has allowed."""
    return [
        f"{part.name} {part.version}: {part.licence}"
        for part in parts
        if not allowed(part.licence, SHIPPED if part.shipped else TOOLS)
    ]


def python_parts() -> list[Part]:
    """What the two lock files name, as CycloneDX finds it installed."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "parts.json"
        tool = Path(sys.executable).with_name("cyclonedx-py")
        subprocess.run([tool, "environment", "--output-reproducible", "-o", made, sys.executable], check=True,
                       capture_output=True)  # fmt: skip
        found = json.loads(made.read_text(encoding="utf-8"))["components"]
    shipped, tools = _locked("requirements.txt"), _locked("requirements-dev.txt")
    return [
        Part(_plain(one["name"]), one["version"], _licence(one), _plain(one["name"]) in shipped)
        for one in found
        if _plain(one["name"]) in shipped | tools
    ]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(name: str) -> set[str]:
    text = (HOUSE / name).read_text(encoding="utf-8")
    return {_plain(found) for found in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", text, re.MULTILINE)}


def _licence(component: Mapping[str, Any]) -> str:
    """What it says by expression, else by SPDX id, else by classifier; what is none of these as it stands."""
    if (chosen := CHOSEN.get(_plain(component["name"]))) is not None:
        return chosen
    said = component.get("licenses", [])
    exact = [one.get("expression") or one["license"].get("id") for one in said]
    named = [CLASSIFIERS.get(one["license"]["name"], one["license"]["name"]) for one in said
             if "license" in one and "name" in one["license"]]  # fmt: skip
    return " AND ".join(dict.fromkeys(filter(None, exact))) or " AND ".join(dict.fromkeys(named)) or "none told"


def npm_parts() -> list[Part]:
    """What package-lock.json names."""
    packages = json.loads((HOUSE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    direct = json.loads((HOUSE / "package.json").read_text(encoding="utf-8")).get("dependencies", {})
    return [
        Part(_name(path), one["version"], one.get("license") or CHOSEN.get(_name(path), "none told"),
             not one.get("dev") and bool(direct))
        for path, one in packages.items()
        if path
    ]  # fmt: skip


def _name(path: str) -> str:
    return path.rpartition("node_modules/")[2]


def page(python: Sequence[Part], npm: Sequence[Part]) -> str:
    """The whole document."""
    lines = [HEAD]
    for title, parts in (("Python", python), ("npm", npm)):
        for kind, shipped in (("shipped", True), ("to build and test, not shipped", False)):
            rows = sorted({(one.name, one.version, one.licence) for one in parts if one.shipped is shipped})
            if rows:
                lines += [f"## {title}, {kind}", "", "| part | version | licence |", "| --- | --- | --- |"]
                lines += [f"| {' | '.join(row)} |" for row in rows] + [""]
    lines += ["## Data", "", "| what | whose | licence | where |", "| --- | --- | --- | --- |"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in DATA]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.licences", description=__doc__)
    parser.add_argument("--check", action="store_true")
    python, npm = python_parts(), npm_parts()
    if wrong := refused([*python, *npm]):
        raise SystemExit("not allowed: " + "; ".join(wrong))
    made = page(python, npm)
    if not parser.parse_args().check:
        FILE.write_text(made, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != made:
        raise SystemExit("docs/licences.md is not current; run `python -m deploy.licences`")
    sys.stdout.write("docs/licences.md is current\n")


if __name__ == "__main__":
    main()
