"""Each job can be repeated."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from app import jobs, retention
from app.booth.casting import cast
from app.models import (
    EnrolmentNonce,
    Invitation,
    LogEntry,
    Question,
    SignInLink,
    Throttle,
    UsedChallenge,
    UserSession,
)
from tests.app import builder

NOW = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)


def test_a_round_is_closed_at_its_end_and_counted(held, area, open_round, make_submission):
    end = datetime.now(UTC) + timedelta(minutes=5)
    round_ = open_round(closes_at=end)
    for member in area.members[:7]:
        cast(member, round_.id, make_submission(member, round_, "yes"))
        held.commit()
    jobs.close_rounds(end - timedelta(seconds=1))
    jobs.count_rounds(end)
    held.refresh(round_)
    held.commit()
    assert round_.state == "open"
    for _ in range(2):
        jobs.close_rounds(end)
        jobs.count_rounds(end)
    held.refresh(round_)
    question = held.exec(select(Question)).one()
    assert (round_.state, question.state) == ("closed", "counted")
    assert (question.outcome["yes"], question.outcome["code"]) == (7, "adopted")
    kinds = [each.type for each in held.exec(select(LogEntry).order_by(LogEntry.seq))]
    assert kinds == ["round_announced", "round_opened", "round_closed", "counted"]


def test_a_board_that_does_not_verify_does_not_hold_up_another_round(
    app, held, area, open_round, make_submission, caplog
):
    end = datetime.now(UTC) + timedelta(minutes=5)
    rounds = [open_round(closes_at=end) for _ in range(2)]
    for round_ in rounds:
        for member in area.members[:5]:
            cast(member, round_.id, make_submission(member, round_, "no"))
            held.commit()
    jobs.close_rounds(end)
    broken = builder.break_board(held, min(rounds, key=lambda each: each.id))
    for _ in range(3):
        jobs.count_rounds(end)
    held.expire_all()
    states = {each.id: each.state for each in held.exec(select(Question))}
    assert states.pop(broken) == "listed"
    assert list(states.values()) == ["counted"]
    assert caplog.text.count("failed: BoardRefused") == 1


def test_what_has_expired_is_forgotten_and_nothing_else(held, area):
    member = area.members[0]
    for moment in (NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)):
        name = moment.isoformat()
        owner = {"area_id": area.area.id, "member_id": member.id}
        held.add(EnrolmentNonce(nonce=name, expires_at=moment, **owner))
        held.add(SignInLink(token_hash=name, expires_at=moment, **owner))
        held.add(UserSession(id_hash=name, created_at=NOW, expires_at=moment, **owner))
        started = moment - retention.RULES["throttles"].period
        counted = {"subject": "", "network": name, "window_started_at": started}
        held.add(Throttle(scope="card", failures=1, **counted))
        held.add(UsedChallenge(digest=name, expires_at=moment))
        invited = {"area_id": area.area.id, "officer_id": area.moderators[0].id}
        held.add(Invitation(token_hash=name, expires_at=moment, **invited))
    ended = {"area_id": area.area.id, "officer_id": area.moderators[0].id}
    far = NOW + timedelta(days=1)
    held.add(UserSession(id_hash="out", created_at=NOW, expires_at=far, revoked_at=NOW, **ended))
    held.commit()
    jobs.forget(NOW)
    jobs.forget(NOW)
    kept = (NOW + timedelta(seconds=1)).isoformat()
    assert held.exec(select(EnrolmentNonce.nonce)).all() == [kept]
    assert held.exec(select(SignInLink.token_hash)).all() == [kept]
    assert held.exec(select(UserSession.id_hash)).all() == [kept]
    assert held.exec(select(Throttle.network)).all() == [kept]
    assert held.exec(select(UsedChallenge.digest)).all() == [kept]
    assert held.exec(select(Invitation.token_hash)).all() == [kept]
