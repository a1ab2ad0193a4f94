"""A list brought in as somebody at a screen does it."""

import re
from io import BytesIO
from typing import Any

from shared.lists import Lists, work
from tests.browser import Browser, words
from tests.house import ServiceUnderTest


def upload(by: Browser, home: str, content: str, what: str = "") -> Any:
    """The answer to a file."""
    told = {"file": (BytesIO(content.encode("cp1252")), "liste.csv")} | ({"what": what} if what else {})
    return by.submit(home, told)


def checked(by: Browser, home: str, content: str, what: str = "") -> str:
    """The address of a list after its dry run was asked for, with the columns as they were guessed."""
    sent = upload(by, home, content, what)
    assert sent.status_code == 303, words(sent)
    at: str = sent.location
    columns = re.findall(r'<option value="([^"]*)" selected', by.get(at).text)
    answer = by.submit(f"{at}/kolonner", {"columns": columns})
    assert (answer.status_code, answer.location) == (303, at), words(answer)
    return at


def work_on(service: ServiceUnderTest, lists: Lists) -> None:
    """The worker, until there is no more to do."""
    with service.begin() as session:
        while work.run(session, lists):
            pass


def taken(by: Browser, service: ServiceUnderTest, lists: Lists, content: str, *, what: str) -> str:
    """The address of a list that was tried and registered."""
    at = checked(by, lists.home, content, what)
    work_on(service, lists)
    answer = by.submit(f"{at}/registrer", {"take": "all"})
    assert answer.status_code == 303, words(answer)
    work_on(service, lists)
    return at
