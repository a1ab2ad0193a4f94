"""S41: after the erasure a person is found in no row of any service, beyond the named list."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.matching.models import Company
from services.matching.models.forum import ForumLine
from services.matching.queries import sealing
from services.notifications.models import Reply
from services.notifications.use_cases import returns
from shared import clock
from shared.crypto import Vault
from shared.database import new_id
from shared.events import SERVICES, CitizenErased, Event, MatchProposed, heard_by
from tests.house import ServiceUnderTest
from tests.intake.test_erasure import OFFICER, at, match, night, placement
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_visitation import WISHES
from tests.scan import found_in

NAMED = {
    "intake": {"lookup", "outbox", "idempotency"},
    "matching": set(),
    "followup": set(),
    "notifications": set(),
}
"""Who looked, until its time; the word of the erasure itself; the sealed answer to the officer, seven days."""


@pytest.fixture
def town(
    intake: ServiceUnderTest, matching: ServiceUnderTest, followup: ServiceUnderTest, notifications: ServiceUnderTest
) -> dict[str, ServiceUnderTest]:
    """All four services."""
    return dict(zip(SERVICES, (intake, matching, followup, notifications), strict=True))


def spread(town: dict[str, ServiceUnderTest], events: Sequence[Event], teller: str = "intake") -> None:
    """Everybody hears what concerns them, each with what they may open."""
    for name, service in town.items():
        told = town[teller].told(opener=name) if teller == "intake" else events
        heard = [event for event in told if isinstance(event, heard_by(name))]
        service.hear(*heard)


def lived(town: dict[str, ServiceUnderTest]) -> tuple[UUID, list[str]]:
    """Somebody with a visitation, wishes, a match, a placement that ends in December, letters and a failed delivery."""
    intake = town["intake"]
    citizen_id = UUID(register(intake, name="Åse Ørsted Quistgaard", email="aase.q@example.dk")["citizen_id"])
    with clock.moved_to(MONDAY):
        intake.call("POST", f"/citizens/{citizen_id}/job-wishes", WISHES)
        intake.call("GET", f"/citizens/{citizen_id}")
        spread(town, ())
        agreed = placement(citizen_id, match_id := new_id(), MONDAY.date() + timedelta(days=40))
        spread(town, [match(MatchProposed, citizen_id, match_id, occupation="x", factors=()), agreed], "matching")
        spread(town, town["followup"].told(), "followup")
        _wrote(town, citizen_id)
        for service in town.values():
            with service.begin() as session:
                session.execute(_FAILED, {"id": new_id(), "body": f'{{"citizen_id": "{citizen_id}"}}'.encode()})
                session.execute(_SEALED, {"key": str(new_id()), "subjects": [citizen_id]})
    vault = Vault(intake.settings.cpr_keys, intake.settings.cpr_index_key)
    cpr = WALK_IN["cpr"]
    index = vault.blind_index(cpr.replace("-", ""))
    secret = intake.connection.scalar(text("SELECT cpr_secret FROM citizen"))
    return citizen_id, [
        str(citizen_id), cpr, "Quistgaard", "Ørsted", "aase.q@example.dk", "20123456", "20 12 34 56",
        index.hex(), base64.b64encode(index).decode(), str(secret),
    ]  # fmt: skip


def _wrote(town: dict[str, ServiceUnderTest], citizen_id: UUID) -> None:
    """Words under seal: to a company, and in answer to a letter."""
    line_id, reply_id = new_id(), new_id()
    with town["matching"].begin() as session:
        sealed = sealing.sealed(session, "Jeg hedder Quistgaard", "forum_line", line_id)
        company = Company(id=new_id(), cvr="90000004", name="Kantinen", sort_key="kantinen", public=False,
                          contact_name="Vera Vagn")  # fmt: skip
        session.add(company)
        session.flush()
        session.add(ForumLine(
            id=line_id, company_id=company.id, profile_id=new_id(), citizen_id=citizen_id, by_company=False,
            sealed=sealed, at=clock.now(), state="waiting",
        ))  # fmt: skip
    with town["notifications"].begin() as session:
        answer = returns.seal(town["notifications"].settings, reply_id, "Ring 20 12 34 56")
        session.add(Reply(id=reply_id, people=[citizen_id], words_sealed=answer, from_known=True, files=False,
                          received_at=clock.now()))  # fmt: skip


_FAILED = text(
    "INSERT INTO failed_delivery VALUES (:id, 'x', 'x', 'x', :body, 'x', 9, clock_timestamp(), clock_timestamp(), NULL)"
)
_SEALED = text("INSERT INTO idempotency (key, answer, subjects) VALUES (:key, 'sealed', :subjects)")


def test_s41_erased_person_is_found_nowhere_after_the_job(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, needles = lived(town)
    before = {name: found_in(service.connection, name, needles) for name, service in town.items()}
    assert {"citizen", "first_contact", "visitation", "job_wishes", "engagement", "outbox", "audit", "lookup",
            "failed_delivery", "idempotency"} <= set(before["intake"])  # fmt: skip
    assert {"citizen_copy", "wishes_copy", "forum_line"} <= set(before["matching"])
    assert {"citizen", "placement", "audit", "outbox"} <= set(before["followup"])
    assert {"address", "message", "audit", "reply"} <= set(before["notifications"])

    night(town["intake"], at(2031, 12, 1), at(2032, 1, 2))
    (told,) = town["intake"].told(CitizenErased)
    spread(town, [told], "matching")

    after = {name: set(found_in(service.connection, name, needles)) for name, service in town.items()}
    assert told.citizen_id == citizen_id
    assert after == NAMED | {"intake": {"lookup", "outbox"}}
    assert [event["type"] for event in town["intake"].envelopes() if str(citizen_id) in str(event)] == [
        "dk.jobbutik.intake.citizen.erased.v1"
    ]


def test_s41_erased_on_request_weeks_after_the_last_event(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, needles = lived(town)
    with clock.moved_to(MONDAY + timedelta(days=60)):
        token = town["intake"].token_for(OFFICER)
        assert town["intake"].call("POST", f"/citizens/{citizen_id}/erasure", token=token).status_code == 201
    spread(town, town["intake"].told(CitizenErased), "matching")

    after = {name: set(found_in(service.connection, name, needles)) for name, service in town.items()}
    assert after == NAMED
    assert town["intake"].connection.scalar(_TELLING, {"person": citizen_id}) == 1


def test_each_service_says_whose_history_it_emptied_so_that_another_can_vouch(
    town: dict[str, ServiceUnderTest],
) -> None:
    citizen_id, _ = lived(town)
    night(town["intake"], at(2031, 12, 1), at(2032, 1, 2))
    spread(town, town["intake"].told(CitizenErased), "matching")
    digest = hashlib.sha256(str(citizen_id).encode()).hexdigest()

    said = {name: service.connection.scalars(_NAMED_AS_EMPTIED).all() for name, service in town.items()}
    assert {name: set(digests) for name, digests in said.items()} == {name: {digest} for name in SERVICES}


_NAMED_AS_EMPTIED = text("SELECT jsonb_array_elements_text(changes -> 'people') FROM audit WHERE verb = 'empty'")
_TELLING = text("SELECT count(*) FROM idempotency WHERE :person = ANY(subjects)")


def test_placement_is_kept_for_the_statistics_without_the_person(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, _ = lived(town)
    night(town["intake"], at(2031, 12, 1), at(2032, 1, 2))
    spread(town, town["intake"].told(CitizenErased), "matching")

    placed = town["followup"].connection.execute(text("SELECT citizen_id, offer_type FROM placement")).one()
    assert (placed.offer_type, placed.citizen_id == citizen_id) == ("fleksjob", False)


def test_another_person_is_left_as_they_were(town: dict[str, ServiceUnderTest]) -> None:
    lived(town)
    other = register(town["intake"], at(2031, 11, 3).replace(hour=10), cpr="010190-9990", name="Bo Blivende")
    spread(town, ())
    night(town["intake"], at(2031, 12, 1), at(2032, 1, 2))
    spread(town, town["intake"].told(CitizenErased), "matching")

    needles = [other["citizen_id"], "Bo Blivende"]
    assert {"citizen", "first_contact", "audit", "outbox"} <= set(
        found_in(town["intake"].connection, "intake", needles)
    )
    assert "citizen" in found_in(town["followup"].connection, "followup", needles)
    assert "address" in found_in(town["notifications"].connection, "notifications", needles)
