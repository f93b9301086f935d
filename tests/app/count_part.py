"""What the phone of somebody who counts makes of a sum."""

from sqlmodel import Session

from app.entropy import rand_scalar
from app.models import Round
from app.round import releasing
from app.round.releasing import Part
from voting.protocol import canon, strong, tally
from voting.protocol.board import Setup


def part_of(setup: Setup, total: tally.Tally, exponent: int) -> Part:
    group = setup.election.group
    public_key = group.text(group.power_g(exponent))
    number = next(n for n, each in setup.trustees.owners.items() if each.public_key == public_key)
    partial = tally.partial_decryption(setup.election, total, exponent, rand_scalar)
    share = strong.make_share(setup.election, total, number, partial, exponent, rand_scalar)
    return Part(partial, canon.write(share.document()))


def parts_of(held: Session, round_: Round, exponent: int) -> dict[str, Part]:
    """A part for every question of a round that waits for one."""
    found = {}
    for question in releasing.waiting(held, round_):
        setup, total, _ = releasing.tallied(held, question)
        found[question.id] = part_of(setup, total, exponent)
    return found
