"""The database on another host: row by row as it was, the trail whole, and no letter twice."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from deploy import backup
from deploy.local import postgres
from deploy.local.place import Place
from services.notifications.consumer import HANDLERS
from services.notifications.use_cases import messages
from services.notifications.use_cases.delivery import PostOffice
from shared import audit, broker, calendar, clock, ops, outbox, restored
from shared.broker import Delivery
from shared.config import Settings
from shared.database import Database
from shared.events import CitizenRegistered, VisitationBooked
from shared.handling import Handling
from shared.outbox import record
from tests.conftest import ROLE_PASSWORDS, World
from tests.notifications.post import Catcher
from tests.shared.test_audit_trail import look_and_change, seal_everything, tell_the_neighbour

MAIL = "kirsten@example.dk"


@pytest.fixture(scope="module")
def empty_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server that knows none of our roles, with an empty database."""
    place = Place(tmp_path_factory.mktemp("host"))
    postgres.start(place)
    postgres.create_database(place, "jobbutik")
    yield postgres.url(place, "jobbutik")
    postgres.stop(place)
    postgres.erase(place)


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("a test's own words\n")
    return file


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    kept = Catcher()
    kept.start()
    yield kept
    kept.stop()


def by_day() -> datetime:
    """Now, or the next morning: letters rest at night."""
    now = clock.now()
    hour = now.astimezone(calendar.DENMARK).hour
    if 8 <= hour < 20:
        return now
    return calendar.danish_time(calendar.danish_day(now) + timedelta(days=hour >= 20), 10)


class House:
    """Intake and notifications over real, committing connections; the bus between them is moved by hand."""

    def __init__(self, settings: dict[str, Settings], catcher: Catcher) -> None:
        self.intake = Database(settings["intake"])
        self.matching = Database(settings["matching"])
        self.notifications = Database(replace(settings["notifications"], smtp_url=catcher.url))

    def book(self, citizen_id: uuid.UUID) -> None:
        now = clock.now()
        with self.intake.begin(actor="test") as session:
            record(session, CitizenRegistered(
                citizen_id=citizen_id, municipality_code="0163", language="da", interpreter=False,
                digital_post_exempt=False, protected=False, name="Kirsten Test", email=MAIL,
            ))  # fmt: skip
            record(session, VisitationBooked(
                visitation_id=uuid.uuid4(), citizen_id=citizen_id, starts_at=now + timedelta(days=1),
                ends_at=now + timedelta(days=1, minutes=30), place_code="jobbutik", local_goal_due=now.date(),
            ))  # fmt: skip

    def bus(self) -> None:
        with psycopg.connect(self.intake.settings.database_url) as connection:
            waiting = outbox.take(connection, 1000)
            outbox.mark(connection, [row.seq for row in waiting])
        self.handle([row.body.encode() for row in waiting])

    def handle(self, bodies: list[bytes]) -> None:
        heard = [body for body in bodies if b"intake.citizen.registered" in body or b"intake.visitation" in body]
        batch = [Delivery(number, False, False, body, {}) for number, body in enumerate(heard)]
        Handling(self.notifications, HANDLERS).handle(batch)

    def find_addresses(self) -> None:
        with self.notifications.begin(actor="test") as session:
            messages.find_addresses(session)

    def send(self) -> None:
        self.find_addresses()
        office, more = PostOffice(), True
        while more:
            with clock.moved_to(by_day()), self.notifications.begin(actor="test") as session:
                more = office.deliver(session)

    def letters(self) -> list[tuple[str, str | None]]:
        with self.notifications.begin(actor="test") as session:
            kept = text("SELECT state, error_code FROM message WHERE state <> 'planned' ORDER BY id")
            return [tuple(row) for row in session.execute(kept)]

    def close(self) -> None:
        for database in (self.intake, self.matching, self.notifications):
            database.close()


def replayed(house: House) -> list[bytes]:
    since, settings = clock.now() - timedelta(hours=1), house.intake.settings
    with psycopg.connect(settings.database_url) as connection:
        ops.replay(connection, settings, "notifications", since)
    with broker.blocking_channel(settings.amqp_url) as channel:
        bodies = []
        while (got := channel.basic_get("jobbutik.notifications", auto_ack=True))[2]:
            bodies.append(got[2])
    return bodies


def moved_to(url: str, world: World) -> dict[str, Settings]:
    made = {}
    for service, settings in world.settings.items():
        there = make_url(url).set(username=service, password=ROLE_PASSWORDS[service])
        made[service] = replace(settings, database_url=there.render_as_string(hide_password=False))
    return made


def one_letter_sent_one_queued_one_untold(house: House, world: World) -> None:
    tables = "intake.outbox, notifications.message, notifications.inbox, notifications.address"
    with psycopg.connect(world.admin_url, autocommit=True) as admin:
        admin.execute(f"TRUNCATE {tables} CASCADE".encode())
    look_and_change(house.intake, 3)
    seal_everything(house.intake)
    tell_the_neighbour(house.intake, house.matching)
    for send in (house.send, house.find_addresses):
        house.book(uuid.uuid4())
        house.bus()
        send()
    house.book(uuid.uuid4())


@pytest.mark.usefixtures("broker_to_ourselves")
def test_f39_s42_the_database_comes_back_on_an_empty_host_and_no_letter_goes_out_twice(
    sealed_world: World, empty_host: str, passphrase: Path, catcher: Catcher, tmp_path: Path
) -> None:
    before = House(sealed_world.settings, catcher)
    one_letter_sent_one_queued_one_untold(before, sealed_world)

    file = backup.make(sealed_world.admin_url, passphrase, tmp_path / "kept")
    with psycopg.connect(sealed_world.admin_url) as admin:
        as_it_was = backup.rows(admin)
    before.bus()
    before.send()
    assert len(catcher.to(MAIL)) == 3
    before.close()

    found = backup.restore(empty_host, ROLE_PASSWORDS, passphrase, file)
    with psycopg.connect(empty_host) as admin:
        verified = audit.verify(admin)
    after = House(moved_to(empty_host, sealed_world), catcher)
    said = [restored.settle(one.settings) for one in (after.intake, after.notifications)]
    after.bus()
    after.handle(replayed(after))
    after.send()

    assert found == as_it_was
    assert [line for good, line in verified if not good] == []
    assert "2 events marked as replayed" in said[0]
    assert said[1].endswith("1 letters held")
    assert after.letters() == [("sent", None), ("failed", "restored"), ("suppressed", "replayed")]
    assert len(catcher.to(MAIL)) == 3
    after.close()


def test_s42_nothing_in_the_files_can_be_read_without_the_passphrase_or_after_a_change(
    sealed_world: World, passphrase: Path, tmp_path: Path
) -> None:
    file = backup.make(sealed_world.admin_url, passphrase, tmp_path)
    other = tmp_path / "other"
    other.write_text("other words\n")
    whole = file.read_bytes()

    with pytest.raises(backup.BackupError, match="cannot be opened"):
        backup.check(other, file)
    file.write_bytes(whole[:-200] + bytes([whole[-200] ^ 1]) + whole[-199:])
    with pytest.raises(backup.BackupError, match="cannot be opened"):
        backup.check(passphrase, file)
    assert b"PGDMP" not in whole
    assert b"visitation" not in whole
    assert sorted(path.stat().st_mode & 0o777 for path in tmp_path.glob("*.gpg")) == [0o600, 0o600]


def test_a_database_that_has_something_is_never_written_over(
    sealed_world: World, passphrase: Path, tmp_path: Path
) -> None:
    file = backup.make(sealed_world.admin_url, passphrase, tmp_path)

    with pytest.raises(backup.BackupError, match="already has"):
        backup.restore(sealed_world.admin_url, ROLE_PASSWORDS, passphrase, file)


def test_a_row_that_differs_has_another_checksum(sealed_world: World) -> None:
    change = "UPDATE notifications.alembic_version SET version_num = version_num || 'x' WHERE true"
    with psycopg.connect(sealed_world.admin_url) as admin:
        before = backup.rows(admin)
        admin.execute(change.encode())
        after = backup.rows(admin)
        admin.rollback()

    assert {line.split()[0] for line in set(before) ^ set(after)} == {"notifications.alembic_version"}
    assert [line.split()[1] for line in before] == [line.split()[1] for line in after]


def test_missing_settings_are_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deploy.backup", "rows"]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "ADMIN_DATABASE_URL" in done.stderr


def test_a_dump_is_not_kept_without_its_rows(
    sealed_world: World, passphrase: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gpg, tools, once = shutil.which("gpg"), tmp_path / "bin", tmp_path / "once"
    tools.mkdir()
    (tools / "gpg").write_text(f'#!/bin/sh\n[ -e {once} ] && exit 2\ntouch {once}\nexec {gpg} "$@"\n')
    (tools / "gpg").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")

    with pytest.raises(backup.BackupError, match="nothing was kept"):
        backup.make(sealed_world.admin_url, passphrase, tmp_path / "kept")
    assert once.exists()
    assert list((tmp_path / "kept").iterdir()) == []
