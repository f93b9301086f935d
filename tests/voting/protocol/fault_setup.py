"""Faults of the documents that an election begins with."""

from tests.voting.protocol.fault import edit, election_changed, fault, put
from tests.voting.protocol.made import chain
from voting.protocol import canon, tar, trustee


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


@fault("group.element")
def identity_as_election_key(made):
    identity = made.group.text(made.group.identity)
    return election_changed(made, lambda fields: fields.update(public_key=identity))


@fault("group.element")
def identity_on_the_roll(made):
    roll = canon.write([made.group.text(made.group.identity)])
    return put(made, 0, ("Setup", made.setup_documents(credentials=roll)))


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
