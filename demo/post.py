"""The last step of the story: who was told what, and that no letter gives anything away."""

from demo import screen
from demo.screen import step
from demo.suite import Suite, expect

NIGHT = "night"
UNDATED = ("CV", "foreslå", "forslag", "venter på", "Nyt i en samtale")
FORBIDDEN_IN_LETTERS = ("kontanthj", "ydelse", "aktivering", "parat", "praktik", "diagnose", "cpr", "benefit")


def letters(suite: Suite) -> None:
    """Step 7: everybody heard, by their channel, and no letter gives anything away."""
    step("Hvem fik hvad at vide", "Who was told what")
    told = suite.wait(
        lambda: screen.complete(suite.mails()) or _until_morning(suite), "the e-mails to citizen, company and mentor"
    )
    if told == NIGHT:
        screen.say("it is late: what can wait leaves in the morning")
    mails = suite.mails()
    for mail in mails:
        types = [part["type"] for part in mail["parts"]]
        screen.say(f"{', '.join(mail['to'])}: {mail['subject']}  [{', '.join(types)}]")
        text = " ".join(part["text"] for part in mail["parts"]).lower() + mail["subject"].lower()
        expect("text/plain" in types, "every mail has a plain part")
        expect(not [word for word in FORBIDDEN_IN_LETTERS if word in text], "no letter gives benefit or health away")
        undated = any(word in mail["subject"] for word in UNDATED)
        expect(undated or "text/calendar" in types, "every appointment comes with a calendar file")


def _until_morning(suite: Suite) -> str | None:
    queued = suite.call("front-desk", "GET", "notifications/messages?state=queued&limit=200")["items"]
    return NIGHT if "quiet_hours" in [message["error_code"] for message in queued] else None
