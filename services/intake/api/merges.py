"""Two records that were one person's, by program."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.api.desk import doors
from services.intake.schemas import CitizenAnswer
from services.intake.schemas.merges import NewMerge
from services.intake.use_cases import merges
from shared.assurance import require_sure
from shared.auth import Principal
from shared.lookups import About


@doors.post("/citizens/<uuid:citizen_id>/merges", roles=("front_desk", "adviser"), body=NewMerge, answer=CitizenAnswer,
            about=About("case", "citizen_id", "change", purpose="visitation"))  # fmt: skip
def merge_citizen(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Let another record of the same person go into this one.

    The other services hear of it, and every address with the old id leads here from now (308).
    """
    require_sure(principal)
    gone = body["from_id"]
    return merges.merge(
        session, citizen_id, gone, versions={citizen_id: body["version"], gone: body["from_version"]},
        chosen=body["chosen"], other_cpr_is_theirs=body["other_cpr"] == "theirs", by=principal.subject,
    )  # fmt: skip
