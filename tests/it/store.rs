//! What is kept, held to the same promises on SQLite and on PostgreSQL. The latter needs
//! `LOES_TEST_POSTGRES` (see `tests/postgres`); without it those tests do nothing.

mod accounts;
mod answering;
mod asking;
mod checkpoints;
mod colleagues;
mod desk;
mod erasing;
mod finding;
mod holding;
mod inbox;
mod keeping;
mod log;
mod offering;
mod opening;
mod outbox;
mod phrases;
mod place;
mod reminding;
mod trouble;

pub(crate) use desk::{Desk, minutes, noon, slug};
pub(crate) use place::Place;

/// Makes of each function a test on either engine, with a desk of its own.
macro_rules! on_both_engines {
    ($($module:ident: $($test:ident),+;)+) => {
        mod sqlite {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    let desk = crate::store::Desk::open(crate::store::Place::sqlite()).await;
                    crate::store::$module::$test(desk).await;
                }
            )+}
        )+}

        mod postgres {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    let Some(place) = crate::store::Place::postgres().await else { return };
                    crate::store::$module::$test(crate::store::Desk::open(place).await).await;
                }
            )+}
        )+}
    };
}

on_both_engines! {
    asking:
        a_question_is_found_by_its_code_and_by_its_id,
        the_same_form_sent_again_makes_no_second_question,
        the_same_form_with_other_words_keeps_the_first,
        many_at_once_with_one_code_make_one_question,
        many_at_once_with_their_own_codes_are_all_kept,
        a_code_that_nobody_got_finds_nothing,
        what_is_not_told_stays_untold,
        a_change_that_is_not_committed_leaves_nothing,
        a_visitor_who_leaves_half_way_leaves_nothing_half;
    answering:
        an_answer_is_read_by_the_parent_and_a_note_is_not,
        an_answer_sent_twice_is_kept_once,
        an_answer_on_what_changed_is_refused,
        of_two_colleagues_one_takes_a_question_up,
        of_two_answers_at_once_one_is_kept,
        each_colleague_has_a_draft_of_her_own,
        what_the_parent_writes_opens_a_closed_question,
        the_parent_is_not_refused_for_what_colleagues_do,
        what_the_parent_sends_twice_is_kept_once,
        messages_of_one_moment_keep_their_order,
        nobody_writes_to_a_question_of_another_loket,
        whether_it_helped_counts_once;
    erasing:
        words_of_people_stand_nowhere_in_the_clear,
        what_is_erased_is_gone_but_for_counts_and_the_log,
        erasing_twice_counts_once,
        what_is_erased_is_not_asked_again_by_its_form,
        who_asks_again_while_it_is_erased_brings_nothing_back;
    offering:
        offered_is_not_accepted,
        a_third_loket_sees_nothing_of_an_offer,
        who_accepts_has_it_from_then_on,
        who_does_not_accept_leaves_it_where_it_was,
        the_parent_goes_on_while_her_question_is_offered,
        what_is_closed_is_offered_no_more,
        silence_does_not_close_what_is_offered,
        accepting_and_closing_at_once_do_not_both_happen,
        two_lokets_accept_of_each_other_at_once;
    holding:
        nobody_erases_what_has_to_be_kept,
        what_is_withdrawn_meanwhile_is_erased_when_it_may_be,
        who_writes_again_takes_her_withdrawal_back,
        a_hold_is_renewed_by_one_of_two,
        what_a_question_is_by_law_is_noted_once_and_undone;
    inbox:
        what_calls_for_help_comes_first_then_what_is_due,
        each_list_shows_its_own_and_the_counts_fit,
        a_page_has_25_and_tells_of_more,
        a_loket_sees_only_its_own,
        who_does_not_answer_sees_nothing,
        a_long_question_is_shown_by_its_beginning,
        a_loket_without_active_staff_has_no_reader;
    finding:
        words_names_and_numbers_are_found_in_the_own_loket_alone,
        what_is_found_is_logged_as_one_line,
        who_does_not_answer_finds_nothing,
        more_than_are_shown_are_told_of;
    phrases:
        a_loket_has_its_own_and_fifty_at_most,
        the_second_of_two_changes_is_refused,
        phrases_are_sealed_and_sealed_anew;
    colleagues:
        who_is_away_lets_go_of_what_she_has,
        what_is_left_is_found_and_put_back_once,
        a_link_to_a_new_password_is_used_once_and_ends_the_others;
    accounts:
        an_address_has_one_account,
        a_session_ends_when_it_is_not_used_and_after_ten_hours,
        who_signs_out_is_out,
        a_disabled_account_is_signed_out_and_lets_go_of_its_questions,
        an_invitation_is_used_once_and_in_time,
        a_step_of_the_second_factor_is_used_once,
        a_recovery_code_is_used_once_and_by_its_owner,
        a_secret_is_opened_for_its_own_account_alone;
    outbox:
        a_new_question_puts_one_mail_in_the_outbox,
        workers_never_take_the_same_mail,
        a_mail_that_is_held_comes_back_after_that,
        a_mail_that_was_sent_or_refused_never_comes_back,
        a_mail_that_failed_comes_back_when_it_is_due,
        who_is_late_does_not_undo_what_another_sent,
        an_address_is_opened_for_an_answer_alone,
        no_mail_goes_out_about_what_is_erased,
        a_mail_that_cannot_be_read_does_not_hold_up_the_others;
    reminding:
        of_two_workers_one_reminds,
        what_is_answered_meanwhile_is_no_reason,
        a_new_due_moment_counts_anew,
        an_address_given_for_one_mail_is_sealed_and_gone_once_it_is_sent,
        a_question_sends_its_link_three_times_and_a_form_once,
        what_is_erased_takes_the_address_along,
        a_colleague_is_reminded_while_the_account_is_open;
    log:
        every_read_is_written_down_also_when_it_is_refused,
        chains_hold_and_each_loket_has_its_own,
        whatever_is_done_to_a_chain_shows,
        going_on_after_a_cut_does_not_hide_it,
        many_at_once_make_one_chain,
        a_chain_that_grows_is_not_taken_for_broken;
    checkpoints:
        a_chain_that_grows_fits_the_checkpoints_of_before,
        a_chain_that_is_gone_or_put_back_does_not_fit,
        a_checkpoint_of_our_own_making_is_strange,
        a_head_that_is_not_ours_gets_no_mark,
        old_rows_go_and_the_rest_still_holds,
        a_log_of_old_rows_alone_goes_on_after_them,
        what_is_done_to_a_log_that_was_cut_shows,
        a_chain_that_does_not_hold_is_not_cut,
        two_that_cut_at_once_leave_one_chain;
    keeping:
        a_backup_is_put_back_on_either_engine,
        a_backup_that_is_not_whole_changes_nothing,
        what_was_erased_stays_erased_when_a_backup_is_put_back,
        new_keys_take_over_from_old_ones,
        what_is_silent_is_closed_and_what_is_over_is_found,
        figures_tell_how_many_and_how_long;
    opening:
        what_is_kept_is_there_when_it_is_opened_again,
        other_keys_are_refused,
        of_two_that_open_a_new_database_with_their_own_keys_one_is_refused,
        many_open_a_new_database_at_once,
        a_database_of_a_newer_program_is_refused,
        renewed_keys_still_open_what_is_kept;
    trouble:
        a_writer_waits_for_another,
        two_programs_write_by_turns,
        a_lock_that_is_held_too_long_is_told_of_as_passing,
        what_does_not_belong_in_a_column_is_told_of,
        a_statement_that_failed_cannot_be_committed_away;
}
