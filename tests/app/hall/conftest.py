"""The hall of the council that the tests of every room know."""

import pytest
from flask import Flask
from sqlmodel import Session

from app import hall_key
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture
def screen(app: Flask, held: Session, area: Council) -> str:
    """The address of the screen."""
    hall_key.renew(area.meeting)
    held.add(area.meeting)
    held.commit()
    return f"/sitzung/{area.meeting.id}/saal?key={area.meeting.hall_key}&second=en"


@pytest.fixture
def beamer(app: Flask, held: Session) -> Browser:
    """A browser of nobody."""
    return builder.browse(app, held)
