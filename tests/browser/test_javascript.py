"""The browser's modules by their own tests, and against the server's code in both directions."""

import base64
import json
import os
import re
import secrets
import subprocess
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from app import card_secret
from app.booth.words import BOOTH
from voting.errors import RefusalError
from voting.protocol import archive, credential, election, trustee
from voting.protocol.ballot import verify_ballot
from voting.protocol.group import by_name
from voting.protocol.question import Question

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GROUP, OTHER = by_name("Ed25519"), by_name("BELENIOS-2048")
EXPONENT = 2**200 + 12345
CREDENTIAL = GROUP.text(GROUP.power_g(EXPONENT))
TERM = "rixdorf-rat-2026"
OLDER, OLD = (f"booth-{digit * 12}.js" for digit in "01")


def rand_scalar(q):
    return secrets.randbelow(q)


def node(*arguments, **options):
    """Run the Node that built the bundle."""
    command = ["sh", ".ci/node", "node", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def by_browser(act, **content):
    """What the browser's modules make of it."""
    done = node(HERE / "make_documents.mjs", input=json.dumps({"act": act, **content}))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def election_of(*questions, group=GROUP):
    return election.make_election(
        uuid="11111111111111",
        name="Test",
        description="",
        group=group,
        public_key=group.text(group.power_g(987654321)),
        questions=questions,
    )


def lawful(question):
    """All values a voter may choose, the blank first."""
    answers = [
        list(values)
        for values in product((0, 1), repeat=len(question.answers))
        if question.min <= sum(values) <= question.max
    ]
    if not question.blank:
        return answers
    return [[1] + [0] * len(question.answers)] + [[0, *values] for values in answers]


def test_own_tests_pass():
    files = sorted(map(str, HERE.glob("*.test.mjs")))
    done = node("--test", "--test-reporter=spec", *files)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(files) >= 7


@pytest.mark.drill
def test_the_checker_agrees_with_all_published_vectors():
    everything = {**os.environ, "ALL_VECTORS": "1"}
    done = node("--test", "--test-reporter=spec", HERE / "checker.test.mjs", env=everything)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "approval/ok.bel.gz" in done.stdout


QUESTIONS = {
    "yes, no or abstain": Question(("yes", "no", "abstain"), False, 1, 1, "Frage"),
    "one of three or blank": Question(("a", "b", "c"), True, 1, 1, "Frage"),
    "none to two of three": Question(("a", "b", "c"), False, 0, 2, "Frage"),
    "none to all or blank": Question(("a", "b"), True, 0, 2, "Frage"),
    "all of two": Question(("a", "b"), False, 2, 2, "Frage"),
}


CASES = [(GROUP, name) for name in QUESTIONS] + [(OTHER, "none to all or blank")]


@pytest.mark.parametrize(("group", "name"), CASES)
def test_server_accepts_each_lawful_ballot_of_the_browser(group, name):
    document = election_of(QUESTIONS[name], group=group)
    parsed = election.parse_election(document)
    choices = [[values] for values in lawful(QUESTIONS[name])]
    made = by_browser(
        "ballots", election=document.decode(), exponent=str(EXPONENT), choices=choices
    )
    for each, [values] in zip(made, choices, strict=True):
        roll = {group.text(group.power_g(EXPONENT))}
        ballot = verify_ballot(parsed, each["ballot"].encode(), roll)
        assert ballot.tracker == each["tracker"]
        assert opened(group, ballot, 987654321) == values
    assert len(made) == len(choices) > 0


def opened(group, ballot, exponent):
    """What each ciphertext hides, with the secret key."""
    [points] = ballot.points
    values = []
    for alpha, beta in points:
        plain = group.mul(beta, group.invert(group.power(alpha, exponent)))
        values.append([group.text(group.power_g(m)) for m in (0, 1)].index(group.text(plain)))
    return values


def test_server_accepts_a_ballot_of_several_questions():
    questions = [QUESTIONS["yes, no or abstain"], QUESTIONS["none to all or blank"]]
    document = election_of(*questions)
    [made] = by_browser(
        "ballots",
        election=document.decode(),
        exponent=str(EXPONENT),
        choices=[[[0, 0, 1], [0, 1, 1]]],
    )
    verify_ballot(election.parse_election(document), made["ballot"].encode(), {CREDENTIAL})


@pytest.mark.parametrize("group", [GROUP, OTHER])
def test_codes_and_enrolments_of_the_browser_hold(group):
    for made in by_browser("codes", group=group.name, term=TERM, nonce="n1", count=20):
        assert credential.is_code(made["code"])
        exponent = credential.derive_exponent(group, TERM, made["code"])
        assert str(exponent) == made["exponent"]
        assert group.text(group.power_g(exponent)) == made["point"]
        credential.verify_enrolment(group, TERM, "n1", made["point"], made["proof"])


@pytest.mark.parametrize("group", [GROUP, OTHER])
def test_a_key_of_the_evening_is_proven_in_its_group(group):
    document = by_browser("countKey", group=group.name).encode()
    assert len(trustee.parse_trustees(group, document).owners) == 1
    with pytest.raises(RefusalError):
        trustee.parse_trustees(OTHER if group is GROUP else GROUP, document)


def test_browser_reads_codes_of_the_server():
    codes = [credential.make_code(rand_scalar) for _ in range(20)]
    answers = by_browser("readCodes", group=GROUP.name, term=TERM, codes=codes)
    for code, read in zip(codes, answers, strict=True):
        exponent = str(credential.derive_exponent(GROUP, TERM, code))
        assert read == {"isCode": True, "exponent": exponent}


def test_cards_of_the_browser_are_those_of_the_server():
    for card in by_browser("cards", count=20):
        secret = card_secret.parse(card["words"])
        assert secret is not None
        assert card_secret.spell(secret) == card["words"]
        assert card_secret.signin_key(secret) == card["signin"]
        assert card_secret.verifier(card["signin"]) == card["verifier"]


def test_both_read_typed_words_alike():
    words = card_secret.spell(secrets.token_bytes(16))
    texts = [
        words,
        words.upper(),
        words.replace("-", " "),
        f"\t{words.replace('-', '  ')}\n",
        *(words.replace("-", dash) for dash in "\u058a\u2010\u2011\u2013\u2014\u2212\ufe58\uff0d"),
        words.replace("-", " - "),
        words.replace("-", "_"),
        words[:-1],
        words.replace("-", "\u00a0"),
        f"{words}-",
        "",
    ]
    ours = [card_secret.parse(text) for text in texts]
    assert by_browser("readWords", texts=texts) == [each and list(each) for each in ours]


def test_browser_reads_a_board_of_the_server():
    document = election_of(QUESTIONS["yes, no or abstain"])
    roll = credential.make_roll(GROUP, [CREDENTIAL])
    made = by_browser(
        "ballots",
        election=document.decode(),
        exponent=str(EXPONENT),
        choices=[[[1, 0, 0]], [[0, 1, 0]]],
    )
    events = [archive.setup(1_800_000_000, document, b"[]", roll)]
    for each in made:
        last = events[-1]
        events.append(
            archive.ballot(last.head, last.height + 1, 1_800_000_000, each["ballot"].encode())
        )
    board = by_browser(
        "board",
        archive=base64.b64encode(b"".join(event.data for event in events)).decode(),
        trackers=[each["tracker"] for each in made],
    )
    assert board["heads"] == [event.head for event in events]
    assert board["found"] == ["replaced", "counted"]
    assert {each["credential"] for each in board["ballots"]} == {CREDENTIAL}


def test_browser_accepts_a_question_of_the_server():
    wording = {"de": "Soll „Hof & <Grün>“ 1.480 € bekommen?", "en": 'Should "Hof" get €1,480?'}
    options = {"de": ["Ja", "Nein", "Enthaltung"], "en": ["Yes", "No", "Abstain"]}
    order = ["yes", "no", "abstain"]
    digest = election.digest_wording(wording, options, order)
    for amount in (148_000, None):
        document = election.make_election(
            uuid="11111111111111",
            name="Test",
            description=election.make_description(
                round_id="22222222222222",
                question_id="11111111111111",
                digest=digest,
                rules="f" * 64,
                amount_cents=amount,
            ),
            group=GROUP,
            public_key=CREDENTIAL,
            questions=[Question(tuple(order), False, 1, 1, wording["de"])],
        )
        question = {
            "question": "11111111111111",
            "wording": wording,
            "options": options,
            "order": order,
            "fewest": 1,
            "most": 1,
            "digest": digest,
            "election": document.decode(),
            "amount_cents": amount,
        }
        asked = {"round": "22222222222222", "group": GROUP.name, "question": question}
        assert by_browser("question", **asked) == digest


def test_each_text_of_the_booth_is_used_and_each_used_one_exists():
    sources = "".join(file.read_text() for file in (ROOT / "app/browser").glob("*.js"))
    quoted = set(re.findall(r"'([a-z_]+)'", sources))
    codes = ("recused", "no_key", "key_late", "not_on_roll", "on_paper", "by_hand")
    reasons = {f"reason_{code}" for code in codes}
    trusts = {"evening", "commission"}  # the round says which
    assert set(BOOTH) - quoted == reasons | trusts
    said = set(re.findall(r"\b(?:say|end|progress)\('([a-z_]+)'", sources))
    headings = set(re.findall(r"heading: '([a-z_]+)'", sources))
    assert len(said) > 20
    assert said | headings <= set(BOOTH)


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Two folders: an empty one that was built into, and one where two builds had been."""
    empty, used = (tmp_path_factory.mktemp(name) for name in ("empty", "used"))
    for name in (OLDER, OLD):
        (used / name).write_text("old")
    (used / "manifest.json").write_text(json.dumps({"booth.js": {"file": OLD}}))
    for folder in (empty, used):
        done = node("app/browser/build.mjs", folder)
        assert done.returncode == 0, done.stderr
    return empty, used


def test_the_same_sources_build_the_same_bytes(builds):
    first, second = (
        {file.name: file.read_bytes() for file in folder.iterdir() if file.name != OLD}
        for folder in builds
    )
    assert first == second
    assert_complete(first)


def assert_complete(built):
    manifest = json.loads(built["manifest.json"])
    assert {"booth.js", "card.js", "checker.html", "kern.css", "style.css"} <= set(manifest)
    logged = {name for name, entry in manifest.items() if entry["logged"]}
    assert {"booth.js", "checker.html", "evening.js", "recount_worker.js"} <= logged
    expected = {"manifest.json"}
    for name, entry in manifest.items():
        stem, extension = name.split(".")
        assert entry["sha256"] == sha256(built[entry["file"]]).hexdigest()
        assert entry["file"].startswith(f"{stem}-")
        assert entry["file"].endswith(extension)
        expected |= {entry["file"], f"{entry['file']}.gz", f"{entry['file']}.br"}
    assert set(built) == expected


def test_the_build_before_stays_for_a_site_that_runs_and_no_other(builds):
    _empty, used = builds
    assert [(used / name).exists() for name in (OLD, OLDER)] == [True, False]
