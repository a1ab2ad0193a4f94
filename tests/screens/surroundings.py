"""What the story left around its citizen, by the names that addresses use."""

from demo.suite import Suite
from tests.screens.screens import Ids


def lived(suite: Suite) -> Ids:
    """A mentor, their call, their meeting and their group."""
    register = suite.call("consultant", "GET", "followup/mentors")
    meetings = suite.call("consultant", "GET", "followup/network-meetings")["items"]
    cohort = suite.call("consultant", "GET", "followup/cohorts")["items"][0]["id"]
    members = suite.call("consultant", "GET", f"followup/cohorts/{cohort}")["members"]
    return {
        "cohort": cohort, "cohort_member": members[0]["id"],
        "mentor": register["items"][0]["id"], "mentor_call": register["calls"][0]["id"],
        "network_meeting": meetings[0]["id"],
    }  # fmt: skip
