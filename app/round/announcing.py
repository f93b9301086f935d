"""A round is announced: its questions are final and what they need is said."""

from datetime import datetime
from typing import Any, cast

from flask_babel import gettext
from sqlmodel import Session, select

from app import decision_log, electoral_roll, rules_of_procedure, sharing, wording
from app.errors import Refused
from app.models import Body, Question, Round, RulesOfProcedure
from app.round import count_key
from app.round.circulating import require_circular
from app.round.preparing import questions_of, reword
from app.round.telling import tell, way_of
from app.rule.words import LANGUAGES
from app.text import parameter_name
from voting.log.kind import rules_hash
from voting.rules import options
from voting.rules.parameter import Matter, Mode


def announce(held: Session, round_: Round, now: datetime) -> None:
    """Make the questions final and say so in the log; who changes the roster waits."""
    held.exec(select(Body.id).where(Body.id == round_.body_id).with_for_update()).one()
    if round_.state != "draft":
        raise Refused("already_done")
    rules = require_rules(held, round_)
    _require_wording(held, round_)
    _require_box(held, round_)
    if round_.mode == "circular":
        require_circular(held, round_, now)
    reword(held, round_)
    sharing.require_money(held, round_)
    round_.trust = count_key.trust_of(held, round_)
    if round_.trust == "commission":
        count_key.require_commission(held, round_, now)
    round_.state, round_.announced_at = "announced", now
    held.flush()
    if round_.is_poll:
        tell_poll(held, round_, rules, now)
        return
    public = {
        "round": round_.id,
        "body": decision_log.body_record(held.get_one(Body, round_.body_id)),
        "term": round_.term_id,
        "mode": round_.mode,
        "trust": round_.trust,
        **way_of(round_),
        "rules_version": rules.version,
        "rules_hash": rules_hash(rules.parameters),
        "questions": [_announced(held, each) for each in questions_of(held, round_)],
    }
    tell(held, round_, "round_announced", public, now)
    if round_.repeats_id:
        repeat = {"round": round_.id, "repeats": round_.repeats_id}
        tell(held, round_, "round_repeated", repeat | {"reason": round_.repeat_reason}, now)


def tell_poll(held: Session, poll: Round, rules: RulesOfProcedure, now: datetime) -> None:
    """Say in the log that an opinion is asked for, and of what it takes the place."""
    public = {
        "round": poll.id,
        "body": decision_log.body_record(held.get_one(Body, poll.body_id)),
        "term": poll.term_id,
        "trust": poll.trust,
        **way_of(poll),
        "rules_version": rules.version,
        "rules_hash": rules_hash(rules.parameters),
        "questions": [_polled(held, each) for each in questions_of(held, poll)],
    }
    tell(held, poll, "poll_announced", public, now)


def _polled(held: Session, question: Question) -> dict[str, Any]:
    """The quorum is the one that was not met where the question was taken out before."""
    figures = electoral_roll.announced(held, question)
    before = held.get(Question, question.follows_id) if question.follows_id else None
    said = before.roll_facts if before and before.roll_facts else figures
    return {
        "question": question.id,
        "digest": question.digest,
        "quorum": decision_log.quorum_record(said),
        "roll_size": figures["entitled"],
        **({"of": before.id} if before else {}),
    }


def _require_wording(held: Session, round_: Round) -> None:
    if missing := missing_words(held, round_):
        raise Refused("wording_missing", names=", ".join(missing))


def _require_box(held: Session, round_: Round) -> None:
    """Hands are counted for yes and no; own options need a ballot."""
    if not round_.has_box and any(each.is_choice for each in questions_of(held, round_)):
        raise Refused("choice_needs_box")


def missing_words(held: Session, round_: Round) -> list[str]:
    """The offered languages, by name, in which a typed question of this draft is still missing."""
    rules = rules_of_procedure.in_force(held, round_.body_id)
    if rules is None or round_.state != "draft":
        return []
    missing = {
        language
        for question in questions_of(held, round_)
        for language in wording.missing(question, rules.parameters)
    }
    return [gettext(LANGUAGES[each]) for each in sorted(missing)]


def require_rules(held: Session, round_: Round) -> RulesOfProcedure:
    """The rules in force; refuse while one that the round needs is empty, and name it."""
    missing = missing_rules(held, round_)
    rules = rules_of_procedure.for_round(held, round_)
    if missing or rules is None:
        raise Refused("rules_missing", names=", ".join(parameter_name(each) for each in missing))
    return rules


def missing_rules(held: Session, round_: Round) -> list[str]:
    """The empty rules that this round needs: what it is about decides which majority."""
    if round_.is_practice:
        return []
    matters = {question.matter for question in questions_of(held, round_)}
    found: dict[str, None] = {}
    for matter in sorted(matters):
        needed = cast("Matter", matter), cast("Mode", round_.mode)
        for name in rules_of_procedure.missing(held, round_.body_id, *needed):
            found.setdefault(name)
    return list(found | dict.fromkeys(_missing_for_choices(held, round_)))


def _missing_for_choices(held: Session, round_: Round) -> list[str]:
    """The empty rules that say which option is chosen."""
    rules = rules_of_procedure.in_force(held, round_.body_id)
    parameters = rules.parameters if rules else {}
    asked = [each for each in questions_of(held, round_) if each.is_choice]
    return [
        name
        for each in asked
        for name in options.needed(parameters, most=each.most, places=each.places)
        if parameters.get(name) is None
    ]


def _announced(held: Session, question: Question) -> dict[str, Any]:
    figures = electoral_roll.announced(held, question)
    return {
        "question": question.id,
        "digest": question.digest,
        "amount_cents": question.amount_cents,
        "quorum": decision_log.quorum_record(figures),
        "roll_size": figures["entitled"],
        **_needed(question, figures),
    }


def _needed(question: Question, figures: dict[str, Any]) -> dict[str, Any]:
    if question.is_choice:
        return {"choice": decision_log.choice_record(question)}
    return {
        "majority": {"rule": figures["majority"], "base": figures["base"]},
        "required_yes": figures["required_yes"],
    }
