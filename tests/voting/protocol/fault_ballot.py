"""Faults of ballots, signed by their own voters where that is the point."""

import json

from tests.voting.protocol.fault import END, ballot_changed, edit, election_changed, fault, put


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


@fault("group.element")
def small_order_in_a_choice(made):
    def change(fields):
        fields["answers"][0]["choices"][0]["alpha"] = "7f" + "ff" * 30 + "ec"

    return ballot_changed(made, change)


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
