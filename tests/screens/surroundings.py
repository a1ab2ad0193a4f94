"""What the story left around its citizen, by the names that addresses use."""

from demo.suite import Suite
from tests.screens.screens import Ids


def lived(suite: Suite) -> Ids:
    """A mentor, their call and their meeting."""
    register = suite.call("consultant", "GET", "followup/mentors")
    meetings = suite.call("consultant", "GET", "followup/network-meetings")["items"]
    return {
        "mentor": register["items"][0]["id"], "mentor_call": register["calls"][0]["id"],
        "network_meeting": meetings[0]["id"],
    }  # fmt: skip
