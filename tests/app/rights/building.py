"""An area with a row of every kind that an address of the site can name."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, select

from app import entrance_link, recusal
from app.account import entering
from app.booth import document
from app.models import (
    Card,
    Confirmation,
    Coordination,
    Coordinator,
    Decision,
    Member,
    Membership,
    Officer,
    Passkey,
    Proposal,
    Question,
    Receipt,
    RosterImport,
    Round,
    UserSession,
)
from app.roster import adopting, kept_file, replacing, reserving, seating, standing_in
from app.roster.sparing import register_spares
from app.round import confirming, opening, polling, preparing, showing
from app.rule.groups import INTERVIEW
from app.visitor import digest
from tests.app import builder, deciding
from tests.app.builder import Council
from tests.app.rights import (
    asking,
    choosing,
    counting,
    doubting,
    evening,
    halls,
    handing,
    meetings,
    minutes,
    spending,
    tasks,
    trustees,
)
from tests.app.rights.ground import Ground, Ids


def build(held: Session, slug: str, name: str) -> Ground:
    """An area whose people, proposals and places bear this name, with an announced round."""
    council = builder.build_council(held, slug, with_keys=False)
    builder.give_key(held, council.members[0], council.term)
    return _settle(held, _fill(held, council, name))


def build_whole(held: Session, slug: str, name: str) -> Ground:
    """The same with rounds in every state: counted, confirmed, published, a poll, draft, open."""
    council = builder.build_council(held, slug)
    builder.set_rules(
        held,
        council,
        deputy__mode="none",
        circular__allowed="yes",
        objection__days=14,
        objection__by="residents",
        annul__by="officers",
    )
    past = _past(held, council)
    ground = _fill(held, council, name)
    ground.at |= past
    doubting.build(held, ground, held.exec(select(Decision)).one())
    spending.fall_short(held, ground)
    _open(held, ground)
    counting.build(held, ground)
    evening.wait_for_keys(held, ground)
    choosing.build(held, ground)
    asking.build(held, ground)
    tasks.build(held, ground)
    return _settle(held, ground)


def _fill(held: Session, council: Council, name: str) -> Ground:
    ground = Ground(
        name=name,
        council=council,
        moderator=_officer(held, council, f"{name} M", "moderator"),
        administrator=_officer(held, council, f"{name} A", "administrator"),
        coordinator=handing.reader(held, council, f"{name} K"),
        newcomer=_keep(held, _newcomer(council, name)),
        free_member=_keep(held, _somebody(council, f"{name} frei")),
    )
    ground.ids["token"] = "nothing-of-ours"
    ground.ids |= _round(held, ground) | _roster(held, ground) | _papers(held, ground)
    _cards(held, ground)
    minutes.build(held, ground)
    counting.start_tablet(held, ground)
    evening.hold_keys(held, ground)
    meetings.build(held, ground)
    halls.build(held, ground)
    doubting.report_something(held, ground)
    spending.build(held, ground)
    trustees.build(held, ground)
    handing.hand_over(held, ground)
    for person in (ground.member, ground.moderator, ground.administrator, ground.coordinator):
        role = "member" if isinstance(person, Member) else person.role
        ground.own[role] = _own(held, person)
    _rename(held, ground)
    return ground


def _settle(held: Session, ground: Ground) -> Ground:
    """Load everything once more and let go of it, so that reading it begins no transaction."""
    held.commit()
    for row in list(held):
        held.refresh(row)
    held.commit()
    held.expunge_all()
    return ground


def _keep(held: Session, row: Any) -> Any:
    held.add(row)
    held.flush()
    return row


def _somebody(council: Council, name: str) -> Member:
    return Member(area_id=council.area.id, name=name)


def _newcomer(council: Council, name: str) -> Officer:
    """Somebody who was invited and has set up nothing."""
    mail = f"neu@{council.area.slug}.example"
    area_id = council.area.id
    return Officer(area_id=area_id, name=f"{name} neu", role="moderator", mail=mail, login=mail)


def _officer(held: Session, council: Council, name: str, role: str) -> Officer:
    """Somebody with two passkeys, so that one can go."""
    area = council.area
    login = f"{role}@{area.slug}.example"
    officer = Officer(area_id=area.id, name=name, role=role, login=login, has_access=True)
    _keep(held, officer)
    for number in (1, 2):
        _passkey(held, f"key{number:05}{officer.id:08}", area_id=area.id, officer_id=officer.id)
    return officer


def _passkey(held: Session, name: str, **owner: int) -> str:
    key = Passkey(
        id=name,
        name="Handy",
        public_key=b"of a test",
        sign_count=0,
        created_at=builder.LONG_AGO,
        **owner,
    )
    _keep(held, key)
    return name


def _own(held: Session, person: Member | Officer) -> dict[str, Any]:
    """What belongs to one person alone: another device, a passkey."""
    device = held.get_one(UserSession, digest(builder.sign_in(held, person)))
    if isinstance(person, Officer):
        keys = select(Passkey.id).where(Passkey.officer_id == person.id)
        return {"id_hash": device.id_hash, "key_id": sorted(held.exec(keys))[0]}
    device.is_doubted = True
    device.card_id = held.exec(select(Card.id).where(Card.member_id == person.id)).first()
    key = _passkey(
        held, f"mem{person.area_id:05}{person.id:08}", area_id=person.area_id, member_id=person.id
    )
    return {"id_hash": device.id_hash, "key_id": key}


def _round(held: Session, ground: Ground) -> Ids:
    """An announced round; one member declared a recusal, another was entered."""
    council, now = ground.council, datetime.now(UTC)
    announced = builder.prepare_round(held, council, questions=2, recused={1: [council.members[1]]})
    question, second = preparing.questions_of(held, announced)
    recusal.declare(held, question, ground.member.id, by="member", reason="", now=now)
    ground.set_at("desk.withdraw_recusal", member_id=council.members[1].id)
    ground.set_at("booth.recuse", question_id=second.id)
    waiting = _ask(held, ground, "void_round", announced)
    return {"round_id": announced.id, "question_id": question.id, "confirmation_id": waiting}


def _ask(held: Session, ground: Ground, act: str, round_: Round) -> int:
    officer, now = ground.council.moderators[0], datetime.now(UTC)
    asked = confirming.request(
        held, act=act, round_=round_, reason="Strom weg", officer=officer, now=now
    )
    return asked.id


def _roster(held: Session, ground: Ground) -> Ids:
    council, now = ground.council, datetime.now(UTC)
    builder.release_roster(held, council)
    vacant = seating.add_seats(held, council.body, "resident", [""])[0]
    deputy, reserve = (_keep(held, _somebody(council, f"{ground.name} {n}")) for n in "VN")
    memberships = select(Membership.id).where(Membership.member_id == ground.member.id)
    spares = [digest(f"{council.area.slug} {number}") for number in (1, 2)]
    register_spares(held, council.term, spares, now)
    return {
        "slug": council.area.slug,
        "body_id": council.body.id,
        "seat_id": vacant.id,
        "member_id": ground.member.id,
        "membership_id": held.exec(memberships).one(),
        "deputy_id": standing_in.add_deputy(held, council.seats[0], council.term, deputy, now).id,
        "place_id": reserving.add_reserve(held, council.term, reserve, "resident", now).id,
        "officer_id": ground.newcomer.id,
        "coordinator_id": _coordinator(held, council),
        "meeting_id": council.meeting.id,
        "term_id": council.term.id,
        "step": INTERVIEW[0].name,
        "version": document.current().version,
    }


def _cards(held: Session, ground: Ground) -> None:
    """One card that is asked for, one that may be replaced, and one that can be stopped."""
    council, now = ground.council, datetime.now(UTC)
    first, other = council.moderators[0], council.members[3]
    asked = replacing.ask(held, "replace_card", council.term, other, first, now, reason="card_lost")
    ground.set_at("roster.confirm_request", confirmation_id=asked.id)
    ground.set_at("roster.ask_for_card", member_id=council.members[4].id)
    builder.agree_to_cards(held, council, ground.member, act="replace_card_home")
    stoppable = select(Confirmation.id).where(Confirmation.act == "replace_card_home")
    mine = stoppable.where(Confirmation.area_id == council.area.id)
    ground.set_at("account.stop_card", confirmation_id=held.exec(mine).one())
    builder.agree_to_cards(held, council, ground.member)


def _coordinator(held: Session, council: Council) -> int:
    person = _keep(held, Coordinator(side="bezirk", name="Kim Amt", mail="kim@amt.example"))
    area_id, since = council.area.id, council.term.starts_on
    _keep(held, Coordination(area_id=area_id, coordinator_id=person.id, starts_on=since))
    return int(person.id)


def _papers(held: Session, ground: Ground) -> Ids:
    """A proposal that no round has fixed, a file, a draft of the rules, links."""
    council, now = ground.council, datetime.now(UTC)
    content = f"Name;Gruppe\n{ground.name} Datei;Bewohnerschaft\n"
    rows, fields = kept_file.parse(content.encode())
    file = RosterImport(
        area_id=council.area.id,
        body_id=council.body.id,
        uploaded_by=ground.moderator.id,
        uploaded_at=now,
        filename="liste.csv",
        rows=rows,
        mapping=kept_file.Choices(fields).as_json(),
    )
    draft = builder.build_rules_draft(held, council, {"quorum.rule": "half"})
    adoption = adopting.ask(held, draft, council.moderators[0], now)
    ground.set_at("roster.confirm_rules roster.confirm_rules_now", confirmation_id=adoption.id)
    link = entering.make_link(held, ground.member, now)
    ground.set_at("account.link account.follow_link", token=link)
    invitation = entrance_link.make(held, ground.newcomer, now)
    ground.set_at("account.invitation account.accept_invitation", token=invitation)
    to_count = entrance_link.make(held, ground.member, now)
    ground.set_at("account.accept_as_trustee", token=to_count)
    return {
        "import_id": _keep(held, file).id,
        "rules_id": draft.id,
        "proposal_id": builder.build_proposal(held, council, f"{ground.name} frei").id,
        "item_id": builder.build_item(held, council, title=f"{ground.name} Punkt").id,
    }


def _rename(held: Session, ground: Ground) -> None:
    """Let everything of the area bear its name, so that a page which shows it is seen."""
    here = ground.council.area.id
    for table in (Member, Officer):
        for person in held.exec(select(table).where(table.area_id == here)):
            person.name = f"{ground.name} {person.name}"
    for proposal in held.exec(select(Proposal).where(Proposal.area_id == here)):
        proposal.title = f"{ground.name} {proposal.title}"
    ground.council.meeting.place = f"Saal {ground.name}"
    held.add(ground.council.meeting)
    held.flush()


def _past(held: Session, council: Council) -> dict[str, Ids]:
    """A published decision, results that wait for their next step, a poll; as they came about."""
    published = deciding.decide(held, council, ["yes"] * 6)[0]
    counted = deciding.count(held, deciding.close(held, council, []))[0]
    confirmed = deciding.confirmed(held, council, [])[0]
    builder.set_present(held, council, council.members[:5])
    poll = polling.hold_poll(held, builder.prepare_round(held, council), datetime.now(UTC))
    missed = builder.prepare_round(held, council)
    opening.take_out(held, missed)
    builder.set_present(held, council, council.members)
    decided = {"round_id": published.page["round_id"], "question_id": published.question_id}
    return {
        "public.decision": {"year": published.year, "n": published.n},
        "public.archive": decided,
        "public.strong": decided,
        "public.chain": decided,
        "public.poll": {"round_id": poll.id},
        "desk.ask_to_confirm": {"question_id": counted.id},
        "desk.ask_to_confirm_all": {"round_id": counted.round_id},
        **_results(held, council),
        **dict.fromkeys(("desk.show", "desk.take_away"), _shown(held, counted)),
        "desk.publish": {"question_id": confirmed.id},
        "desk.publish_all": {"round_id": confirmed.round_id},
        "desk.hold_poll": {"round_id": missed.id},
    }


def _results(held: Session, council: Council) -> dict[str, Ids]:
    """A counted round whose result waits for a second person."""
    round_ = deciding.close(held, council, [])
    deciding.count(held, round_)
    asked = confirming.request_all(held, round_, council.moderators[0], datetime.now(UTC))
    return {"desk.confirm_all": {"round_id": round_.id, "result_request_id": asked[0].id}}


def _shown(held: Session, counted: Question) -> Ids:
    """The round of a counted question, on the screen of the hall."""
    round_ = held.get_one(Round, counted.round_id)
    showing.show(held, round_, round_.closed_at or datetime.now(UTC))
    return {"round_id": round_.id}


def _open(held: Session, ground: Ground) -> None:
    """An open round in which the member has voted, and a draft."""
    council, now = ground.council, datetime.now(UTC)
    free = builder.build_proposal(held, council, f"{ground.name} Entwurf")
    draft = preparing.prepare(
        held, body=council.body, meeting=council.meeting, proposals=[free], now=now
    )
    opened = builder.open_round(held, builder.prepare_round(held, council))
    question = preparing.questions_of(held, opened)[0]
    deciding.let_cast(held, council, opened, [(ground.member, "yes")])
    phone = council.phones[ground.member.id]
    ground.submission = builder.make_submission(held, phone, ground.member, opened, "no")
    ground.sign_in_key = phone.sign_in_key
    ground.card_id = held.exec(select(Card.id).where(Card.member_id == ground.member.id)).one()
    receipts = select(Receipt.id).where(Receipt.round_id == opened.id)
    ground.ids["receipt_id"] = held.exec(receipts).one()
    ground.set_at("desk.announce", round_id=draft.id)
    ground.set_at("desk.last_call desk.close_early desk.pulse", round_id=opened.id)
    ground.set_at("booth.ballots booth.chains", round_id=opened.id)
    ground.set_at("booth.archive", round_id=opened.id, question_id=question.id)
    closable = builder.open_round(held, builder.prepare_round(held, council))
    closable.last_call_at = closable.closes_at = now
    ground.set_at("desk.close", round_id=closable.id)
    waiting = _ask(held, ground, "close_early", opened)
    ground.set_at("desk.confirm", confirmation_id=waiting)
