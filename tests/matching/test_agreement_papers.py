"""A PDF for each version: tagged for PDF/UA, and without CPR number, name or anything of health."""

from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    RETAINED,
    accepted,
    add_candidate,
    add_need,
    new_placement,
    placement_body,
    posted,
    stated,
)
from tests.paper import inside


def test_every_version_is_a_tagged_pdf_for_each_who_is_part_of_it(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    stated(matching, made)
    desk = matching.browser("company_consultant").get(f"/match/aftale/{made['id']}/aftale.pdf?udgave=1")
    own = matching.browser("company_employee", organisation=CVR_A).get(f"/virksomhed/aftaler/{made['id']}/aftale.pdf")
    citizen = matching.browser("citizen", subject=made["citizen_id"]).get(f"/match/min-aftale/{made['id']}/aftale.pdf")
    rival = matching.browser("company_employee", organisation=CVR_B).get(f"/virksomhed/aftaler/{made['id']}/aftale.pdf")
    missing = matching.browser("company_consultant").get(f"/match/aftale/{made['id']}/aftale.pdf?udgave=9")

    assert [one.mimetype for one in (desk, own, citizen)] == ["application/pdf"] * 3
    assert all(mark in inside(desk.data) for mark in (b"/MarkInfo", b"pdfuaid", b"/StructTreeRoot"))
    assert (rival.status_code, missing.status_code) == (404, 404)


def test_the_paper_holds_nothing_of_who_it_is_about_or_of_health(matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching, "sygedagpenge"))
    made = posted(matching, "/placements", placement_body(match, **RETAINED))
    file = inside(matching.browser("company_consultant").get(f"/match/aftale/{made['id']}/aftale.pdf").data).decode(
        "latin-1"
    )  # fmt: skip

    assert [word for word in (made["citizen_id"], "DOK-20261102", "Fastholde", "et roligt sted") if word in file] == []
