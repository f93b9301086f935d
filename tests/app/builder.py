"""A small invented council and what its people do, for the tests of every room."""

from collections.abc import Iterable, Mapping
from contextvars import Context
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import Session, col, delete, select
from werkzeug.test import TestResponse

from app import recusal, subject
from app.demo.phone import Phone
from app.models import (
    ActionGoal,
    AgendaItem,
    Area,
    Attendance,
    Board,
    BoardEvent,
    Body,
    Card,
    Confirmation,
    Coordination,
    Coordinator,
    CostItem,
    Meeting,
    Member,
    Membership,
    Officer,
    Proposal,
    Question,
    RollEntry,
    Round,
    RulesOfProcedure,
    Seat,
    Term,
    UserSession,
    VotingKey,
)
from app.models.card import MARK
from app.round import announcing, circulating, opening, preparing
from app.visitor import digest

LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)
FAR_AWAY = datetime(2200, 1, 1, tzinfo=UTC)
RESIDENTS = ("Aylin Kara", "Jonas Wirth", "Rania Haddad", "Marek Zając", "Ines Vogt", "Tuğba Çelik")
PARTNERS = ("Schule am Anger", "Sportverein Blau", "Nachbarschaftshaus")
JURORS = ("Lena Ott", "Emre Koç", "Nadia Saleh", "Piotr Lis", "Greta Hahn")
MODERATORS = ("Mara Feldt", "Deniz Aydın")
PARAMETERS: dict[str, Any] = {
    "quorum.rule": "two_thirds",
    "quorum.base": "all_seats",
    "majority.funding": "two_thirds",
    "majority.base": "present",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
    "ballot.min_turnout": 5,
    "trust.meeting": "office",
    "languages": ["de", "en"],
}
cookies = count(1)


@dataclass
class Council:
    """An area with one council whose nine members are all present and have voting keys."""

    area: Area
    goal: ActionGoal
    body: Body
    term: Term
    rules: RulesOfProcedure
    meeting: Meeting
    seats: list[Seat]
    members: list[Member]
    moderators: list[Officer]
    phones: dict[int, Phone] = field(default_factory=dict)


def build_council(held: Session, slug: str = "anger", *, with_keys: bool = True) -> Council:
    """Store a council and commit it; `phones` holds what its members' phones know."""
    area = _add(
        held,
        Area(
            slug=slug,
            name=slug.title(),
            bezirk="Mitte",
            office_address="Anger 1, 10000 Berlin",
            office_hours="Dienstag 10 bis 14 Uhr",
            office_phone="030 23125 100",
            office_mail=f"team@{slug}.example",
        ),
    )
    goal = _add(held, ActionGoal(area_id=area.id, position=1, title="Nachbarschaft stärken"))
    body = _add(held, Body(area_id=area.id, kind="council", name=f"Quartiersrat {area.name}"))
    today = datetime.now(UTC).date()
    term = Term(
        id=f"{slug}-rat-2026",
        area_id=area.id,
        body_id=body.id,
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=400),
    )
    _add(held, term)
    moderators = [_add(held, _officer(area, name)) for name in MODERATORS]
    council = Council(
        area=area,
        goal=goal,
        body=body,
        term=term,
        rules=_add(held, _rules(body, moderators[0])),
        meeting=_add(held, build_meeting(body, datetime.now(UTC))),
        seats=[_add(held, seat) for seat in _seats(body)],
        members=[_add(held, _member(area, name)) for name in (*RESIDENTS, *PARTNERS)],
        moderators=moderators,
    )
    for seat, member in zip(council.seats, council.members, strict=True):
        _add(held, _membership(term, seat, member))
        _add(held, _attendance(council.meeting, member))
        if with_keys:
            council.phones[member.id] = give_key(held, member, term)
    held.commit()
    return council


def add_members(held: Session, council: Council, names: Iterable[str]) -> None:
    """Residents who join the council, each with a seat, at the meeting and with a voting key."""
    for name in names:
        position = len(council.seats) + 1
        seat = Seat(
            area_id=council.area.id, body_id=council.body.id, position=position, segment="resident"
        )
        council.seats.append(_add(held, seat))
        member = _add(held, _member(council.area, name))
        council.members.append(member)
        _add(held, _membership(council.term, seat, member))
        _add(held, _attendance(council.meeting, member))
        council.phones[member.id] = give_key(held, member, council.term)
    held.commit()


def build_jury(held: Session, council: Council) -> Council:
    """A jury beside the council, with rules, a meeting and five residents of its own."""
    body = _add(held, Body(area_id=council.area.id, kind="jury", name="Aktionsfondsjury"))
    term = council.term.model_copy(update={"id": f"{council.area.slug}-jury", "body_id": body.id})
    jury = replace(
        council,
        body=body,
        term=_add(held, Term(**term.model_dump())),
        rules=_add(held, _rules(body, council.moderators[0])),
        meeting=_add(held, build_meeting(body, datetime.now(UTC))),
        seats=[_add(held, seat) for seat in list(_seats(body))[:5]],
        members=[_add(held, _member(council.area, name)) for name in JURORS],
        phones={},
    )
    for seat, member in zip(jury.seats, jury.members, strict=True):
        _add(held, _membership(jury.term, seat, member))
        _add(held, _attendance(jury.meeting, member))
        jury.phones[member.id] = give_key(held, member, jury.term)
    held.commit()
    return jury


def _add(held: Session, row: Any) -> Any:
    held.add(row)
    held.flush()
    return row


def _officer(area: Area, name: str) -> Officer:
    return Officer(area_id=area.id, name=name, role="moderator", mail=None, is_demo=True)


def _rules(body: Body, officer: Officer) -> RulesOfProcedure:
    return RulesOfProcedure(
        area_id=body.area_id,
        body_id=body.id,
        version=1,
        parameters=PARAMETERS,
        valid_from=LONG_AGO.date(),
        adopted_at=LONG_AGO,
        adopted_by="officers",
        entered_by=officer.id,
    )


def _seats(body: Body) -> Iterable[Seat]:
    segments = ["resident"] * len(RESIDENTS) + ["partner"] * len(PARTNERS)
    for position, segment in enumerate(segments, start=1):
        label = "" if segment == "resident" else PARTNERS[position - len(RESIDENTS) - 1]
        yield Seat(
            area_id=body.area_id, body_id=body.id, position=position, segment=segment, label=label
        )


def _member(area: Area, name: str) -> Member:
    return Member(area_id=area.id, name=name, is_demo=True)


def _membership(term: Term, seat: Seat, member: Member) -> Membership:
    return Membership(
        area_id=term.area_id,
        seat_id=seat.id,
        member_id=member.id,
        term_id=term.id,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
    )


def _attendance(meeting: Meeting, member: Member) -> Attendance:
    return Attendance(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        member_id=member.id,
        arrived_at=meeting.starts_at,
    )


def build_meeting(body: Body, starts_at: datetime) -> Meeting:
    """A meeting that is not stored yet."""
    return Meeting(
        area_id=body.area_id,
        body_id=body.id,
        starts_at=starts_at,
        place="Gemeindesaal, Anger 1",
        visibility="public",
    )


def give_key(held: Session, member: Member, term: Term) -> Phone:
    """Print a card for a member and make a voting key with it; return the phone."""
    phone = Phone.fresh(term.id)
    _add(
        held,
        Card(
            area_id=member.area_id,
            member_id=member.id,
            term_id=term.id,
            verifier=phone.verifier,
            wrapped=phone.wrap(),
            printed_at=LONG_AGO,
        ),
    )
    give_point(held, member, phone, MARK)
    return phone


def give_point(held: Session, member: Member, phone: Phone, group: str) -> None:
    """Register the public point of a phone's voting key in a group."""
    key = VotingKey(
        area_id=member.area_id,
        member_id=member.id,
        term_id=phone.term,
        group=group,
        point=phone.point_in(group),
        registered_at=LONG_AGO,
    )
    _add(held, key)


def complete_keys(held: Session, council: Council) -> None:
    """Register the points of all members in BELENIOS-2048 too, and commit."""
    for member in council.members:
        give_point(held, member, council.phones[member.id], "BELENIOS-2048")
    held.commit()


def take_other_group(held: Session, council: Council) -> None:
    """Let the rules name BELENIOS-2048, and everybody have a point there."""
    complete_keys(held, council)
    change_rules(held, council, {"ballot.group": "belenios_2048"})


def agree_to_cards(
    held: Session, council: Council, *members: Member, act: str = "replace_card"
) -> None:
    """Let a second person have agreed that cards are replaced: of these members, or of all."""
    for member in members or council.members:
        _add(held, _agreed(council, act, member_id=member.id))
    held.commit()


def release_roster(held: Session, council: Council) -> None:
    """Let a second person have released the roster for half an hour."""
    _add(held, _agreed(council, "change_roster"))
    held.commit()


def make_speaker(held: Session, council: Council, member: Member) -> None:
    """Let a member speak for the body, and commit."""
    mine = select(Membership).where(Membership.member_id == member.id)
    membership = held.exec(mine.where(Membership.term_id == council.term.id)).one()
    membership.role = "speaker"
    held.commit()


def _agreed(council: Council, act: str, *, member_id: int | None = None) -> Confirmation:
    now = datetime.now(UTC)
    return Confirmation(
        area_id=council.area.id,
        act=act,
        reason="",
        body_id=council.body.id,
        member_id=member_id,
        requested_by=council.moderators[0].id,
        requested_at=now,
        confirmed_by=council.moderators[1].id,
        confirmed_at=now,
    )


def set_rules(held: Session, council: Council, **values: object) -> None:
    """Change the rules in force; a double underscore stands for the dot, None empties a rule."""
    changed = {name.replace("__", "."): value for name, value in values.items()}
    parameters = {**council.rules.parameters, **changed}
    council.rules.parameters = {
        name: value for name, value in parameters.items() if value is not None
    }
    held.add(council.rules)
    held.commit()


def set_present(held: Session, council: Council, members: Iterable[Member]) -> None:
    """Let exactly these be at the council's meeting."""
    held.exec(delete(Attendance).where(col(Attendance.meeting_id) == council.meeting.id))
    held.add_all(_attendance(council.meeting, each) for each in members)
    held.commit()


def build_proposal(held: Session, council: Council, title: str, cents: int = 120_000) -> Proposal:
    """Store an admitted proposal with two cost items that make its sum."""
    n = len(held.exec(select(Proposal).where(Proposal.area_id == council.area.id)).all()) + 1
    proposal = _add(
        held,
        Proposal(
            area_id=council.area.id,
            body_id=council.body.id,
            action_goal_id=council.goal.id,
            year=2026,
            n=n,
            title=title,
            what="Wir bauen **Hochbeete** im Hof.",
            why="Damit sich die Nachbarschaft trifft.",
            applicant="Hausgemeinschaft Anger",
            requested_cents=cents,
            created_at=LONG_AGO,
        ),
    )
    for position, (label, amount) in enumerate(
        [("Holz", cents // 3), ("Erde", cents - cents // 3)]
    ):
        _add(
            held,
            CostItem(
                area_id=council.area.id,
                proposal_id=proposal.id,
                position=position,
                label=label,
                amount_cents=amount,
            ),
        )
    return proposal


def build_item(held: Session, council: Council, **values: Any) -> AgendaItem:
    """Store one more agenda item of the council's meeting; it is voted on unless said otherwise."""
    items = select(AgendaItem).where(AgendaItem.meeting_id == council.meeting.id)
    item = AgendaItem(
        area_id=council.area.id,
        meeting_id=council.meeting.id,
        position=len(held.exec(items).all()) + 1,
        **{"kind": "vote", "title": "Antrag"} | values,
    )
    _add(held, item)
    held.commit()
    return item


def prepare_round(
    held: Session,
    council: Council,
    *,
    questions: int = 1,
    recused: Mapping[int, Iterable[Member]] | None = None,
    now: datetime | None = None,
) -> Round:
    """Draft and announce a round; `recused` maps a question's position (from 1) to members."""
    now = now or datetime.now(UTC)
    proposals = [
        build_proposal(held, council, title)
        for title in ("Hochbeete im Hof", "Fest am Anger", "Bänke am Weg")[:questions]
    ]
    round_ = preparing.prepare(
        held, body=council.body, meeting=council.meeting, proposals=proposals, now=now
    )
    for question in preparing.questions_of(held, round_):
        for member in (recused or {}).get(question.position, ()):
            recusal.declare(
                held, question, member.id, by="officer", reason="Vorstand im Verein", now=now
            )
    announcing.announce(held, round_, now)
    held.commit()
    return round_


def prepare_over_days(
    held: Session, council: Council, *, days: int = 7, absent: Iterable[Member] = ()
) -> Round:
    """Draft and announce a vote over days that ends so many days from now."""
    set_rules(held, council, circular__allowed="yes")
    now = datetime.now(UTC)
    proposal = build_proposal(held, council, "Spielstraße am Sonntag")
    round_ = preparing.prepare(held, body=council.body, meeting=None, proposals=[proposal], now=now)
    circulating.settle(
        held,
        round_,
        opens_at=None,
        closes_at=now + timedelta(days=days),
        absent=[each.id for each in absent],
    )
    announcing.announce(held, round_, now)
    held.commit()
    return round_


def open_round(held: Session, round_: Round, closes_at: datetime | None = None) -> Round:
    """Open an announced round and commit."""
    opening.open_round(held, round_, datetime.now(UTC), closes_at)
    held.commit()
    return round_


def make_submission(
    held: Session, phone: Phone, member: Member, round_: Round, choices: str | Mapping[str, str]
) -> dict[str, object]:
    """Real encrypted ballots for every question this member may vote on.

    `choices` is one answer for all, or maps question ids to answers.
    """
    rows = held.exec(
        select(Board)
        .join(Question, Question.id == Board.question_id)
        .join(RollEntry, RollEntry.question_id == Question.id)
        .where(Question.round_id == round_.id, RollEntry.member_id == member.id)
        .where(RollEntry.credential == phone.point_in(round_.group))
        .order_by(Question.position)
    )
    answers = {
        board.election: choices if isinstance(choices, str) else choices[board.question_id]
        for board in rows
    }
    held.commit()
    return phone.fill_in(answers)


def change_rules(held: Session, council: Council, changes: Mapping[str, Any]) -> None:
    """Let the version in force say something else, and commit; None empties a parameter."""
    merged = {**council.rules.parameters, **changes}
    council.rules.parameters = {name: value for name, value in merged.items() if value is not None}
    held.add(council.rules)
    held.commit()


def build_rules_draft(
    held: Session, council: Council, changes: Mapping[str, Any]
) -> RulesOfProcedure:
    """Store a second version that nobody has adopted."""
    draft = RulesOfProcedure(
        area_id=council.area.id,
        body_id=council.body.id,
        version=2,
        state="draft",
        parameters={**council.rules.parameters, **changes},
        entered_by=council.moderators[0].id,
    )
    _add(held, draft)
    held.commit()
    return draft


def sign_in(held: Session, person: Member | Officer) -> str:
    """Start a session for a person; return the cookie's value."""
    cookie = f"session-{next(cookies)}"
    is_member = isinstance(person, Member)
    held.add(
        UserSession(
            id_hash=digest(cookie),
            area_id=person.area_id,
            member_id=person.id if is_member else None,
            officer_id=None if is_member else person.id,
            created_at=datetime.now(UTC),
            expires_at=FAR_AWAY,
        )
    )
    held.commit()
    return cookie


class Browser(FlaskClient):
    """A client that sends what a page of ours sends: the CSRF token and our own origin.

    Give the headers yourself to send something else. `held` is committed before each request, so
    that a test never holds the lock that the request waits for, and reads anew after it.
    """

    held: Session | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if self.held is not None:
            self.held.commit()
        if kwargs.get("method", "GET") not in ("GET", "HEAD"):
            own = {"Origin": self.application.config["PUBLIC_URL"], "X-CSRF-Token": self.csrf()}
            kwargs["headers"] = own | dict(kwargs.get("headers") or {})
        # An empty context: what the test pushed must not be seen by the request.
        response = Context().run(super().open, *args, **kwargs)
        if self.held is not None:
            self.held.expire_all()
        return response

    def csrf(self) -> str:
        """A token that this client's form session accepts."""
        Context().run(self._remember_token)
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(signer.dumps("of-a-test"))

    def _remember_token(self) -> None:
        with self.session_transaction() as form:
            form["csrf_token"] = "of-a-test"


def browse(app: Flask, held: Session | None, cookie: str | None = None) -> Browser:
    """A browser, signed in with this cookie."""
    app.test_client_class = Browser
    client = app.test_client()
    client.held = held
    if cookie:
        client.set_cookie("kiezvotum", cookie)
    return client


def on_day(value: date, hour: int = 18) -> datetime:
    return datetime(value.year, value.month, value.day, hour, tzinfo=UTC)


def break_board(held: Session, round_: Round) -> str:
    """Turn one bit of a stored ballot, as a bad disk would; return the question's id."""
    event = held.exec(
        select(BoardEvent)
        .join(Question, Question.id == BoardEvent.question_id)
        .where(Question.round_id == round_.id, BoardEvent.type == "Ballot")
        .order_by(BoardEvent.height)
    ).first()
    middle = len(event.content) // 2
    flipped = bytes([event.content[middle] ^ 1])
    event.content = event.content[:middle] + flipped + event.content[middle + 1 :]
    held.commit()
    return event.question_id


def add_coordinator(
    held: Session,
    councils: Iterable[Council],
    mail: str,
    *,
    name: str = "Kim Amt",
    has_access: bool = True,
) -> Officer:
    """Somebody of the Bezirk who coordinates these areas; the access belongs to the first."""
    person = _add(held, Coordinator(side="bezirk", name=name, mail=mail))
    since = datetime.now(UTC).date() - timedelta(days=30)
    areas = [each.area.id for each in councils]
    for area_id in areas:
        _add(held, Coordination(area_id=area_id, coordinator_id=person.id, starts_on=since))
    access = Officer(
        area_id=areas[0],
        name=name,
        role="coordinator",
        coordinator_id=person.id,
        mail=mail,
        login=mail,
        has_access=has_access,
    )
    _add(held, access)
    held.commit()
    return access


def prepare_choice(held: Session, council: Council, *options: str, **chosen: Any) -> Round:
    """Announce a round with one question about these options; `chosen` are numbers of a choice."""
    now = datetime.now(UTC)
    words = {"de": list(options), "en": [f"{each} (en)" for each in options]}
    asked = subject.of_free(
        {"de": "Neuer Name", "en": "New name"},
        {"de": "Wie soll der Platz heißen?", "en": "What should the square be called?"},
        subject.Choice(words, **chosen),
    )
    round_ = preparing.draft(held, council.body, council.meeting, [asked], now)
    announcing.announce(held, round_, now)
    held.commit()
    return round_
