"""Step 3c of the story: a citizen tells companies of themselves."""

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
    screen.say("companies read his words, hours and needs, and nothing of who he is; he takes it back when he likes")
