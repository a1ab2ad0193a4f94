"""Matches: a person proposes, the candidate consents, the company answers."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.facts import shared_hours
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge, rank_needs
from services.matching.engine.ties import salt_of
from services.matching.models import Match, Need, Placement
from services.matching.queries import Own
from services.matching.rules.reasons import Explained, explained
from services.matching.use_cases import POLICY, approvals, deadlines, knowledge, positions
from services.matching.use_cases.repeats import told_before
from shared import clock, merges
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import MatchAccepted, MatchConsented, MatchDeclined, MatchProposed
from shared.lookups import looked
from shared.outbox import record


def ranked_candidates(session: Session, need_id: UUID, limit: int) -> dict[str, Any]:
    """The list for a need today, for staff."""
    need, today = _open_need(session, need_id), clock.today()
    opening, scales, salt = queries.opening(session, need), Scales.of(POLICY, today), salt_of(need.id, today)
    left_out = queries.left_out(session, need, today)
    found, people = queries.ranked(session, opening, scales, salt=salt, most=limit, left_out=left_out)
    looked(session, *people)
    queries.note_shown(session, [one.key for one in found.fits], today)
    return {
        "need_id": need.id,
        "fitting": found.fitting,
        "items": [explained(one, opening, people[one.key], scales) for one in found.fits],
        "near_misses": [explained(one, opening, people[one.key], scales) for one in found.near_misses],
        "excluded": found.excluded,
        "salt": salt,
        "policies": scales.names(opening),
        "unknown": queries.unknown(session, people.values(), POLICY, today),
    }


def ranked_needs(session: Session, citizen_id: UUID, most: int) -> list[Explained]:
    """The needs that fit a citizen today, for staff; none for one who does not take part."""
    today = clock.today()
    scales = Scales.of(POLICY, today)
    candidate = queries.candidate(session, citizen_id, scales)
    openings = queries.openings_for(session, citizen_id, today) if candidate.consent else []
    found = rank_needs(candidate, openings, scales, salt=salt_of(citizen_id, today), most=most)
    known = {one.need_id: one for one in openings}
    return [explained(one, known[one.key], candidate, scales) for one in found.fits]


def _open_need(session: Session, need_id: UUID) -> Need:
    need = queries.need(session, None, need_id)
    if need.state != "open":
        raise positions.need_not_open()
    if need.taken >= need.positions:
        raise positions.no_position_left()
    return need


def propose_match(
    session: Session, *, need_id: UUID, citizen_id: UUID, override_reason_code: str | None, proposed_by: str
) -> Match:
    """Put a candidate forward; against a hard rule only with a reason, and never without consent to matching."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    need, today = _open_need(session, need_id), clock.today()
    scales = Scales.of(POLICY, today)
    opening, candidate = queries.opening(session, need), queries.candidate(session, citizen_id, scales)
    judged = explained(judge(opening, candidate, scales), opening, candidate, scales)
    judged = replace(judged, missed=(*judged.missed, *told_before(session, need, citizen_id)))
    _require_reason(judged, override_reason_code)
    knowledge.require_known_well(session, candidate)
    open_match = select(Match.id).where(
        Match.need_id == need_id, Match.citizen_id == citizen_id, Match.state != "declined"
    )
    if session.scalar(open_match) is not None:
        raise Refused("already_proposed", "Borgeren er allerede foreslået.", "The candidate is proposed already.")
    match = Match(
        id=new_id(),
        need_id=need.id,
        company_id=need.company_id,
        citizen_id=citizen_id,
        state="proposed",
        proposed_by=proposed_by,
        proposed_at=clock.now(),
        score=judged.score,
        factors=[factor.code for factor in judged.factors if factor.points],
        failed_rules=[miss.rule for miss in judged.missed],
        salt=salt_of(need.id, today),
        policies=list(scales.names(opening)),
        override_reason_code=override_reason_code,
        disclosed_needs=[],
    )
    deadlines.ask(match)
    session.add(match)
    record(session, MatchProposed(
        match_id=match.id, need_id=need.id, citizen_id=citizen_id, company_id=need.company_id,
        occupation=need.occupation, factors=tuple(match.factors), answer_due=match.answer_due,
    ), match)  # fmt: skip
    return match


def _require_reason(judged: Explained, override_reason_code: str | None) -> None:
    if any(miss.rule == "consent" for miss in judged.missed):
        raise no_longer_available()
    if judged.missed and override_reason_code is None:
        raise Refused(
            "hard_rule_failed",
            f"Borgeren {'; '.join(miss.danish for miss in judged.missed)}.",
            f"The candidate {'; '.join(miss.english for miss in judged.missed)}.",
            fields={miss.rule: f"{miss.danish} / {miss.english}" for miss in judged.missed},
        )
    if not judged.missed and override_reason_code is not None:
        raise Invalid({"override_reason_code": "Ingen regel er fraveget. / No rule is departed from."})


def no_longer_available() -> Refused:
    """The citizen takes part in matching no more, or never did."""
    return Refused(
        "no_longer_available",
        "Borgeren deltager ikke længere i matchningen.",
        "The citizen takes part in matching no more.",
    )


def locked(session: Session, match_id: UUID) -> Match:
    """The match, for the caller alone until the transaction ends; raises NotFound."""
    match = session.get(Match, match_id, with_for_update=True)
    if match is None:
        raise NotFound
    looked(session, match.citizen_id)
    return match


def answer_consent(
    session: Session, citizen: str | None, match_id: UUID, *, given: bool, how: str, reason_code: str | None, by: str
) -> dict[str, Any]:
    """What the candidate said; `citizen` limits to their own. A yes fixes what the company may see from now.

    A no stands until an agreement is made, also after the company's yes.
    """
    match = locked(session, match_id)
    if citizen is not None and citizen != str(match.citizen_id):
        raise NotFound
    _check_reason(reason_code, said_no=not given)
    if match.state not in (("proposed",) if given else ("proposed", "consented", "accepted")):
        raise already_answered()
    need = session.get_one(Need, match.need_id)
    if given:
        _consent(session, match, need, how, by)
    else:
        match.consent_how, match.consent_heard_by = how, by
        decline(session, match, "citizen", reason_code)
    return {
        "id": match.id,
        "state": match.state,
        "title": need.title,
        "occupation": need.occupation,
        "version": match.version,
    }


def _consent(session: Session, match: Match, need: Need, how: str, by: str) -> None:
    candidate = queries.candidate(session, match.citizen_id, Scales.of(POLICY, clock.today()))
    if not candidate.consent:
        raise no_longer_available()
    least, most = shared_hours(queries.opening(session, need), candidate)
    if least <= most:
        match.weekly_hours_min, match.weekly_hours_max = least, most
    match.state_before = match.state
    match.state, match.consented_at, match.disclosed_needs = "consented", clock.now(), sorted(candidate.needs)
    match.consent_how, match.consent_heard_by = how, by
    deadlines.ask(match)
    record(session, MatchConsented(
        match_id=match.id, need_id=need.id, citizen_id=match.citizen_id, company_id=match.company_id,
        answer_due=match.answer_due if queries.may_appear(session, match) else None,
    ), match)  # fmt: skip


def _check_reason(reason_code: str | None, *, said_no: bool) -> None:
    if said_no and reason_code is None:
        raise Invalid({"reason_code": "Vælg en grund til et nej. / Choose a reason for a no."})
    if not said_no and reason_code is not None:
        raise Invalid({"reason_code": "Kun ved et nej. / With a no only."})


def decline(session: Session, match: Match, decliner: str, reason_code: str | None) -> None:
    """A no, and where the match goes back to when it is taken back: only a first word can be."""
    first = (decliner, match.state) in (("citizen", "proposed"), ("company", "consented"))
    match.state_before = match.state if first else None
    if match.state == "accepted":
        _undo_acceptance(session, match)
    _close(session, match, decliner, reason_code)


def _close(session: Session, match: Match, decliner: str, reason_code: str | None) -> None:
    match.state, match.decliner, match.reason_code = "declined", decliner, reason_code
    deadlines.ask(match)
    record(session, MatchDeclined(
        match_id=match.id, need_id=match.need_id, citizen_id=match.citizen_id, company_id=match.company_id,
        decliner=decliner, reason_code=reason_code or "",
    ), match)  # fmt: skip


def _undo_acceptance(session: Session, match: Match) -> None:
    """The position comes free, and an agreement that waits for statements comes to nothing; a made one stands."""
    live = select(Placement).where(Placement.match_id == match.id, Placement.state != "refused").with_for_update()
    placement = session.scalar(live)
    if placement is not None and placement.state == "agreed":
        raise Refused("already_agreed", "Aftalen er allerede lavet.", "The agreement is made already.")
    if placement is not None:
        approvals.close(session, placement, "withdrawn")
    positions.free(session, match.need_id)


def already_answered() -> Refused:
    """What was said stands."""
    return Refused("already_answered", "Der er allerede svaret.", "This was answered already.")


def answer_match(
    session: Session, border: Own | None, match_id: UUID, *, accepted: bool, reason_code: str | None, by: str
) -> dict[str, Any]:
    """What the company said, after the candidate's consent only: before it, the company finds no match.

    A yes takes a position; a no may follow it until an agreement is made.
    """
    match = locked(session, match_id)
    queries.require_shown(session, border, match)
    _check_reason(reason_code, said_no=not accepted)
    if match.state == "proposed":
        raise Refused("not_consented", "Borgeren har ikke sagt ja endnu.", "The candidate has not consented yet.")
    if match.state not in (("consented",) if accepted else ("consented", "accepted")):
        raise already_answered()
    if accepted:
        _accept(session, match)
    else:
        decline(session, match, "company", reason_code)
    match.answered_at, match.answered_by = clock.now(), by
    session.flush()
    return queries.without_person(session, [match])[0]


def _accept(session: Session, match: Match) -> None:
    if queries.withdrawn(session, [match]):
        raise no_longer_available()
    positions.take(session, match)
    match.state_before, match.state = match.state, "accepted"
    deadlines.ask(match)
    record(session, MatchAccepted(
        match_id=match.id, need_id=match.need_id, citizen_id=match.citizen_id, company_id=match.company_id
    ), match)  # fmt: skip


def close_doubles(session: Session, gone: UUID, into: UUID) -> None:
    """One person twice at one need: the match that has come furthest stays, the other is closed.

    An agreement that was made on the closed one stands, for people to end; one that waits for statements does not.
    """
    session.flush()
    live = select(Match).where(Match.citizen_id.in_([gone, into]), Match.state != "declined")
    by_need: dict[UUID, list[Match]] = {}
    for match in session.scalars(live.order_by(Match.id).with_for_update()):
        by_need.setdefault(match.need_id, []).append(match)
    doubles = [found for found in by_need.values() if len(found) > 1]
    bound = queries.agreed(session, [match for found in doubles for match in found])
    for found in doubles:
        _best, *others = sorted(found, key=lambda one: (one.id not in bound, -_FURTHER.index(one.state)))
        for match in others:
            if match.state == "accepted" and match.id not in bound:
                _undo_acceptance(session, match)
            match.citizen_id = into
            _close(session, match, "desk", "same_person")


_FURTHER = ("proposed", "consented", "accepted")
