"""Doubts of an area: an objection, a report, a noted one, and what waits to be corrected."""

from datetime import UTC, datetime

from sqlmodel import Session, select

from app import objection, report
from app.models import Decision, NotedObjection, Report
from app.round import correcting
from tests.app.rights.ground import Ground

WORDS = "Es fehlte jemand."


def build(held: Session, ground: Ground, decision: Decision) -> None:
    """Doubt this decision in every way, and name the rows that the addresses ask for."""
    council, now = ground.council, datetime.now(UTC)
    made = objection.make(held, decision, reason=WORDS, now=now, name=ground.name)
    asked = correcting.request(
        held,
        decision,
        after={"de": WORDS, "en": WORDS},
        reason=WORDS,
        officer=council.moderators[0],
        now=now,
    )
    noted = NotedObjection(
        area_id=council.area.id,
        question_id=decision.question_id,
        seat_id=council.seats[0].id,
        member_id=ground.member.id,
        words=WORDS,
        noted_at=now,
    )
    held.add(noted)
    held.flush()
    ground.ids |= {"objection_id": made.id, "decision_id": decision.id, "note_id": noted.id}
    ground.set_at("doubt.object_ doubt.objected", year=decision.year, n=decision.n)
    ground.set_at("doubt.note", question_id=decision.question_id)
    ground.set_at("doubt.correction", confirmation_id=asked.id)


def report_something(held: Session, ground: Ground) -> None:
    """A report that waits for its answer, and the secret that leads to it."""
    secret = report.make(
        held,
        ground.council.area,
        None,
        reason="other",
        words=f"{ground.name} {WORDS}",
        trackers="",
        contact=ground.name,
        now=datetime.now(UTC),
    )
    here = select(Report.id).where(Report.area_id == ground.council.area.id)
    ground.ids["report_id"] = held.exec(here).one()
    ground.set_at("doubt.reported", token=secret)
