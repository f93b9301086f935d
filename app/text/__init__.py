"""What the domain says to people: words for its codes, values, sentences with their numbers."""

from inspect import getmembers, isfunction
from types import ModuleType

from flask import Flask

from app.text import codes, deeds, money, options, promises, reckoning, seats, sentences, values
from app.text.codes import (
    COUNCIL_SEATS,
    ROSTER_COLUMNS,
    TONES,
    WORDS,
    action_phrase,
    ceremony_fault,
    ceremony_step,
    count_fault,
    looked_at,
    outcome_phrase,
    parameter_name,
    tone,
    word,
)
from app.text.money import (
    CONDITIONS,
    condition_sentence,
    left_sentence,
    remainder_sentence,
    shortage_sentence,
)
from app.text.options import lot_sentences, picked_sentence, ticks_sentence
from app.text.reckoning import reckoning_sentences
from app.text.seats import (
    composition_sentence,
    group_name,
    makeup_sentence,
    quorum_sentence,
    resident_majority_sentence,
    roll_reason,
    roll_sentence,
    seats_sentence,
    share_sentence,
)
from app.text.sentences import (
    abstention_sentence,
    adoption_question,
    amended_question,
    approval_question,
    copies_sentence,
    entry_sentence,
    funding_question,
    invalid_sentence,
    majority_sentence,
    minutes_sentence,
    minutes_title,
    missing_sentence,
    questions_sentence,
    required_sentence,
    rules_title,
    short_of_sentence,
    task_sentence,
    unnamed_sentence,
)
from app.text.values import (
    BERLIN,
    NBSP,
    amount,
    around_numbers,
    check_mark,
    clock,
    day,
    iso,
    moment,
    percent,
    plain_number,
    short_day,
)

__all__ = [
    "BERLIN",
    "CONDITIONS",
    "COUNCIL_SEATS",
    "NBSP",
    "ROSTER_COLUMNS",
    "TONES",
    "WORDS",
    "abstention_sentence",
    "action_phrase",
    "adoption_question",
    "amended_question",
    "amount",
    "approval_question",
    "around_numbers",
    "ceremony_fault",
    "ceremony_step",
    "check_mark",
    "clock",
    "composition_sentence",
    "condition_sentence",
    "copies_sentence",
    "count_fault",
    "day",
    "entry_sentence",
    "funding_question",
    "group_name",
    "invalid_sentence",
    "iso",
    "left_sentence",
    "looked_at",
    "lot_sentences",
    "majority_sentence",
    "makeup_sentence",
    "minutes_sentence",
    "minutes_title",
    "missing_sentence",
    "moment",
    "outcome_phrase",
    "parameter_name",
    "percent",
    "picked_sentence",
    "plain_number",
    "questions_sentence",
    "quorum_sentence",
    "reckoning_sentences",
    "remainder_sentence",
    "required_sentence",
    "resident_majority_sentence",
    "roll_reason",
    "roll_sentence",
    "rules_title",
    "seats_sentence",
    "share_sentence",
    "short_day",
    "short_of_sentence",
    "shortage_sentence",
    "task_sentence",
    "ticks_sentence",
    "tone",
    "unnamed_sentence",
    "word",
]


def init_app(app: Flask) -> None:
    """Give the templates every function of these files by its own name."""
    for module in (codes, values, sentences, seats, money, options, reckoning, promises, deeds):
        app.jinja_env.globals.update(_public(module))


def _public(module: ModuleType) -> dict[str, object]:
    return {
        name: function
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
