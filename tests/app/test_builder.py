"""The fixtures themselves: what other tests lean on holds."""

from sqlmodel import select

from app.booth.casting import cast
from app.models import Ballot


def test_a_council_votes_through_the_fixtures(app, held, area, open_round, make_submission):
    round_ = open_round(questions=2, recused={1: [area.members[0]]})
    for member, ballots in ((area.members[0], 1), (area.members[1], 2)):
        submission = make_submission(member, round_, "yes")
        assert len(submission["ballots"]) == ballots
        cast(member, round_.id, submission)
    assert len(held.exec(select(Ballot)).all()) == 3
