"""A meeting whose hall has a screen, and somebody whose coming was noted, for the walk."""

from datetime import UTC, datetime

from sqlmodel import Session, select

from app import hall_key
from app.models import Attendance
from tests.app import builder
from tests.app.rights.ground import Ground

DESK = "hall.link hall.renew hall.door"


def build(held: Session, ground: Ground) -> None:
    """The secrets of the screen and of the check-in follow the address."""
    council = ground.council
    meeting = builder.build_meeting(council.body, datetime.now(UTC))
    meeting.place = f"Saal {ground.name}"
    hall_key.renew(meeting)
    held.add(meeting)
    held.flush()
    now, area_id = datetime.now(UTC), meeting.area_id
    mistake = Attendance(
        area_id=area_id, meeting_id=meeting.id, member_id=ground.member.id, arrived_at=now
    )
    held.add(mistake)
    held.flush()
    ground.set_at("meeting.take_out meeting.take_out_now", stay_id=mistake.id)
    key, arriving = meeting.hall_key, hall_key.for_arriving(meeting.hall_key)
    ground.set_at(DESK, meeting_id=meeting.id)
    ground.set_at("hall.screen", meeting_id=meeting.id, query={"key": key})
    ground.set_at("hall.arriving hall.arrive", meeting_id=meeting.id, query={"key": arriving})
    stays = select(Attendance.id).where(Attendance.meeting_id == council.meeting.id)
    ground.ids["stay_id"] = held.exec(stays.where(Attendance.member_id == ground.member.id)).first()
