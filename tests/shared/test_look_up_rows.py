"""Who looked stands there by name for the officer alone, and a board that refreshes itself does not fill the log."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from shared import clock, lookups
from shared.auth import Principal
from shared.database import Database, engine_for
from shared.lookups import About
from tests.browser import person, words
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register

BOARD = About("case", how="list", purpose="visitation")
OFFICER = "data_protection_officer"


def look(service: ServiceUnderTest, who: Principal, *whom: UUID, about: About = BOARD, **how: Any) -> None:
    with service.begin() as session:
        lookups.looked(session, *whom)
        lookups.write(session, who, about, how.pop("route", "/board"), **how)


def adviser(name: str) -> Principal:
    return person("adviser", name=name)


def rows(service: ServiceUnderTest) -> list[Any]:
    return list(service.connection.execute(text("SELECT * FROM lookup ORDER BY seq")).all())


@pytest.mark.parametrize(
    ("who", "name"),
    [
        (person("adviser", name="Rita Råd"), "Rita Råd"),
        (person("company_employee", name="Bo Brød"), "Bo Brød"),
        (person("mentor", name="Mia Mentor"), "Mia Mentor"),
        (person("partner", name="Pia Part"), "Pia Part"),
        (person("adviser", name=""), None),
        (person("citizen", name="Nancy Berggren"), None),
        (Principal(subject="front-desk", roles=("front_desk",), name="Et program"), None),
    ],
    ids=lambda value: value.kind if isinstance(value, Principal) else "",
)
def test_name_of_who_looked_stands_in_the_row_but_for_citizens_and_programs(
    intake: ServiceUnderTest, who: Principal, name: str | None
) -> None:
    look(intake, who, uuid4())

    assert [row.actor_name for row in rows(intake)] == [name]


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("råd", ["Rita Rådgård"]),
        ("RITA", ["Rita Rådgård", "Rita Ø. Ærø"]),
        ("aage", ["Åge Sørensen"]),
        ("ÆRØ", ["Rita Ø. Ærø"]),
        ("sørens", ["Åge Sørensen"]),
        ("%", []),
        ("nobody", []),
    ],
)
def test_officer_searches_by_a_part_of_the_name_whatever_its_case(
    intake: ServiceUnderTest, part: str, found: list[str]
) -> None:
    for name in ("Rita Rådgård", "Åge Sørensen", "Rita Ø. Ærø", "Åge Sørensen"):
        look(intake, adviser(name), uuid4())
    look(intake, person("citizen", name="Rita Råd"), uuid4())
    with intake.begin() as session:
        items = lookups.search(session, name=part)["items"]

    assert sorted({item["actor_name"] for item in items}) == sorted(found)


@pytest.mark.parametrize("service", ["intake", "matching", "followup", "notifications"])
def test_every_service_shows_the_officer_names_and_searches_by_them(
    service: str, request: pytest.FixtureRequest
) -> None:
    under_test: ServiceUnderTest = request.getfixturevalue(service)
    home = {"intake": "/skranken", "matching": "/match", "followup": "/opfoelgning"}.get(service, "/beskeder")
    rita, soeren = adviser("Rita Råd"), adviser("Søren Skranke")
    for who in (rita, soeren):
        look(under_test, who, uuid4())
    officer = under_test.browser(OFFICER)
    whole, one = officer.get(f"{home}/kort/opslag"), officer.get(f"{home}/kort/opslag?name=SØREN")
    file = officer.get(f"{home}/opslag.csv?name=rita").text

    assert ("Rita Råd" in words(whole), "Søren Skranke" in words(whole)) == (True, True)
    assert rita.subject not in words(whole)
    assert ("Rita Råd" in words(one), "Søren Skranke" in words(one)) == (False, True)
    assert f";{rita.subject};Rita Råd;adviser;" in file
    assert "Søren" not in file


def test_the_officers_page_passes_the_name_on_to_every_service(intake: ServiceUnderTest) -> None:
    page = intake.browser(OFFICER).get("/indsigt?name=S%C3%B8ren")

    assert page.text.count("kort/opslag?name=S%C3%B8ren") >= 4
    assert page.text.count("opslag.csv?name=S%C3%B8ren") == 4
    assert 'value="Søren"' in page.text


def test_the_citizen_is_never_told_the_name(intake: ServiceUnderTest) -> None:
    citizen_id = uuid4()
    look(intake, adviser("Rita Råd"), citizen_id)
    page = intake.browser("citizen", subject=str(citizen_id)).get("/skranken/kort/mine-opslag")

    assert "Rådgiver" in words(page)
    assert "Rita" not in page.text


def test_board_that_refreshes_itself_is_one_row_an_hour_and_new_people_on_it_are_another(
    intake: ServiceUnderTest,
) -> None:
    who, first, second = person("front_desk"), uuid4(), uuid4()
    with clock.moved_to(MONDAY.replace(minute=10)):
        for whom in ([first], [first], [second, first], [first, second], [first]):
            look(intake, who, *whom, by_itself=True)
    with clock.moved_to(MONDAY.replace(minute=59)):
        look(intake, who, first, by_itself=True)
    with clock.moved_to(MONDAY.replace(minute=0) + timedelta(hours=1)):
        look(intake, who, first, by_itself=True)

    assert [row.subjects for row in rows(intake)] == [[first], sorted([first, second]), [first]]


def test_another_session_place_purpose_or_outcome_is_another_look(intake: ServiceUnderTest) -> None:
    who, whom = person("front_desk"), uuid4()
    another_session = person("front_desk", subject=who.subject)
    another_purpose = About("case", how="list", purpose="follow_up")
    with clock.moved_to(MONDAY):
        look(intake, who, whom, by_itself=True)
        look(intake, another_session, whom, by_itself=True)
        look(intake, who, whom, by_itself=True, route="/another")
        look(intake, who, whom, by_itself=True, about=another_purpose)
        look(intake, who, whom, by_itself=True, refused=True)
        look(intake, who, whom, by_itself=True)

    assert len(rows(intake)) == 5


def test_own_acts_searches_and_programs_always_leave_a_row(intake: ServiceUnderTest) -> None:
    who, whom = person("front_desk"), uuid4()
    search = About("case", how="search", purpose="visitation")
    machine = Principal(subject="front-desk", roles=("front_desk",))
    for _ in range(2):
        look(intake, who, whom)
        look(intake, who, whom, by_itself=True, about=search)
        look(intake, machine, whom, by_itself=True)

    assert len(rows(intake)) == 6


def test_pages_and_forms_count_as_own_acts_and_fetched_parts_do_not(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        register(intake)
        desk = intake.browser("front_desk", organisation="jobbutikken")
        for _ in range(2):
            desk.get("/skranken")
            desk.get("/skranken/tavle")
        register(intake, cpr="310397-9995")
        for _ in range(2):
            desk.get("/skranken/tavle")
    board = [(row.route, len(row.subjects)) for row in rows(intake) if row.how == "list"]

    assert board == [("/skranken", 1), ("/skranken/tavle", 1), ("/skranken", 1), ("/skranken/tavle", 2)]


def test_refused_refreshes_are_one_row_an_hour_too(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        mentor = intake.browser("mentor")
        answers = [mentor.get("/skranken/tavle").status_code for _ in range(3)]

    assert answers == [403] * 3
    assert [(row.route, row.refused) for row in rows(intake)] == [("/skranken/tavle", True)]


@pytest.fixture
def processes(busy_world: World) -> Iterator[list[Database]]:
    """Two processes of one service."""
    made = [Database(busy_world.settings["intake"]) for _ in range(2)]
    yield made
    for database in made:
        database.close()


def test_two_processes_that_refresh_at_once_leave_one_row(processes: list[Database]) -> None:
    first, second = processes
    who, whom = person("front_desk"), uuid4()

    def refresh(database: Database) -> None:
        with database.begin(actor="test") as session:
            lookups.looked(session, whom)
            lookups.write(session, who, BOARD, "/board", by_itself=True)

    with clock.moved_to(MONDAY):
        with first.begin(actor="test") as session:
            lookups.looked(session, whom)
            lookups.write(session, who, BOARD, "/board", by_itself=True)
            waiting = Thread(target=refresh, args=(second,))
            waiting.start()
        waiting.join()

    with first.begin(actor="test") as session:
        assert len(lookups.search(session, actor=who.subject)["items"]) == 1


def test_where_a_refresh_cannot_be_recorded_it_fails(busy_world: World, processes: list[Database]) -> None:
    with psycopg.connect(busy_world.admin_url, autocommit=True) as admin:
        admin.execute("REVOKE INSERT ON intake.lookup FROM intake")
        try:
            with pytest.raises(Exception, match="permission denied"), processes[0].begin(actor="test") as session:
                lookups.write(session, person("front_desk"), BOARD, "/board", by_itself=True)
        finally:
            admin.execute("GRANT INSERT ON intake.lookup TO intake")


@pytest.fixture
def archive(world: World) -> Iterator[ServiceUnderTest]:
    """Intake as the administrator, who can make a row look older than it is."""
    engine = engine_for(world.admin_url)
    with engine.connect() as connection, connection.begin() as outer:
        connection.execute(text("SET LOCAL search_path = intake"))
        yield ServiceUnderTest(world.settings, "intake", world.client_secrets, connection)
        outer.rollback()
    engine.dispose()


def looked_at(
    archive: ServiceUnderTest, citizen_id: UUID, *moments: tuple[Principal, int, str], about: About = BOARD
) -> None:
    """So many looks of somebody's, all at one moment."""
    for who, times, moment in moments:
        for _ in range(times):
            look(archive, who, citizen_id, about=about)
        new = text("UPDATE lookup SET at = cast(:at AS timestamptz) WHERE seq > (SELECT max(seq) - :times FROM lookup)")
        archive.connection.execute(new, {"at": moment, "times": times})


def test_citizens_list_folds_equal_neighbours_of_a_day_and_the_officers_does_not(archive: ServiceUnderTest) -> None:
    citizen_id, rita = uuid4(), adviser("Rita Råd")
    looked_at(
        archive, citizen_id, (rita, 2, "2026-11-02 08:00+01"), (person("ops"), 1, "2026-11-02 08:30+01"),
        (rita, 8, "2026-11-02 23:01+01"), (adviser("Åge"), 1, "2026-11-02 23:05+01"), (rita, 3, "2026-11-03 00:01+01"),
    )  # fmt: skip
    with archive.begin() as session:
        newest = lookups.who_looked(session, citizen_id, limit=2)
        rest = lookups.who_looked(session, citizen_id, limit=2, cursor=newest["next"])
    own = words(archive.browser("citizen", subject=str(citizen_id)).get("/skranken/kort/mine-opslag"))
    officers = archive.browser(OFFICER).get(f"/skranken/kort/opslag?subject={citizen_id}")

    assert [[row["times"] for row in page["items"]] for page in (newest, rest)] == [[3, 9], [1, 2]]
    assert rest["next"] is None
    assert "2. november 2026 9 gange, senest kl. 23.05 Rådgiver" in own
    assert "2. november 2026 kl. 8.30 Drift" in own
    assert officers.text.count('<th scope="row">') == 15


def test_search_by_name_walks_an_index_from_name_to_name(archive: ServiceUnderTest) -> None:
    archive.connection.execute(_MANY)
    archive.connection.execute(text("ANALYZE lookup"))
    names, found = (
        "\n".join(archive.connection.scalars(text(f"EXPLAIN {query}")))
        for query in (lookups._NAMES.text, "SELECT * FROM lookup WHERE actor_name = ANY ('{Rita 1,Rita 2}')")
    )

    assert ("ix_lookup_actor_name" in names, "ix_lookup_actor_name" in found) == (True, True)
    assert "Seq Scan" not in names + found


def test_another_purpose_between_two_alike_keeps_them_apart(archive: ServiceUnderTest) -> None:
    citizen_id, rita = uuid4(), adviser("Rita Råd")
    for purpose in ("visitation", "follow_up", "visitation"):
        about = About("case", how="list", purpose=purpose)
        looked_at(archive, citizen_id, (rita, 2, "2026-11-02 08:00+01"), about=about)
    with archive.begin() as session:
        found = lookups.who_looked(session, citizen_id)["items"]

    assert [(row["purpose"], row["times"]) for row in found] == [("visitation", 2), ("follow_up", 2), ("visitation", 2)]


_MANY = text("""
    INSERT INTO lookup (id, at, actor, actor_name, role, kind, purpose, data, how, route, subjects, refused,
                        correlation_id)
    SELECT gen_random_uuid(), now(), 'rita', 'Rita ' || n % 40, 'adviser', 'staff', 'visitation', 'case', 'read', '/x',
           '{}', false, 'c' FROM generate_series(1, 4000) AS n
""")
