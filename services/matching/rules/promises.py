"""What companies are promised: an answer, a visit, advice of some kind, or to be asked again."""

from collections.abc import Mapping
from datetime import date

from shared import calendar
from shared.events.codes import Words
from shared.policy import Policy

ANSWER, VISIT, ASK_AGAIN = "answer", "visit", "ask_again"
ADVICE = ("retention", "upskilling", "fleksjob", "adult_apprentice", "subsidy", "other_advice")
KINDS = (ANSWER, VISIT, *ADVICE, ASK_AGAIN)
TERMS: Mapping[str, Mapping[str, Words]] = {
    "promise": {
        "answer": Words("første svar på et behov", "first answer to a need"),
        "visit": Words("første besøg", "first visit"),
        "retention": Words("rådgivning om fastholdelse", "advice on retention"),
        "upskilling": Words("rådgivning om opkvalificering", "advice on upskilling"),
        "fleksjob": Words("rådgivning om fleksjob", "advice on fleksjob"),
        "adult_apprentice": Words("rådgivning om voksenlærling", "advice on adult apprentices"),
        "subsidy": Words("rådgivning om løntilskud", "advice on wage subsidy"),
        "other_advice": Words("anden rådgivning", "other advice"),
        "ask_again": Words("spørg igen: virksomheden har ikke svaret længe", "ask again: the company has been silent"),
    }
}


def visit_due(on: date, policy: Policy) -> date | None:
    """The local goal for the first visit in opening days (C8); None where none is configured."""
    row = policy.find("request.visit_days", on)
    if row is None:
        return None
    due = on
    for _ in range(row.value):
        due = calendar.next_open(due)
    return due
