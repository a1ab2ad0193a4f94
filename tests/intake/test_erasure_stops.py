"""The officer's stop of an erasure has a way back: at once, and later from the list."""

from services.intake import queries
from shared import clock
from tests.browser import offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_erasure import OFFICER, at, erased, known, night

LIST = "/indsigt/sletning"


def test_a_stop_is_taken_back_by_its_undo_and_later_from_the_list(intake: ServiceUnderTest) -> None:
    citizen_id = known(intake)
    night(intake, at(2031, 10, 20))
    with intake.begin() as session:
        (due,), _more = queries.due_erasures(session)
    one = f"{LIST}/{due['id']}"
    with clock.moved_to(at(2031, 10, 21)):
        officer = intake.browser(OFFICER)
        officer.submit(f"{one}/stop", {"reason_code": "complaint"})
        officer.submit(*offered(officer.get(LIST).text))
        assert "Stop sletningen" in words(officer.get(LIST))
        officer.submit(f"{one}/stop", {"reason_code": "complaint"})
    night(intake, at(2031, 12, 1))
    assert erased(intake) == []

    with clock.moved_to(at(2031, 12, 2)):
        officer = intake.browser(OFFICER)
        officer.get(LIST)
        assert f'action="{one}/fortsaet"' in officer.get(LIST).text
        assert intake.browser("adviser").submit(f"{one}/fortsaet").status_code == 403
        assert officer.submit(f"{one}/fortsaet").status_code == 303
    night(intake, at(2031, 12, 3))
    assert [person for person, _classes in erased(intake)] == [citizen_id]
