"""Every page for everybody who may open it, taken from the routes themselves, so that no page is forgotten."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deploy import access
from shared.events import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS, SERVICES
from tests.screens.running import PEOPLE

Ids = dict[str, str]
VISITOR = "visitor"
# A list of persons is only there for whoever brought it in; see lists.py. Nobody is asked how it goes before a
# placement has begun, and the story's begins next week.
NO_PAGES = re.compile(
    r"^/(?:api|livez|readyz|metrics|static|sprog|log-ind)\b|/session$|\.(?:csv|pdf|ics|json)$|^/(?:skranken|virksomheder)/import/<"
    r"|^/opfoelgning/puls$|^/virksomhed/laest-op$|^/match/aftalesvar$|^/beskeder/svar/|^/beskeder/skabeloner/fil$"
)
PARAMETERS = {
    (INTAKE, "citizen_id"): "citizen",
    (INTAKE, "visitation_id"): "visitation",
    (INTAKE, "contact_id"): "receipt",
    (INTAKE, "consultant_id"): "consultant",
    (INTAKE, "other_id"): "other_citizen",
    (INTAKE, "job_referral_id"): "job_referral",
    (INTAKE, "arrival_id"): "arrival",
    (INTAKE, "hand_over_id"): "hand_over",
    (MATCHING, "citizen_id"): "citizen",
    (MATCHING, "company_id"): "company",
    (MATCHING, "need_id"): "open_need",
    (MATCHING, "match_id"): "asked_match",
    (MATCHING, "placement_id"): "placement",
    (MATCHING, "p_number"): "p_number",
    (MATCHING, "stay_id"): "centre_stay",
    (MATCHING, "project_id"): "project",
    (FOLLOWUP, "citizen_id"): "citizen",
    (FOLLOWUP, "placement_id"): "placement",
    (FOLLOWUP, "contact_id"): "follow_up",
    (FOLLOWUP, "absence_id"): "absence",
    (FOLLOWUP, "step_id"): "next_step",
    (FOLLOWUP, "hand_over_id"): "followup_hand_over",
    (FOLLOWUP, "mentor_id"): "mentor",
    (FOLLOWUP, "meeting_id"): "network_meeting",
    (FOLLOWUP, "call_id"): "mentor_call",
    (FOLLOWUP, "cohort_id"): "cohort",
    (FOLLOWUP, "family_id"): "family",
    (FOLLOWUP, "forum_id"): "family_forum",
    (FOLLOWUP, "member_id"): "cohort_member",
    (NOTIFICATIONS, "citizen_id"): "citizen",
    (NOTIFICATIONS, "message_id"): "message",
    (NOTIFICATIONS, "reply_id"): "reply",
}
# Where one state of a thing does not show all that its page has.
STATES = {
    "/min-side/aftale/<uuid:visitation_id>": ("own_visitation",),
    "/skranken/tid/<uuid:visitation_id>": ("own_visitation",),
    "/match/behov/<uuid:need_id>": ("open_need", "filled_need"),
    "/match/forslag/<uuid:match_id>": ("asked_match", "waiting_match", "wanted_match", "agreed_match"),
    "/match/forslag/<uuid:match_id>/aftale": ("wanted_match",),
    "/match/forslag/<uuid:match_id>/forholdstal": ("wanted_match",),
    "/match/samtykke/<uuid:match_id>": ("agreed_match",),
    "/virksomhed/forslag/<uuid:match_id>": ("waiting_match", "agreed_match"),
}
# What stands behind the address, where a page shows more, or anything at all, when it is asked.
QUESTIONS = {
    "/min-side/tid": ("?kode={appointment_code}",),
    "/beskeder/nej-tak": ("?kode={reminders_code}&emne=deadlines",),
    "/opfoelgning/omraader": ("", "?omraade=proevebakken&formaal=follow_up"),
    "/opfoelgning/mentor": ("?code={mentor_code}",),
    "/soeg": ("", "?q=Test", "?q=Ukendtsen"),
    "/virksomheder": ("", "?q=Nordlager"),
    "/match/stillinger": ("?occupation_title=lagermand",),
    "/match/stillinger/borger": ("?job_wishes.occupation_titles=lagermand",),
}
# Who has nothing yet, or other things than the rest of their role, looks at these as well.
MORE = (
    ("company_employee", "bo", "/virksomhed", ""),
    ("citizen", "magnus", "/min-side", ""),
    ("citizen", "magnus", "/match/samtykke/<uuid:match_id>", "asked_match"),
    ("adviser", "rosa", "/skranken", ""),
    ("adviser", "rosa", "/borger/<uuid:citizen_id>", "other_citizen"),
)


@dataclass(frozen=True)
class Screen:
    """One page with one set of things on it, in the hands of one person."""

    role: str
    person: str
    rule: str
    path: str

    @property
    def name(self) -> str:
        """For a file."""
        place = re.sub(r"<[^>]+>", "", self.rule.strip("/")).strip("/").replace("//", "/").replace("/", "-")
        usual = self.person in (PEOPLE.get(self.role), VISITOR)
        return f"{self.role}{'' if usual else '-' + self.person}-{place or 'forside'}"


def every(ids: Ids) -> list[Screen]:
    """All of them; a page whose parameter nobody has given a value raises LookupError."""
    found: dict[tuple[str, str], Screen] = {}
    settings = access.settings()
    for service in SERVICES:
        app = importlib.import_module(f"services.{service}").create_app(settings=settings[service])
        for door in access.doors(service, app):
            if door.method == "GET" and not NO_PAGES.search(door.rule):
                for screen in _of(door, ids):
                    found.setdefault((screen.person, screen.path), screen)
    for role, person, rule, name in MORE:
        path = _filled(rule, ids[name]) if name else rule
        found[person, path] = Screen(role, person, rule, path)
    return list(found.values())


def _of(door: access.Door, ids: Ids) -> Iterator[Screen]:
    for path in paths(door, ids):
        for role in door.roles or (VISITOR,):
            yield Screen(role, PEOPLE.get(role, VISITOR), door.rule, path)


def paths(door: access.Door, ids: Ids) -> Iterator[str]:
    """The addresses of a page, one for each state of what it shows."""
    parameters = re.findall(r"<(?:[^:>]+:)?([a-z_]+)>", door.rule)
    if not parameters:
        yield from (door.rule + question.format(**ids) for question in QUESTIONS.get(door.rule, ("",)))
    elif door.rule in STATES:
        yield from (_filled(door.rule, ids[name]) for name in STATES[door.rule])
    else:
        unknown = [name for name in parameters if (door.service, name) not in PARAMETERS]
        if unknown:
            raise LookupError(f"{door.service} {door.rule}: nobody has said what to put for {', '.join(unknown)}")
        yield _filled(door.rule, *(ids[PARAMETERS[door.service, name]] for name in parameters))


def _filled(rule: str, *values: str) -> str:
    for value in values:
        rule = re.sub(r"<[^>]+>", value, rule, count=1)
    return rule
