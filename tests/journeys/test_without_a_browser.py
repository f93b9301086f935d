"""A round on PostgreSQL without a browser: closed and counted by the site, read and recounted.

The whole way in Chromium is a drill there.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import g
from sqlmodel import Session

from app import create_app
from app.config import Settings
from app.models import Question, Round
from app.round import preparing, publishing
from tests.app import builder, deciding
from tests.app.builder import Council
from tests.service.database import POSTGRESQL
from tests.service.site import ROOT, Site, StartSite

ANSWERS = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
COUNT_SECONDS = 45


@pytest.fixture
def held(settings: Settings) -> Iterator[Session]:
    app = create_app(settings)
    with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as own:
        g.session = own
        yield own
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
def test_from_ballot_to_decision(
    start_site: StartSite, database_url: str, held: Session, tmp_path: Path
) -> None:
    site = start_site(database_url)
    council = builder.build_council(held)
    round_ = builder.open_round(held, builder.prepare_round(held, council))
    deciding.let_cast(held, council, round_, zip(council.members, ANSWERS, strict=True))
    question = counted_by_the_site(held, round_)
    publish(held, council, round_, question)
    page = fetch(site, "/gebiet/anger/entscheidungen").decode()
    assert "Hochbeete im Hof" in page
    assert recount(site, question, tmp_path) == ("done", [[6, 2, 1]])


def counted_by_the_site(held: Session, round_: Round) -> Question:
    """The end has come: the site closes the round and counts it by itself."""
    round_.closes_at = datetime.now(UTC)
    held.add(round_)
    held.commit()
    deadline = time.monotonic() + COUNT_SECONDS
    while (question := preparing.questions_of(held, round_)[0]).state != "counted":
        assert time.monotonic() < deadline, question.state
        held.rollback()
        held.expire_all()
        time.sleep(0.2)
    return question


def publish(held: Session, council: Council, round_: Round, question: Question) -> None:
    deciding.confirm(held, council, round_, question)
    publishing.publish(held, question, deciding.SUMMARY, datetime.now(UTC))
    held.commit()


def fetch(site: Site, path: str) -> bytes:
    with urlopen(site.url + path) as answer:
        return bytes(answer.read())


def recount(site: Site, question: Question, folder: Path) -> tuple[str, list[list[int]]]:
    """What our command says of the archive and the proof that everybody can download."""
    base = f"/abstimmung/{question.round_id}/{question.id}"
    archive, strong = folder / "box.bel", folder / "box.strong.json"
    archive.write_bytes(fetch(site, f"{base}.bel"))
    strong.write_bytes(fetch(site, f"{base}.strong.json"))
    command = [sys.executable, "-m", "voting", "verify", archive, "--strong", strong, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    verdict = json.loads(done.stdout)
    return verdict["stage"], verdict["result"]
