"""Faults of file, chain and order of events."""

from tests.voting.protocol.fault import (
    END,
    PARTIAL,
    RESULT,
    TALLY,
    edit,
    fault,
    put,
    record_changed,
    tally_described,
)
from tests.voting.protocol.made import TIMESTAMP, YES, chain, described_partial
from voting.protocol import archive, canon, tar


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


@fault("archive.event")
def wrong_height(made):
    return chain(made.events(), records=record_changed(RESULT, height=RESULT + 1))


@fault("archive.event")
def wrong_parent(made):
    return chain(made.events(), records=record_changed(3, parent="0" * 64))


@fault("archive.event")
def parent_of_the_first(made):
    return chain(made.events(), records=lambda _, record: {"parent": "0" * 64} | record)


@fault("archive.event")
def wrong_payload(made):
    return chain(made.events(), records=record_changed(2, payload="0" * 64))


@fault("archive.event")
def payload_without_document(made):
    return chain(made.events(), records=record_changed(END, payload="0" * 64))


@fault("archive.event")
def unknown_event(made):
    return chain(made.events(), records=record_changed(2, type="Vote"))


@fault("archive.event")
def event_with_a_furtherrecord_changed(made):
    return chain(made.events(), records=record_changed(2, zeit=1))


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


@fault("unsupported")
def shuffle(made):
    return put(made, PARTIAL, ("Shuffle", [b"{}", b"{}"]), drop=0)
