"""Which tests show that a promise holds, by its number or by the code of its words."""

from collections.abc import Mapping

from app.promise.lines import Line

_TWINS = "tests/secrecy/test_twins.py"
_DISK = "tests/secrecy/test_disk.py"
_CHEATING = "tests/browser/test_cheating_server.py"
_HEADS = "tests/app/round/test_heads.py"
_OBJECTING = "tests/app/doubt/test_objecting.py"
_HANDS = "tests/app/round/test_by_hand.py"
_SECRECY = (
    "tests/app/test_schema.py::test_nothing_beside_a_ballot_tells_when_where_or_by_whom",
    f"{_TWINS}::test_dumps_of_opposite_choices_are_equal",
    "tests/browser/test_booth.py::test_nothing_of_choice_or_code_is_left_on_the_phone",
    "tests/voting/protocol/test_strong.py::test_refused",
    "tests/voting/protocol/test_ballot.py::test_a_ballot_does_not_tell_by_its_length_what_it_holds",
)
_OPEN = ("tests/app/paper/test_pages.py::test_an_open_vote_promises_no_secrecy",)

EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "P1.evening": (
        *_SECRECY,
        f"{_DISK}::test_all_but_one_key_of_the_evening_open_nothing",
        "tests/app/round/test_evening.py::test_the_sum_waits_until_every_key_is_there",
        "tests/browser/test_evening.py::test_after_the_meeting_the_key_has_left_the_phone",
    ),
    "P1.evening_to_come": (
        *_SECRECY,
        "tests/app/round/test_evening.py::test_without_two_keys_nothing_opens",
    ),
    "P1.commission": (
        *_SECRECY,
        f"{_DISK}::test_one_part_of_the_commissions_key_opens_nothing",
        "tests/voting/protocol/test_ceremony.py::test_one_of_three_opens_nothing",
        "tests/voting/protocol/test_tally.py::test_one_of_three_trustees_is_not_enough",
    ),
    "P1.office": (
        *_SECRECY,
        f"{_TWINS}::test_the_office_key_opens_all_and_is_not_in_the_database",
        f"{_DISK}::test_the_office_key_is_on_the_disk",
    ),
    "P1": _OPEN,
    "P2.open": (f"{_HANDS}::test_one_person_cannot_count_twice",),
    "P2.roll_call": ("tests/app/round/test_roll_call.py::test_nobody_else_is_called",),
    "P2.paper": (f"{_HANDS}::test_unequal_counts_are_both_gone",),
    "P2": (
        "tests/races/test_races.py::test_sixteen_parallel_casts_of_one_member",
        "tests/app/round/test_counting.py::test_the_last_ballot_of_a_member_counts",
        "tests/app/paper/test_entering.py::test_a_second_use_is_refused",
    ),
    "P3": (
        "tests/app/test_db.py::test_pragmas_of_a_connection",
        "tests/app/booth/test_ballots.py::test_the_receipt_is_the_same_for_the_same_bytes",
        "tests/browser/test_sending.py::test_lost_answer_gives_the_same_receipt",
    ),
    "P4.hand": (f"{_HANDS}::test_an_open_vote_has_no_box",),
    "P4.gone": ("tests/app/test_box.py::test_result_and_hashes_stay_and_are_in_the_log",),
    "P4": (
        "tests/app/booth/test_archive.py::test_members_on_the_roll_read_it",
        "tests/app/public/test_check.py::test_the_downloads_are_what_the_command_accepts",
        "tests/app/test_box.py::test_a_box_for_members_is_for_those_of_the_term",
        "tests/voting/protocol/test_tool.py::test_a_whole_election_of_ours_is_accepted",
        f"{_CHEATING}::test_a_second_vote_does_not_make_the_phone_forget",
        f"{_CHEATING}::test_a_phone_that_never_voted_knows_the_box_it_was_told_of",
        f"{_CHEATING}::test_the_list_of_votes_says_so_unasked_and_the_report_carries_both_heads",
    ),
    "P5": (
        "tests/races/test_races.py::test_casts_around_the_close",
        f"{_TWINS}::test_pages_of_opposite_choices_are_equal_while_the_round_is_open",
        "tests/app/booth/test_archive.py::test_nobody_else_does",
    ),
    "P6.hand": (f"{_HANDS}::test_numbers_that_the_roll_does_not_allow_are_refused",),
    "P6": (
        "tests/app/round/test_opening.py::test_a_key_made_after_the_opening_is_not_on_the_roll",
        "tests/app/booth/test_ballots.py::test_whoever_is_not_on_the_roll",
        "tests/app/account/test_key.py::test_a_point_of_another_member_is_refused",
        "tests/app/booth/test_questions.py::test_who_added_protection_is_not_warned_of_the_card",
    ),
    "P7": (
        f"{_HEADS}::test_opening_and_close_are_told_with_the_heads_of_that_moment",
        "tests/voting/log/test_merkle.py::test_a_rewritten_history_has_no_consistency_proof",
        "tests/app/round/test_counting.py::test_the_log_is_a_tree_without_gaps",
    ),
    "P8": (
        "tests/app/account/test_erasing.py::test_no_copy_of_the_text_stays_in_the_database",
        "tests/app/test_erasure_list.py::test_an_old_file_is_put_back_and_the_text_goes_again",
    ),
    "P9": (
        "tests/app/round/test_closing.py::test_early_close_needs_another_officer_and_says_why",
        "tests/app/round/test_counting.py::test_a_decision_is_published_once_confirmed_by_another",
        "tests/app/doubt/test_annulling.py::test_alone_nobody_annuls",
        "tests/app/roster/test_replacing.py::test_in_the_room_two_people_replace_a_card",
        "tests/app/roster/test_importing.py::test_an_open_roll_never_changes",
    ),
    "P10.evening": (
        "tests/app/round/test_minimum.py::test_with_shared_keys_no_part_is_asked_for_or_taken",
    ),
    "P10.commission": (
        "tests/app/round/test_minimum.py::test_with_shared_keys_no_part_is_asked_for_or_taken",
    ),
    "P10": (
        "tests/app/round/test_counting.py::test_below_the_minimum_the_box_stays_shut",
        "tests/app/round/test_counting.py::test_counting_again_changes_nothing",
    ),
    "P11": ("tests/app/round/test_extending.py::test_an_outage_moves_the_end_and_the_log_says_so",),
    "P11.meeting": ("tests/app/round/test_closing.py::test_not_closable_while_a_key_has_not_cast",),
    "P12": (
        "tests/app/doubt/test_reporting.py::test_how_many_there_were_is_public_and_nothing_else",
    ),
    "P13": (
        "tests/app/round/test_frozen.py::test_no_form_of_the_site_alters_what_is_frozen",
        "tests/app/doubt/test_unaltered.py::test_no_single_person_alters_what_was_published",
        "tests/browser/test_booth.py::test_question_that_was_not_announced_is_not_asked",
    ),
    "P14": (
        f"{_OBJECTING}::test_whoever_was_on_the_roll_objects_and_no_name_is_public",
        "tests/app/doubt/test_annulling.py::test_two_people_annul_and_the_page_stays",
    ),
    "P15": (
        "tests/browser/test_wiped_phones.py::test_twelve_of_twelve_still_vote",
        "tests/app/account/test_key.py::test_register_and_restore_on_another_phone",
    ),
}


def evidence_of(line: Line) -> tuple[str, ...]:
    """The tests of these words, or else of the promise."""
    return EVIDENCE.get(line.code) or EVIDENCE[line.number]
