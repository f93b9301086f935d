"""The first administrator of an empty installation, and the way back for one who lost everything.

Both are commands at the server's terminal; everybody else is invited.
"""

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import db, decision_log, entrance_link, one_line
from app.account import inviting
from app.account.proving import login_of
from app.config import MAIL_ADDRESS
from app.models import Area, Installation, Officer


class SetUpRefused(Exception):
    """The first administrator cannot be made; the sentence says why."""


def is_nobody_here(held: Session) -> bool:
    """Whether the list of areas is still empty."""
    return held.exec(select(Area.id)).first() is None


def settle(held: Session, area_name: str, name: str, mail: str) -> str:
    """Store the administrator and return the link that sets up the access.

    Raise SetUpRefused where there is an officer, the people are invented, or name, address or area
    are none.
    """
    _require_possible(held)
    _require_readable(name, mail)
    now = db.clock(held)
    area = _find_area(held, area_name)
    if held.get(Installation, 1) is None:
        held.add(Installation(is_demo=False, created_at=now))
    officer = _administrator(held, area, name, mail)
    return entrance_link.address(entrance_link.make(held, officer, now))


def lead_back(held: Session, area_name: str, name: str, mail: str, reason: str) -> str:
    """Give an administrator a new access and return its link; the public log says why.

    Who has this address in the area loses passphrase, app, passkeys, codes and sessions. Raise
    SetUpRefused like `settle`, and where the reason is empty.
    """
    _require_real(held)
    _require_readable(name, mail)
    if one_line.fault_in_line(one_line.normal(reason) or ""):
        raise SetUpRefused(
            _("Es fehlt ein Grund. Er steht danach im öffentlichen Beschlussregister.")
        )
    now = db.clock(held)
    area = _find_area(held, area_name)
    officer = _known(held, area, mail) or _administrator(held, area, name, mail)
    inviting.shut_out(held, officer, now)
    public = {"reason": one_line.normal(reason)}
    decision_log.append(held, area, "access_restored", public, now)
    return entrance_link.address(entrance_link.make(held, officer, now))


def _administrator(held: Session, area: Area, name: str, mail: str) -> Officer:
    officer = Officer(
        area_id=area.id, name=one_line.normal(name) or "", role="administrator", mail=mail.strip()
    )
    held.add(officer)
    held.flush()
    return officer


def _known(held: Session, area: Area, mail: str) -> Officer | None:
    """The administrator of this area who has this address."""
    administrators = held.exec(
        select(Officer)
        .filter_by(area_id=area.id, role="administrator")
        .where(col(Officer.ended_at).is_(None))
    )
    return next(
        (each for each in administrators if login_of(each.mail or "") == login_of(mail)), None
    )


def _require_readable(name: str, mail: str) -> None:
    if one_line.fault_in_line(one_line.normal(name) or ""):
        raise SetUpRefused(_("Der Name ist leer oder enthält unsichtbare Zeichen."))
    if not MAIL_ADDRESS.fullmatch(mail.strip()):
        raise SetUpRefused(_("Das ist keine E-Mail-Adresse: %(mail)s", mail=mail))


def _require_real(held: Session) -> None:
    installation = held.get(Installation, 1)
    if installation is not None and installation.is_demo:
        raise SetUpRefused(_("In dieser Datenbank liegt die Demo. Nehmen Sie eine leere."))


def _require_possible(held: Session) -> None:
    _require_real(held)
    if held.exec(select(Officer.id)).first() is not None:
        raise SetUpRefused(
            _(
                "Es gibt schon Zugänge. Weitere Personen lädt die Verwaltung auf der Seite ein."
                " Kommt dort niemand mehr hinein, hilft --way-back mit einem Grund. Der Grund steht"
                " dann im öffentlichen Beschlussregister."
            )
        )


def _find_area(held: Session, wanted: str) -> Area:
    """The area by its slug or its name."""
    sought = wanted.strip().casefold()
    areas = held.exec(select(Area).order_by(Area.name)).all()
    for area in areas:
        if sought in (area.slug, area.name.casefold()):
            return area
    names = ", ".join(area.name for area in areas)
    raise SetUpRefused(
        _("Das Gebiet %(name)s steht nicht in der Liste: %(names)s", name=wanted, names=names)
    )
