"""The rules that the tree carries (docs/architecture.md). A limit is changed with a reason in docs/decisions.md."""

import ast
import importlib
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import catalogue
from shared.events import SERVICES, SUBSCRIPTIONS, heard_by
from shared.events.base import Event
from tests.conftest import World

ROOT = Path(__file__).resolve().parents[1]
MOST_MODULE_LINES, MOST_FUNCTION_LINES = 300, 40
FORBIDDEN_NAMES = {"services.py", "utils.py", "helpers.py", "common.py", "manager.py"}
SOURCE_FOLDERS = ("shared", "services", "deploy", "demo", "benchmarks", "faults")
SERVICE_FILES = {
    "__init__", "models", "schemas", "rules", "engine", "vocabulary", "text", "use_cases", "queries", "api", "pages",
    "consumer", "web",
}  # fmt: skip


def modules(*folders: str) -> list[Path]:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in tracked.split("\0") if name.endswith(".py") and (ROOT / name).exists()]


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_any(path: Path, *roots: str) -> bool:
    return any(name == root or name.startswith(f"{root}.") for name in imports_of(path) for root in roots)


def kind_of(path: Path) -> str:
    """The file's role in its service: `use_cases` for use_cases.py and use_cases/visitations.py alike."""
    return path.relative_to(ROOT).parts[2].removesuffix(".py")


def test_services_never_import_each_other_and_shared_imports_none() -> None:
    wrong = [
        (path.name, other)
        for path in modules("services")
        for other in SERVICES
        if other != path.relative_to(ROOT).parts[1] and imports_any(path, f"services.{other}")
    ]
    wrong += [(path.name, "services") for path in modules("shared") if imports_any(path, "services")]

    assert wrong == []


def test_flask_stays_at_the_doors() -> None:
    doors = {"__init__", "api", "pages", "web"}
    inside = [p for p in modules("services") if len(p.relative_to(ROOT).parts) > 2 and kind_of(p) not in doors]

    assert [str(p) for p in inside if imports_any(p, "flask", "flask_smorest")] == []


def test_pika_stays_in_one_file() -> None:
    users = [p for p in modules("shared", "services") if imports_any(p, "pika")]

    assert users == [ROOT / "shared/broker.py"]


def test_rules_know_neither_database_nor_clock() -> None:
    pure = ("rules", "engine", "vocabulary", "text")
    rules = [p for p in modules("services") if len(p.relative_to(ROOT).parts) > 2 and kind_of(p) in pure]

    assert rules
    assert [str(p) for p in rules if imports_any(p, "sqlalchemy", "shared.clock", "shared.database")] == []


def test_nobody_opens_or_commits_a_transaction_outside_shared() -> None:
    found = [
        str(path)
        for path in modules("services")
        if "migrations" not in path.parts and re.search(r"\.(commit|begin)\(", path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_environment_is_read_in_one_file() -> None:
    readers = [p for p in modules("shared", "services") if "os.environ" in p.read_text(encoding="utf-8")]

    assert readers == [ROOT / "shared/config.py"]


def test_services_are_made_of_the_same_files() -> None:
    found = {
        kind_of(path)
        for path in modules("services")
        if len(path.relative_to(ROOT).parts) > 2 and "migrations" not in path.parts
    }

    assert found <= SERVICE_FILES


@pytest.mark.parametrize("path", modules(*SOURCE_FOLDERS, "tests"), ids=lambda p: str(p.relative_to(ROOT)))
def test_sizes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    too_long = [
        f"{node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_FUNCTION_LINES
        and "migrations" not in path.parts
    ]

    assert len(text.splitlines()) <= MOST_MODULE_LINES
    assert too_long == []
    assert path.name not in FORBIDDEN_NAMES


def test_comments_are_few() -> None:
    comments = lines = 0
    for path in modules("shared", "services"):
        with path.open("rb") as file:
            comments += sum(
                1
                for token in tokenize.tokenize(file.readline)
                if token.type == tokenize.COMMENT and not re.match(r"# (noqa|type:|fmt:|isort)", token.string)
            )
        lines += len([line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()])

    assert comments / lines < 0.06


def test_shared_is_under_a_third_of_the_source() -> None:
    size = {
        folder: sum(len(p.read_text(encoding="utf-8").splitlines()) for p in modules(folder))
        for folder in SOURCE_FOLDERS
    }

    assert size["shared"] * 3 < sum(size.values())


@pytest.mark.parametrize("service", SERVICES)
def test_handlers_agree_with_the_table(service: str) -> None:
    consumer = importlib.import_module(f"services.{service}.consumer")

    assert set(consumer.HANDLERS) == set(heard_by(service))


def test_every_event_has_a_line_and_a_teller() -> None:

    assert set(Event.__subclasses__()) == set(SUBSCRIPTIONS)
    assert {event.kind.split(".", 1)[0] for event in SUBSCRIPTIONS} <= set(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_states_who_may_call_it(service: str, world: World) -> None:
    app = importlib.import_module(f"services.{service}").create_app(settings=world.settings[service])
    open_ones = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "allowed_roles", None) is None
        and not rule.rule.endswith("/openapi.json")
    ]

    assert open_ones == []


def test_generated_documents_are_current() -> None:

    assert {p.name: p.read_text(encoding="utf-8") for p in catalogue.pages()} == {
        p.name: content for p, content in catalogue.pages().items()
    }
