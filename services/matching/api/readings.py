"""The JSON door that reads Danish about a job."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from services.matching.api import WITH_COMPANY, doors
from services.matching.schemas.readings import ReadAnswer, SaidBody
from services.matching.text.read import read
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY


@doors.post("/readings", status=200, roles=WITH_COMPANY, about=NOBODY, body=SaidBody, answer=ReadAnswer)
def read_text(_session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """What a Danish text says of a job, each thing with its place; the text is not kept."""
    return {"items": [asdict(each) for each in read(body["said"], clock.today())]}
