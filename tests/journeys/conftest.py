"""A council before its meeting, on a site that can be killed and started again."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app import create_app
from app.config import Settings
from app.models import AgendaItem, Attendance
from tests.app import builder
from tests.journeys.evening import TITLES, Evening
from tests.service.browser import OpenPhone
from tests.service.site import running

MORE = ("Ola Berg", "Sina Wolf", "Timo Falk")


@pytest.fixture
def evening(database_url: str, tmp_path: Path, open_phone: OpenPhone) -> Iterator[Evening]:
    """Twelve members, six votes on the agenda, nobody there yet; two people count."""
    folder = tmp_path / "instance"
    settings = Settings.from_environment({"DATABASE_URL": database_url, "INSTANCE": str(folder)})
    with ExitStack() as sites:
        site = sites.enter_context(running(database_url, folder))
        app = create_app(settings)
        engine = app.extensions["engine"]
        with app.app_context(), Session(engine, expire_on_commit=False) as held:
            council = builder.build_council(held)
            builder.add_members(held, council, MORE)
            builder.set_rules(
                held, council, trust__meeting="evening", no_quorum__effect="poll_only"
            )
            council.meeting.starts_at = datetime.now(UTC) - timedelta(minutes=5)
            for row in held.exec(select(Attendance)).all():
                held.delete(row)
            for position, title in enumerate(TITLES, start=1):
                proposal = builder.build_proposal(held, council, title)
                item = AgendaItem(
                    area_id=council.area.id, meeting_id=council.meeting.id, position=position,
                    kind="vote", title=title, proposal_id=proposal.id,
                )  # fmt: skip
                held.add(item)
            held.commit()
            made = Evening(site, held, council, open_phone)
            made.restart = partial(made.crash, sites, database_url, folder)
            yield made
        engine.dispose()
