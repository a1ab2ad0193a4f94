"""Somebody without MitID is told where to turn, wherever a sign-in is asked for, and on the page behind it."""

from dataclasses import replace

import pytest

from shared.authority import Authority
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import register


@pytest.mark.parametrize("path", ["/", "/log-ind/svar?error=access_denied"])
def test_telephone_and_address_of_the_desk_stand_outside(intake: ServiceUnderTest, path: str) -> None:
    shown = words(intake.browser().get(path))
    assert "Har du ikke MitID? Ring til os, eller kom forbi." in shown
    assert "Telefon ikke sat op Adresse ikke sat op" in shown

    known = Authority(phone="12345678", address="Torvet 1, 2730 Herlev", hours="man.-fre. 9-15")
    intake.settings, intake._app = replace(intake.settings, authority=known), None
    assert "Telefon 12345678 Adresse Torvet 1, 2730 Herlev" in words(intake.browser().get(path))


def test_somebody_whose_mitid_fails_one_day_has_read_where_to_turn(intake: ServiceUnderTest) -> None:
    me = register(intake)["citizen_id"]
    known = Authority(phone="12345678", address="Torvet 1, 2730 Herlev", hours="man.-fre. 9-15")
    intake.settings, intake._app = replace(intake.settings, authority=known), None

    shown = intake.browser("citizen", subject=me).get("/min-side")

    assert "Kan du ikke bruge dit MitID? Ring til os, eller kom forbi." in words(shown)
    assert "Åbningstider man.-fre. 9-15" in words(shown)
    assert 'href="tel:12345678"' in shown.text
