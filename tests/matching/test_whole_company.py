"""What holds for a whole company, and somebody whom the identity provider limits to one of its places."""

import pytest
from sqlalchemy import text

from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, P_NUMBER, add_company, add_workplace


@pytest.mark.parametrize("address", ["tilbyder", "tilbyder/fortryd", "kolleger/ansvar"])
def test_an_employee_of_one_place_changes_nothing_that_holds_for_the_whole_company(
    matching: ServiceUnderTest, address: str
) -> None:
    add_workplace(matching, add_company(matching))
    boss = matching.browser("company_employee", organisation=CVR_A)
    narrow = matching.browser("company_employee", organisation=CVR_A, p_numbers=(P_NUMBER,))
    boss.submit("/virksomhed/tilbyder", {"adjustments": "quiet_place"})
    refused = narrow.submit(f"/virksomhed/{address}", {"version": "1", "nothing": "on"})
    seen = narrow.get("/virksomhed/tilbyder").text

    assert (refused.status_code, "Det gælder hele virksomheden" in refused.text) == (403, True)
    assert matching.call("GET", "/company-offer", client="company-a").json["adjustments"] == ["quiet_place"]
    assert matching.connection.scalar(text("SELECT count(*) FROM company_member")) == 0
    assert ('value="quiet_place" checked' in seen, 'name="lock"' in seen, ">Gem<" in seen) == (True, False, False)
