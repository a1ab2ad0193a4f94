"""Step 3c of the story: a citizen tells companies of themselves."""

from datetime import timedelta

from demo import screen
from demo.screen import step
from demo.suite import Suite, expect
from demo.visitor import Visitor


def own_profile(suite: Suite) -> None:
    """Somebody tells companies of themselves, in their own words, by their own choice."""
    step("Magnus skriver selv en profil", "Magnus writes a profile himself")
    magnus, page = Visitor(suite.address, "magnus"), "/match/min-profil"
    suite.wait(lambda: True if "f-own_words" in magnus.get(page)[1] else None, "the wishes to reach the profile")
    said = "Jeg er stærk, møder til tiden og er god til at få et lager til at hænge sammen. Jeg lærer hurtigt."
    told = magnus.submit(page, page, {"own_words": said, "tells_needs": "on", "shown": "on"})
    expect("Virksomheder kan se din profil" in told, "the profile is shown")
    seen = suite.call("company-a", "GET", "matching/company-profiles")["items"]
    expect(said in [one["own_words"] for one in seen] and "Magnus" not in str(seen), "the words are read, and no name")
    _spoken_to(suite, next(one["id"] for one in seen if one["own_words"] == said))
    screen.say("companies read his words, hours and needs, and nothing of who he is; he takes it back when he likes")


def _spoken_to(suite: Suite, profile: str) -> None:
    """A company writes to the profile, a consultant passes it on, and both are asked to the same event."""
    asked = {"profile_id": profile, "text": "Vil du høre om et job på vores lager?"}
    line = suite.call("company-a", "POST", "matching/forum-lines", asked)["id"]
    suite.call("consultant", "POST", "matching/forum-lines/decided", {"line_id": line, "state": "passed", "version": 1})
    opens = screen.today() + timedelta(days=21)
    suite.call("consultant", "POST", "matching/forum-posts", {
        "kind": "event", "title": "Kaffe og korte møder",
        "text": "Virksomheder og jobsøgere mødes ti minutter ad gangen.",
        "starts_at": f"{opens}T10:00:00+01:00", "place": "Rådhuset, stuen", "capacity": 20,
    })  # fmt: skip
