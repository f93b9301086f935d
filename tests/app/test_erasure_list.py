"""A restored backup brings nobody back: the list beside the database forgets them again."""

import re
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from app import db, erasure, erasure_list, forgetting_again
from app.models import Comment, Erasure, Member, Membership, Proposal
from tests.app import builder
from tests.service.database import only_sqlite
from tests.service.sqlite import file_of

NAME, WORDS, APPLICANT = "Xanthippe Quastenflosser", "Zwiebelfischsatz", "Ottokar Mauerblume"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_list(app, tmp_path, monkeypatch):
    """A list of this test alone."""
    monkeypatch.setattr(erasure_list, "_file", lambda: tmp_path / "erasures")


@pytest.fixture
def proposal(held, area):
    found = builder.build_proposal(held, area, "Bänke am Anger")
    found.applicant = APPLICANT
    held.add(found)
    held.commit()
    return found


@pytest.fixture
def member(held, area, proposal):
    """Somebody whose seat is over, with words in a discussion."""
    found = area.members[0]
    found.name = NAME
    held.add(found)
    held.add(
        Comment(
            area_id=area.area.id,
            proposal_id=proposal.id,
            member_id=found.id,
            source=WORDS,
            created_at=NOW - DAY,
        )
    )
    held.commit()
    return found


def end_seat(held, member):
    link = held.exec(select(Membership).where(Membership.member_id == member.id)).one()
    link.ends_on = (NOW - 2 * DAY).date()
    held.add(link)
    held.commit()


def lines(tmp_path):
    return (tmp_path / "erasures").read_text().splitlines()


def texts(file: Path) -> bytes:
    return b"".join(
        each.read_bytes() for each in file.parent.iterdir() if each.name.startswith(file.name)
    )


@only_sqlite
def test_an_old_file_is_put_back_and_the_text_goes_again(
    app, held, database_url, member, proposal, tmp_path
):
    end_seat(held, member)
    file, backup = file_of(database_url), tmp_path / "backup"
    shutil.copy(file, backup)
    erasure.ask(held, member, NOW)
    erasure.forget_applicant(held, proposal, NOW.date())
    held.commit()
    held.close()
    app.extensions["engine"].dispose()
    shutil.copy(backup, file)
    for each in (NAME, WORDS, APPLICANT):
        assert each.encode() in texts(file), "the control: the backup has it"
    done = app.test_cli_runner().invoke(args=["retain"])
    assert done.exit_code == 0, done.output
    app.extensions["engine"].dispose()
    for each in (NAME, WORDS, APPLICANT):
        assert each.encode() not in texts(file)
    with db.reading() as own:
        assert own.get(Member, member.id).erased_on is not None
        assert own.get(Proposal, proposal.id).applicant_removed_on is not None
        assert own.get(Member, member.id + 1).name == "Jonas Wirth"


def restore(held, member, **before):
    """Bring rows back to how a backup had them."""
    for name, value in before.items():
        setattr(member, name, value)
    held.add(member)
    comment = held.exec(select(Comment).where(Comment.member_id == member.id)).one()
    comment.source, comment.removed_on = WORDS, None
    held.add(comment)
    held.commit()


def apply_again(held):
    found = forgetting_again.apply(held, datetime.now(UTC))
    held.commit()
    return found


def comment_of(held, member):
    return held.exec(select(Comment.source).where(Comment.member_id == member.id)).one()


def test_a_waiting_wish_is_noted_again(held, member):
    erasure.ask(held, member, NOW)
    held.commit()
    assert apply_again(held) == 0, "nothing was restored"
    held.delete(held.get(Erasure, member.id))
    restore(held, member)
    assert apply_again(held) == 1
    assert held.get(Erasure, member.id) is not None
    assert (comment_of(held, member), member.name) == ("", NAME)


def test_who_stayed_stays_and_what_was_said_before_goes(held, member):
    erasure.ask(held, member, NOW)
    erasure.take_back(held, member)
    held.commit()
    restore(held, member)
    assert apply_again(held) == 1
    assert (comment_of(held, member), held.get(Erasure, member.id)) == ("", None)
    assert member.name == NAME


def test_words_after_the_wish_are_left_alone(held, member):
    erasure.ask(held, member, NOW - 2 * DAY)
    erasure.take_back(held, member)
    held.commit()
    restore(held, member)
    assert apply_again(held) == 0
    assert comment_of(held, member) == WORDS


def test_what_is_not_committed_is_not_on_the_list(held, member, tmp_path):
    end_seat(held, member)
    erasure.ask(held, member, NOW)
    held.rollback()
    assert len(lines(tmp_path)) == 1, "the salt alone"
    erasure.ask(held, member, NOW)
    held.commit()
    held.commit()
    assert len(lines(tmp_path)) == 2


def test_who_is_missing_on_the_list_is_added_once(held, member, tmp_path):
    end_seat(held, member)
    erasure.ask(held, member, NOW)
    held.commit()
    (tmp_path / "erasures").unlink()
    for _time in range(2):
        assert apply_again(held) == 0
        assert [each.kind for each in erasure_list.read()[erasure_list.digest(member)]] == [
            "forgotten"
        ]


def test_another_person_with_the_same_number_is_not_forgotten(held, member):
    """After a restored backup numbers are given out once more."""
    end_seat(held, member)
    erasure.ask(held, member, NOW)
    held.commit()
    restore(held, member, mark=Member(area_id=1, name="").mark, erased_on=None, name="Neu Hier")
    assert apply_again(held) == 0
    assert member.name == "Neu Hier"


def test_the_list_tells_nobody_who_it_is(held, member, proposal, tmp_path):
    end_seat(held, member)
    erasure.ask(held, member, NOW)
    erasure.forget_applicant(held, proposal, NOW.date())
    held.commit()
    salt, *rest = lines(tmp_path)
    assert len(salt) == 64
    for line in rest:
        assert re.fullmatch(r"(forgotten|applicant) [0-9a-f]{64} \S+", line)
    for each in (NAME, APPLICANT, member.mark):
        assert each not in "".join(rest)
    assert stat.S_IMODE((tmp_path / "erasures").stat().st_mode) == 0o600


def test_a_line_that_a_crash_cut_off_does_not_matter(held, member, tmp_path):
    end_seat(held, member)
    erasure.ask(held, member, NOW)
    held.commit()
    with (tmp_path / "erasures").open("a") as file:
        file.write("forgotten abc")
    assert [each.kind for each in erasure_list.read()[erasure_list.digest(member)]] == ["forgotten"]
