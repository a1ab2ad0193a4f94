"""No template can put benefit, category, health, CPR or a protected address into e-mail, SMS or a calendar entry.

Every template in every language is given a recipient and an event full of what must not get out.
"""

from dataclasses import replace
from typing import Any

import pytest

from services.notifications.rules import letters
from services.notifications.rules.drafts import Draft
from services.notifications.rules.hidden import without_cpr
from services.notifications.rules.letters import Letter, Sketch
from services.notifications.rules.table import REMINDERS, RULES
from shared.authority import Authority
from shared.events.codes import EASY_DANISH
from tests.notifications import story
from tests.notifications.test_words import DRAFTS, MAILBOX, PLACES, everything, name_of

CPR = ("251248-9996", "2512489996", "251248 9996", "651248-9996")
SECRETS = {
    "cpr": CPR[0], "benefit": "kontanthjælp", "category": "aktivitetsparat", "diagnosis": "skizofreni",
    "health": "diabetes", "address": "Hemmelig Vej 7", "offer_type": "nytteindsats", "host_code": "misbrugscenter",
    "group_code": "uddannelseshjaelp", "purpose_code": "afklaring_helbred", "reason_code": "sanktion",
    "contact_kind": "krisesamtale", "note": "gæld og misbrug", "why": "sygemelding", "cadence": "handholding",
    "kinds": ["krisesamtale"], "email": "hemmelig@example.dk", "phone": "+4599887766",
}  # fmt: skip


class Loaded:
    """A row of the address book in which everything stands that anybody ever knew."""

    def __init__(self, name: str, organisation: str | None = None) -> None:
        self.name: str | None = name
        self.organisation, self.protected = organisation, True
        for field, value in SECRETS.items():
            setattr(self, field, value)


def hostile(draft: Draft, number: str) -> dict[str, Any]:
    """The draft's data with every secret beside it and inside whatever it nests, and a number in the words."""
    meetings = [one | {name: value for name, value in SECRETS.items() if name not in one}
                for one in draft.data["appointments"]]  # fmt: skip
    words = {"job": f"Kok {number}"} if draft.data.get("job") else {}
    return SECRETS | draft.data | words | {"appointments": meetings}


def written(draft: Draft, language: str, number: str) -> Letter:
    book = {
        story.CITIZEN: Loaded("Nancy Ann Berggren"), story.COMPANY: Loaded(f"Carl {number}", f"Grønt {number} ApS"),
        story.MENTOR: Loaded(f"Mia {number}"), MAILBOX: Loaded(""),
    }  # fmt: skip
    sketch = Sketch(
        template=draft.template, kind=draft.kind, recipient_id=draft.recipient, data=hostile(draft, number),
        language=language, minutes=30, sequence=1, moved={}, now=story.MONDAY,
        sender=Authority(name="Eksempelby Kommune"), reminds=draft.template in REMINDERS,
        link=lambda *_: "https://jobbutik.example/min-side/tid?kode=A", decline="https://jobbutik.example/nej?kode=A",
    )  # fmt: skip
    return letters.write(sketch, book, PLACES.get)


def values() -> list[str]:
    flat = [one for value in SECRETS.values() for one in (value if isinstance(value, list) else [value])]
    return [*flat, *CPR]


def test_every_row_of_the_table_is_given_the_secrets() -> None:
    assert {f"{draft.template}.{draft.kind}" for draft in DRAFTS} == {rule.name for rule in RULES}


@pytest.mark.parametrize("language", ["da", "en", "so", EASY_DANISH])
@pytest.mark.parametrize("draft", DRAFTS, ids=name_of)
def test_no_template_tells_a_secret_whatever_it_is_given(draft: Draft, language: str) -> None:
    for number in CPR:
        said = everything(written(draft, language, number)).lower()

        assert [secret for secret in values() if str(secret).lower() in said] == []


@pytest.mark.parametrize("language", ["da", "en", EASY_DANISH])
@pytest.mark.parametrize("draft", [one for one in DRAFTS if one.kind in ("company", "mentor")], ids=name_of)
def test_b12_a_protected_persons_name_is_in_nothing_that_goes_to_somebody_else(draft: Draft, language: str) -> None:
    assert "Nancy" not in everything(written(draft, language, CPR[0]))


def test_the_job_is_still_told_where_a_number_was_typed_into_it() -> None:
    draft = next(one for one in DRAFTS if one.template == "job_referred")

    assert "Job: Kok xxxxxx-xxxx\n" in written(draft, "da", CPR[0]).text
    assert written(replace(draft, data=draft.data | {"job": None}), "da", CPR[0]).text


@pytest.mark.parametrize(
    "said", ["+4520123456", "20 12 34 56", "1000000001", "2026-11-02", "CVR 90000009", "4567891234"]
)
def test_other_numbers_stay(said: str) -> None:
    assert without_cpr(said) == said
