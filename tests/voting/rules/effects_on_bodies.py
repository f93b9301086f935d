"""What the parameters of a body change: members, meetings, money, deadlines, publicity."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.voting.rules.effect import Effect, in_mode, with_rules
from voting.rules import (
    application,
    composition,
    deadlines,
    disclosure,
    group,
    membership,
    objection,
    session,
    trust,
)

DAY = date(2026, 11, 22)
BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 11, 25, 18, 30, tzinfo=BERLIN)

EFFECTS: dict[str, Effect] = {
    "body.seats.resident": (
        with_rules(lambda r: composition.planned(r).holds, body__seats__partner=6),
        {7: True, 6: False},
    ),
    "body.seats.partner": (
        with_rules(lambda r: composition.planned(r).holds, body__seats__resident=6),
        {5: True, 6: False},
    ),
    "body.resident_share": (
        with_rules(
            lambda r: composition.planned(r).holds, body__seats__resident=9, body__seats__partner=6
        ),
        {">1/2": True, ">=2/3": False},
    ),
    "member.min_age": (
        lambda r: membership.may_take_part(16, lives_here=True, works_here=False, procedure=r),
        {16: True, 18: False},
    ),
    "member.residence": (
        lambda r: membership.may_take_part(30, lives_here=False, works_here=True, procedure=r),
        {"live": False, "live_or_work": True},
    ),
    "term.months": (
        lambda r: membership.last_day(date(2026, 3, 31), r),
        {24: date(2028, 3, 30), 11: date(2027, 2, 27)},
    ),
    "member.source.resident": (
        lambda r: membership.way_in("resident", r),
        {
            "ballot": "election",
            "assembly": "election",
            "en_bloc": "election",
            "lot": "lot",
            "quota_lot": "lot",
            "appointed": "appointment",
            "open_door": "open_door",
        },
    ),
    "member.source.partner": (
        lambda r: membership.way_in("partner", r),
        {"appointed": "appointment", "ballot": "election"},
    ),
    "amount.edit": (
        lambda r: [
            application.may_amend(900, after, adds_conditions=conditions, procedure=r)
            for after, conditions in ((900, False), (800, False), (800, True), (901, False))
        ],
        {
            "none": [True, False, False, False],
            "reduce": [True, True, False, False],
            "reduce_and_conditions": [True, True, True, False],
        },
    ),
    "resubmission_limit": (
        lambda r: application.may_return(1, r),
        {0: False, 1: True},
    ),
    "cap_per_action_eur": (application.largest_grant, {1000: 100_000, 1500: 150_000}),
    "pot_per_year_eur": (application.yearly_pot, {10_000: 1_000_000, 15_000: 1_500_000}),
    "flat_rate_percent": (lambda r: application.flat_rate(9_999, r), {3: 299, 10: 999}),
    "own_share_percent": (lambda r: application.own_share(9_999, r), {0: 0, 10: 1_000}),
    "application_deadline": (
        lambda r: deadlines.intake(EVENING, date(2027, 1, 10), r),
        {
            "none": None,
            "wed 18:30": EVENING,
            "wed 18:31": datetime(2026, 11, 18, 18, 31, tzinfo=BERLIN),
            "mon 09:00": datetime(2026, 11, 23, 9, tzinfo=BERLIN),
            "thu 09:00": datetime(2026, 11, 19, 9, tzinfo=BERLIN),
            "42 days": datetime(2026, 11, 30, tzinfo=BERLIN),
        },
    ),
    "applicant_presents_from_eur": (
        lambda r: application.must_be_presented(50_000, r),
        {0: True, 500: True, 501: False},
    ),
    "meeting.public": (
        lambda r: [session.admits(guest, r) for guest in ("stranger", "registered", "member")],
        {
            "public": [True, True, True],
            "registered_guests": [False, True, True],
            "closed": [False, False, True],
        },
    ),
    "speakers": (
        lambda r: session.may_become_speaker("resident", 2, r),
        {2: False, 4: True},
    ),
    "speakers.segment": (
        with_rules(lambda r: session.may_become_speaker("partner", 0, r), speakers=2),
        {"any": True, "resident": False},
    ),
    "moderation": (session.is_led_by_speakers, {"qm": False, "speakers": True}),
    "invite_days": (
        lambda r: deadlines.invitation(DAY, r),
        {7: date(2026, 11, 15), 14: date(2026, 11, 8)},
    ),
    "minutes_days": (
        lambda r: deadlines.minutes(DAY, r),
        {7: date(2026, 11, 29), 14: date(2026, 12, 6)},
    ),
    "absence_limit": (lambda r: membership.is_lost(3, r), {3: True, 4: False}),
    "trust.meeting": (
        lambda r: trust.of(r).needed,
        {"evening": None, "commission": 2, "office": 0},
    ),
    "trust.circular": (
        in_mode("circular", lambda r: trust.of(r).needed),
        {"commission": 2, "office": 0},
    ),
    "ballot.group": (group.of, {"ed25519": "Ed25519", "belenios_2048": "BELENIOS-2048"}),
    "objection.days": (
        lambda r: objection.is_allowed(
            was_on_roll=True,
            is_resident=True,
            published=DAY,
            today=date(2026, 12, 6),
            procedure=r,
        ),
        {13: False, 14: True},
    ),
    "objection.by": (
        with_rules(
            lambda r: objection.is_allowed(
                was_on_roll=False, is_resident=True, published=DAY, today=DAY, procedure=r
            ),
            objection__days=14,
        ),
        {"roll": False, "residents": True},
    ),
    "annul.by": (objection.needs_vote, {"officers": False, "body": True}),
    "languages": (
        lambda r: disclosure.missing_languages({"de"}, r),
        {("de",): [], ("de", "tr"): ["tr"]},
    ),
    "archive.publish": (
        lambda r: disclosure.may_read_archive(is_member=False, procedure=r),
        {"public": True, "members": False},
    ),
    "archive.keep_months": (
        lambda r: disclosure.archive_end(date(2026, 8, 31), r),
        {6: date(2027, 2, 28), 12: date(2027, 8, 31)},
    ),
}
