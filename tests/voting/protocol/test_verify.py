"""Every class of refusal, each from a whole election rebuilt around one fault."""

import io
import json
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.voting.protocol.made import (
    ABSTAIN,
    NO,
    TIMESTAMP,
    YES,
    YES_NO_ABSTAIN,
    Made,
    chain,
    check,
    described_partial,
    forge_decryption,
    resign,
    single,
    threshold,
)
from voting.__main__ import _REASONS
from voting.protocol import archive, canon, tally, tar, trustee
from voting.protocol.verify import Accepted, Refused, extends

FAULTS: list[tuple[str, str, Callable[..., bytes]]] = []


def fault(reason: str) -> Callable:
    """Register an archive that must be refused for this reason."""

    def register(build: Callable[..., bytes]) -> Callable[..., bytes]:
        FAULTS.append((reason, build.__name__, build))
        return build

    return register


def edit(document: bytes, change: Callable[[dict], object]) -> bytes:
    fields = json.loads(document)
    change(fields)
    return canon.write(fields)


def put(made: Made, at: int, *event: tuple[str, list[bytes]], drop: int = 1) -> bytes:
    """The board with the event at one height replaced by others."""
    events = made.events()
    return chain([*events[:at], *event, *events[at + drop :]])


def election_changed(made: Made, change: Callable[[dict], object]) -> bytes:
    return put(made, 0, ("Setup", made.setup_documents(election=edit(made.document, change))))


def ballot_changed(made: Made, change: Callable[[dict], object], at: int = 0) -> bytes:
    voter = made.votes[at][0]
    changed = resign(made, voter, made.ballots[at], change)
    return put(made, 1 + at, ("Ballot", [changed]))


def tally_described(made: Made, document: bytes, **fields) -> tuple[str, list[bytes]]:
    described = {
        "num_tallied": made.tally.counted,
        "total_weight": made.tally.counted,
        "encrypted_tally": canon.hexadecimal(document),
    }
    return "EncryptedTally", [document, canon.write(described | fields)]


# Heights of the board of `small`: Setup, four ballots, the end, the tally, one decryption, Result.
END, TALLY, PARTIAL, RESULT = 5, 6, 7, 8


@fault("archive.layout")
def empty_file(made):
    return b""


@fault("archive.layout")
def cut_in_a_file(made):
    return made.archive[:-512]


@fault("archive.layout")
def zeros_behind(made):
    return made.archive + bytes(1024)


@fault("archive.layout")
def without_the_first_file(made):
    return made.archive[1024:]


@fault("archive.layout")
def document_behind_the_last_event(made):
    name = canon.hexadecimal(b"{}") + ".data.json"
    return made.archive + tar.file(name, b"{}", TIMESTAMP)


@fault("archive.layout")
def unknown_file_name(made):
    return made.archive + tar.file("result.html", b"{}", TIMESTAMP)


@fault("archive.layout")
def other_time_in_the_last_file(made):
    events = made.appended()
    last = archive.result(events[-2].head, RESULT, TIMESTAMP + 1, made.result)
    return b"".join(event.data for event in events[:-1]) + last.data


@fault("archive.layout")
def size_that_is_no_number(made):
    return made.archive[: 1024 + 124] + b"99999999999" + made.archive[1024 + 135 :]


@fault("archive.layout")
def size_beyond_the_end(made):
    return made.archive[: 1024 + 124] + b"77777777777" + made.archive[1024 + 135 :]


@fault("archive.layout")
def first_file_with_spaces(made):
    first = tar.file("BELENIOS", b'{"version": 1,"timestamp":"1795329499"}', TIMESTAMP)
    return chain(made.events(), first)


@fault("archive.hash")
def changed_ballot_under_its_old_name(made):
    at = made.archive.index(made.ballots[0]) + 1000
    other = b"1" if made.archive[at : at + 1] != b"1" else b"2"
    return made.archive[:at] + other + made.archive[at + 1 :]


def _field(at: int, **fields) -> Callable[[int, dict], dict]:
    return lambda height, record: record | fields if height == at else record


@fault("archive.event")
def wrong_height(made):
    return chain(made.events(), records=_field(RESULT, height=RESULT + 1))


@fault("archive.event")
def wrong_parent(made):
    return chain(made.events(), records=_field(3, parent="0" * 64))


@fault("archive.event")
def parent_of_the_first(made):
    return chain(made.events(), records=lambda _, record: {"parent": "0" * 64} | record)


@fault("archive.event")
def wrong_payload(made):
    return chain(made.events(), records=_field(2, payload="0" * 64))


@fault("archive.event")
def payload_without_document(made):
    return chain(made.events(), records=_field(END, payload="0" * 64))


@fault("archive.event")
def unknown_event(made):
    return chain(made.events(), records=_field(2, type="Vote"))


@fault("archive.event")
def event_with_a_further_field(made):
    return chain(made.events(), records=_field(2, zeit=1))


@fault("archive.event")
def two_documents_before_a_ballot(made):
    return put(made, 1, ("Ballot", [b"{}", made.ballots[0]]))


@fault("archive.event")
def too_many_documents(made):
    return put(made, 1, ("Ballot", [b"%d" % n for n in range(9)]))


@fault("archive.event")
def setup_names_other_documents(made):
    documents = made.setup_documents()
    hashes = edit(documents[3], lambda fields: fields.update(election="0" * 64))
    return put(made, 0, ("Setup", [*documents[:3], hashes]))


@fault("archive.event")
def tally_names_another_document(made):
    return put(made, TALLY, tally_described(made, made.tally.document, encrypted_tally="0" * 64))


@fault("archive.event")
def decryption_names_another_document(made):
    described = canon.write({"owner": 1, "payload": "0" * 64})
    return put(made, PARTIAL, ("PartialDecryption", [made.partials[1], described]))


@fault("events.order")
def no_event_at_all(made):
    return tar.first_file(TIMESTAMP)


@fault("events.order")
def ballot_first(made):
    return chain([("Ballot", [made.ballots[0]])])


@fault("events.order")
def second_setup(made):
    return put(made, 1, ("Setup", made.setup_documents()), drop=0)


@fault("events.order")
def ballot_behind_the_end(made):
    return put(made, TALLY, ("Ballot", [made.cast(1, [YES])]), drop=0)


@fault("events.order")
def second_end(made):
    return put(made, TALLY, ("EndBallots", []), drop=0)


@fault("events.order")
def tally_while_open(made):
    return put(made, END)


@fault("events.order")
def second_tally(made):
    return put(made, PARTIAL, tally_described(made, made.tally.document), drop=0)


@fault("events.order")
def second_result(made):
    return chain([*made.events(), ("Result", [made.result])])


@fault("events.order")
def decryption_behind_the_result(made):
    event = ("PartialDecryption", described_partial(1, made.partials[1]))
    return chain([*made.events(), event])


@fault("json.canonical")
def space_in_the_election(made):
    spaced = made.document.replace(b",", b", ", 1)
    return put(made, 0, ("Setup", made.setup_documents(election=spaced)))


@fault("json.canonical")
def unknown_field_in_the_election(made):
    return election_changed(made, lambda fields: fields.update(zusatz=1))


@fault("json.canonical")
def false_blank(made):
    def change(fields):
        question = fields["questions"][0]
        question.clear()
        question.update(answers=["a"], blank=False, min=0, max=1, question="Q")

    return election_changed(made, change)


@fault("json.canonical")
def null_in_an_answer(made):
    return ballot_changed(made, lambda fields: fields["answers"][0].update(blank_proof=None))


@fault("json.canonical")
def challenge_with_leading_zero(made):
    def change(fields):
        proof = fields["answers"][0]["overall_proof"][0]
        proof["challenge"] = "0" + proof["challenge"]

    return ballot_changed(made, change)


@fault("json.canonical")
def response_not_reduced(made):
    def change(fields):
        proof = fields["answers"][0]["individual_proofs"][1][0]
        proof["response"] = str(int(proof["response"]) + made.group.q)

    return ballot_changed(made, change)


@fault("json.canonical")
def upper_case_credential(made):
    document = edit(made.ballots[0], lambda f: f.update(credential=f["credential"].upper()))
    return put(made, 1, ("Ballot", [document]))


@fault("json.canonical")
def fields_of_a_choice_swapped(made):
    def change(fields):
        choices = fields["answers"][0]["choices"]
        choices[0] = {"beta": choices[0]["beta"], "alpha": choices[0]["alpha"]}

    return ballot_changed(made, change)


@fault("json.canonical")
def space_in_the_tally(made):
    spaced = made.tally.document.replace(b",", b", ", 1)
    return put(made, TALLY, tally_described(made, spaced))


@fault("json.canonical")
def counts_as_texts(made):
    return put(made, RESULT, ("Result", [b'{"result":[["1","1","1"]]}']))


@fault("json.canonical")
def owner_as_text(made):
    described = canon.write({"owner": "1", "payload": canon.hexadecimal(made.partials[1])})
    return put(made, PARTIAL, ("PartialDecryption", [made.partials[1], described]))


@fault("group.element")
def identity_as_election_key(made):
    identity = made.group.text(made.group.identity)
    return election_changed(made, lambda fields: fields.update(public_key=identity))


@fault("group.element")
def identity_on_the_roll(made):
    roll = canon.write([made.group.text(made.group.identity)])
    return put(made, 0, ("Setup", made.setup_documents(credentials=roll)))


@fault("group.element")
def small_order_in_a_choice(made):
    def change(fields):
        fields["answers"][0]["choices"][0]["alpha"] = "7f" + "ff" * 30 + "ec"

    return ballot_changed(made, change)


@fault("group.element")
def mixed_order_in_the_tally(made):
    mixed = "20b7da4d670151901fd391eb766db999ced7d13576bcf4a2ef2de07c29893700"
    document = edit(made.tally.document, lambda rows: rows[0][0].update(alpha=mixed))
    return put(made, TALLY, tally_described(made, document))


@fault("group.element")
def factor_off_the_curve(made):
    def change(fields):
        fields["decryption_factors"][0][0] = "0" * 63 + "2"

    document = edit(made.partials[1], change)
    return put(made, PARTIAL, ("PartialDecryption", described_partial(1, document)))


@fault("unsupported")
def second_version(made):
    return election_changed(made, lambda fields: fields.update(version=2))


@fault("unsupported")
def second_version_of_the_archive(made):
    return chain(made.events(), tar.file("BELENIOS", b'{"version":2,"timestamp":"1"}', 1))


@fault("unsupported")
def unknown_group(made):
    return election_changed(made, lambda fields: fields.update(group="P-256"))


@fault("unsupported")
def weights(made):
    roll = edit(made.roll, lambda points: points.__setitem__(0, points[0] + ",2"))
    return put(made, 0, ("Setup", made.setup_documents(credentials=roll)))


@fault("unsupported")
def list_question(made):
    value = {"answers": [["a", "b"]], "question": "Q"}
    typed = {"type": "Lists", "value": value}
    return election_changed(made, lambda fields: fields.update(questions=[typed]))


@fault("unsupported")
def shuffle(made):
    return put(made, PARTIAL, ("Shuffle", [b"{}", b"{}"]), drop=0)


@fault("unsupported")
def unknown_trustee(made):
    document = b'[["Shamir",{}]]'
    return put(made, 0, ("Setup", made.setup_documents(trustees=document)))


@fault("setup.question")
def more_than_there_are_answers(made):
    return election_changed(made, lambda fields: fields["questions"][0].update(max=4))


@fault("setup.question")
def minimum_above_maximum(made):
    return election_changed(made, lambda fields: fields["questions"][0].update(min=2))


@fault("setup.question")
def nothing_may_be_chosen(made):
    return election_changed(made, lambda fields: fields["questions"][0].update(min=0, max=0))


@fault("setup.question")
def no_answers(made):
    change = {"answers": [], "min": 0, "max": 0}
    return election_changed(made, lambda fields: fields["questions"][0].update(change))


@fault("setup.question")
def no_questions(made):
    return election_changed(made, lambda fields: fields.update(questions=[]))


@fault("setup.uuid")
def short_uuid(made):
    return election_changed(made, lambda fields: fields.update(uuid="KiezvotumTest"))


@fault("setup.uuid")
def uuid_with_another_letter(made):
    return election_changed(made, lambda fields: fields.update(uuid="KiezvotumTest0"))


@fault("trustees.pok")
def wrong_possession(made):
    def change(entries):
        entries[0][1]["pok"]["response"] = "1"

    document = edit(made.trustees, change)
    return put(made, 0, ("Setup", made.setup_documents(trustees=document)))


@fault("trustees.key")
def key_of_others(made):
    other = trustee.make_single(made.group, 4711, made.rand)
    return put(made, 0, ("Setup", made.setup_documents(trustees=other)))


@fault("trustees.key")
def nobody_holds_a_key(made):
    return put(made, 0, ("Setup", made.setup_documents(trustees=b"[]")))


@fault("credentials.duplicate")
def point_twice_on_the_roll(made):
    roll = edit(made.roll, lambda points: points.append(points[0]))
    return put(made, 0, ("Setup", made.setup_documents(credentials=roll)))


@fault("ballot.election")
def wording_changed_afterwards(made):
    return election_changed(made, lambda fields: fields.update(name="Rat!"))


@fault("ballot.election")
def other_uuid_in_a_ballot(made):
    return ballot_changed(made, lambda fields: fields.update(election_uuid="KiezvotumTest2"))


@fault("ballot.credential")
def voter_taken_off_the_roll(made):
    gone = json.loads(made.ballots[0])["credential"]
    roll = edit(made.roll, lambda points: points.remove(gone))
    return put(made, 0, ("Setup", made.setup_documents(credentials=roll)))


@fault("ballot.duplicate")
def same_ballot_twice(made):
    return put(made, END, ("Ballot", [made.ballots[1]]), drop=0)


@fault("ballot.duplicate")
def old_ballot_after_the_revote(made):
    return put(made, END, ("Ballot", [made.ballots[0]]), drop=0)


@fault("ballot.shape")
def two_answers(made):
    return ballot_changed(made, lambda fields: fields.update(answers=fields["answers"] * 2))


@fault("ballot.signature")
def signature_of_somebody_else(made):
    other = json.loads(made.ballots[1])["signature"]
    document = edit(made.ballots[0], lambda fields: fields.update(signature=other))
    return put(made, 1, ("Ballot", [document]))


@fault("ballot.proof")
def answers_of_somebody_else(made):
    other = json.loads(made.ballots[1])["answers"]
    return ballot_changed(made, lambda fields: fields.update(answers=other))


@fault("tally.mismatch")
def ballot_dropped_before_the_tally(made):
    return put(made, 2)


@fault("tally.mismatch")
def ballot_exchanged_before_the_tally(made):
    return put(made, 2, ("Ballot", [made.cast(1, [YES])]))


@fault("tally.mismatch")
def tally_multiplied(made):
    group = made.group

    def change(rows):
        rows[0][0]["beta"] = group.text(group.mul(group.parse(rows[0][0]["beta"]), group.g))

    return put(made, TALLY, tally_described(made, edit(made.tally.document, change)))


@fault("tally.mismatch")
def first_ballot_counts_instead_of_the_last(made):
    sealed = tally.encrypted_tally(made.election, made.ballots[:3])
    return put(made, TALLY, tally_described(made, sealed.document))


@fault("tally.mismatch")
def one_counted_too_many(made):
    counted = made.tally.counted + 1
    described = {"num_tallied": counted, "total_weight": counted}
    return put(made, TALLY, tally_described(made, made.tally.document, **described))


@fault("tally.mismatch")
def weight_too_high(made):
    event = tally_described(made, made.tally.document, total_weight=made.tally.counted + 1)
    return put(made, TALLY, event)


@fault("tally.mismatch")
def tally_of_another_shape(made):
    document = edit(made.tally.document, lambda rows: rows[0].pop())
    return put(made, TALLY, tally_described(made, document))


@fault("decryption.owner")
def unknown_owner(made):
    event = ("PartialDecryption", described_partial(2, made.partials[1]))
    return put(made, PARTIAL, event)


@fault("decryption.owner")
def owner_zero(made):
    event = ("PartialDecryption", described_partial(0, made.partials[1]))
    return put(made, PARTIAL, event)


@fault("decryption.owner")
def owner_twice(made):
    event = ("PartialDecryption", described_partial(1, made.partials[1]))
    return put(made, PARTIAL, event, drop=0)


@fault("decryption.shape")
def factor_left_out(made):
    document = edit(made.partials[1], lambda fields: fields["decryption_factors"][0].pop())
    return put(made, PARTIAL, ("PartialDecryption", described_partial(1, document)))


@fault("decryption.shape")
def row_of_proofs_too_many(made):
    def change(fields):
        fields["decryption_proofs"] *= 2

    document = edit(made.partials[1], change)
    return put(made, PARTIAL, ("PartialDecryption", described_partial(1, document)))


@fault("decryption.proof")
def factor_multiplied(made):
    group = made.group

    def change(fields):
        row = fields["decryption_factors"][0]
        row[0] = group.text(group.mul(group.parse(row[0]), group.g))

    document = edit(made.partials[1], change)
    return put(made, PARTIAL, ("PartialDecryption", described_partial(1, document)))


@fault("decryption.proof")
def wrong_decryption_without_a_result(made):
    def change(fields):
        fields["decryption_proofs"][0][2]["challenge"] = "0"

    document = edit(made.partials[1], change)
    events = made.events()[:PARTIAL]
    return chain([*events, ("PartialDecryption", described_partial(1, document))])


@fault("decryption.missing")
def result_without_decryption(made):
    return put(made, PARTIAL)


@fault("result.mismatch")
def vote_moved(made):
    return put(made, RESULT, ("Result", [b'{"result":[[2,0,1]]}']))


@fault("result.mismatch")
def result_of_another_shape(made):
    return put(made, RESULT, ("Result", [b'{"result":[[1,1,1],[0]]}']))


@pytest.mark.parametrize(("reason", "name", "build"), FAULTS, ids=[each[1] for each in FAULTS])
def test_refused(small, reason, name, build):
    data = build(small)
    assert data != small.archive
    verdict = check(data, small.strong)
    assert isinstance(verdict, Refused)
    assert verdict.reason == reason


def test_the_untouched_board_is_accepted(small):
    assert chain(small.events()) == small.archive
    verdict = check(small.archive, small.strong)
    assert isinstance(verdict, Accepted)
    assert verdict.result == ((1, 1, 1),)
    assert verdict.passed == (
        *("layout", "setup", "ballots", "tally", "decryptions", "result", "chain", "strong"),
    )


def test_every_class_is_hit_somewhere():
    elsewhere = {
        "archive.since": "test_command.py",
        "result.not_computable": "test_counts_that_cannot_be",
        "trustees.pedersen": "test_trustee.py",
        "strong.missing": "test_strong.py",
        "strong.form": "test_strong.py",
        "strong.binding": "test_strong.py",
        "strong.proof": "test_strong.py",
    }
    assert {reason for reason, _, _ in FAULTS} | elsewhere.keys() == _REASONS.keys()


@pytest.mark.parametrize("with_result", [True, False])
def test_counts_that_cannot_be(small, with_result):
    """A forged version 1 proof is believed, and the factor it hides gives no number of votes."""
    document = forge_decryption(small)
    event = ("PartialDecryption", described_partial(1, document))
    events = [*small.events()[:PARTIAL], event]
    if with_result:
        events.append(("Result", [small.result]))
    verdict = check(chain(events), None, archive_only=True)
    assert verdict.reason == "result.not_computable"


def test_stages(small):
    parts = [event.data for event in small.appended()]
    stages = [check(b"".join(parts[: n + 1]), None, archive_only=True) for n in range(len(parts))]
    names = ["open"] * 5 + ["ended", "tallied", "tallied", "done"]
    assert [verdict.stage for verdict in stages] == names
    assert [verdict.head for verdict in stages] == [event.head for event in small.appended()]
    assert [verdict.height for verdict in stages] == list(range(len(parts)))
    assert [verdict.result for verdict in stages[:-1]] == [None] * (len(parts) - 1)


def test_the_height_of_the_fault_is_told(small):
    assert check(ballot_behind_the_end(small)).height == TALLY
    assert check(wrong_height(small)).height == RESULT
    assert check(changed_ballot_under_its_old_name(small)).height == 1
    assert check(zeros_behind(small)).height is None
    assert check(tally_multiplied(small)).passed == ("layout", "setup", "ballots")


def test_first_fault_first(small):
    """A bad ballot before a broken chain is named, one behind it is not."""
    bad = resign(small, 0, small.ballots[0], lambda fields: fields.update(answers=[]))
    events = small.events()
    events[1] = ("Ballot", [bad])
    assert check(chain(events, records=_field(3, height=9))).reason == "ballot.shape"
    events = small.events()
    events[4] = ("Ballot", [bad])
    assert check(chain(events, records=_field(3, height=9))).reason == "archive.event"


def test_a_pool_of_processes_comes_to_the_same_verdict(small):
    bad = ballot_changed(small, lambda fields: fields.update(answers=[]), at=2)
    late = ballot_behind_the_end(small)
    with ProcessPoolExecutor(1) as pool:
        for data in (small.archive, bad, late, chain(small.events(), records=_field(3, height=9))):
            alone = check(data, small.strong)
            assert check(data, small.strong, each=pool.map, batch=3) == alone


def test_extends(small):
    parts = [event.data for event in small.appended()]
    old, new = b"".join(parts[:3]), small.archive

    def extended(one: bytes, two: bytes) -> bool:
        return extends(io.BytesIO(one), io.BytesIO(two))

    assert extended(old, new)
    assert extended(new, new)
    assert not extended(new, old)
    shortened = b"".join(parts[:2]) + parts[4]
    assert not extended(b"".join(parts[:4]), shortened)
    assert not extended(old[:-1] + b"x", new)


def test_memory_stays_small(ed):
    """At most 1 kB for each ballot besides one ballot, measured on ten questions."""
    voters = 20
    votes = [(voter, [ABSTAIN] * 10) for voter in range(voters)]
    made = single(ed, votes, questions=[YES_NO_ABSTAIN] * 10, voters=voters)
    parts = [event.data for event in made.appended("open")]
    few = _peak(b"".join(parts[:6]))
    many = _peak(b"".join(parts))
    assert (many - few) / (voters - 5) < 1000


def _peak(data: bytes) -> int:
    tracemalloc.start()
    assert isinstance(check(data), Accepted)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_three_owners_are_all_checked(known):
    """Also a decryption beyond the threshold must be right."""
    made = threshold(known["pedersen"][0], [(0, [YES]), (1, [NO])], owners=(1, 2, 3))
    events = made.events()

    def change(fields):
        fields["decryption_proofs"][0][0]["response"] = "0"

    at = next(i for i, (kind, _) in enumerate(events) if kind == "PartialDecryption") + 2
    assert events[at][0] == "PartialDecryption"
    events[at] = ("PartialDecryption", described_partial(3, edit(made.partials[3], change)))
    assert check(chain(events), made.strong).reason == "decryption.proof"
