"""Keys that count in the evening, and a round that waits for a commission, for the walk."""

from datetime import UTC, datetime

from sqlmodel import Session

from app.entropy import rand_scalar
from app.models import EveningKey, Member
from app.round import counting, preparing, releasing
from tests.app import builder, count_part, deciding, term_key
from tests.app.rights.ground import Ground
from voting.protocol import trustee
from voting.protocol.group import by_name

GROUP = by_name("Ed25519")
EXPONENT = 2**210 + 9


def hold_keys(held: Session, ground: Ground) -> None:
    """The member of the walk and a colleague hold the keys of the meeting."""
    _add_key(held, ground, ground.council.members[6], EXPONENT + 2)
    ground.ids["count_key_id"] = _add_key(held, ground, ground.member, EXPONENT).id


def _add_key(held: Session, ground: Ground, member: Member, exponent: int) -> EveningKey:
    document = trustee.make_single(GROUP, exponent, rand_scalar)
    key = EveningKey(
        area_id=ground.council.area.id,
        meeting_id=ground.council.meeting.id,
        member_id=member.id,
        public_key=trustee.public_key(GROUP, document),
        document=document.decode(),
        made_at=datetime.now(UTC),
    )
    held.add(key)
    held.flush()
    return key


def wait_for_keys(held: Session, ground: Ground) -> None:
    """A closed round whose sum waits for the member, the moderator and the administrator."""
    made = term_key.make()
    people = (ground.member, ground.moderator, ground.administrator)
    commission = term_key.put_in_force(held, ground.council, people, made)
    builder.set_rules(held, ground.council, trust__meeting="commission")
    round_ = deciding.close(held, ground.council, ["yes"] * 6)
    counting.count_round(round_.id)
    held.expire_all()
    builder.set_rules(held, ground.council, trust__meeting="office")
    commission.state = "ended"
    question = preparing.questions_of(held, round_)[0]
    ground.set_at("commission.report_lost", commission_id=commission.id)
    at = "commission.archive commission.strong commission.release"
    ground.set_at(at, round_id=round_.id, question_id=question.id)
    setup, total, _ = releasing.tallied(held, question)
    for position, role in enumerate(("member", "moderator", "administrator"), 1):
        part = count_part.part_of(setup, total, made.exponents[position])
        ground.count_parts[role] = {
            "question": question.id,
            "partial": part.partial.decode(),
            "share": part.share.decode(),
        }


def new_key(_ground: Ground) -> dict[str, str]:
    """What a phone sends that makes a key."""
    return {"document": trustee.make_single(GROUP, rand_scalar(GROUP.q), rand_scalar).decode()}


def own_part(ground: Ground) -> dict[str, list[dict[str, str]]]:
    """What the device of whoever is acting hands in; others hand in the member's."""
    own = ground.count_parts.get(ground.acting) or ground.count_parts.get("member")
    return {"parts": [own] if own else []}
