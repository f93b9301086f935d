"""Which rules are asked together, in which order, and where each is asked."""

from typing import NamedTuple

from flask import url_for


class Group(NamedTuple):
    """Parameters that a person would ask about as one question; `name` stands in its address."""

    name: str
    parameters: tuple[str, ...]


INTERVIEW = (
    Group("quorum", ("quorum.rule", "quorum.fixed", "quorum.base")),
    Group("without-quorum", ("no_quorum.effect",)),
    Group("majority", ("majority.funding", "majority.other")),
    Group("majority-base", ("majority.base",)),
    Group("residents", ("resident_majority",)),
    Group("recusal", ("recusal.quorum", "recusal.majority")),
    Group("recused", ("recusal.rule", "recusal.shared_seat", "recusal.publish")),
    Group(
        "deputies",
        (
            *("deputy.mode", "deputy.on_absence", "deputy.on_recusal", "deputy.on_vacant"),
            "deputy.segment_bound",
        ),
    ),
    Group(
        "secrecy",
        ("ballot.secrecy", "ballot.min_turnout", "small_roll.effect", "trust.meeting"),
    ),
    Group("circular", ("circular.allowed", "trust.circular")),
    Group("objections", ("objection.days", "objection.by", "annul.by")),
    Group("languages", ("languages",)),
)
MORE = (
    Group(
        "seats",
        (
            *("body.seats.resident", "body.seats.partner", "body.resident_share", "term.months"),
            *("member.min_age", "member.residence"),
            *("member.source.resident", "member.source.partner"),
        ),
    ),
    Group(
        "election",
        (
            *("election.ballot", "election.threshold_percent", "election.yes_over_no"),
            *("lot.quota", "lot.unfilled"),
        ),
    ),
    Group("choice", ("choice.rule", "tie.rule")),
    Group(
        "money",
        (
            *("pot_per_year_eur", "cap_per_action_eur", "amount.edit", "shortage.rule"),
            *("flat_rate_percent", "own_share_percent", "application_deadline"),
            *("applicant_presents_from_eur", "resubmission_limit"),
        ),
    ),
    Group(
        "meetings",
        (
            *("meeting.public", "moderation", "speakers", "speakers.segment"),
            *("invite_days", "minutes_days", "absence_limit", "quorum.recheck"),
        ),
    ),
    Group("archive", ("archive.publish", "archive.keep_months", "ballot.group")),
)
ALL = (*INTERVIEW, *MORE)

# A parameter that is asked only if another one has an answer beside these.
DEPENDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "quorum.fixed": ("quorum.rule", ("none", "half", "more_than_half", "two_thirds")),
    "deputy.on_absence": ("deputy.mode", ("none",)),
    "deputy.on_recusal": ("deputy.mode", ("none",)),
    "deputy.on_vacant": ("deputy.mode", ("none",)),
    "deputy.segment_bound": ("deputy.mode", ("none", "personal")),
    "ballot.min_turnout": ("ballot.secrecy", ("open",)),
    "small_roll.effect": ("ballot.secrecy", ("open",)),
    "trust.meeting": ("ballot.secrecy", ("open",)),
    "ballot.group": ("ballot.secrecy", ("open",)),
    "trust.circular": ("circular.allowed", ("no",)),
}


def step_of(name: str) -> Group | None:
    """The question of the interview that asks for a parameter; None if it is among the others."""
    return next((step for step in INTERVIEW if name in step.parameters), None)


def field_of(name: str) -> str:
    """The name of a parameter's form field, which may hold no dot."""
    return name.replace(".", "__")


def rule_address(body_id: int, name: str) -> str:
    """The page of officers that asks for this parameter."""
    step = step_of(name)
    if step:
        return url_for("roster.interview", body_id=body_id, step=step.name, _anchor=field_of(name))
    return url_for("roster.more_rules", body_id=body_id, _anchor=field_of(name))
