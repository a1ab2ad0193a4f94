"""A dialogue that has gone on for years: the newest lines are read and opened, the older ones on the next page."""

import re
from typing import Any

from services.matching.queries import forum
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import posted
from tests.matching.test_forum import boss, consultant, somebody

__all__ = ["boss", "consultant"]


def write(matching: ServiceUnderTest, profile: str, count: int) -> None:
    """So many lines of the company to a profile, passed on: "linje 0" is the first."""
    for number in range(count):
        line = posted(matching, "/forum-lines", {"profile_id": profile, "text": f"linje {number}"}, "company-a")
        posted(matching, "/forum-lines/decided", {"line_id": line["id"], "state": "passed", "version": 1})


def test_older_lines_are_on_the_next_page_of_both_sides(
    boss: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(forum, "MOST", 3)
    _citizen, member, profile = somebody(matching)
    write(matching, profile, 5)

    for reader, home in ((boss, "/virksomhed/forum/samtaler"), (member, "/match/min-dialog")):
        newest = reader.get(home)
        [link] = re.findall(rf'href="({home}\?foer=[0-9a-f-]+)"', newest.text)
        older = reader.get(link)
        assert re.findall(r"linje \d", words(newest)) == ["linje 2", "linje 3", "linje 4"]
        assert re.findall(r"linje \d", words(older)) == ["linje 0", "linje 1"]
        assert "Vis ældre" not in words(older)


def test_the_doors_page_like_other_lists_and_from_ones_own_lines_only(
    boss: Browser, matching: ServiceUnderTest
) -> None:
    _citizen, _member, profile = somebody(matching)
    write(matching, profile, 3)
    page: Any = matching.call("GET", "/forum-dialogues?limit=2", client="company-a").json
    rest: Any = matching.call("GET", f"/forum-dialogues?limit=2&cursor={page['next']}", client="company-a").json
    foreign = matching.call("GET", f"/forum-dialogues?cursor={page['next']}", client="company-b")

    assert [line["text"] for line in page["items"][0]["lines"]] == ["linje 1", "linje 2"]
    assert ([line["text"] for line in rest["items"][0]["lines"]], rest["next"]) == (["linje 0"], None)
    assert foreign.status_code == 404


def test_a_refused_answer_stays_though_its_dialogue_is_an_old_one(
    boss: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(forum, "MOST", 1)
    _citizen, member, profile = somebody(matching)
    write(matching, profile, 1)
    page = member.get("/match/min-dialog").text
    company = re.findall(r'name="company_id" value="([^"]+)"', page)[0]
    refused = member.submit("/match/min-dialog", {"company_id": company, "text": "Jeg hedder Zenobia"})

    assert (refused.status_code, "Jeg hedder Zenobia" in refused.text) == (422, True)
