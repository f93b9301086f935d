"""What a trustee's phone has to know of the ceremony, and nothing that is for another."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from app import subject, text
from app.commission.ceremony import certificates_of, step_of
from app.counting_commission import person_of, trustees_of
from app.models import CountingCommission, Round, Trustee
from app.round.preparing import questions_of


def state(held: Session, commission: CountingCommission, own: Trustee) -> dict[str, Any]:
    """`posted` and `document` stay empty until everybody has come so far."""
    trustees = trustees_of(held, commission)
    return {
        "state": commission.state,
        "group": commission.group,
        "attempt": commission.attempt,
        "fault": fault_words(commission),
        "position": own.position,
        "certificate": own.certificate,
        "compared_parts": own.compared_parts,
        "exchanged": bool(own.polynomial),
        "finished": bool(own.verification_key),
        "compared_key": own.compared_key,
        "rehearsed": own.rehearsed_at is not None,
        "lost": own.lost_at is not None,
        "certificates": certificates_of(trustees),
        "posted": _posted(trustees, own),
        "document": commission.document,
        "people": [
            {"name": person_of(held, each).name, "step": text.ceremony_step(step_of(each))}
            for each in trustees
        ],
    }


def titles_of(held: Session, rounds: Iterable[Round]) -> list[str]:
    """What is asked in these rounds."""
    questions = [each for round_ in rounds for each in questions_of(held, round_)]
    subjects = subject.of_all(held, questions)
    return [subjects[each.id].title for each in questions if each.state == "listed"]


def fault_words(commission: CountingCommission) -> str:
    """Why the last attempt ended, empty in the first one."""
    code, _, pair = commission.fault.partition(":")
    if not code:
        return ""
    sender, _, receiver = pair.partition(":")
    return text.ceremony_fault(code, sender=sender, receiver=receiver)


def _posted(trustees: Sequence[Trustee], own: Trustee) -> list[dict[str, Any]]:
    """The second acts of all, each with the one sealed share that is for this trustee."""
    if not all(each.polynomial for each in trustees):
        return []
    parsed = [json.loads(each.polynomial) for each in trustees]
    return [
        {
            "coefexps": each["coefexps"],
            "signature": each["signature"],
            "message": each["messages"][own.position - 1],
        }
        for each in parsed
    ]
