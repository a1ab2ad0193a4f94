"""The visitation: what was said before it, and what a person decides in it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import fields as marshmallow_fields
from marshmallow import pre_load
from sqlalchemy.orm import Session

from services.intake import queries, rules, schemas
from services.intake.pages import pages
from services.intake.pages.citizen import crumbs_to
from services.intake.use_cases import POLICY, places, visitations
from shared import calendar
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS
from shared.fields import Code, list_of
from shared.lookups import About, looked
from shared.occupations import like, occupations
from shared.pages import Page, See

# The citizen's own words and needs stand beside the form.
TALK = About("health_function", purpose="visitation")
PARTS_OF_DAY = ("08:00-12:00", "12:00-16:00", "16:00-20:00")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WINDOWS = tuple(f"{day} {hours}" for day in WEEKDAYS for hours in PARTS_OF_DAY)


class WishesForm(schemas.NewJobWishes):
    """The same as a page sends it: a typed title counts unless one of those `offered` for it was ticked."""

    offered = list_of(marshmallow_fields.UUID(), 20)

    @pre_load
    def _answered(self, sent: dict[str, Any], **_: Any) -> dict[str, Any]:
        offered = sent.pop("offered", [])
        return sent | {"occupation_titles": []} if {*offered} & {*sent.get("occupations", [])} else sent


class OutcomeForm(schemas.VisitationOutcome):
    """On the page the category is chosen by a person, also where it is the proposed one."""

    category = Code(*rules.CATEGORIES, required=True)
    job_wishes = marshmallow_fields.Nested(WishesForm, load_default=None, allow_none=True)


def _shown(session: Session, principal: Principal, visitation_id: UUID, typed: Any = None) -> Page:
    found = queries.talks_of(session, visitation_id=visitation_id)
    if not found:
        raise NotFound
    talk, referral, host = found[0]
    looked(session, talk.citizen_id)
    citizen = queries.citizen(session, talk.citizen_id)
    contact = queries.contact(session, talk.contact_id)
    contact_day = calendar.danish_day(contact.at)
    may_decide = talk.state == "booked" and "adviser" in principal.roles
    held = places.held(session, visitation_id) if may_decide else None
    age = rules.age_on(citizen.birth_date, contact_day)
    context = {
        "held": held, "held_start": held and held[0].starts_at.astimezone(calendar.DENMARK).strftime("%Y-%m-%dT%H:%M"),
        "young": age < POLICY.row("youth.age_limit", contact_day).value,
        "talk": talk, "referral": referral, "host": host, "citizen": citizen, "contact": contact,
        "age": age,
        "default": rules.default_category(citizen.birth_date, contact.qualifying_education, contact_day, POLICY),
        "may_decide": may_decide, "categories": rules.CATEGORIES, "reasons": rules.OVERRIDE_REASONS,
        "offers": rules.OFFERS, "hosts": queries.hosts(session) if may_decide else (),
        "forms": tuple(EMPLOYMENT_FORMS), "needs": tuple(NEEDS), "licences": tuple(LICENCES), "windows": WINDOWS,
        "wished": _wished(typed),
        "crumbs": crumbs_to(citizen, (_("Visitation"), None)),
    }  # fmt: skip
    if may_decide:
        context |= {
            "known": queries.knowledge_of(session, citizen.id), "knowledge": rules.KNOWLEDGE,
            "found": queries.found_by(session, citizen.id), "wishes": queries.wishes_of(session, citizen.id),
        }  # fmt: skip
    return Page("intake/visitation.html", context)


def _wished(typed: Any) -> list[tuple[str, str]]:
    """Occupations on the form again: those that were ticked, and what the typed words may mean."""
    if typed is None:
        return []
    ticked = [occupations()[each] for each in typed.getlist("job_wishes.occupations") if each in occupations()]
    near = like(typed.get("job_wishes.occupation_titles", ""))
    return [(one.id, one.title) for one in dict.fromkeys([*ticked, *near])]


@pages.get("/skranken/visitation/<uuid:visitation_id>", roles=STAFF, about=TALK)
def visitation_page(session: Session, principal: Principal, visitation_id: UUID) -> Page:
    """The visitation with its outcome, or the form for it."""
    return _shown(session, principal, visitation_id)


@pages.post(
    "/skranken/visitation/<uuid:visitation_id>",
    roles=("adviser",),
    about=About("health_function", how="change", purpose="visitation"),
    body=OutcomeForm,
    again=_shown,
    decides=True,
)
def hold_talk(session: Session, principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> See:
    """The talk took place, and an adviser decides."""
    visitations.hold_visitation(session, visitation_id, decided_by=principal.subject, **body)
    return See(f"/skranken/visitation/{visitation_id}", _("Visitationen er holdt, og afgørelsen er gemt."))
