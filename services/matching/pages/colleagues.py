"""Who a company lets in to its portal: the list, invitations, and the guard before every page of a company."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching.pages import blueprint, pages
from services.matching.queries import own_company, whole_company
from services.matching.queries import portal_people as reads
from services.matching.rules import colleagues as rules
from services.matching.schemas.portal_people import CodeBody, CodeQuery, InvitationBody, InviteBody, MemberBody
from services.matching.use_cases import colleagues
from shared import clock
from shared.auth import Principal
from shared.config import Settings
from shared.lookups import NOBODY
from shared.page_guard import before_pages_of
from shared.pages import Page, See, Undo

COMPANY, LIST = ("company_employee",), "/virksomhed/kolleger"


def _only_those_let_in(session: Session, who: Principal, path: str, acts: bool) -> None:
    """Every page of a company asks its list anew, so that whoever left is out at once."""
    rules.require_let_in(reads.let_in(session, who.organisation or ""), who.subject, path, acts=acts)


before_pages_of(blueprint, "company", _only_those_let_in)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@pages.get(LIST, roles=COMPANY, about=NOBODY)
def colleague_list(session: Session, who: Principal, typed: Any = None) -> Page:
    """Who may see and who may sign, and the invitations that nobody has taken yet."""
    company = own_company(session, who)
    shown = {
        "members": reads.let_in(session, company.cvr),
        "invitations": reads.open_invitations(session, company.id, clock.now()),
        "me": who.subject,
        "crumbs": [(_("Jeres Jobbutik"), "/virksomhed"), (_("Kolleger"), None)],
        "typed": typed,
    }
    return Page("matching/colleagues.html", shown)


@pages.post(f"{LIST}/ansvar", roles=COMPANY, about=NOBODY, again=colleague_list)
def take_charge(session: Session, who: Principal) -> See:
    """From now on only those on the list come in."""
    colleagues.take_charge(session, whole_company(session, who), who)
    return See(LIST, _("Du styrer nu listen. Kun de, der står på den, kan komme ind."), Undo(f"{LIST}/ansvar/fortryd"))


@pages.post(f"{LIST}/ansvar/fortryd", roles=COMPANY, about=NOBODY, again=colleague_list)
def give_up_charge(session: Session, who: Principal) -> See:
    """The list is no more."""
    colleagues.give_up_charge(session, own_company(session, who), who)
    return See(LIST, _("Listen er væk. Alle i virksomheden kan komme ind."))


@pages.post(f"{LIST}/inviter", roles=COMPANY, about=NOBODY, body=InviteBody, again=colleague_list)
def invite_colleague(session: Session, who: Principal, body: dict[str, Any]) -> Page:
    """The link, shown on this answer alone."""
    made = colleagues.invite(session, _settings(), own_company(session, who), who, **body)
    crumbs = [(_("Jeres Jobbutik"), "/virksomhed"), (_("Kolleger"), LIST), (_("Link"), None)]
    return Page("matching/colleague_link.html", {"made": made, "crumbs": crumbs}, done_at=LIST)


@pages.post(f"{LIST}/traek-tilbage", roles=COMPANY, about=NOBODY, body=InvitationBody, again=colleague_list)
def withdraw_invitation(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Nobody can take the link any more."""
    colleagues.withdraw(session, own_company(session, who), **body)
    return See(LIST, _("Linket er trukket tilbage og kan ikke bruges."))


@pages.post(f"{LIST}/ret", roles=COMPANY, about=NOBODY, body=MemberBody, again=colleague_list)
def change_colleague(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Another role, out at once, or in again."""
    company = own_company(session, who)
    before = {one.id: one.role for one in reads.let_in(session, company.cvr)}.get(body["member_id"])
    member = colleagues.change(session, company, **body)
    back = {"member_id": str(member.id)} | ({"role": before} if before else {"removed": "on"})
    told = _("%(name)s er ude nu.", name=member.name) if member.removed_at else None
    return See(LIST, told or _("Listen er ændret."), Undo(f"{LIST}/ret", back))


@pages.get(colleagues.PATH, roles=COMPANY, about=NOBODY, query=CodeQuery)
def see_invitation(session: Session, who: Principal, query: dict[str, str] | None = None, typed: Any = None) -> Page:
    """What taking the link means, before it is taken."""
    code = query["kode"] if query else typed.get("kode", "")
    made = colleagues.invited_to(session, _settings(), code, who)
    crumbs = [(_("Jeres Jobbutik"), "/virksomhed"), (_("Invitation"), None)]
    return Page("matching/colleague_take.html", {"made": made, "code": code, "crumbs": crumbs, "typed": typed})


@pages.post(colleagues.PATH, roles=COMPANY, about=NOBODY, body=CodeBody, again=see_invitation)
def take_invitation(session: Session, who: Principal, body: dict[str, str]) -> See:
    """The colleague is on the list."""
    colleagues.take(session, _settings(), body["kode"], who)
    return See("/virksomhed", _("Velkommen. Du står nu på virksomhedens liste."))
