"""Keys are changed while everybody writes: whichever process reads, of before a step or after it, can (S36)."""

import random
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import envfile, secrets
from shared import auth, config, envelope
from shared.config import Settings
from shared.crypto import Vault
from shared.envelope import Trace
from shared.events import SERVICES, CitizenRegistered
from shared.sessions import Sessions
from tests.browser import person
from tests.deploy.test_secrets import OPTIONS, PRIVATE

Generation = dict[str, Settings]


def generation(folder: Path) -> Generation:
    """The settings that every process starts with now."""
    secrets.write_local(folder, OPTIONS)
    return {name: config.read(environ=envfile.read(folder / f"{name}.env")) for name in SERVICES}


def number(writer: Generation, reader: Generation) -> bool:
    bound, cpr = str(uuid.uuid4()), f"{random.randrange(10**10):010d}"  # noqa: S311  nobody's
    vaults = [Vault(one["intake"].cpr_keys, one["intake"].cpr_index_key) for one in (writer, reader)]
    same = vaults[0].blind_index(cpr) == vaults[1].blind_index(cpr)
    return same and vaults[1].decrypt(vaults[0].encrypt(cpr, bound_to=bound), bound_to=bound) == cpr


def event(writer: Generation, reader: Generation) -> bool:
    told = CitizenRegistered(
        citizen_id=uuid.uuid4(), municipality_code="0219", language="da", interpreter=False,
        digital_post_exempt=False, protected=False, name="Nancy Ann Test Berggren",
    )  # fmt: skip
    trace = Trace(correlation_id=str(uuid.uuid4()))
    _id, body = envelope.write(told, version=1, trace=trace, seals=writer["intake"].seal_public_keys)
    keys = reader["matching"].seal_private_keys
    return envelope.read(body, service="matching", private_keys=keys).event.name == told.name


def session(writer: Generation, reader: Generation) -> bool:
    cookie = sessions_of(writer["intake"]).issue(person("front_desk"), idle_seconds=60, absolute_seconds=600)
    return sessions_of(reader["followup"]).read(cookie) is not None


def sessions_of(settings: Settings) -> Sessions:
    return Sessions(settings, auth.TokenReader(settings))


def test_s36_nothing_is_unreadable_while_keys_are_changed_under_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in PRIVATE.items():
        monkeypatch.setenv(name, value)
    running = [generation(tmp_path)]
    counted: dict[str, list[bool]] = {"number": [], "event": [], "session": []}
    done, wrong = threading.Event(), []

    def write_and_read(name: str, act: Callable[[Generation, Generation], bool]) -> None:
        while not done.is_set():
            writer, reader = random.choices(running, k=2)  # noqa: S311  any two processes
            try:
                counted[name].append(act(writer, reader))
            except Exception as error:  # noqa: BLE001  whatever it is, somebody could not read
                wrong.append(f"{name}: {type(error).__name__}")

    threads = [threading.Thread(target=write_and_read, args=(name, act))
               for name, act in (("number", number), ("event", event), ("session", session))]  # fmt: skip
    for thread in threads:
        thread.start()
    first = running[0]
    old = Vault(first["intake"].cpr_keys, first["intake"].cpr_index_key).encrypt("0101901111", bound_to="x")
    for step in ("add", "use", "add", "use"):
        secrets.rotate(tmp_path, step)
        # Processes start anew one by one: for a while both of before and of after the step are there.
        running[:] = [running[-1], generation(tmp_path)]
        before = {name: len(results) for name, results in counted.items()}
        while not wrong and any(len(results) < before[name] + 20 for name, results in counted.items()):
            done.wait(0.01)
    done.set()
    for thread in threads:
        thread.join()
    last = running[-1]["intake"]

    assert wrong == []
    assert all(all(results) for results in counted.values())
    assert list(last.cpr_keys) == ["1", "2", "3"]
    assert Vault(last.cpr_keys, last.cpr_index_key).encrypt("x", bound_to="x").startswith("3.")
    assert Vault(last.cpr_keys, last.cpr_index_key).decrypt(old, bound_to="x") == "0101901111"


def test_s36_a_step_out_of_turn_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="add the next keys first"):
        secrets.rotate(tmp_path, "use")
    secrets.rotate(tmp_path, "add")
    known = secrets.made_once(tmp_path)
    with pytest.raises(SystemExit, match="use the next keys first"):
        secrets.rotate(tmp_path, "add")

    assert secrets.made_once(tmp_path) == known


def test_s36_a_former_key_of_tokens_can_be_forgotten_and_nothing_that_was_written_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in PRIVATE.items():
        monkeypatch.setenv(name, value)
    stolen = generation(tmp_path)
    for step in ("add", "use"):
        secrets.rotate(tmp_path, step)
    rotated = generation(tmp_path)
    secrets.rotate(tmp_path, "forget")
    now = generation(tmp_path)

    assert (session(stolen, rotated), session(stolen, now), session(now, now)) == (True, False, True)
    assert number(stolen, now)
    assert event(stolen, now)
    assert now["intake"].session_keys == rotated["intake"].session_keys
    secrets.rotate(tmp_path, "add")


def test_rotation_changes_the_keys_of_a_compose_file_and_no_other_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    secrets.write_compose(tmp_path, file)
    before = envfile.read(file)
    secrets.rotate(tmp_path, "add")
    secrets.write_keys(tmp_path, file)
    after = envfile.read(file)

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "SESSION_KEYS",
        "TOKEN_PUBLIC_KEYS",
        "INTAKE_CPR_KEYS",
        *(f"{s.upper()}_SEAL_PRIVATE_KEYS" for s in SERVICES),
    }
    assert before.keys() == after.keys()


def test_set_of_keys_is_put_in_its_place_whole(tmp_path: Path) -> None:
    """A disk that is full in the middle finds the old set as it was: without it nothing at rest can be read."""
    secrets.made_once(tmp_path)
    file, there = tmp_path / "secrets.json", tmp_path / "as-it-was"
    before = file.read_text()
    there.hardlink_to(file)
    secrets.rotate(tmp_path, "add")

    assert file.read_text() != before
    assert there.read_text() == before
    assert file.stat().st_mode & 0o777 == 0o600
