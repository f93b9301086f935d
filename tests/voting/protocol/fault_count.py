"""Faults of tally, decryptions and result."""

from tests.voting.protocol.fault import PARTIAL, RESULT, TALLY, edit, fault, put, tally_described
from tests.voting.protocol.made import YES, chain, described_partial
from voting.protocol import canon, tally


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
def number_of_ballots_too_low(made):
    event = tally_described(made, made.tally.document, num_tallied=made.tally.counted - 1)
    return put(made, TALLY, event)


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
