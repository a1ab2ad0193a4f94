"""The settings that `deploy.secrets` writes are the ones the services read, by either road."""

import argparse
import json
import re
import subprocess
from pathlib import Path

import pytest
from stdnum.dk import cvr

from deploy import envfile
from deploy.local.place import ROOT, SERVICES
from deploy.secrets import CLIENTS, _json, made_once, write_compose, write_local
from shared import config

OPTIONS = argparse.Namespace(
    mode="demo",
    database="127.0.0.1:5432/jobbutik",
    amqp="127.0.0.1:5672/jobbutik",
    smtp="smtp://127.0.0.1:1025",
    public_url="http://127.0.0.1:8080",
)


ADMIN = "postgresql://postgres:secret@127.0.0.1:5432/jobbutik"  # pragma: allowlist secret
PRIVATE = {"BROKER_PASSWORDS": json.dumps(dict.fromkeys(SERVICES, "secret")), "ADMIN_DATABASE_URL": ADMIN}


@pytest.fixture(autouse=True)
def _private(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PRIVATE.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_accepts_its_file(service: str, tmp_path: Path) -> None:
    write_local(tmp_path, OPTIONS)
    settings = config.read(environ=envfile.read(tmp_path / f"{service}.env"))
    assert (settings.service, len(settings.seal_private_keys)) == (service, 1)


def test_the_live_boards_accept_theirs_and_are_told_no_more(tmp_path: Path) -> None:
    write_local(tmp_path, OPTIONS)
    told = envfile.read(tmp_path / "intake-live.env")

    assert (config.read_live(told).service, set(told)) == ("intake", set(config.LIVE))


def test_the_migration_accepts_its_file(tmp_path: Path) -> None:
    write_local(tmp_path, OPTIONS)
    address, passwords = config.read_migration(envfile.read(tmp_path / "migrate.env"))
    assert (address, set(passwords)) == (ADMIN, set(SERVICES))


def test_a_second_start_keeps_the_secrets(tmp_path: Path) -> None:
    assert made_once(tmp_path) == made_once(tmp_path)


def test_secrets_are_the_owners_alone(tmp_path: Path) -> None:
    write_local(tmp_path / "secrets", OPTIONS)
    modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "secrets").iterdir()}
    assert modes == dict.fromkeys(modes, 0)


def test_compose_finds_every_value_it_asks_for(tmp_path: Path) -> None:
    write_compose(tmp_path, tmp_path / ".env")
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= envfile.read(tmp_path / ".env").keys()


def test_compose_file_that_is_there_keeps_every_byte_and_gets_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / ".env"
    write_compose(tmp_path, file)
    lacking = ("SESSION_KEYS", "INTAKE_OIDC_CLIENT_ID", "INTAKE_OIDC_CLIENT_SECRET", "OIDC_BACKCHANNEL")
    whole = envfile.read(file)
    lines = [line for line in file.read_text().splitlines() if line.split("=")[0] not in lacking]
    edited = "\n".join([*lines, "# ours", 'export  SMTP_URL = "smtp://mail:25"  # the relay']).encode()
    file.write_bytes(edited)

    write_compose(tmp_path, file)

    added = file.read_bytes().removeprefix(edited).decode().splitlines()
    assert file.read_bytes().startswith(edited + b"\n")
    assert sorted(added) == sorted(["", *(f"{name}='{whole[name]}'" for name in lacking)])
    assert (
        capsys.readouterr()
        .out.splitlines()[-1]
        .endswith("added: SESSION_KEYS, INTAKE_OIDC_CLIENT_ID, INTAKE_OIDC_CLIENT_SECRET, OIDC_BACKCHANNEL")
    )
    after = file.read_bytes()
    write_compose(tmp_path, file)
    assert file.read_bytes() == after


def test_compose_file_for_production_gets_nothing_of_the_demo(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MODE='production'\nSESSION_KEYS='{}'\n")
    write_compose(tmp_path, tmp_path / ".env")
    found = envfile.read(tmp_path / ".env")

    assert (found["MODE"], found["SESSION_KEYS"]) == ("production", "{}")
    assert "INTAKE_OIDC_CLIENT_SECRET" in found
    assert not {"COMPOSE_PROFILES", "OIDC_BACKCHANNEL", "AUTHORITY"} & found.keys()


def test_demo_is_an_invented_municipality_by_either_road(tmp_path: Path) -> None:
    write_local(tmp_path, OPTIONS)
    write_compose(tmp_path, tmp_path / ".env")
    for service in SERVICES:
        authority = config.read(environ=envfile.read(tmp_path / f"{service}.env")).authority
        assert (authority.name, authority.missing) == ("Eksempelby Kommune", [])
    assert json.loads(envfile.read(tmp_path / ".env")["AUTHORITY"])["name"] == "Eksempelby Kommune"
    assert re.search(r"^  AUTHORITY:$", (ROOT / "docker-compose.yml").read_text(), re.MULTILINE)


def test_danish_letters_go_through_the_file(tmp_path: Path) -> None:
    envfile.write(tmp_path / "x.env", {"AUTHORITY": _json({"name": "Ærøskøbing Å"})})
    assert envfile.read(tmp_path / "x.env") == {"AUTHORITY": '{"name":"Ærøskøbing Å"}'}


def test_a_shell_reads_the_same_values(tmp_path: Path) -> None:
    write_local(tmp_path, OPTIONS)
    script = f"set -a; . {tmp_path}/intake.env; env -0"
    output = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    in_shell = dict(pair.split("=", 1) for pair in output.rstrip("\0").split("\0"))
    assert envfile.read(tmp_path / "intake.env").items() <= in_shell.items()


def test_a_value_that_no_reader_could_quote_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="NAME"):
        envfile.write(tmp_path / "x.env", {"NAME": "it's"})


def test_demo_organisations_are_numbers_nobody_has() -> None:
    numbers = [organisation for _roles, organisation in CLIENTS.values() if organisation]
    assert [n for n in numbers if cvr.is_valid(n) and int(n) >= 90_000_000] == numbers
