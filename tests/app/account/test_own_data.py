"""Own data: everything about the member is there, nothing of others, and who looked is told."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import SQLModel, select

from app import text
from app.account import own_data
from app.account.looked_up import ON_A_PAGE
from app.models import Comment, LookUp, Mail, Member, Membership, Proposal
from tests.app import builder

# What opens doors is no information about the person: the digest of a key, the locked code.
WITHHELD = {
    "card.verifier",
    "card.wrapped",
    "enrolment_nonce.nonce",
    "sign_in_link.token_hash",
    "user_session.id_hash",
    "user_session.confirmed_at",
    "user_session.card_id",
    "user_session.viewed_area_id",
    "user_session.officer_id",
    "sign_in_link.officer_id",
    "passphrase.verifier",
    "passphrase.officer_id",
    "passkey.public_key",
    "passkey.sign_count",
    "passkey.officer_id",
    "security_event.officer_id",
    "trustee.officer_id",
    *("paper_enterer.officer_id", "count_entry.officer_id", "roll_call.officer_id"),
    # A random number that the list of erasures knows people by.
    "member.mark",
}
# A request about a card names no more of the member; others that agreed are not the member.
WITHHELD |= {
    f"confirmation.{name}"
    for name in (
        *("round_id", "question_id", "rules_id", "body_id", "handover_id", "reason"),
        "log_text_id",
        *("requested_by", "confirmed_by", "confirmed_by_member"),
    )
}
# Only somebody without a place on the roll gives a name; who answered is on the desk's side.
WITHHELD |= {"objection.n", "objection.name", "objection.answered_by"}
# What proves who somebody is, and the other kind of person in the same table.
WITHHELD |= {"invitation.token_hash", "recovery_code.verifier"}
WITHHELD |= {"second_factor.sealed_secret", "second_factor.last_step"}
WITHHELD |= {f"{name}.officer_id" for name in ("invitation", "recovery_code", "second_factor")}
LOOKED = "Seite über Sie"


def of_members(metadata):
    """The tables with a key to a member."""
    return {
        table.name
        for table in metadata.tables.values()
        if any(key.column.table.name == "member" for key in table.foreign_keys)
    }


def shown_columns():
    return {
        f"{section.table.__tablename__}.{name}"
        for section in own_data.SECTIONS
        for name in section.fields
    }


def left_out(tables):
    """Columns about a member that the member is neither shown nor refused for a reason."""
    columns = {
        f"{name}.{column.name}"
        for name in tables
        for column in SQLModel.metadata.tables[name].columns
        if column.name not in ("id", "area_id", "member_id")
    }
    return columns - shown_columns() - WITHHELD


def test_every_table_and_column_about_members_is_in_the_export():
    assert left_out(of_members(SQLModel.metadata) | {"member"}) == set()


def test_every_code_has_a_word():
    codes = {
        code
        for section in own_data.SECTIONS
        for name in section.fields
        if own_data.is_code(section.table, name)
        for code in section.table.__table__.columns[name].type.enums
    }
    assert len(codes) > 20
    assert codes <= set(text.WORDS)


def test_a_forgotten_table_is_noticed(monkeypatch):
    """The control: without one section the test above fails."""
    fewer = [each for each in own_data.SECTIONS if each.table is not Comment]
    monkeypatch.setattr(own_data, "SECTIONS", fewer)
    assert "comment.source" in left_out(of_members(SQLModel.metadata))


@pytest.fixture
def rich_member(held, area, prepared_round, open_round):
    """A member who wrote, was recused, has a card, a mail waiting, and one beside in every way."""
    member, other = area.members[:2]
    open_round(questions=2, recused={1: [member, other]})
    proposal = held.exec(select(Proposal)).first()
    now = datetime.now(UTC)
    for each, words in ((member, "Meine Meinung"), (other, "Fremde Meinung")):
        each.mail = f"m{each.id}@anger.example"
        held.add(each)
        held.add(
            Comment(
                area_id=area.area.id,
                proposal_id=proposal.id,
                member_id=each.id,
                source=words,
                created_at=now,
            )
        )
        held.add(Mail(recipient=each.mail, subject=words, body="", created_at=now, next_try_at=now))
    held.commit()
    return member


def test_the_file_holds_all_of_the_member_and_nothing_of_others(client_of, area, rich_member):
    answer = client_of(rich_member).get("/account/data.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=kiezvotum-")
    found = json.loads(answer.text)
    assert found["member"][0]["name"] == "Aylin Kara"
    assert [each["source"] for each in found["comment"]] == ["Meine Meinung"]
    assert [each["subject"] for each in found["mail"]] == ["Meine Meinung"]
    assert [each["reason"] for each in found["recusal"]] == ["Vorstand im Verein"]
    assert len(found["membership"]) == len(found["attendance"]) == len(found["user_session"]) == 1
    assert found["roll_entry"][0]["credential"] == area.phones[rich_member.id].point
    assert "Fremde" not in answer.text
    assert "verifier" not in answer.text


def test_the_trackers_of_own_ballots_are_there_and_no_choice(
    client_of, held, area, open_round, make_submission
):
    from app.booth.casting import cast

    round_ = open_round()
    trackers = {}
    for member in area.members[:2]:
        receipt = cast(member, round_.id, make_submission(member, round_, "no"))
        trackers[member.id] = receipt
        held.commit()
    mine = json.loads(client_of(area.members[0]).get("/account/data.json").text)["ballot"]
    others = json.loads(client_of(area.members[1]).get("/account/data.json").text)["ballot"]
    assert len(mine) == len(others) == 1
    assert mine[0]["tracker"] != others[0]["tracker"]
    assert set(mine[0]) == {"question_id", "tracker"}


def test_the_page_says_it_in_words(client_of, rich_member):
    page = client_of(rich_member).get("/account/data").text
    for words in (
        "Aylin Kara",
        "Quartiersrat Anger, Sitz 1",
        "Meine Meinung",
        "Vorstand im Verein",
    ):
        assert words in page
    assert "Dazu ist nichts gespeichert" in page
    assert ">–<" not in page
    assert "Fremde Meinung" not in page


@pytest.mark.parametrize("address", ["details", "data", "data.json", "look-ups", "erase"])
def test_the_pages_are_for_members_who_are_signed_in(client_of, visitor, area, address):
    member = client_of(area.members[0])
    assert member.get(f"/account/{address}").status_code == 200
    assert visitor.get(f"/account/{address}").status_code == 401
    expected = 403 if address in ("details", "erase") else 200
    assert client_of(area.moderators[0]).get(f"/account/{address}").status_code == expected
    assert member.post("/account/sign-out").status_code == 303
    assert member.get(f"/account/{address}").status_code == 401


def test_twenty_looks_are_all_seen_by_the_member_alone(client_of, area):
    member, moderator = area.members[0], area.moderators[0]
    officer = client_of(moderator)
    for _look in range(20):
        assert officer.get(f"/roster/members/{member.id}").status_code == 200
    page = client_of(member).get("/account/look-ups").text
    assert (page.count(LOOKED), page.count("Mara Feldt"), "20 Mal" in page) == (20, 20, True)
    assert LOOKED not in client_of(area.members[1]).get("/account/look-ups").text


def membership_of(held, member):
    return held.exec(select(Membership).where(Membership.member_id == member.id)).one()


def test_each_kind_of_page_about_one_person_is_noted(client_of, held, area):
    member, officer = area.members[0], client_of(area.moderators[0])
    body = f"/roster/bodies/{area.body.id}"
    pages = {
        f"/roster/members/{member.id}/edit": "person",
        f"/roster/seats/{area.seats[0].id}": "seat",
        f"{body}/members/{member.id}/card": "card",
        f"{body}/export.csv": "export",
        f"{body}/export.xlsx": "export",
        f"/roster/memberships/{membership_of(held, member).id}/dual-role": "seat",
        f"/roster/memberships/{membership_of(held, member).id}/end": "seat",
    }
    for address in pages:
        assert officer.get(address).status_code == 200
    found = held.exec(select(LookUp).where(LookUp.member_id == member.id).order_by(LookUp.id))
    assert [each.page for each in found] == list(pages.values())
    exported = held.exec(select(LookUp.member_id).where(LookUp.page == "export")).all()
    assert sorted(exported) == sorted([each.id for each in area.members] * 2)


def test_lists_and_refused_pages_note_nothing(client_of, held, area):
    officer = client_of(area.moderators[0])
    elsewhere = builder.build_council(held, "wiese", with_keys=False)
    assert officer.get(f"/roster/bodies/{area.body.id}").status_code == 200
    assert officer.get(f"/roster/members/{elsewhere.members[0].id}").status_code == 404
    assert held.exec(select(LookUp)).all() == []


def test_many_looks_come_in_pages(client_of, held, area):
    member, now = area.members[0], datetime.now(UTC)
    for number in range(ON_A_PAGE + 3):
        held.add(
            LookUp(
                area_id=area.area.id,
                member_id=member.id,
                officer_id=area.moderators[0].id,
                page="person",
                looked_at=now - timedelta(days=number),
            )
        )
    browser = client_of(member)
    assert browser.get("/account/look-ups").text.count(LOOKED) == ON_A_PAGE
    second = browser.get("/account/look-ups?page=2").text
    assert (second.count(LOOKED), 'rel="prev"' in second, 'rel="next"' in second) == (
        3,
        True,
        False,
    )
    for odd in ("0", "3", "-1", "x"):
        assert browser.get(f"/account/look-ups?page={odd}").text.count(LOOKED) == ON_A_PAGE


def form(**changes):
    return {"name": "Aylin K.", "mail": "aylin@anger.example", "language": "en"} | changes


def test_a_member_corrects_the_own_record(client_of, held, area):
    browser = client_of(area.members[0])
    answer = browser.post("/account/details", data=form(may_be_named="y", area_id="7"))
    assert (answer.status_code, answer.location) == (303, "/account/")
    member = held.get(Member, area.members[0].id)
    assert (member.name, member.mail, member.language) == ("Aylin K.", "aylin@anger.example", "en")
    assert (member.may_be_named, member.area_id) == (True, area.area.id)
    assert held.get(Member, area.members[1].id).name == "Jonas Wirth"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"mail": "aylin"}, {"name": "A\u202eB"}])
def test_a_wrong_correction_is_kept_on_the_page_and_not_stored(client_of, held, area, wrong):
    answer = client_of(area.members[0]).post("/account/details", data=form(**wrong))
    assert answer.status_code == 422
    assert "aylin" in answer.text
    assert held.get(Member, area.members[0].id).name == "Aylin Kara"


def test_a_withdrawn_consent_takes_the_name_off_public_pages_at_once(
    client_of, visitor, held, area
):
    from app.models import Membership

    membership = held.exec(
        select(Membership).where(Membership.member_id == area.members[0].id)
    ).one()
    membership.role = "speaker"
    address, browser = f"/gremium/{area.body.id}", client_of(area.members[0])
    browser.post("/account/details", data=form(may_be_named="y"))
    assert "Aylin K." in visitor.get(address).text
    browser.post("/account/details", data=form())
    assert "Aylin K." not in visitor.get(address).text
