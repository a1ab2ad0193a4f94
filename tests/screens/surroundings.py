"""What the story left around its citizen, by the names that addresses use."""

import re

from demo.suite import Suite
from demo.visitor import Visitor
from tests.screens.screens import Ids


def lived(suite: Suite) -> Ids:
    """A mentor, their call, their meeting and their group, and a family's plan."""
    register = suite.call("consultant", "GET", "followup/mentors")
    meetings = suite.call("consultant", "GET", "followup/network-meetings")["items"]
    cohort = suite.call("consultant", "GET", "followup/cohorts")["items"][0]["id"]
    members = suite.call("consultant", "GET", f"followup/cohorts/{cohort}")["members"]
    family = _family(suite, members[0]["citizen_id"])
    return {
        "family": family, "family_forum": _forum(suite, family), "cohort": cohort, "cohort_member": members[0]["id"],
        "mentor": register["items"][0]["id"], "mentor_call": register["calls"][0]["id"],
        "network_meeting": meetings[0]["id"],
    }  # fmt: skip


def _family(suite: Suite, citizen_id: str) -> str:
    """The plan that the story made; that there is one already is what the door says."""
    page = Visitor(suite.address, "johanne").get(f"/opfoelgning/borger/{citizen_id}/familie")[1]
    return re.findall(r"/opfoelgning/familie/([0-9a-f-]{36})", page)[0]


def _forum(suite: Suite, family: str) -> str:
    """The meeting that the story noted."""
    page = Visitor(suite.address, "johanne").get(f"/opfoelgning/familie/{family}")[1]
    return re.findall(r"/moede/([0-9a-f-]{36})", page)[0]
