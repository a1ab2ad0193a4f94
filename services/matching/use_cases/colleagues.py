"""A company's own list of who may come in, made by itself; who somebody is, the identity provider says."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Company, CompanyInvitation, CompanyMember
from services.matching.queries import portal_people as reads
from services.matching.use_cases import POLICY
from shared import clock, links
from shared.auth import Principal
from shared.config import Settings
from shared.database import new_id
from shared.errors import NotFound, Refused

PURPOSE, PATH = "company_invitation", "/virksomhed/invitation"


class Invited(NamedTuple):
    """An invitation with the whole address of its link, which is shown once."""

    row: CompanyInvitation
    link: str


def take_charge(session: Session, company: Company, who: Principal) -> CompanyMember:
    """The first on the list: from now on only those on it come in. Raises Refused where there is a list already."""
    _hold_list(session, company)
    if reads.let_in(session, company.cvr):
        raise Refused("list_is_kept", "Listen styres allerede af en kollega.", "A colleague manages the list already.")
    return _let_in(session, company.id, who, "manage")


def give_up_charge(session: Session, company: Company, who: Principal) -> None:
    """The list is no more, and whoever works there comes in; not while somebody else is on it."""
    listed = reads.let_in(session, company.cvr)
    if [one.subject for one in listed] != [who.subject]:
        raise Refused("list_is_kept", "Der står andre på listen. Fjern dem først.", "Others are listed. Remove them.")
    listed[0].removed_at = clock.now()
    session.flush()


def _hold_list(session: Session, company: Company) -> None:
    session.execute(select(Company.id).where(Company.id == company.id).with_for_update())


def _let_in(session: Session, company_id: UUID, who: Principal, role: str) -> CompanyMember:
    rows = select(CompanyMember).where(CompanyMember.company_id == company_id, CompanyMember.subject == who.subject)
    member = session.scalar(rows.with_for_update())
    if member is None:
        member = CompanyMember(id=new_id(), company_id=company_id, subject=who.subject)
        session.add(member)
    member.name, member.role, member.since, member.removed_at = who.name, role, clock.now(), None
    session.flush()
    return member


def invite(session: Session, settings: Settings, company: Company, who: Principal, role: str) -> Invited:
    """A link for one colleague; raises Refused where nobody has said how long it lasts, or no list is kept."""
    row = POLICY.find("portal.invitation_days", clock.today())
    if row is None:
        raise Refused("not_configured", "Invitationers varighed er ikke sat op.", "How long they last is not set up.")
    if not reads.let_in(session, company.cvr):
        raise Refused("no_list", "Tag ansvaret for listen først.", "Take charge of the list first.")
    ends_at = clock.now() + timedelta(days=row.value)
    made = CompanyInvitation(
        id=new_id(), company_id=company.id, role=role, made_by=who.subject, ends_at=ends_at.replace(microsecond=0)
    )
    session.add(made)
    session.flush()
    code = links.code(settings, PURPOSE, made.id, made.ends_at)
    return Invited(made, f"{settings.public_url}{PATH}?kode={code}")


def withdraw(session: Session, company: Company, invitation_id: UUID) -> CompanyInvitation:
    """Nobody can take the link any more; raises NotFound for another company's."""
    made = _invitation(session, invitation_id)
    if made is None or made.company_id != company.id:
        raise NotFound
    made.withdrawn_at = made.withdrawn_at or clock.now()
    session.flush()
    return made


def _invitation(session: Session, invitation_id: UUID) -> CompanyInvitation | None:
    rows = select(CompanyInvitation).where(CompanyInvitation.id == invitation_id)
    return session.scalar(rows.with_for_update())


def invited_to(session: Session, settings: Settings, code: str, who: Principal) -> CompanyInvitation | None:
    """The invitation behind a code that still holds, for whoever works at that company; None for any other."""
    invitation_id = links.read(settings, PURPOSE, code, clock.now())
    made = _invitation(session, invitation_id) if invitation_id else None
    if made is None or made.withdrawn_at or made.taken_at:
        return None
    company = session.get_one(Company, made.company_id)
    return made if company.cvr == who.organisation else None


def take(session: Session, settings: Settings, code: str, who: Principal) -> CompanyMember:
    """The colleague is on the list; raises Refused for a link that holds no more, or is for another company."""
    made = invited_to(session, settings, code, who)
    if made is None:
        raise Refused(
            "link_is_over",
            "Linket er udløbet, brugt, trukket tilbage eller til en anden virksomhed. Bed om et nyt.",
            "The link is over, used, withdrawn or for another company. Ask for a new one.",
        )
    made.taken_at = clock.now()
    return _let_in(session, made.company_id, who, made.role)


def change(session: Session, company: Company, member_id: UUID, *, role: str | None, removed: bool) -> CompanyMember:
    """Another role, out at once, or in again; somebody must always manage the list."""
    # Two who take the charge from each other would both see the other still in charge.
    _hold_list(session, company)
    listed = reads.let_in(session, company.cvr)
    member = session.scalar(select(CompanyMember).where(CompanyMember.id == member_id).with_for_update())
    if member is None or member.company_id != company.id:
        raise NotFound
    others = [one for one in listed if one.role == "manage" and one.id != member_id]
    if not others and (removed or (role or member.role) != "manage"):
        raise Refused(
            "nobody_manages", "Én skal styre listen. Giv en kollega det ansvar først.",
            "Somebody must manage the list. Give a colleague that role first.",
        )  # fmt: skip
    member.role = role or member.role
    member.removed_at = clock.now() if removed else None
    session.flush()
    return member
