"""The demo: invented people, real ballots, loaded once and kept alive."""

import json
import re
import shutil
import stat
import time
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlmodel import Session, select

from app import create_app, db, rules_of_procedure
from app.board import read_archive
from app.config import Settings
from app.demo import casting, content, keychain, loading, past, people
from app.demo.phone import Phone
from app.models import (
    Area,
    Board,
    Comment,
    CostItem,
    Decision,
    Installation,
    LogEntry,
    Meeting,
    Member,
    Minutes,
    Officer,
    Proposal,
    Recusal,
    RollEntry,
    Round,
    Seat,
    Term,
    VotingKey,
)
from app.roster import replacing
from app.roster.printing import register_cards
from app.round import confirming
from app.round.preparing import questions_of
from tests.app import builder
from tests.migrations import rows
from tests.service.sqlite import file_of
from voting.log.merkle import Frontier, hash_leaf
from voting.protocol.verify import Accepted, verify

OTHER_DATA = "other data|andere Daten"


def make_app(url: str, folder: Path, **environ: str):
    given = {"DATABASE_URL": url, "INSTANCE": str(folder), **environ}
    return create_app(Settings.from_environment(given))


def run(app, *arguments: str):
    return app.test_cli_runner().invoke(args=["demo", *arguments])


@pytest.fixture(scope="module")
def loaded(databases, tmp_path_factory):
    """A loaded demo to copy: its database and its folder."""
    url = databases.create_migrated()
    folder = tmp_path_factory.mktemp("loaded")
    app = make_app(url, folder)
    started = time.process_time()
    result = run(app, "--ensure")
    spent = time.process_time() - started
    app.extensions["engine"].dispose()
    assert (result.exit_code, result.output) == (0, "")
    assert spent < 15
    yield url, folder
    databases.drop(url)


@pytest.fixture
def demo_url(loaded, databases):
    url = databases.copy(loaded[0])
    yield url
    databases.drop(url)


@pytest.fixture
def folder(loaded, tmp_path):
    return shutil.copytree(loaded[1], tmp_path / "demo")


@pytest.fixture
def demo(demo_url, folder):
    """The application on a fresh copy of the loaded demo."""
    app = make_app(demo_url, folder)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def store(demo):
    with demo.app_context(), Session(demo.extensions["engine"], expire_on_commit=False) as own:
        yield own


def open_rounds(store):
    store.expire_all()
    found = store.exec(select(Round).where(Round.state == "open")).all()
    store.commit()
    return found


def links(app):
    result = run(app, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_council_is_the_one_that_is_told(store):
    assert len(store.exec(select(Area)).all()) == 32
    area = people.area(store)
    assert (area.slug, area.name, area.bezirk) == ("rixdorf", "Rixdorf", "Neukölln")
    segments = [seat.segment for seat in store.exec(select(Seat).order_by(Seat.position))]
    assert sorted(segments) == ["partner"] * 5 + ["resident"] * (10 + 5)
    assert len(store.exec(select(Officer)).all()) == 3
    assert all(
        person.is_demo for table in (Member, Officer) for person in store.exec(select(table))
    )
    assert rules_of_procedure.missing(store, people.council(store).id) == []
    assert store.exec(select(Installation)).one().is_demo
    # Numbers that no telephone company gives out.
    assert area.office_phone.startswith("030 23125 ")


def test_the_decisions_came_out_as_told(store):
    found = [
        (each.page["outcome"], each.page["yes"], each.page["no"], each.page["abstain"])
        for each in store.exec(select(Decision).order_by(Decision.year, Decision.n))
    ]
    assert found == [
        ("adopted", 11, 0, 1),
        ("rejected", 7, 4, 1),
        ("adopted", 9, 2, 1),
        ("adopted", 8, 3, 1),
        ("adopted", 4, 1, 0),
    ]
    missed = store.exec(select(Decision).where(Decision.n == 2)).one()
    assert missed.page["rule"]["missing"] == 1
    recused = [each.page["roll"]["recused"] for each in store.exec(select(Decision))]
    assert recused == [0, 0, 1, 1, 0]
    assert all(set(each.summary) == {"de", "en"} for each in store.exec(select(Decision)))


def test_the_votes_are_real(store):
    """Every archive verifies to the figures on its page, with its strong proof."""
    for decision in store.exec(select(Decision)):
        strong = store.get_one(Board, decision.question_id).strong
        archive = read_archive(store, decision.question_id)
        verdict = verify(BytesIO(archive), strong.encode())
        assert isinstance(verdict, Accepted), verdict
        figures = tuple(decision.page[name] for name in ("yes", "no", "abstain"))
        assert verdict.result == (figures,)


def test_the_decision_log_is_told_in_order(store):
    entries = store.exec(select(LogEntry).order_by(LogEntry.seq)).all()
    times = [json.loads(each.leaf)["at"] for each in entries]
    assert times == sorted(times)
    assert entries[0].type == "rules_adopted"
    tree = Frontier(0, ())
    for each in entries:
        tree = tree.append(hash_leaf(each.leaf.encode()))
        assert tree.root().hex() == each.root


def test_everything_happened_before_now_and_not_long_ago(store):
    now = db.clock(store)
    for decision in store.exec(select(Decision)):
        assert now - timedelta(weeks=14) < decision.published_at < now
    starts = sorted(each.starts_at for each in store.exec(select(Meeting)))
    assert starts[-1] > now > starts[-2] > now - timedelta(hours=2)
    for comment in store.exec(select(Comment)):
        assert comment.created_at < now
    for proposal in store.exec(select(Proposal)):
        assert proposal.created_at < now


def test_one_round_is_open_and_one_announced(store):
    assert sorted(each.state for each in store.exec(select(Round))) == [
        "announced", "closed", "closed", "closed", "closed", "open",
    ]  # fmt: skip
    (round_,) = open_rounds(store)
    first, second = questions_of(store, round_)
    assert len(store.exec(select(Recusal).where(Recusal.question_id == first.id)).all()) == 1
    roll = store.exec(select(RollEntry).where(RollEntry.question_id == second.id)).all()
    assert [each.credential for each in roll].count(None) == 2
    assert len(casting.have_cast(store, round_)) == 4


def test_proposals_have_cost_tables_and_comments(store):
    proposals = store.exec(select(Proposal)).all()
    assert len(proposals) == 20
    for proposal in proposals:
        items = store.exec(select(CostItem).where(CostItem.proposal_id == proposal.id)).all()
        assert sum(item.amount_cents for item in items) == proposal.requested_cents
    assert len(store.exec(select(Comment)).all()) >= 20


def test_the_links_are_of_moderators_members_who_may_vote_now_and_a_coordinator(demo, store):
    found = links(demo)
    assert [each["role"] for each in found] == ["moderator"] * 2 + ["member"] * 5 + ["coordinator"]
    (round_,) = open_rounds(store)
    members = people.members(store)
    waiting = {
        members[key].name
        for question in questions_of(store, round_)
        for key in casting.voters(store, question)
        if key not in casting.have_cast(store, round_)
    }
    store.commit()
    assert {each["name"] for each in found[2:7]} <= waiting
    assert {each["area"] for each in found} == {"Rixdorf"}
    assert all(each["sign_in_url"].startswith("http://localhost:8000/anmelden/") for each in found)
    assert ["#" in each["sign_in_url"] for each in found] == [False] * 2 + [True] * 5 + [False]


def test_a_link_restores_the_voting_key_and_votes(demo, store):
    """What a phone does with the link, step by step over HTTP."""
    first = links(demo)[2]
    address, card = first["sign_in_url"].split("#")
    token = address.rpartition("/")[2]
    client = builder.browse(demo, store)
    assert client.get(f"/anmelden/{token}").status_code == 200
    assert client.post(f"/anmelden/{token}").status_code == 303
    kept = next(owner for owner in keychain.read().values() if owner.phone.card_text == card)
    answer = client.post("/karte/copy", json={"signin": kept.phone.sign_in_key})
    assert answer.status_code == 200, answer.text
    code = Phone(kept.phone.term, kept.phone.secret, "").unwrap(answer.json["wrapped"])
    phone = Phone(answer.json["term"], kept.phone.secret, code)
    assert phone.point == answer.json["point"]
    (round_,) = open_rounds(store)
    state = client.get(f"/booth/{round_.id}/state").json
    mine = {each["election"]: "yes" for each in state["questions"] if each["may_vote"]}
    # Emine speaks for one of the two proposals.
    assert (first["name"], len(mine)) == ("Emine Yıldız", 1)
    answer = client.post(f"/booth/{round_.id}/ballots", json=phone.fill_in(mine))
    assert answer.status_code == 200, answer.text
    assert first["name"] not in [each["name"] for each in links(demo)]


def test_moderators_come_in_without_a_second_factor(demo, store):
    token = links(demo)[0]["sign_in_url"].rpartition("/")[2]
    client = builder.browse(demo, store)
    answer = client.post(f"/anmelden/{token}")
    assert (answer.status_code, answer.location) == (303, "/desk/")


def test_a_coordinator_reads_the_area(demo, store):
    token = links(demo)[-1]["sign_in_url"].rpartition("/")[2]
    client = builder.browse(demo, store)
    answer = client.post(f"/anmelden/{token}")
    assert (answer.status_code, answer.location) == (303, "/coordination/")
    assert "Rixdorf" in client.get("/coordination/").text


def test_past_minutes_are_published_and_the_last_ones_wait_for_tonight(store):
    found = store.exec(
        select(Minutes.state, Minutes.checked_at)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Meeting.body_id == people.council(store).id)
        .order_by(Meeting.starts_at)
    ).all()
    assert [state for state, _checked in found] == ["published", "published", "draft"]
    assert all(checked for _state, checked in found)


def test_members_who_have_voted_come_after_those_who_have_not(demo, store):
    (round_,) = open_rounds(store)
    second = questions_of(store, round_)[1]
    left = [
        key for key in casting.voters(store, second) if key not in casting.have_cast(store, round_)
    ]
    store.commit()
    assert len(left) > 5
    with demo.app_context(), db.acting() as own:
        casting.cast_some(own, own.get_one(Round, round_.id), left[:-2])
    members = people.members(store)
    names = [members[key].name for key in left[-2:]]
    store.commit()
    found = [each["name"] for each in links(demo)[2:7]]
    assert (len(found), found[:2]) == (5, names)


def reprint(held, term, member_id, verifier):
    """Replace a card as two officers in the room do."""
    now = db.clock(held)
    first, second = held.exec(select(Officer).where(Officer.area_id == term.area_id)).all()[:2]
    member = held.get_one(Member, member_id)
    asked = replacing.ask(held, "replace_card", term, member, first, now, reason="card_lost")
    replacing.confirm(held, asked, second, now)
    held.refresh(asked)
    register_cards(held, term, {member_id: verifier}, now)


def test_a_reprinted_card_is_not_in_the_link(demo, store):
    owner = keychain.read()["emine"]
    with db.writing() as own:
        fresh = Phone.fresh(owner.phone.term)
        term = own.get_one(Term, owner.phone.term)
        reprint(own, term, owner.member_id, fresh.verifier)
    (emine,) = [each for each in links(demo) if each["name"] == "Emine Yıldız"]
    assert "#" not in emine["sign_in_url"]


def content_of(app) -> bytes:
    """The bytes of the file, or all that PostgreSQL gives back."""
    url = app.extensions["settings"].database_url
    if url.startswith("sqlite"):
        return file_of(url).read_bytes()
    tables = rows.dump(app.extensions["engine"]).values()
    values = [value for table in tables for row in table for value in row]
    return b" ".join(each if isinstance(each, bytes) else str(each).encode() for each in values)


def test_secrets_lie_in_one_file_that_only_the_operator_reads(demo, folder):
    file = folder / "demo.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with demo.app_context():
        owners = keychain.read()
    assert len(owners) == 20
    everything = content_of(demo)
    for owner in owners.values():
        phone = owner.phone
        for secret in (phone.card_text, phone.code, phone.secret.hex(), phone.sign_in_key):
            assert secret.encode() not in everything
        assert phone.secret not in everything
    assert owners["emine"].phone.verifier.encode() in everything, "the search finds what is there"


def test_ensuring_a_loaded_demo_changes_nothing_and_is_quick(demo):
    engine = demo.extensions["engine"]
    before = rows.dump(engine)
    started = time.process_time()
    result = run(demo, "--ensure")
    assert time.process_time() - started < 1
    assert (result.exit_code, result.output) == (0, "")
    assert rows.dump(engine) == before


def close_early(store):
    (round_,) = open_rounds(store)
    first, second = people.moderators(store)
    now = db.clock(store)
    asked = confirming.request(
        store, act="close_early", round_=round_, reason="Pause", officer=first, now=now
    )
    confirming.confirm(store, asked, second, now)
    store.commit()


def test_a_new_round_is_opened_when_none_is_open(demo, store):
    """First with proposals nobody has seen, then with the same ones under new numbers."""
    pool = content.rounds()["pool"]
    titles = [
        content.proposals()[each["proposal"]]["title"] for questions in pool for each in questions
    ]
    seen = []
    for _ in range(len(pool) + 1):
        close_early(store)
        result = run(demo, "--ensure")
        assert (result.exit_code, result.output) == (0, "")
        (round_,) = open_rounds(store)
        seen += [store.get_one(Proposal, each.proposal_id) for each in questions_of(store, round_)]
        assert len(casting.have_cast(store, round_)) > 0
        store.commit()
    assert [each.title for each in seen] == titles + titles[: len(pool[0])]
    assert len({each.number for each in seen}) == len(seen)


def test_a_new_round_opens_after_cards_were_reprinted(demo, store):
    close_early(store)
    with db.writing() as own:
        for owner in list(keychain.read().values())[:3]:
            fresh = Phone.fresh(owner.phone.term)
            term = own.get_one(Term, owner.phone.term)
            reprint(own, term, owner.member_id, fresh.verifier)
    result = run(demo, "--ensure")
    assert (result.exit_code, result.output) == (0, "")
    assert len(open_rounds(store)) == 1


def test_an_interrupted_loading_is_finished_by_the_next_start(app):
    with app.app_context():
        with db.acting() as own:
            now = db.clock(own)
            own.add(Installation(is_demo=True, created_at=now))
            people.settle(own, now)
        told = content.rounds()["decided"][0]
        with db.acting() as own:
            past._vote(own, told, now - timedelta(weeks=12))
    assert run(app, "--ensure").exit_code == 0
    with Session(app.extensions["engine"]) as own:
        assert len(own.exec(select(Decision)).all()) == 5
        assert len(own.exec(select(Round)).all()) == 6


def assert_refused(app, words):
    engine = app.extensions["engine"]
    before = rows.dump(engine)
    for arguments in (["--json"], [], ["--ensure"]):
        result = run(app, *arguments)
        assert result.exit_code == 2
        assert re.search(words, result.stderr)
        assert result.stdout == ""
    assert rows.dump(engine) == before


def test_other_peoples_data_is_left_alone(app, area):
    assert_refused(app, OTHER_DATA)


def test_a_database_that_only_looks_like_the_demo_is_left_alone(demo, store):
    store.delete(store.get_one(Installation, 1))
    store.commit()
    assert_refused(demo, OTHER_DATA)


def test_a_site_that_others_reach_has_no_demo(demo_url, folder):
    app = make_app(demo_url, folder, PUBLIC_URL="https://rat.example")
    assert_refused(app, "https://rat.example")
    app.extensions["engine"].dispose()


def test_without_the_cards_there_are_no_links(demo, folder):
    (folder / "demo.json").unlink()
    assert_refused(demo, "demo.json")


def test_a_database_without_tables_is_refused(empty_database_url, tmp_path):
    app = make_app(empty_database_url, tmp_path)
    result = run(app, "--json")
    assert result.exit_code == 2
    assert "migrate" in result.stderr
    app.extensions["engine"].dispose()


def test_rules_that_a_visitor_changed_do_not_stop_a_start(demo, store):
    close_early(store)
    rules = rules_of_procedure.in_force(store, people.council(store).id)
    rules.parameters = {
        name: value for name, value in rules.parameters.items() if name != "majority.base"
    }
    store.add(rules)
    store.commit()
    result = run(demo, "--ensure")
    assert result.exit_code == 0
    assert result.stderr != ""
    assert open_rounds(store) == []


def test_every_key_in_the_files_is_known():
    seats = {each["key"] for each in content.area()["seats"]}
    told = content.rounds()
    groups = [each["questions"] for each in told["decided"]]
    groups += [told["open"]["questions"], told["announced"]["questions"], *told["pool"]]
    questions = [each for group in groups for each in group]
    assert {key for each in questions for key in each["recused"]} <= seats
    assert set(told["open"]["has_voted"]) | set(told["open"]["absent"]) <= seats
    used = [each["proposal"] for each in questions] + told["waiting"]
    assert sorted(used) == sorted(content.proposals())
    for proposal in content.proposals().values():
        assert {key for key, _days, _text in proposal["comments"]} <= seats


def test_another_card_does_not_open_the_wrapped_code():
    one, other = Phone.fresh("a-rat-2026"), Phone.fresh("a-rat-2026")
    assert one.unwrap(one.wrap()) == one.code
    with pytest.raises(InvalidTag):
        other.unwrap(one.wrap())
    with pytest.raises(InvalidTag):
        Phone("b-rat-2026", one.secret, one.code).unwrap(one.wrap())


def test_it_has_decisions_keys_and_links(demo, store):
    assert len(links(demo)) == 8
    assert len(store.exec(select(Decision)).all()) == 5
    assert len(store.exec(select(VotingKey)).all()) == 36


def test_links_of_people_are_printed_for_people_too(demo):
    result = run(demo)
    assert result.exit_code == 0
    assert "Katrin Brandt" in result.stdout
    assert result.stdout.count("/anmelden/") == 8


def test_loading_is_possible_only_where_it_is_asked_for(app, client):
    """Without the command nothing of the demo gets into a database."""
    client.get("/")
    with app.app_context():
        assert loading.is_empty()
        assert not loading.is_loaded()


def crawl(client, start: str) -> dict[str, int]:
    """Every page that can be reached by links that are shown, with its status."""
    found: dict[str, int] = {}
    waiting = [start]
    while waiting:
        page = waiting.pop()
        if page in found:
            continue
        answer = client.get(page)
        found[page] = answer.status_code
        if answer.mimetype == "text/html":
            shown = re.sub(r"(?s)<section\b[^>]* hidden>.*?</section>", "", answer.text)
            waiting += [unescape(each) for each in re.findall(r'<a\b[^>]*href="(/[^"#]*)', shown)]
    return found


@pytest.mark.parametrize(
    "who", ["nobody", "member", pytest.param("moderator", marks=pytest.mark.drill)]
)
def test_no_link_of_the_demo_leads_nowhere(demo, store, who):
    client = builder.browse(demo, store)
    start = "/"
    if who != "nobody":
        shown = next(each for each in links(demo) if each["role"] == who)
        token = shown["sign_in_url"].partition("#")[0].rpartition("/")[2]
        start = client.post(f"/anmelden/{token}").location
    found = crawl(client, start)
    assert {page: status for page, status in found.items() if status != 200} == {}
    assert len(found) >= {"nobody": 10, "moderator": 10, "member": 6}[who]
