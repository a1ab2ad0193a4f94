"""A municipality with 5,000 citizens and 600 companies: each service's own true story, and copies of its rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, Engine, select, text

from services.intake.use_cases import slots
from services.notifications.models import Message, Reply
from services.notifications.rules.returns import Returned
from services.notifications.use_cases import returns
from shared import clock, links
from shared.database import engine_for
from shared.events import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS
from tests.conftest import World
from tests.followup import surroundings, telling
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN
from tests.intake.test_visitation import HOSTS, WISHES
from tests.matching import factories
from tests.notifications import story

CITIZENS, COMPANIES = 5_000, 600
Ids = dict[str, str]
# What must differ between two copies of a row; identifiers are mapped alike in every table, so that copies stay whole.
DIFFERENT = {
    "cvr": "(cvr::bigint + n)::text",
    "p_number": "(p_number::bigint + n)::text",
    "cpr_index": "decode(md5(cpr_index::text || n), 'hex')",
    "name": "name || ' ' || n",
    "number": "number + n",
    "name_sort": "name_sort || n",
    "part": "part || n",
}


@dataclass(frozen=True)
class Own:
    """Tables of which one person or company has many rows, so that a page that asks once a row is found out."""

    tables: tuple[str, ...]
    whose: str
    id_name: str
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Municipality:
    """A database of its own, and by service what to put into addresses."""

    world: World
    ids: dict[str, Ids]


@contextmanager
def settled(world: World, citizens: int = CITIZENS, companies: int = COMPANIES) -> Iterator[Municipality]:
    """Fills a fresh database, which somebody else made and drops."""
    admin = engine_for(world.admin_url)
    ids = {}
    for service, begin in BEGINNINGS.items():
        engine = engine_for(world.settings[service].database_url)
        with engine.begin() as connection:
            ids[service] = begin(ServiceUnderTest(world.settings, service, world.client_secrets, connection))
        engine.dispose()
        _multiply(admin, service, ids[service], COPIES[service](citizens, companies))
    yield Municipality(world, ids)
    admin.dispose()


def _multiply(admin: Engine, service: str, ids: Ids, times: Sequence[tuple[tuple[str, ...], int]]) -> None:
    with admin.begin() as connection:
        # The trail of what never happened would only cost time.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"SET LOCAL search_path = {service}"))
        for tables, copies in times:
            for table in tables:
                copy_rows(connection, table, range(1, copies))
        own = MORE[service]
        for table in own.tables:
            whose = f" WHERE {own.whose} = '{ids[own.id_name]}'"
            copy_rows(connection, table, range(MANY, MANY + 20), own.kept, whose)
        connection.execute(text("ANALYZE"))


def copy_rows(connection: Connection, table: str, copies: range, kept: tuple[str, ...] = (), whose: str = "") -> None:
    """Each row of a service's table again for every number from start to stop, ids mapped alike in all tables."""
    columns: Sequence[Any] = connection.execute(
        text("SELECT column_name AS name, data_type AS type FROM information_schema.columns"
             " WHERE table_schema = current_schema AND table_name = :table AND is_generated = 'NEVER'"),
        {"table": table},
    ).all()  # fmt: skip
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(column.name if column.name in kept else _value(column.name, column.type) for column in columns)
    numbers = f"generate_series({copies.start}, {copies.stop}) AS n"
    connection.execute(text(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, {numbers}{whose}"))  # noqa: S608


def _value(name: str, kind: str) -> str:
    """The copy's value: other identifiers, and some days earlier, so that not everything is today."""
    if name in DIFFERENT:
        return DIFFERENT[name]
    if kind == "uuid":
        return f'md5("{name}"::text || n)::uuid'
    if kind == "ARRAY" and name == "people":
        return f'(SELECT array_agg(md5(one::text || n)::uuid) FROM unnest("{name}") AS one)'  # noqa: S608
    if kind in ("date", "timestamp with time zone"):
        return f"\"{name}\" - (n % 600) * interval '1 day'"
    return f'"{name}"'


def _intake(intake: ServiceUnderTest) -> Ids:
    with intake.begin() as session:
        slots.stock_slots(session)
    for host in HOSTS:
        intake.call("POST", "/hosts", host, client="adviser")
    first = intake.call("POST", "/first-contacts", WALK_IN).json
    held = f"/visitations/{first['visitation']['id']}/outcome"
    assert intake.call("POST", held, {"job_wishes": WISHES}, client="adviser").status_code == 201
    again = intake.call("POST", "/first-contacts", WALK_IN).json["visitation"]
    code = links.code(intake.settings, links.APPOINTMENT, UUID(again["id"]), datetime.fromisoformat(again["starts_at"]))
    other = intake.call("POST", "/first-contacts", WALK_IN | {"cpr": "150277-9995", "name": "Ruddi Test Hansen"}).json
    job = {"title": "Kok", "employer": "Café Prøve"}
    jobs = [intake.call("POST", f"/citizens/{first['citizen_id']}/job-referrals", job).json for _ in range(3)]
    came = intake.call("POST", f"/citizens/{first['citizen_id']}/arrivals", {}).json
    given = {"to_code": "desk-2", "reason_code": "language"}
    handed = intake.call("POST", f"/arrivals/{came['id']}/hand-overs", given).json
    return {
        "citizen": first["citizen_id"], "other_citizen": other["citizen_id"], "arrival": came["id"],
        "hand_over": handed["id"], "arrival_mark": f"{came['id']} 1",
        "receipt": first["contact_id"], "visitation": first["visitation"]["id"],
        "own_visitation": again["id"], "appointment_code": code,
        "consultant": intake.call("GET", "/consultants").json["items"][0]["consultant"]["id"],
        "job_referral": jobs[0]["id"],
    }  # fmt: skip


def _matching(matching: ServiceUnderTest) -> Ids:
    need = factories.add_need(matching, starts_on=_in(14), positions=4)
    candidates = [factories.add_candidate(matching) for _ in range(5)]
    asked = factories.posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(candidates[0])})
    waiting = factories.consented(matching, need, candidates[1])
    another = {"company_id": need["company_id"], "p_number": need["p_number"]}
    filled = factories.posted(matching, "/needs", factories.need_body({"id": need["company_id"]}, **another))
    agreed = factories.accepted(matching, filled, candidates[2])
    wanted = factories.accepted(matching, need, candidates[3])
    body = factories.placement_body(
        agreed, starts_on=_in(14), ends_on=_in(41), first_day_at=f"{_in(14)}T07:00:00+01:00"
    )
    placement = factories.posted(matching, "/placements", body)
    factories.stated(matching, placement)
    plan = factories.posted(matching, "/plans", {})
    at = f"/workplaces/{need['p_number']}/centre"
    factories.posted(matching, at, {"role": "last"})
    factories.posted(matching, f"{at}/places", {"name": "Plads 1", "windows": ["tue 09:00-12:00"]})
    waits = {"citizen_id": str(candidates[2]), "windows": ["tue 10:00-11:00"]}
    stay = factories.posted(matching, f"{at}/stays", waits)
    project = {"name": "Renovering", "company_id": need["company_id"], "starts_on": _in(0), "ends_on": _in(700)}
    return {
        "centre_stay": stay["id"], "project": factories.posted(matching, "/projects", project)["id"],
        "plan_line": plan["lines"][0]["id"], "forum_line": _forum_line(matching, candidates[2]),
        "citizen": str(candidates[2]), "company": need["company_id"],
        "open_need": need["id"], "filled_need": filled["id"], "asked_match": asked["id"],
        "waiting_match": waiting["id"], "wanted_match": wanted["id"], "agreed_match": agreed["id"],
        "placement": placement["id"], "p_number": need["p_number"],
    }  # fmt: skip


def _forum_line(matching: ServiceUnderTest, citizen_id: UUID) -> str:
    """A company wrote to the citizen's profile; nobody has passed it on yet."""
    told = {"own_words": "Jeg holder af orden.", "shown": True, "consented": True}
    profile = factories.posted(matching, f"/candidates/{citizen_id}/assisted-profile", told)
    body = {"profile_id": profile["id"], "text": "Vil du høre om et job?"}
    return str(factories.posted(matching, "/forum-lines", body, "company-a")["id"])


def _followup(followup: ServiceUnderTest) -> Ids:
    today = clock.today()
    dates = {"starts_on": today, "ends_on": today + timedelta(days=90), "first_day_at": clock.now()}
    followup.hear(telling.citizen(), telling.company(), telling.placement(**dates))
    telling.link_mentor(followup, str(telling.MENTOR))
    placement = followup.call("GET", f"/placements/{telling.PLACEMENT}", client="consultant").json
    invitation = followup.call("POST", f"/placements/{telling.PLACEMENT}/mentor-invitations", client="consultant").json
    missed = {"kind": "interview", "on": today.isoformat()}
    absence = followup.call("POST", f"/citizens/{telling.CITIZEN}/absences", missed, client="consultant").json
    last = placement["contacts"][-1]["id"]
    followup.call("POST", f"/placements/{telling.PLACEMENT}/taken", client="consultant")
    held = {"outcome_code": "going_well", "next_step_code": "extend", "next_step_on": today.isoformat()}
    assert followup.call("POST", f"/contacts/{last}/held", held, client="consultant").status_code == 201
    step = followup.call("GET", "/next-steps", client="consultant").json["items"][0]
    return {
        **surroundings.made(followup),
        "absence": absence["id"],
        "next_step": step["id"],
        "followup_hand_over": _handed_over(followup),
        "citizen": str(telling.CITIZEN),
        "mentor_code": invitation["code"],
        "placement": str(telling.PLACEMENT),
        "follow_up": placement["contacts"][0]["id"],
    }  # fmt: skip


def _handed_over(followup: ServiceUnderTest) -> str:
    """A case that the consultant's program asks the adviser's to take."""
    followup.call("GET", "/hand-overs", client="adviser")
    asked = followup.call("POST", "/hand-overs", {"kind": "give", "to_owner": "adviser"}, client="consultant")
    return str(asked.json["id"])


def _notifications(notifications: ServiceUnderTest) -> Ids:
    notifications.hear(story.citizen(), story.company())
    for number in range(3):
        notifications.hear(story.visitation(visitation_id=uuid5(NAMESPACE_URL, str(number))))
    listed = notifications.call("GET", "/messages").json["items"]
    code = links.code(notifications.settings, links.NO_REMINDERS, story.CITIZEN, clock.now() + timedelta(days=1))
    reply = _answered(notifications, UUID(listed[0]["id"]))
    return {"citizen": str(story.CITIZEN), "message": listed[0]["id"], "reminders_code": code, "reply": reply}


def _answered(notifications: ServiceUnderTest, message_id: UUID) -> str:
    """An answer to a letter, as it comes to the mailbox."""
    with notifications.begin() as session:
        returns.answered(session, session.get_one(Message, message_id), Returned(kind="reply", tags=(), words="Tak"))
        session.flush()
        return str(session.scalar(select(Reply.id)))


def _in(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


BEGINNINGS: dict[str, Callable[[ServiceUnderTest], Ids]] = {
    INTAKE: _intake,
    MATCHING: _matching,
    FOLLOWUP: _followup,
    NOTIFICATIONS: _notifications,
}
PLACED = ("match", "placement", "statement", "ratio_check")
# Which tables, and how often each of their rows is copied, for so many citizens and companies.
COPIES: dict[str, Callable[[int, int], tuple[tuple[tuple[str, ...], int], ...]]] = {
    INTAKE: lambda citizens, _: (
        (
            (
                "citizen",
                "citizen_name",
                "engagement",
                "first_contact",
                "visitation",
                "job_wishes",
                "job_referral",
                "arrival",
            ),
            citizens,
        ),
    ),
    MATCHING: lambda citizens, companies: (
        (("citizen_copy", "readiness_copy", "wishes_copy"), citizens // 5),
        (("company", "workplace", "staff_month", "need", *PLACED), companies),
    ),
    FOLLOWUP: lambda citizens, companies: (
        (("citizen",), citizens),
        (("company", "placement", "contact", "checklist_item", "hour_agreement", "next_step"), companies),
    ),
    NOTIFICATIONS: lambda citizens, _: ((("address", "message"), citizens),),
}

MANY = 1_000_000
MORE = {
    INTAKE: Own(("first_contact", "visitation"), "citizen_id", "citizen", ("citizen_id",)),
    MATCHING: Own(
        ("need", "match", "placement"), "company_id", "company",
        ("company_id", "p_number", "citizen_id", "ratio_check_id"),
    ),
    FOLLOWUP: Own(("placement",), "citizen_id", "citizen", ("citizen_id", "company_id", "mentor_id")),
    NOTIFICATIONS: Own(("message",), "recipient_id", "citizen", ("recipient_id", "people")),
}  # fmt: skip


def known_as(service: str, role: str, ids: Ids) -> dict[str, Any]:
    """Who somebody in a role is, where that decides what is theirs."""
    if role == "company_employee":
        return {"organisation": factories.CVR_A}
    if role == "citizen":
        return {"subject": ids.get("citizen", str(UUID(int=1)))}
    if role == "mentor":
        return {"subject": str(telling.MENTOR)}
    return {"organisation": "jobbutik"} if service == INTAKE else {}
