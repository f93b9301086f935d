"""`flask import roster`: the same preview as text, the same refusals with exit status 2."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from app.models import Member, Membership
from tests.app.builder import Council

TEXT = "Name;Gruppe;Sitz\nAda;Bewohner;\nAylin Kara;;1\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(TEXT)
    return path


def run(app: Flask, held: Session, file: Path, area: Council, *options: str, typed: str = ""):
    body = ("--body", str(area.body.id))
    held.commit()
    result = app.test_cli_runner().invoke(
        args=["import", "roster", str(file), *body, *options], input=typed
    )
    held.expire_all()
    return result


def people(held: Session) -> int:
    return len(held.exec(select(Member)).all())


def test_a_dry_run_prints_and_stores_nothing(app, held, area, file):
    result = run(app, held, file, area, "--dry-run", "--yes")
    assert result.exit_code == 0
    assert "Ada" in result.output
    assert people(held) == 9


def test_yes_stores_and_a_question_waits_for_an_answer(app, held, area, file):
    assert run(app, held, file, area, typed="n\n").exit_code == 0
    assert people(held) == 9
    assert run(app, held, file, area, "--yes").exit_code == 0
    assert people(held) == 10
    assert len(held.exec(select(Membership)).all()) == 10
    again = run(app, held, file, area, "--yes")
    assert (again.exit_code, people(held)) == (0, 10)


def test_who_is_not_in_the_file_leaves_when_told(app, held, area, file):
    assert run(app, held, file, area, "--leaving", "--yes").exit_code == 0
    ended = select(Membership).where(Membership.end_reason == "other")
    assert len(held.exec(ended).all()) == 8


def test_faults_are_told_by_row_and_column_and_nothing_is_stored(app, held, area, file):
    file.write_text(TEXT + "Bo;Freunde;\nAylin Kara;;drei\n")
    result = run(app, held, file, area, "--yes")
    assert result.exit_code == 2
    assert [line.split(",")[0].split()[-1] for line in result.stderr.splitlines()] == ["4", "5"]
    assert people(held) == 9


def test_what_is_no_roster_is_refused(app, held, area, file):
    file.write_bytes(b"\x89PNG\0")
    assert run(app, held, file, area, "--yes").exit_code == 2
    file.write_text(TEXT)
    result = app.test_cli_runner().invoke(args=["import", "roster", str(file), "--body", "999"])
    assert result.exit_code == 2


def test_an_archive_and_a_body_without_a_term_stay_as_they_are(app, held, area, file):
    area.area.closes_on = area.term.starts_on
    held.add(area.area)
    assert run(app, held, file, area, "--yes").exit_code == 2
    area.area.closes_on = None
    area.term.ends_on = area.term.starts_on
    held.add(area.term)
    assert run(app, held, file, area, "--yes").exit_code == 2
    assert people(held) == 9
