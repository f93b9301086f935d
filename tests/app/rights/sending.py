"""What a person sends to each address that changes something, so that it would be done."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from app.meeting.item_page import digest
from app.text import BERLIN
from tests.app.rights import evening, spending, trustees
from tests.app.rights.ground import Ground

Filled = Callable[[Ground], dict[str, Any]]

MEETING = {"day": "2040-01-10", "time": "18:00", "place": "Saal"}
NEW_TERM = {"starts_on": date(2040, 1, 1).isoformat(), "ends_on": date(2041, 12, 31).isoformat()}

QUESTION = {
    "title_de": "Sofa",
    "wording_de": "Soll es ein neues Sofa geben?",
    "title_en": "Sofa",
    "wording_en": "Should there be a new sofa?",
}


def _in_days(days: int) -> str:
    return (datetime.now(BERLIN) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def _person(ground: Ground) -> dict[str, Any]:
    return {"person": ground.free_member.id, "name": "", "mail": ""}


def _proposal(ground: Ground) -> dict[str, Any]:
    return {
        "body": ground.council.body.id,
        "title": "Bäume am Weg",
        "what": "Zwölf Bäume.",
        "why": "Für Schatten.",
        "applicant": "Hausgemeinschaft",
        "action_goal": ground.council.goal.id,
        "cost_items-0-purpose": "Bäume",
        "cost_items-0-cost": "500",
    }


def _summaries(ground: Ground) -> dict[str, Any]:
    part = f"q{ground.at['desk.publish']['question_id']}" if "desk.publish" in ground.at else ""
    return {f"{part}-german": "Es gibt Hochbeete.", f"{part}-english": "Raised beds."}


FORMS: dict[str, Filled] = {
    "account.follow_link": lambda _: {},
    "account.accept_invitation": lambda _: {},
    "account.accept_as_trustee": lambda _: {},
    "account.stop_own_card": lambda _: {},
    "commission.invite_here": lambda _: {},
    "commission.invite_again": lambda _: {},
    "account.sign_out": lambda _: {},
    "account.sign_device_out": lambda _: {},
    "account.start_app": lambda _: {},
    "account.make_recovery_codes": lambda _: {},
    "account.remove_passkey": lambda _: {},
    "account.set_passphrase": lambda _: {"passphrase": "grüne Birne schläft im Keller"},
    "account.invite_officer": lambda _: {
        "name": "Ada Roth",
        "mail": "ada@team.example",
        "role": "moderator",
    },
    "account.invite_again": lambda _: {},
    "account.invite_coordinator": lambda _: {},
    "account.own_entry": lambda ground: {
        "name": getattr(ground, ground.acting, ground.moderator).name,
        "mail": "neu@team.example",
    },
    "account.agree_handover_now": lambda _: {},
    "account.remove_text": lambda _: {"ground": "names_somebody"},
    "account.agree_removal_now": lambda _: {},
    "account.undo_handover": lambda _: {"reason": "Doch nicht"},
    "coordination.switch": lambda ground: {"area": ground.council.area.id},
    "proposals.state_opinion": lambda _: {"words": "Der Bezirk begrüßt das."},
    "proposals.forget_applicant": lambda _: {},
    "proposals.forget_me": lambda _: {},
    "account.end_officer": lambda _: {},
    "booth.recuse": lambda _: {"reason": "Nachbarin"},
    "booth.withdraw_recusal": lambda _: {},
    "meeting.create": lambda ground: {
        **MEETING,
        "body": ground.council.body.id,
    },
    "meeting.edit": lambda _: {**MEETING, "visibility": "public"},
    "meeting.begin": lambda _: {},
    "meeting.close_now": lambda _: {},
    "meeting.cancel": lambda _: {"reason": "Sturm"},
    "meeting.take_usual": lambda _: {},
    "meeting.set_agenda_now": lambda _: {},
    "meeting.take_back": lambda _: {},
    "meeting.take_back_item": lambda _: {},
    "meeting.take_out_now": lambda _: {},
    "meeting.add_item": lambda _: {"title": "Bericht"},
    "meeting.edit_item": lambda _: {"title": "Bericht"},
    "meeting.move_item": lambda _: {"to": "down"},
    "meeting.remove_item_now": lambda _: {},
    "meeting.begin_item": lambda _: {},
    "meeting.end_item": lambda _: {},
    "meeting.note": lambda _: {"notes": "Viele sind dafür.", "shown": digest("")},
    "meeting.add_document": lambda _: {"file": (BytesIO(b"%PDF-1.7"), "plan.pdf")},
    "meeting.remove_document_now": lambda _: {},
    "meeting.invite_now": lambda _: {},
    "meeting.note_attendance": lambda ground: {
        "left": [each.id for each in ground.council.members[7:]]
    },
    "meeting.enter_stays": lambda _: {"ended": ""},
    "meeting.correct_stay": lambda _: {"arrived": "00:00", "left": ""},
    "hall.renew": lambda _: {},
    "hall.arrive": lambda _: {},
    "desk.show": lambda _: {},
    "desk.take_away": lambda _: {},
    "desk.prepare": lambda ground: {"proposals": [ground.ids["proposal_id"]]},
    "desk.announce": lambda _: {},
    "desk.open_": lambda _: {},
    "desk.last_call": lambda _: {},
    "desk.close": lambda _: {},
    "desk.close_early": lambda _: {"reason": "Alle sind gegangen"},
    "desk.void": lambda _: {"reason": "Falscher Antrag"},
    "desk.confirm": lambda _: {},
    "desk.ask_to_confirm": lambda _: {},
    "desk.ask_to_confirm_all": lambda _: {},
    "desk.confirm_all": lambda ground: {
        "request": [ground.at.get("desk.confirm_all", {}).get("result_request_id", 0)]
    },
    "desk.publish_all": _summaries,
    "desk.publish": lambda _: {"german": "Es gibt Hochbeete.", "english": "Raised beds."},
    "desk.recuse": lambda ground: {
        "member": ground.council.members[2].id,
        "reason": "Vorstand im Verein",
    },
    "desk.withdraw_recusal": lambda _: {},
    "desk.hold_poll": lambda _: {},
    "desk.poll_item": lambda _: QUESTION | {"kind": "yes_no"},
    "desk.hold_practice": lambda _: {},
    "desk.vote_on_item": lambda _: {},
    "desk.ask_item": lambda _: QUESTION,
    "desk.ask_over_days": lambda _: QUESTION,
    "desk.reword": lambda _: QUESTION,
    "desk.circulate": lambda ground: {"proposals": [ground.ids["proposal_id"]]},
    "desk.schedule": lambda _: {"opens_at": "", "closes_at": _in_days(3)},
    "desk.repeat": lambda _: {"reason": "Noch einmal"},
    "desk.second_ballot": lambda _: {},
    "desk.follow": lambda _: {"step": "open_vote"},
    "desk.prepare_rules": lambda _: {},
    "doubt.object_": lambda _: {"name": "Lena Ott", "reason": "Es fehlte jemand."},
    "doubt.report_round": lambda _: {"reason": "other"},
    "doubt.report_area": lambda _: {"reason": "watched"},
    "doubt.answer_objection": lambda _: {"answer": "Es waren alle da."},
    "doubt.answer_report": lambda _: {"answer": "Wir haben nachgesehen."},
    "doubt.note": lambda ground: {"seat": ground.council.seats[0].id, "words": "Zu schnell."},
    "doubt.remove_note": lambda _: {},
    "doubt.annul": lambda _: {"reason": "Falsche Summe"},
    "doubt.correct": lambda _: {
        "german": "Es gibt sechs Hochbeete.",
        "english": "Six raised beds.",
        "reason": "Die Zahl fehlte",
    },
    "minutes.correct": lambda _: {"words": "Neuer Text", "version": 1},
    "minutes.check": lambda _: {},
    "minutes.approve": lambda _: {},
    "minutes.publish": lambda _: {},
    "paper.round_": lambda ground: {"paper": [ground.member.id]},
    "paper.enter_afterwards": lambda ground: {
        "way": "paper",
        "clock": ground.council.meeting.starts_at.astimezone(BERLIN).strftime("%H:%M"),
    },
    "paper.way": lambda _: {"way": "paper"},
    "paper.give_back": lambda _: {"reason": "Muss gehen"},
    "paper.count": lambda _: {
        "yes": 5,
        "no": 2,
        "abstain": 0,
        "present": 9,
        "reason": "Offen gezählt",
    },
    "paper.answers": lambda ground: {str(ground.member.id): "yes", "reason": "Mit Namen"},
    "paper.confirm_answers": lambda ground: ground.own.get("roll_call", {}),
    "tablet.start": lambda _: {},
    "tablet.leave": lambda _: {},
    "tablet.end": lambda _: {},
    "money.create_fund": lambda ground: {
        "body": ground.ids["free_jury_id"],
        "name": "Aktionsfonds",
        "cents": "1000",
    },
    "money.create_pot": lambda _: {"cents": "1000"},
    "money.edit_pot": lambda _: {"cents": "2500", "reason": "Mehr Geld vom Senat"},
    "money.end_grant": lambda _: {"act": "cancel", "reason": "Fällt aus"},
    "money.pay": lambda _: {"cents": "10", "paid_on": "2026-01-05", "note": "Quittung 2"},
    "money.payment": lambda _: {},
    "money.repay": lambda _: {"cents": "10", "note": "Auszug"},
    "money.complete_grant": lambda _: {},
    "money.show_table": spending.typed,
    "money.take_table_away": lambda _: {},
    "money.set_condition": lambda _: {
        "position": "0",
        "c0-due_on": "2027-01-05",
        "c0-is_met": "y",
    },
    "money.settle_grant": lambda _: {"cents": "250,50"},
    "money.table": spending.typed,
    "money.vote": spending.typed,
    "money.draw": lambda ground: {ground.ids["tied_id"]: "1"},
    "money.vote_again": lambda _: {},
    "proposals.tell_applicant": lambda _: {"via": "office"},
    "proposals.create": _proposal,
    "proposals.edit": _proposal,
    "proposals.own": _proposal,
    "proposals.comment": lambda _: {"source": "Gute Idee."},
    "roster.add_body": lambda _: {"name": "Jury", "kind": "jury", "level": "local", **NEW_TERM},
    "roster.edit_body": lambda _: {"name": "Rat", "level": "local"},
    "roster.edit_area": lambda _: {"status": "active", "office_phone": "030 1"},
    "roster.edit_goals": lambda _: {"goals-0": "Spielplätze"},
    "roster.add_coordinator": lambda _: {"person": 0, "side": "senate", "name": "Uli Amt"},
    "roster.end_coordinator_now": lambda _: {},
    "roster.add_term": lambda _: NEW_TERM,
    "roster.add_seat": lambda _: {"segment": "resident", "number": 1, "names": ""},
    "roster.edit_seat": lambda _: {"segment": "resident", "label": ""},
    "roster.give_up_now": lambda _: {},
    "roster.fill_seat": lambda ground: {**_person(ground), "source": "lot"},
    "roster.move_up_now": lambda _: {},
    "roster.add_deputy": _person,
    "roster.move_deputy": lambda _: {"to": "up"},
    "roster.end_deputy_now": lambda _: {},
    "roster.add_reserve": lambda ground: {**_person(ground), "segment": "resident"},
    "roster.leave_reserve": lambda _: {"reason": "moved"},
    "roster.end": lambda _: {"reason": "moved"},
    "roster.move_holder": lambda _: {"to": "up"},
    "roster.make_speaker": lambda _: {},
    "roster.end_speaker": lambda _: {},
    "roster.dual_role": lambda _: {"dual_role": "Schule am Anger"},
    "roster.edit_member": lambda _: {"name": "Ada Roth", "mail": "", "language": "de"},
    "roster.revoke_now": lambda _: {},
    "roster.member_card": lambda ground: {"number": 1, "shown": ground.card_id or ""},
    "roster.ask_for_card": lambda _: {"way": "print", "reason": "card_lost"},
    "roster.confirm_request": lambda _: {},
    "account.stop_card": lambda _: {},
    "roster.discard_spare_cards": lambda _: {"number": [2]},
    "roster.import_file": lambda _: {
        "file": (BytesIO(b"Name;Gruppe\nAda Roth;Bewohnerschaft\n"), "rat.csv")
    },
    "roster.import_columns": lambda _: {"fields-0": "name", "fields-1": "segment"},
    "commission.appoint": trustees.named,
    "commission.end_commission": lambda _: {},
    "commission.report_lost": lambda _: {},
    "roster.import_people": lambda _: {},
    "roster.import_discard": lambda _: {},
    "roster.discard_now": lambda _: {},
    "roster.confirm_rules_now": lambda _: {},
    "roster.first_day": lambda _: {"day": ""},
}

DOCUMENTS: dict[str, Filled] = {
    "account.card_copy": lambda ground: {"signin": ground.sign_in_key},
    "account.key_nonce": lambda _: {},
    "booth.ballots": lambda ground: dict(ground.submission),
    "commission.begin_again": lambda _: {"attempt": 1, "document": "asked"},
    "commission.make_key": evening.new_key,
    "commission.release": evening.own_part,
    "roster.register": lambda ground: {
        "cards": [{"member": ground.member.id, "verifier": "d" * 64, "shown": ground.card_id}]
    },
    "roster.register_spare_cards": lambda _: {"verifiers": ["e" * 64]},
}


def sent(endpoint: str, ground: Ground) -> dict[str, Any]:
    """The arguments of a request to this endpoint; an empty form where nothing is known."""
    if endpoint in DOCUMENTS:
        return {"json": DOCUMENTS[endpoint](ground)}
    return {"data": FORMS.get(endpoint, lambda _: {})(ground)}


def would_be_done(endpoint: str) -> bool:
    """Whether what is sent is known to be enough."""
    return endpoint in FORMS or endpoint in DOCUMENTS


def nonsense(typed: Any, number: int | None, text: str | None) -> Any:
    """The same with every number, or every text, replaced."""
    if isinstance(typed, dict):
        return {name: nonsense(value, number, text) for name, value in typed.items()}
    if isinstance(typed, list):
        return [nonsense(value, number, text) for value in typed]
    if isinstance(typed, int) and number is not None:
        return number
    return text if isinstance(typed, str) and text is not None else typed
