"""Meetings at every step of their way, for the walk through all doors."""

from datetime import UTC, datetime, timedelta
from hashlib import sha512

from sqlmodel import Session

from app.models import AgendaDocument, AgendaItem, Meeting
from tests.app import builder
from tests.app.rights.ground import Ground

PAGES = "meeting.agenda_page meeting.edit meeting.cancel meeting.invite meeting.invite_now"
ITEM = "meeting.item meeting.edit_item meeting.move_item meeting.remove_item"
ITEM_ACTS = "meeting.remove_item_now meeting.begin_item meeting.note meeting.add_document"
FILE = b"%PDF-1.7"


def build(held: Session, ground: Ground) -> None:
    """With no agenda, with one that is not set, ready, for today, just begun, and running."""
    now = datetime.now(UTC)
    empty = _meeting(held, ground, now + timedelta(weeks=1))
    drafted = _meeting(held, ground, now + timedelta(weeks=1))
    ready = _meeting(held, ground, now + timedelta(weeks=2), agenda_set_at=now)
    today = _meeting(held, ground, now)
    begun = _meeting(held, ground, now, state="running", began_at=now)
    runs = _meeting(held, ground, now, state="running", began_at=now, agenda_set_at=now)
    for meeting in (drafted, ready):
        _item(held, ground, meeting)
    item, on = _item(held, ground, runs), _item(held, ground, runs, began_at=now)
    ground.set_at("meeting.take_usual", meeting_id=empty.id)
    ground.set_at("meeting.add_item", meeting_id=ready.id, kind="discussion")
    ground.set_at(f"{PAGES} meeting.letters", meeting_id=ready.id)
    ground.set_at("meeting.set_agenda meeting.set_agenda_now", meeting_id=drafted.id)
    ground.set_at("meeting.begin", meeting_id=today.id)
    ground.set_at("meeting.take_back", meeting_id=begun.id)
    ground.set_at("meeting.close meeting.close_now meeting.enter_stays", meeting_id=runs.id)
    ground.set_at(f"{ITEM} {ITEM_ACTS}", item_id=item.id)
    ground.set_at("meeting.end_item meeting.take_back_item", item_id=on.id)
    kept = _document(held, ground, item)
    ground.ids["document_id"] = kept.id
    ground.set_at("public.meeting_document", meeting_id=runs.id, document_id=kept.id)


def _meeting(held: Session, ground: Ground, start: datetime, **said: object) -> Meeting:
    made = builder.build_meeting(ground.council.body, start)
    made.place = f"Saal {ground.name}"
    for name, value in said.items():
        setattr(made, name, value)
    held.add(made)
    held.flush()
    return made


def _item(
    held: Session, ground: Ground, meeting: Meeting, began_at: datetime | None = None
) -> AgendaItem:
    made = AgendaItem(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        position=1,
        kind="discussion",
        title=f"Aussprache {ground.name}",
        began_at=began_at,
    )
    held.add(made)
    held.flush()
    return made


def _document(held: Session, ground: Ground, item: AgendaItem) -> AgendaDocument:
    made = AgendaDocument(
        area_id=item.area_id,
        agenda_item_id=item.id,
        name=f"{ground.name}.pdf",
        media_type="application/pdf",
        content=FILE,
        sha512=sha512(FILE).hexdigest(),
        added_at=builder.LONG_AGO,
    )
    held.add(made)
    held.flush()
    return made
