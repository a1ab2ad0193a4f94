"""docs/company-api.md, run from the top: every example is sent to the service and answered as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from deploy import access
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    accepted,
    add_candidate,
    add_need,
    consented,
    need_body,
    placement_body,
    posted,
    stated,
)

PAGE = Path(__file__).resolve().parents[2] / "docs/company-api.md"
# What is an undo or a variant of an example, or staff's and the company's alike.
BESIDE = {
    "GET /needs/<uuid:need_id>", "GET /company-matches/<uuid:match_id>", "GET /company-placements/<uuid:placement_id>",
    "GET /companies/<uuid:company_id>", "GET /kept-profiles", "GET /occupation-links", "POST /company-members",
    "POST /company-invitations/withdrawn", "POST /forum-seats", "POST /forum-seats/cancelled",
    "POST /wording-checks",
}  # fmt: skip


class Example(NamedTuple):
    """One fenced block: what is sent, the status it is answered with, and what of the answer later ones use."""

    method: str
    path: str
    body: str
    status: int
    code: str
    keeps: list[tuple[str, str]]


def examples() -> Iterator[Example]:
    for block in re.findall(r"```http\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        lines = block.splitlines()
        at = next(number for number, line in enumerate(lines) if re.match(r"[0-9]{3}\b", line))
        method, path = lines[0].split(" ", 1)
        status, _space, code = lines[at].partition(" ")
        keeps = [(name, where) for name, where in re.findall(r"^keep (\w+) = (\S+)$", block, re.MULTILINE)]
        yield Example(method, path, "\n".join(lines[1:at]), int(status), code, keeps)


def filled(words: str, known: dict[str, str]) -> str:
    """With what earlier answers gave in place of the names in braces."""
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], words)


def picked(answer: Any, where: str) -> str:
    for step in where.split("."):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    return str(answer)


def surrounded(matching: ServiceUnderTest) -> None:
    """A company with a proposal to answer, an agreement to approve, and a profile to read."""
    need = add_need(matching, positions=4)
    consented(matching, need, add_candidate(matching))
    other = posted(matching, "/needs", need_body({"id": need["company_id"]}, positions=2))
    agreed, _asked = (
        posted(matching, "/placements", placement_body(accepted(matching, other, add_candidate(matching))))
        for _ in range(2)
    )
    stated(matching, agreed)
    member = matching.browser("citizen", subject=str(add_candidate(matching)))
    member.submit("/match/min-profil", {"own_words": "Jeg holder af orden.", "shown": "on"})


def test_every_example_is_answered_as_the_page_says(matching: ServiceUnderTest) -> None:
    surrounded(matching)
    known: dict[str, str] = {}
    for one in examples():
        path, body = filled(one.path, known), json.loads(filled(one.body, known)) if one.body else None
        more = {}
        if one.method == "PATCH":
            more["If_Match"] = f'"v{matching.call("GET", path, client="company-a").json["version"]}"'
        answer = matching.call(one.method, path, body, client="company-a", **more)
        assert answer.status_code == one.status, f"{one.method} {path}: {answer.text}"
        assert not one.code or answer.json["code"] == one.code
        known |= {name: picked(answer.json, where) for name, where in one.keeps}


def test_every_door_of_the_portal_has_an_example(matching: ServiceUnderTest) -> None:
    shown = {f"{one.method} {re.sub(r'[?].*', '', one.path)}" for one in examples()}
    patterns = {re.sub(r"\{\w+\}", "<>", one) for one in shown}
    doors = {
        f"{door.method} {door.rule.removeprefix('/api/matching/v1')}"
        for door in access.doors("matching", matching.app)
        if door.rule.startswith("/api/") and "company_employee" in (door.roles or ())
    }

    assert {door for door in doors if re.sub(r"<[^>]+>", "<>", door) not in patterns} - BESIDE == set()
