"""What the strict verifier found, as one JSON object or in sentences."""

from collections.abc import Iterable

from voting.plain import plain
from voting.protocol.verify import Accepted, Refused

_CHECKS = {
    "layout": "The file has the form of an archive",
    "setup": "Question, keys and electoral roll fit together",
    "ballots": "Every ballot is on the roll, signed, and holds a permitted choice",
    "tally": "The encrypted tally is the product of the last ballot of each voter",
    "decryptions": "The decryptions belong to the keys of this election",
    "result": "The published result is what the tally holds",
    "chain": "The chain of events is whole",
    "strong": "The strong proofs bind every decryption to this tally",
    "since": "The archive continues the older copy without a change",
    "head": "The archive goes on from the head that was named",
}

_STAGES = {
    "open": "voting is open",
    "ended": "voting has ended, nothing is counted yet",
    "tallied": "the encrypted tally is published, there is no result yet",
    "done": "the result is published",
}

REASONS = {
    "archive.layout": "the file is damaged, cut off or has something added",
    "archive.hash": "a document was changed after its hash was taken",
    "archive.event": "an event does not fit the one before it or its documents",
    "archive.since": "the archive does not continue the older copy",
    "archive.head": "the archive never had the head that was named",
    "events.order": "an event stands where it may not stand",
    "json.canonical": "a document is not written in the one prescribed form",
    "group.element": "a number that should be a group element is none",
    "unsupported": "this kind of election is not supported",
    "setup.question": "a question cannot be answered as it is set up",
    "setup.uuid": "the election has no proper identifier",
    "trustees.pok": "a key holder did not prove to hold the key",
    "trustees.pedersen": "the shared key was not made as prescribed",
    "trustees.key": "the election key is not the key of the key holders",
    "credentials.duplicate": "the electoral roll names a voting key twice",
    "ballot.election": "a ballot belongs to another election or wording",
    "ballot.credential": "a ballot was cast with a key that is not on the roll",
    "ballot.duplicate": "a ballot stands on the board twice",
    "ballot.shape": "a ballot does not answer the questions of this election",
    "ballot.signature": "the signature of a ballot is wrong",
    "ballot.proof": "a ballot does not prove that it holds a permitted choice",
    "tally.mismatch": "the encrypted tally is not the product of the ballots",
    "decryption.owner": "a decryption is by nobody of the key holders, or by one of them twice",
    "decryption.shape": "a decryption does not fit the tally",
    "decryption.proof": "the proof of a decryption is wrong",
    "decryption.missing": "there is a result, but not enough decryptions",
    "result.not_computable": "the decryptions do not give numbers of votes",
    "result.mismatch": "the published result is not what the tally holds",
    "strong.missing": "the strong proofs are missing, or by others than the decryptions",
    "strong.form": "the strong proofs are not written in the prescribed form",
    "strong.binding": "the strong proofs belong to another election, tally or decryption",
    "strong.proof": "a strong proof is wrong",
}


def as_json(verdict: Accepted | Refused) -> dict[str, object]:
    """Return a verdict for a program to read."""
    if isinstance(verdict, Refused):
        return {
            "verdict": "refused",
            "stage": None,
            "result": None,
            "reason": verdict.reason,
            "detail": verdict.detail,
            "height": verdict.height,
        }
    return {
        "verdict": "accepted",
        "stage": verdict.stage,
        "result": verdict.result,
        "reason": None,
        "detail": {
            "uuid": verdict.uuid,
            "election_hash": verdict.phi,
            "head": verdict.head,
            "roll": verdict.roll,
            "ballots": verdict.ballots,
            "counted": verdict.counted,
        },
        "height": verdict.height,
    }


def as_text(
    verdict: Accepted | Refused, *, archive_only: bool, compared: Iterable[str] = ()
) -> str:
    """Return a verdict in lines; `compared` says what else was looked at: `since`, `head`."""
    lines = [f"✓ {_CHECKS[name]}" for name in verdict.passed]
    if isinstance(verdict, Refused):
        return "\n".join([*lines, _refusal(verdict), "", "REFUSED"])
    lines += [f"✓ {_CHECKS[each]}" for each in compared]
    lines += ["", f"Election {verdict.uuid}, group {verdict.group}: {_STAGES[verdict.stage]}."]
    lines.append(
        f"Roll {verdict.roll}, ballots {verdict.ballots}, of these counted {verdict.counted}."
    )
    if verdict.result is not None:
        lines += _result(verdict)
    lines.append(f"Board head {verdict.head}")
    if archive_only and verdict.partials:
        lines.append("The strong proofs were not checked: the result could still be wrong.")
    return "\n".join([*lines, "", "ACCEPTED"])


def _refusal(verdict: Refused) -> str:
    where = "" if verdict.height is None else f" (event {verdict.height})"
    facts = "".join(f", {name} {plain(str(value))}" for name, value in verdict.detail.items())
    return f"✗ {REASONS[verdict.reason]}{where} [{verdict.reason}{facts}]"


def _result(verdict: Accepted) -> list[str]:
    lines = []
    for question, counts in zip(verdict.questions, verdict.result or (), strict=True):
        answers = (["(blank)"] if question.blank else []) + list(question.answers)
        votes = [f"{plain(answer)} {n}" for answer, n in zip(answers, counts, strict=True)]
        lines.append(f"{plain(question.question)}: {', '.join(votes)}")
    return lines
