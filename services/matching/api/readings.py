"""The JSON doors that read Danish about a job: a whole text, and what one job is called."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from services.matching.api import WITH_COMPANY, doors
from services.matching.rules import catalogue, titles
from services.matching.schemas.readings import LinkAnswer, LinkQuery, ReadAnswer, SaidBody
from services.matching.text.read import read
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY


@doors.post("/readings", status=200, roles=WITH_COMPANY, about=NOBODY, body=SaidBody, answer=ReadAnswer)
def read_text(_session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """What a Danish text says of a job, each thing with its place; the text is not kept."""
    return {"items": [asdict(each) for each in read(body["said"], clock.today())]}


@doors.get("/occupation-links", roles=WITH_COMPANY, about=NOBODY, query=LinkQuery, answer=LinkAnswer)
def link_title(_session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """The job title that what somebody says surely stands for, and those to choose from."""
    link = titles.linked(query["q"])
    return {
        "linked": link and link.title,
        "sure": link and link.sure,
        "choices": titles.choices(query["q"]),
        "notice": catalogue.ESCO_NOTICE,
    }
