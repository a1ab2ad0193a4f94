"""Templates: every letter can be looked at in every language and form, and none has a placeholder nothing fills."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from icalendar import Calendar
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notifications.rules import letters, samples, table, versions
from services.notifications.rules.samples import LANGUAGES, BadTemplate
from services.notifications.use_cases import templates
from shared import clock
from tests.browser import words
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import MONDAY


def test_every_letter_is_written_in_every_language_with_invented_contents() -> None:
    samples.check.cache_clear()
    assert samples.check() == len(table.RULES) * len(LANGUAGES)


def test_a_placeholder_that_nothing_fills_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for file in letters.TEMPLATES.iterdir():
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    broken = tmp_path / "match_closed.citizen.en.txt"
    broken.write_text(broken.read_text(encoding="utf-8") + "{{ benefit }}", encoding="utf-8")
    ready = Environment(loader=FileSystemLoader(tmp_path), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    monkeypatch.setattr(letters, "_READY", ready)
    samples.check.cache_clear()

    with pytest.raises(BadTemplate, match=r"match_closed.citizen.en: 'benefit' is undefined"):
        samples.check()


def test_staff_and_ops_look_at_a_letter_in_every_form(post: NotificationsUnderTest) -> None:
    with clock.moved_to(MONDAY):
        browser = post.browser("ops")
        page = browser.get("/beskeder/skabeloner?name=visitation_booked.citizen&language=en")
        links = re.findall(r'href="(/beskeder/skabeloner/fil\?[^"]+)"', unescape(page.text))
        files = {link.rpartition("=")[2]: browser.get(link).data for link in links}
        shown = words(browser.get("/beskeder/skabeloner?name=visitation_booked.citizen&language=da"))

    assert "Din aftale hos Jobbutikken" in shown
    assert "NemSMS tirsdag den 3. november 2026 kl. 10.05. Sted: Jobbutikken i rådhuset, stuen. Kontakt:" in shown
    assert b'<html lang="en">' in files["html"]
    assert len(Calendar.from_ical(files["ics"]).walk("VEVENT")) == 1
    assert files["pdf"].startswith(b"%PDF")
    assert post.browser("citizen").get("/beskeder/skabeloner").status_code == 403
    assert post.browser("ops").get("/beskeder/skabeloner?name=nothing.citizen").status_code == 422


def test_a_letter_without_an_appointment_has_no_calendar_file(post: NotificationsUnderTest) -> None:
    where = "/beskeder/skabeloner/fil?name=cv_set.citizen&form=ics"
    assert post.browser("ops").get(where).status_code == 404


def test_versions_are_noted_once_with_the_day_they_were_first_seen(
    post: NotificationsUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(later: timedelta) -> dict[str, object]:
        with clock.moved_to(MONDAY + later), post.begin() as session:
            templates.note(session)
        items: list[dict[str, object]] = post.call("GET", "/message-templates").json["items"]
        return items[0]

    first, again = noted(timedelta()), noted(timedelta(days=1))
    assert first == again
    assert (str(first["since"])[:10], first["earlier"]) == ("2026-11-02", 0)

    monkeypatch.setattr(versions, "version_of", lambda _template, _kind: "changed1")
    changed = noted(timedelta(days=2))
    assert (changed["version"], str(changed["since"])[:10], changed["earlier"]) == ("changed1", "2026-11-04", 1)


def test_the_json_preview_tells_the_length_of_the_sms(post: NotificationsUnderTest) -> None:
    told = post.call("GET", "/message-templates/preview?name=visitation_booked.citizen&language=en").json
    assert (told["language"], told["sms_parts"] >= 1, told["has_calendar"]) == ("en", True, True)
