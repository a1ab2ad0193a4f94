"""A family's plan: for staff as far as their department may see it, for the family all of it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.families import FAMILY, FAMILY_CHANGE, FIRST_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.use_cases import families
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

OF, ONE = f"{HOME}/borger/<uuid:citizen_id>/familie", f"{HOME}/familie/<uuid:family_id>"
OWN = f"{HOME}/min-familie"
OF_CITIZEN = About("case", "citizen_id", purpose="follow_up")
OWN_READ = About("case", purpose="own_access")
OWN_CHANGE = About("case", how="change", purpose="own_access")


def _at(family_id: UUID) -> str:
    return f"{HOME}/familie/{family_id}"


@pages.get(OF, roles=FOLLOWERS, about=OF_CITIZEN)
def family_of(session: Session, _principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """The way to somebody's plan, or the form that makes one."""
    return Page("followup/family_new.html", {
        "citizen_id": citizen_id,
        "family_id": queries.family_of(session, citizen_id),
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Familieplan"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=FIRST_CHANGE, body=schemas.FamilyBody, again=family_of)
def make_family(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """A plan that begins with this grown-up."""
    made = families.make(session, principal, citizen_id, **body)
    return See(_at(made.id), _("Familieplanen er oprettet. Ret den her, hvis noget er forkert."))


@pages.get(ONE, roles=FOLLOWERS, about=FAMILY)
def see_family(session: Session, principal: Principal, family_id: UUID, typed: Any = None) -> Page:
    """The plan as far as the reader's department may see it."""
    return Page("followup/family.html", {
        "it": queries.family(session, principal, family_id),
        "departments": rules.DEPARTMENTS,
        "milestones": rules.MILESTONES,
        "grant_kinds": rules.GRANTS,
        "sides": rules.SIDES,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Familieplan"), None)],
    })  # fmt: skip


@pages.post(ONE, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.FamilyEdit, again=see_family)
def change_family(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """What is different now."""
    families.change(session, principal, family_id, **body)
    return See(_at(family_id), _("Det er gemt. Ret det her, hvis det er forkert."))


@pages.post(f"{ONE}/voksen", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.FamilyMemberBody, again=see_family)
def add_family_member(session: Session, principal: Principal, family_id: UUID, body: dict[str, UUID]) -> See:
    """Another grown-up."""
    made = families.add_member(session, principal, family_id, **body)
    undo = Undo(f"{_at(family_id)}/voksen/fortryd", {"member_id": str(made.id)})
    return See(_at(family_id), _("Den voksne er med i planen. Husk at spørge om samtykke."), undo)


@pages.post(
    f"{ONE}/voksen/fortryd", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.FamilyMemberUndo, again=see_family
)
def remove_family_member(session: Session, principal: Principal, family_id: UUID, body: dict[str, UUID]) -> See:
    """They are no part of it."""
    families.remove_member(session, principal, family_id, **body)
    return See(_at(family_id), _("Den voksne er ikke længere med i planen."))


@pages.post(f"{ONE}/milepael", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.MilestoneBody, again=see_family)
def reach_milestone(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """Something is in place."""
    families.reach(session, principal, family_id, **body)
    if body["reached_on"] is None:
        return See(_at(family_id), _("Milepælen er ikke nået endnu."))
    return See(_at(family_id), _("Milepælen er nået."), Undo(f"{_at(family_id)}/milepael", {"code": body["code"]}))


@pages.post(f"{ONE}/opgave", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ActionBody, again=see_family)
def assign_action(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """One person of one department does something."""
    made = families.assign(session, principal, family_id, **body)
    undo = Undo(f"{_at(family_id)}/opgave/fjern", {"action_id": str(made.id), "dropped": "true"})
    return See(_at(family_id), _("Opgaven er aftalt."), undo)


@pages.post(f"{ONE}/opgave/gjort", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ActionDone, again=see_family)
def finish_action(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """It is done."""
    families.finish(session, principal, family_id, **body)
    if not body["done"]:
        return See(_at(family_id), _("Opgaven er åben igen."))
    undo = Undo(f"{_at(family_id)}/opgave/gjort", {"action_id": str(body["action_id"]), "done": "false"})
    return See(_at(family_id), _("Opgaven er gjort."), undo)


@pages.post(f"{ONE}/opgave/fjern", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ActionDropped, again=see_family)
def drop_action(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """Nobody does it."""
    families.drop(session, principal, family_id, **body)
    if not body["dropped"]:
        return See(_at(family_id), _("Opgaven er tilbage."))
    undo = Undo(f"{_at(family_id)}/opgave/fjern", {"action_id": str(body["action_id"]), "dropped": "false"})
    return See(_at(family_id), _("Opgaven er fjernet."), undo)


@pages.post(f"{ONE}/moede", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ForumForm, again=see_family)
def note_forum(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """Everybody met at one table."""
    there = named_there(body)
    families.meet(session, principal, family_id, held_on=body["held_on"], decisions=body["decisions"], there=there)
    return See(_at(family_id), _("Mødet er noteret. Er noget forkert, så ret det på listen."))


def named_there(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Who a form says was there, each with their side."""
    named = [(side, (body[f"there_{side}"] or "").split(",")) for side in rules.SIDES]
    return [(side, name.strip()) for side, names in named for name in names if name.strip()]


@pages.post(f"{ONE}/samtykke", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ConsentBody, again=see_family)
def consent_to_sharing(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """One of the family lets a department see the plan, or no more."""
    families.consent(session, principal, family_id, **body)
    return See(_at(family_id), _("Samtykket er givet.") if body["given"] else _("Samtykket er taget tilbage."))


@pages.post(f"{ONE}/hjaelp", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.GrantBody, again=see_family)
def note_grant(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> See:
    """Help: applied for, granted, begun."""
    families.grant(session, principal, family_id, **body)
    return See(_at(family_id), _("Hjælpen er noteret. Notér den igen, hvis noget er forkert."))


@pages.get(OWN, roles=("citizen",), about=OWN_READ)
def own_family(session: Session, principal: Principal, typed: Any = None) -> Page:
    """The plan of whoever is signed in, their team, and who may see it."""
    return Page("followup/own_family.html", {
        "it": queries.own_family(session, principal),
        "departments": rules.DEPARTMENTS,
        "typed": typed,
        "crumbs": [(_("Min side"), "/min-side"), (_("Vores plan"), None)],
    })  # fmt: skip


@pages.post(f"{OWN}/samtykke", roles=("citizen",), about=OWN_CHANGE, body=schemas.OwnConsent, again=own_family)
def own_consent(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Whoever is signed in lets a department see the plan, or no more."""
    families.own_consent(session, principal, **body)
    undo = Undo(f"{OWN}/samtykke", {"department": body["department"], "given": "" if body["given"] else "true"})
    return See(OWN, _("De må se planen.") if body["given"] else _("De må ikke længere se planen."), undo)
