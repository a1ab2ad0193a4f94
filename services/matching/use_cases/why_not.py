"""Why a need's list leaves somebody out, said to staff; sensitive causes are masked for who serves companies."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge
from services.matching.rules.reasons import explained
from services.matching.rules.terms import term
from services.matching.rules.words import listed
from services.matching.use_cases import POLICY
from services.matching.use_cases.repeats import told_before
from shared import clock
from shared.errors import NotFound
from shared.events.codes import Words

MASKED = {"adjustments": Words("et hensyn, der ikke kan tages", "an adjustment that cannot be made"),
          "lifting": Words("et krav, der ikke er opfyldt", "a demand that is not met")}  # fmt: skip


def causes(session: Session, need_id: UUID, citizen_id: UUID, *, open_causes: bool) -> list[Words]:
    """All that keeps somebody off a need's list or from being proposed; empty where nothing does."""
    need = queries.need(session, None, need_id)
    today = clock.today()
    scales = Scales.of(POLICY, today)
    try:
        candidate = queries.candidate(session, citizen_id, scales)
    except NotFound:
        return [Words("der er ikke noteret jobønsker", "no job wishes are recorded")]
    if not candidate.consent:
        return [Words("deltager ikke i matchningen", "takes no part in matching")]
    opening = queries.opening(session, need)
    judged = explained(judge(opening, candidate, scales), opening, candidate, scales)
    found = [(miss.rule, Words(miss.danish, miss.english)) for miss in judged.missed]
    found += [(miss.rule, Words(miss.danish, miss.english)) for miss in told_before(session, need, citizen_id)]
    left_out = queries.left_out(session, need, today)
    found += [(code, term("rule", code)) for code, people in left_out.items() if citizen_id in people]
    said = [words if open_causes else MASKED.get(code, words) for code, words in found]
    unknown = queries.unknown(session, [candidate], POLICY, today).get(citizen_id, [])
    if unknown:
        what = listed([term("knowledge", code) for code in unknown])
        said.append(Words(f"vi ved ikke {what.danish}", f"we do not know {what.english}"))
    return list(dict.fromkeys(said))
