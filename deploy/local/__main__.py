"""`python -m deploy.local`: the suite and its servers on a bare machine; `make help` says it in words."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.local import backups, postgres, rabbitmq, setup, suite, town
from deploy.local.place import ROOT, Place
from deploy.local.steps import SetupError, say, step

TEST_SETTINGS = ("TEST_DATABASE_URL", "TEST_AMQP_URL")


def main() -> int:
    """One line and exit code 1 instead of a traceback when something is missing or refuses."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__, allow_abbrev=False)
    parser.add_argument("--run", type=Path, default=ROOT / ".run", help="directory of this run: .run")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[options.command](Place(options.run.resolve()), options.arguments)
    except SetupError as error:
        say(f"{options.command}: {error}")
    except KeyboardInterrupt:
        say("interrupted")
    return 1


def install(place: Place, arguments: list[str]) -> int:
    """`setup [dev]`: what is missing on this machine."""
    with place.locked():
        setup.setup(place, setup.DEVELOPMENT if "dev" in arguments else setup.RUNTIME)
    return 0


def build_pages(place: Place, _arguments: list[str]) -> int:
    """What the pages load, built again where its sources changed."""
    with place.locked():
        setup.pages(place)
    return 0


def servers(place: Place, arguments: list[str]) -> int:
    """`servers [stop]`: PostgreSQL and RabbitMQ for tests, with their addresses as shell exports."""
    place = for_tests(place)
    with place.locked():
        if "stop" in arguments:
            stop_servers(place)
            return 0
        start_servers(place)
    for name, value in addresses(place).items():
        print(f"export {name}={value}")
    return 0


def up(place: Place, _arguments: list[str]) -> int:
    """The whole suite; it runs on after this command."""
    with place.locked():
        setup.setup(place, setup.RUNTIME)
        start_servers(place)
        suite.up(place)
        suite.settle_in(place)
    suite.describe(place)
    if not town.is_there(place):
        print("\n`make town` fills it with 5,000 invented citizens and two years of history.")
    return 0


def fill(place: Place, arguments: list[str]) -> int:
    """`town [small]`: the invented municipality, once; the suite runs on after this command."""
    if town.is_there(place):
        say("The town is there already. For another one: make down, delete .run, make town")
        return up(place, [])
    with place.locked():
        setup.setup(place, setup.RUNTIME)
        start_servers(place)
        suite.up(place)
        suite.settle_in(place)
        town.fill(place, "".join(arguments) or "full")
        suite.up(place)
    suite.describe(place)
    return 0


def down(place: Place, _arguments: list[str]) -> int:
    """Everything that was started here; the data stay."""
    with place.locked():
        suite.down(place)
        stop_servers(place)
    return servers(place, ["stop"])


def status(place: Place, _arguments: list[str]) -> int:
    """Prints what runs; 0 when all of it does."""
    rows = {"postgresql": postgres.running(place), "rabbitmq": rabbitmq.running(place)} | suite.status(place)
    for name, works in rows.items():
        print(f"  {name:<24}{'up' if works else 'down'}")
    return 0 if len(rows) > 2 and all(rows.values()) else 1


def test(place: Place, arguments: list[str]) -> int:
    """Pytest with real servers: those named in the environment, else ours, which then stay for next time."""
    given = {name: os.environ[name] for name in TEST_SETTINGS if os.environ.get(name)}
    place = for_tests(place)
    with place.locked():
        setup.setup(place, setup.DEVELOPMENT)
        if len(given) < len(TEST_SETTINGS):
            start_servers(place)
    command = [str(setup.PYTHON), "-m", "pytest", *arguments]
    environment = {**os.environ, **addresses(place), **given}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def demo(place: Place, _arguments: list[str]) -> int:
    """The story on a suite of its own."""
    return on_fresh_suite(Place(place.run / "demo"), setup.RUNTIME, suite.story)


def contract(place: Place, arguments: list[str]) -> int:
    """The API documents' tests on a suite of its own."""
    command = ["-m", "pytest", "tests/contract", *arguments]
    return on_fresh_suite(Place(place.run / "contract"), setup.DEVELOPMENT, lambda _place: command)


def journeys(place: Place, arguments: list[str]) -> int:
    """The practices played from end to end, on a suite of their own whose clock they move; two of them in a browser."""
    setup.browser(place)
    place = Place(place.run / "journeys")
    os.environ["CLOCK_FILE"] = str(place.run / "clock")
    command = ["-m", "pytest", "tests/journeys", *arguments]
    return on_fresh_suite(place, setup.DEVELOPMENT, lambda _place: command)


def screens(place: Place, arguments: list[str]) -> int:
    """The pages' tests in a browser, on a suite of their own; pictures of what failed stay in its directory."""
    setup.browser(place)
    place = Place(place.run / "screens")
    pictures = ["--output", str(place.run / "failed"), "--screenshot", "only-on-failure"]
    command = ["-m", "pytest", "tests/screens", *pictures, *arguments]
    return on_fresh_suite(place, setup.DEVELOPMENT, lambda _place: command)


def screenshots(place: Place, _arguments: list[str]) -> int:
    """A picture of every page in every role at three widths."""
    setup.browser(place)
    command = ["-m", "tests.screens.photographs", str(place.run / "screenshots")]
    return on_fresh_suite(Place(place.run / "screens"), setup.DEVELOPMENT, lambda _place: command)


def on_fresh_suite(place: Place, requirements: str, command: Callable[[Place], list[str]]) -> int:
    """Runs a command on a suite, a database and a broker that are new and end with it."""
    with place.locked():
        suite.down(place)
        stop_servers(place)
        suite.erase(place)
        try:
            setup.setup(place, requirements)
            start_servers(place)
            suite.up(place)
            return suite.play(place, command(place), addresses(place))
        finally:
            with step("the suite ends"):
                suite.down(place)
            stop_servers(place)


def backup(place: Place, arguments: list[str]) -> int:
    """`backup [FOLDER]`: the whole database into two encrypted files."""
    with place.locked():
        setup.setup(place, setup.RUNTIME)
        postgres.start(place)
        return backups.make(place, "".join(arguments))


def restore(place: Place, arguments: list[str]) -> int:
    """`restore FILE`: the database as it was; then `up`."""
    with place.locked():
        setup.setup(place, setup.RUNTIME)
        start_servers(place)
        return backups.restore(place, "".join(arguments))


def rotate(place: Place, arguments: list[str]) -> int:
    """`rotate add|use|forget`: the next keys; then `down` and `up`."""
    with place.locked():
        command: list[str | Path] = [setup.PYTHON, "-m", "deploy.secrets", place.secrets, "--rotate", *arguments]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def rows(place: Place, _arguments: list[str]) -> int:
    """Each table with its number of rows and their checksum."""
    with place.locked():
        postgres.start(place)
        return backups.rows(place)


def for_tests(place: Place) -> Place:
    """Servers apart from those of `up`: roles belong to a whole server, and tests give them other passwords."""
    return Place(place.run / "tests")


def start_servers(place: Place) -> None:
    """PostgreSQL and RabbitMQ of this run directory."""
    setup.servers(place)
    postgres.start(place)
    rabbitmq.start(place)


def stop_servers(place: Place) -> None:
    """Both servers; their data stay."""
    rabbitmq.stop(place)
    postgres.stop(place)


def addresses(place: Place) -> dict[str, str]:
    """What the tests read."""
    return dict(zip(TEST_SETTINGS, (postgres.url(place), rabbitmq.url(place)), strict=True))


COMMANDS: dict[str, Callable[[Place, list[str]], int]] = {
    "setup": install,
    "assets": build_pages,
    "servers": servers,
    "up": up,
    "town": fill,
    "down": down,
    "status": status,
    "test": test,
    "demo": demo,
    "contract": contract,
    "journeys": journeys,
    "screens": screens,
    "screenshots": screenshots,
    "backup": backup,
    "restore": restore,
    "rows": rows,
    "rotate": rotate,
    "ops": suite.ops,
    "audit": suite.audit,
}

if __name__ == "__main__":
    sys.exit(main())
