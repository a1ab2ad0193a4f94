"""What we wrote down on the telephone, as the company reads and corrects it by its link, without signing in."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching.models import Call, Need
from services.matching.pages import need_forms, pages
from services.matching.schemas.read_backs import ReadBackForm, ReadBackLink, ReadBackUndoForm
from services.matching.use_cases import read_backs
from shared import clock, links
from shared.auth import Principal
from shared.links import READ_BACK_PATH
from shared.lookups import NOBODY
from shared.pages import PUBLIC, Page, See, Undo


def _opened(session: Session, code: str) -> tuple[Call, Need]:
    return read_backs.opened(
        session, links.read(current_app.extensions["settings"], links.READ_BACK, code, clock.now())
    )


def _page(session: Session, code: str, typed: Any = None) -> Page:
    call, need = _opened(session, code)
    shown = need_forms.edit_form(session, None, need.id, typed)
    return Page("matching/read_back.html", shown | {"call": call, "code": code, "home": READ_BACK_PATH, "crumbs": []})


def _again(session: Session, _principal: Principal, typed: Any) -> Page:
    return _page(session, typed.get("kode", ""), typed)


def _home(code: str) -> str:
    return f"{READ_BACK_PATH}?kode={code}"


@pages.get(READ_BACK_PATH, roles=PUBLIC, about=NOBODY, query=ReadBackLink)
def see_read_back(session: Session, _principal: Principal, query: dict[str, str]) -> Page:
    """What we understood, to whoever has the link."""
    return _page(session, query["kode"])


@pages.post(f"{READ_BACK_PATH}/rigtigt", roles=PUBLIC, about=NOBODY, body=ReadBackLink, again=_again)
def confirm_read_back(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """One tap: it is right."""
    call, _need = _opened(session, body["kode"])
    read_backs.confirm(call)
    undo = Undo(f"{READ_BACK_PATH}/fortryd", {"kode": body["kode"]})
    return See(_home(body["kode"]), _("Tak. Så går vi i gang."), undo)


@pages.post(f"{READ_BACK_PATH}/fortryd", roles=PUBLIC, about=NOBODY, body=ReadBackLink, again=_again)
def unsay_read_back(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """A slip of the finger."""
    call, _need = _opened(session, body["kode"])
    read_backs.unsay(call)
    return See(_home(body["kode"]), _("I kan rette det, eller sige ja igen."))


@pages.post(READ_BACK_PATH, roles=PUBLIC, about=NOBODY, body=ReadBackForm, again=_again)
def correct_read_back(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """The company's own word on its need stands; what stood can be put back."""
    code, version = body.pop("kode"), body.pop("version")
    call, need = _opened(session, code)
    before = need_forms.as_it_was(session, need)
    changed = read_backs.correct(session, call, need, version, body)
    undo = Undo(f"{READ_BACK_PATH}/ret/fortryd", before | {"kode": code, "version": str(changed.version)})
    return See(_home(code), _("Tak. Behovet er rettet."), undo if before else None)


@pages.post(f"{READ_BACK_PATH}/ret/fortryd", roles=PUBLIC, about=NOBODY, body=ReadBackUndoForm, again=_again)
def put_read_back_back(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """As we had understood it first."""
    code = body.pop("kode")
    _call, need = _opened(session, code)
    return need_forms.put_back(session, None, need.id, body, _home(code))
