"""The fifty faults, each with the tests that hold it and the guard that makes them pass. docs/reliability.md shows this table.

python -m tests.reliability.rows      writes the table into docs/reliability.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/reliability.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One fault. `guard` is file:function; `old` → `new` takes the guard out, and then the first test fails.

    `not_yet` says why a row cannot apply yet.
    """

    number: int
    fault: str
    tests: tuple[str, ...] = ()
    guard: str = ""
    old: str = ""
    new: str = ""
    not_yet: str = ""


def row(number: int, fault: str, tests: str, guard: str, old: str, new: str) -> Row:
    """`tests` are file::name, a space between."""
    whole = [one if one.startswith("tests/") else f"tests/{one}" for one in tests.split()]
    return Row(number, fault, tuple(whole), guard, old, new)


INOUT, OUTBOX = "delivery/test_way_in_and_out.py", "delivery/test_outbox.py"
DOUBTS, REFUSALS = "delivery/test_doubts.py", "delivery/test_refusals.py"
EARLY = "delivery/test_beginning_early.py"
POLLING, FIFTY = "delivery/test_polling.py", "reliability/test_fifty.py"
ROWS = (
    row(1, "kill -9 between fetch and processing", f"{INOUT}::test_row_02_what_was_stored_and_not_handled_is_taken_up_after_a_restart delivery/test_crash.py::test_row_01_and_13_kill_minus_nine_loses_nothing_and_repeats_nothing reliability/test_soak.py::test_row_1_killed_at_random_the_shop_loses_nothing_and_says_nothing_twice",
        "delivery/lanes.py:look", "for name in await self._inbox.lanes():", "for name in list[str]():"),
    row(2, "SIGTERM, then SIGKILL", "delivery/test_webhook.py::test_row_02_a_stopping_webhook_lets_telegram_keep_them ops/test_process.py::test_row_2_sigterm_leaves_in_time_with_everything_unfinished_queued",
        "delivery/webhook.py:on_post", "if self.is_stopping:", "if False:"),
    row(3, "same update twice", f"{INOUT}::test_row_03_the_same_update_twice_has_one_effect stories/test_turns.py::test_the_same_update_twice_is_answered_once",
        "store/inbox.py:receive", "return [one for one in batch if one.seq in kept]", "return batch"),
    row(4, "drop_pending_updates", f"{POLLING}::test_row_08_a_webhook_left_set_is_taken_away_and_nothing_dropped {POLLING}::test_row_04_and_05_the_first_poll_names_no_offset_and_all_kinds",
        "delivery/polling.py:_refused", '{"drop_pending_updates": False}', '{"drop_pending_updates": True}'),
    row(5, "update_id restarts lower", f"{INOUT}::test_row_05_ids_that_jump_down_survive {POLLING}::test_row_05_batches_that_bring_nothing_new_raise_an_alarm delivery/test_polling.py::test_row_05_a_number_that_is_none_is_never_confirmed",
        "delivery/polling.py:_keep", "self.offset = last + 1", "self.offset = max(last + 1, self.offset or 0)"),
    row(6, "unparsable or unknown update", f"{INOUT}::test_row_06_an_unreadable_update_is_set_aside_and_neighbours_are_served delivery/test_lanes.py::test_row_06_one_bad_line_of_a_flood_takes_no_other_down reliability/test_fuzz.py::test_rows_6_and_22_odd_updates_harm_nobody",
        "delivery/updates.py:parse", 'raise Unparsable(f"{type(error).__name__}: {error}") from error', "raise"),
    row(7, "401 or 404 on getUpdates", f"{POLLING}::test_row_07_polling_survives_whatever_getupdates_answers {POLLING}::test_row_07_refusals_for_hours_do_not_end_it delivery/test_polling.py::test_row_07_a_wait_that_never_ends_ends",
        "delivery/polling.py:_refused", "return self._failed(Trouble.REFUSED, said)", "raise SystemExit(said)"),
    row(8, "two pollers", "store/test_opening.py::test_a_second_copy_on_one_database_is_refused ops/test_process.py::test_row_8_a_second_copy_is_refused_with_a_line store/test_opening.py::test_row_08_the_right_to_run_alone_outlives_its_connection store/test_opening.py::test_row_08_who_lost_the_right_to_another_copy_is_told test_running.py::test_row_08_a_second_copy_elsewhere_is_told delivery/test_hooking.py::test_row_08_a_webhook_that_somebody_takes_away_is_set_again_and_told",
        "store/one_process.py:_flock", "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),
    row(9, "network down at boot", f"{DOUBTS}::test_row_09_and_10_surely_unsent_waits_and_goes_in_order {POLLING}::test_row_09_no_network_at_start_is_waited_for delivery/test_transport.py::test_row_09_a_refused_connection_is_surely_not_sent test_running.py::test_row_09_an_odd_answer_at_the_start_holds_up_the_lanes_for_a_moment_only",
        "delivery/outcomes.py:NEVER_LEFT", "    aiohttp.ClientConnectorError,  #", "    #"),
    row(10, "network down for hours", f"{OUTBOX}::test_row_10_what_came_too_late_expires {DOUBTS}::test_row_09_and_10_surely_unsent_waits_and_goes_in_order",
        "delivery/outbox.py:_is_held_back", "if row.expires_at is not None and row.expires_at <= self._clock.now():", "if False:"),
    row(11, "more than 24 h offline", f"{POLLING}::test_row_11_a_long_silence_is_told {POLLING}::test_row_11_a_silence_while_running_is_told_too delivery/test_hooking.py::test_row_11_while_posts_do_not_arrive_the_silence_grows delivery/test_hooking.py::test_row_11_a_network_that_is_away_is_a_silence_by_webhook_too",
        "delivery/polling.py:heard", "if silence > KEPT_BY_TELEGRAM:", "if False:"),
    row(12, "ambiguous send", f"{DOUBTS}::test_row_12_an_ambiguous_send_is_unknown_and_never_repeated delivery/test_transport.py::test_row_12_whatever_may_have_arrived_is_unknown stories/test_in_doubt.py::test_sent_again_at_a_tap_it_arrives_once stories/test_in_doubt.py::test_what_a_killed_program_left_in_doubt_can_be_tapped",
        "delivery/outcomes.py:of_error", "return Outcome(Fate.NOT_SENT if isinstance(cause, NEVER_LEFT) else Fate.UNKNOWN, reason)", "return Outcome(Fate.NOT_SENT, reason)"),
    row(13, "kill -9 between send and mark", f"{DOUBTS}::test_row_13_sending_is_durable_before_the_call {DOUBTS}::test_row_13_what_was_under_way_at_a_crash_is_unknown reliability/test_seams.py::test_rows_1_13_30_and_48_a_fault_at_a_numbered_call_loses_nothing",
        "delivery/outbox.py:_send", "await self._writer.write((Rows.sending(row.id, self._clock.now()),))", "pass"),
    row(14, "429", f"{REFUSALS}::test_row_14_a_429_delays_one_chat delivery/test_limits.py::test_row_14_a_429_parks_one_chat_only delivery/test_limits.py::test_row_14_chats_refused_one_after_the_other_park_the_bot",
        "delivery/settling.py:sort", "self._unsent.turns.park(chat, self._measure(), outcome.wait + 0.1)", "pass"),
    row(15, "flood limits", "delivery/test_limits.py::test_row_15_never_more_than_thirty_in_any_second delivery/test_limits.py::test_row_15_a_flood_to_one_chat_delays_nobody",
        "delivery/limits.py:Window.give", "self._free_at.extend([now + self._per] * cost)", "self._free_at.extend([now] * cost)"),
    row(16, "a buyer floods", "delivery/test_lanes.py::test_row_16_a_flood_is_handed_over_as_one delivery/test_lanes.py::test_row_16_a_flooding_buyer_delays_nobody",
        "delivery/flooding.py:notice", "            pace.flooded_at = now", "            pass"),
    row(17, "chat migrated", f"{REFUSALS}::test_row_17_a_migrated_group_gets_it_under_its_new_number",
        "delivery/settling.py:sort", "elif fate is Fate.MIGRATED and outcome.chat_id != row.chat_id:", "elif False:"),
    row(18, "blocked by the buyer", f"{REFUSALS}::test_row_18_a_buyer_who_blocked_us_gets_nothing_more stories/test_buyer_commands.py::test_who_blocks_the_bot_is_left_alone_and_may_come_back",
        "delivery/settling.py:sort", "both = (Rows.skipped(row.id, why), Rows.skip_chat(row.chat_id, row.connection_id, why))", "both = (Rows.skipped(row.id, why),)"),
    row(19, "text too long", "core/test_html.py::test_row_19_it_is_cut_at_line_ends core/test_html.py::test_row_19_any_html_in_any_size stories/test_bundling.py::test_a_long_answer_is_cut_between_lines",
        "core/html.py:split_html", "if utf16_length(html) <= limit:", "if True:"),
    row(20, "entity parse error", f"{REFUSALS}::test_row_20_refused_markup_goes_as_plain_text",
        "delivery/settling.py:_FIXES", "frozenset((Fate.AS_PLAIN, Fate.UPLOAD, Fate.NO_REPLY_TO))", "frozenset((Fate.UPLOAD, Fate.NO_REPLY_TO))"),
    row(21, "file_id foreign or expired", f"{REFUSALS}::test_row_21_a_refused_file_id_is_uploaded_anew stories/test_another_bot.py::test_row_21_a_card_of_the_bot_before_is_shown_anew",
        "delivery/settling.py:_FIXES", "frozenset((Fate.AS_PLAIN, Fate.UPLOAD, Fate.NO_REPLY_TO))", "frozenset((Fate.AS_PLAIN, Fate.NO_REPLY_TO))"),
    row(22, "webhook secret wrong, body odd", "delivery/test_webhook.py::test_row_22_a_wrong_secret_is_turned_away delivery/test_webhook.py::test_row_22_a_malformed_body_is_kept_and_answered_200 delivery/test_webhook.py::test_row_22_a_body_that_cannot_be_read_is_no_error_of_ours stories/test_hostile.py::test_row_22_a_webhook_without_a_secret_of_its_own_has_one reliability/test_fuzz.py::test_row_22_odd_bodies_are_kept_and_answered",
        "delivery/webhook.py:on_post", "if not hmac.compare_digest(given, self._secret):", "if False:"),
    row(23, "order within a chat", f"{INOUT}::test_row_23_order_within_a_chat_is_kept_whatever_handlers_take",
        "delivery/handling.py:_step", "job = lane.jobs[0]", "job = lane.jobs[-1]"),
    row(24, "edited message", "stories/test_turns.py::test_an_edit_before_the_answer_changes_the_answer stories/test_seller_commands.py::test_a_forwarded_or_edited_command_of_the_seller_is_not_run stories/test_set_aside.py::test_row_24_an_edit_whose_line_was_set_aside_is_the_line stories/test_set_aside.py::test_row_24_a_late_edit_whose_line_was_set_aside_waits_for_it",
        "handlers/buyer/editing.py:on_edit", "desk.turns.edited(chat, kept.id, text)", "pass"),
    row(25, "album", f"{FIFTY}::test_row_25_an_album_is_answered_once_however_late_its_parts_come stories/test_turns.py::test_the_album_of_a_buyer_is_one_turn",
        "handlers/buyer/messages.py:on_line", "if album and chat.open_turn is None and await", "if False and await"),
    row(26, "old or doubled tap", "stories/test_sold_out.py::test_show_me_this_one_shows_it_once delivery/test_calling.py::test_row_26_a_late_tap_is_answered_in_vain_without_harm store/test_once.py::test_a_button_has_its_effect_once",
        "handlers/buyer/taps.py:on_tap", "[] if button.action in REPEATABLE else", "[] if True else"),
    row(27, "callback data forged", f"{FIFTY}::test_row_27_and_28_no_button_does_anything_for_anybody_else {FIFTY}::test_row_27_a_button_is_dead_after_its_time",
        "handlers/__init__.py:on_tap", "not button.is_for(chat_id, query.from_user.id)", "False"),
    row(28, "seller's commands by others", f"{FIFTY}::test_row_28_no_command_of_a_sellers_is_run_for_anybody_else stories/test_buyer_commands.py::test_a_strangers_seller_command_is_just_unknown",
        "handlers/access.py:is_own_hand", "        and message.forward_origin is None\n", ""),
    row(29, "business connection", f"{FIFTY}::test_row_29_a_business_connection_is_an_owners_and_has_the_right stories/test_own_account.py::test_a_strangers_account_is_refused stories/test_own_account_races.py::test_nothing_automatic_stands_below_the_sellers_line",
        "handlers/account/accounts.py:is_owners", "return connection is not None and connection.user_id in self._desk.people.owners", "return connection is not None"),
    row(30, "restart with work in memory", f"stories/test_turns.py::test_a_restart_in_the_middle_of_a_turn_answers_once {FIFTY}::test_row_30_what_fell_due_while_the_program_was_off_is_told_once",
        "running.py:start", "    await desk.turns.resume()\n", ""),
    row(31, "late or doubled tick", f"{FIFTY}::test_row_31_two_tickers_and_a_night_asleep_tell_once store/test_once.py::test_the_waiting_list_tells_once",
        "jobs/schedule.py:Schedule", "misfire_grace_time=None,", "misfire_grace_time=1,"),
    row(32, "clock jumps, daylight saving", f"{POLLING}::test_row_32_a_clock_that_is_moved_is_no_silence ops/test_restoring.py::test_a_copy_is_made_once_a_local_day_and_seven_and_four_are_kept store/test_ids.py::test_ids_stay_in_order_when_the_clock_goes_back test_clock.py::test_row_32_a_machine_set_back_by_hours_holds_up_no_sleeper stories/test_turns.py::test_row_32_a_clock_set_back_in_a_turn_does_not_hold_up_its_answer delivery/test_lanes.py::test_row_32_a_clock_set_back_by_hours_holds_up_no_flood_and_no_retry test_running.py::test_row_32_the_timetable_goes_on_when_the_machine_is_set_back test_running.py::test_row_32_the_timetable_begins_anew_when_the_machine_is_set_on_by_years stories/test_tidying.py::test_row_32_tidying_goes_on_when_the_clock_was_a_year_ahead ops/test_restoring.py::test_row_32_a_copy_that_failed_while_the_clock_was_ahead_is_tried_again stories/test_carriers.py::test_row_32_parcels_are_asked_for_when_the_clock_was_a_year_ahead",
        "delivery/polling.py:heard", "(timedelta() if self._was_away else shift)", "timedelta()"),
    Row(33, "several workers", not_yet="One process runs a shop: a second one is refused (row 8), on SQLite by a file lock, on PostgreSQL by an advisory lock."),
    row(34, "event loop blocked by work", "ops/test_looking.py::test_a_held_up_loop_is_noticed sheets/test_workbooks.py::test_a_child_out_of_time_is_ended",
        "ops/lag.py:_measure", "self._latest.append(late)", "pass"),
    row(35, "a pattern that never ends", "core/test_patterns.py::test_row_35_what_could_hold_up_the_shop_is_refused core/test_patterns.py::test_row_35_evil_patterns_end_on_the_longest_lines reliability/test_fuzz.py::test_row_35_odd_patterns_are_refused_or_quick reliability/test_fuzz.py::test_row_35_no_line_holds_up_the_shop",
        "core/patterns.py:_compiled", "if compiled.programsize > _STEPS or compiled.reverseprogramsize > _STEPS:", "if False:"),
    row(36, "spreadsheet bomb", "sheets/test_reading_files.py::test_a_file_too_large_is_refused_unread sheets/test_workbooks.py::test_a_hostile_workbook_is_refused_with_a_reason sheets/test_workbooks.py::test_a_child_out_of_time_is_ended",
        "sheets/grid.py:unfit", "if len(data) > limits.file_bytes:", "if False:"),
    row(37, "bad rows", "stories/test_importing.py::test_a_file_with_a_bad_cell_is_refused_whole store/test_catalogue.py::test_a_file_is_taken_whole_or_not_at_all test_command_line.py::test_a_bad_file_changes_nothing reliability/test_fuzz.py::test_row_37_odd_sheets_are_refused_with_a_sentence",
        "sheets/cells.py:tell", "self.wrong.add(fault, self.number, self.spelled(column), value, **blanks)", "pass"),
    row(38, "formula injection", "sheets/test_export.py::test_a_cell_is_made_safe sheets/test_export.py::test_no_text_starts_a_formula sheets/test_export.py::test_a_workbook_holds_no_formula",
        "sheets/export.py:safe_cell", 'return GUARD + text if text.lstrip(" \\u3000\\ufeff")[:1] in tuple(DANGEROUS) else text', "return text"),
    row(39, "hostile templates", "test_own_templates.py::test_row_39_a_hostile_template_is_refused_with_line_and_reason test_own_templates.py::test_row_39_what_cannot_be_said_with_these_values_is_a_sentence reliability/test_fuzz.py::test_row_39_odd_templates_are_refused_or_said",
        "templates/own.py:read", "if checked.flaws:", "if False:"),
    row(40, "HTML in a buyer's name or text", "test_templates.py::test_a_buyers_words_cannot_become_markup stories/test_hostile.py::test_a_thousand_hostile_inputs_crash_nothing_and_leak_nothing",
        "templates/compiled.py:Compiled", "autoescape=True,", "autoescape=False,"),
    row(41, "secrets in logs", "delivery/test_redacting.py::test_row_41_a_secret_is_hidden_in_whatever_is_logged delivery/test_redacting.py::test_row_41_no_secret_is_in_an_error_that_is_kept delivery/test_redacting.py::test_row_41_no_secret_is_in_what_a_seller_is_told ops/test_looking.py::test_row_41_no_words_of_an_answer_that_was_cut_off_are_logged ops/test_process.py::test_row_41_no_secret_and_no_buyers_words_in_any_log_at_debug",
        "delivery/redacting.py:Redactor", "text = text.replace(secret, HIDDEN)", "pass"),
    row(42, "SQLite locked", "store/test_crashing.py::test_two_processes_may_write_one_file store/test_writing.py::test_later_units_see_the_earlier_ones_state",
        "store/engine.py:_set_up_sqlite", 'f"busy_timeout = {BUSY_MS}",', '"busy_timeout = 0",'),
    row(43, "disk full", f"delivery/test_lanes.py::test_row_43_the_stores_trouble_is_not_counted_against_an_update {POLLING}::test_row_43_what_cannot_be_stored_is_not_confirmed store/test_crashing.py::test_a_full_disk_loses_nothing_acknowledged {FIFTY}::test_row_43_a_turn_waits_for_the_disk_and_is_answered_once store/test_away.py::test_row_43_a_line_that_swallows_everything_is_given_up store/test_writing.py::test_row_43_a_claim_that_fails_leaves_nobody_waiting_for_ever",
        "delivery/handling.py:_do", "if isinstance(failed, DatabaseUnavailable):", "if False:"),
    row(44, "corruption", "ops/test_restoring.py::test_row_44_a_damaged_backup_is_refused_whatever_was_damaged store/test_opening.py::test_damaged_pages_are_found",
        "store/copying.py:check_copy", "if sealed and sealed != _sum(file):", "if False:"),
    row(45, "backup while running", "store/test_crashing.py::test_a_backup_under_writing_is_whole ops/test_restoring.py::test_row_45_a_backup_under_writes_is_whole_and_can_be_given_up",
        "store/copying.py:copy", 'connection.execute("VACUUM INTO ?", (str(part),))', "part.write_bytes(file.read_bytes())"),
    row(46, "an old backup restored", "ops/test_restoring.py::test_row_46_restored_nothing_due_before_is_sent_until_the_owner_says_go ops/test_restoring.py::test_row_46_what_was_due_before_a_restore_is_in_doubt_and_the_rest_waits ops/test_restoring.py::test_row_46_what_was_due_before_a_restore_is_settled_by_a_tap",
        "handlers/sending.py:check", 'if self._desk.pause is not None and row.guard.get("to") == "buyer":', "if False:"),
    row(47, "migration fails midway", "store/test_migrating.py::test_a_newer_schema_is_refused_with_a_sentence store/test_migrating.py::test_a_migration_that_fails_midway_changes_nothing store/test_migrating.py::test_a_migration_is_preceded_by_a_checked_copy",
        "store/migrating.py:migrate", "if found is not None and found > HEAD:", "if False:"),
    row(48, "a handler raises", f"{INOUT}::test_row_48_ptb_swallowing_an_error_does_not_make_it_done {INOUT}::test_row_48_a_failing_handler_is_retried_then_set_aside {FIFTY}::test_row_48_a_first_line_whose_commit_fails_is_not_lost stories/test_set_aside.py::test_one_card_tells_of_all_and_a_tap_handles_them_in_order",
        "delivery/updates.py:through", "    application.add_error_handler(on_error)\n", ""),
    row(49, "abuse of automatic answers", "stories/test_hostile.py::test_a_line_of_nothing_but_template_is_quoted_back_as_it_is stories/test_hostile.py::test_a_thousand_hostile_inputs_crash_nothing_and_leak_nothing stories/test_handing_over.py::test_a_fact_that_is_not_on_file_is_never_made_up",
        "templates/compiled.py:Compiled", "autoescape=True,", "autoescape=False,"),
    row(50, "personal data", "store/test_forgetting.py::test_no_byte_of_a_forgotten_buyer_is_left_in_the_file ops/test_exporting_and_forgetting.py::test_row_50_the_daily_copies_forget_too ops/test_exporting_and_forgetting.py::test_row_50_a_running_program_forgets_at_a_word_from_outside ops/test_exporting_and_forgetting.py::test_row_50_what_the_sellers_typed_of_a_buyer_is_forgotten_too",
        "store/__init__.py:forget", "        await self.scrub()\n", ""),
)  # fmt: skip
MORE_GUARDS = (
    row(43, "a claim that fails", "store/test_writing.py::test_row_43_a_claim_that_fails_leaves_nobody_waiting_for_ever",
        "store/writing.py:_claim", "except Exception:  # nobody would", "except OSError:  # nobody would"),
    row(7, "a wait that never ends", "delivery/test_polling.py::test_row_07_a_wait_that_never_ends_ends",
        "delivery/polling.py:_refused", "min(after, LONGEST_REST)", "float(after)"),
    row(5, "a number that is none", "delivery/test_polling.py::test_row_05_a_number_that_is_none_is_never_confirmed",
        "delivery/polling.py:_has_id", "0 <= number < MOST_CONFIRMED", "number == number"),
    row(14, "refused one after the other", "delivery/test_limits.py::test_row_14_chats_refused_one_after_the_other_park_the_bot",
        "delivery/limits.py:park", "(now < until and not has_gone)", "False"),
    row(32, "a copy and a clock set back", "ops/test_restoring.py::test_row_32_a_copy_that_failed_while_the_clock_was_ahead_is_tried_again",
        "ops/backups.py:make_due", "self._not_before - RETRY <= now < self._not_before", "now < self._not_before"),
    row(32, "tidying and a clock set back", "stories/test_tidying.py::test_row_32_tidying_goes_on_when_the_clock_was_a_year_ahead",
        "jobs/tidying.py:tidy_up", "timedelta() <= now - desk.tidied_at < EVERY", "now - desk.tidied_at < EVERY"),
    row(8, "a webhook that somebody took away", "delivery/test_hooking.py::test_row_08_a_webhook_that_somebody_takes_away_is_set_again_and_told",
        "delivery/hooking.py:_once", 'if answer.result.get("url") != self._wanted["url"]:', "if False:"),
    row(11, "no network, by webhook", "delivery/test_hooking.py::test_row_11_a_network_that_is_away_is_a_silence_by_webhook_too",
        "delivery/hooking.py:_failed", "        self._last_poll.missed()\n        _log.warning", "        _log.warning"),
    row(11, "posts that do not arrive", "delivery/test_hooking.py::test_row_11_while_posts_do_not_arrive_the_silence_grows",
        "delivery/hooking.py:_once", "if why := self._does_not_arrive(answer):", "if (why := self._does_not_arrive(answer)) and False:"),
    row(43, "a line that swallows everything", "store/test_away.py::test_row_43_a_line_that_swallows_everything_is_given_up",
        "store/engine.py:_set_up_postgres", "line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)", "pass"),
    row(9, "an odd answer at the start", "test_running.py::test_row_09_an_odd_answer_at_the_start_holds_up_the_lanes_for_a_moment_only",
        "running.py:_until_done", "except Exception as error:", "except OSError as error:"),
    row(32, "the timetable and a clock set on by years", "test_running.py::test_row_32_the_timetable_begins_anew_when_the_machine_is_set_on_by_years",
        "jobs/schedule.py:get_next_fire_time", "return following if following > now else now + self.interval", "return following"),
    row(3, "what is known though its lane began", f"{EARLY}::test_row_03_what_is_known_though_its_lane_began_has_no_effect",
        "store/transacting.py:_run", ".rowcount < len(rows) and insists:", ".rowcount < 0 and insists:"),
    row(43, "begun, and then not kept", f"{EARLY}::test_row_43_what_could_not_be_kept_is_not_answered_and_comes_again",
        "delivery/job.py:done_write", "insists=self._kept is not None", "insists=False"),
    row(48, "what was set aside is put back once", "store/test_inbox.py::test_row_48_what_is_done_with_a_dead_row_is_done_once",
        "store/inbox.py:_MOVE", 'inbox.c.seq == bindparam("seq_"), inbox.c.status == bindparam("from_")', 'inbox.c.seq == bindparam("seq_"), bindparam("from_") != ""'),
    row(48, "what was put back is taken up", "stories/test_set_aside.py::test_whoever_taps_second_is_told_and_nothing_is_handled_twice",
        "delivery/backlog.py:committed", 'self._settled.pop(write.params["seq_"], None)', "pass"),
    row(48, "the card is kept true", "stories/test_set_aside.py::test_one_card_tells_of_all_and_a_tap_handles_them_in_order",
        "handlers/seller/retrying.py:look", "is_new = shown is None or owner not in shown.owners", "is_new = True"),
    row(8, "a lock file that was deleted", "store/test_opening.py::test_row_08_the_right_to_run_alone_outlives_its_lock_file",
        "store/one_process.py:_hold", "        fresh = _flock(lock)\n", "        return\n"),
    row(2, "a start that is held up", "ops/test_process.py::test_row_2_sigterm_leaves_in_time_from_a_start_that_is_held_up",
        "ops/leaving.py:heed_signals", "        _leave_after(SOON)\n", ""),
    row(29, "whose connection it is must be told", "stories/test_own_account.py::test_row_29_a_buyer_of_an_account_that_is_not_known_yet_is_not_lost",
        "delivery/calling.py:connection", "if not answer.ok and answer.code != 400:", "if False:"),
    row(50, "what was cut off is done again", "ops/test_exporting_and_forgetting.py::test_row_50_forgetting_that_was_cut_off_can_be_done_again",
        "ops/forgetting.py:forget", "    await store.scrub()\n    raise NoSuchBuyer", "    raise NoSuchBuyer"),
    row(50, "a copy that is just being made", "ops/test_exporting_and_forgetting.py::test_row_50_a_copy_that_is_just_being_made_is_waited_for",
        "ops/forgetting.py:forget_in_copies", "        await _finished(folder, patience)\n", "        pass\n"),
    row(50, "what still waited for him", f"{OUTBOX}::test_row_50_who_is_forgotten_hears_nothing_that_still_waited",
        "delivery/unsent.py:_on_forgotten", "            item.is_sure = False\n", "            pass\n"),
    row(14, "a wait outlives a restart", f"{REFUSALS}::test_row_14_what_a_chat_was_told_to_wait_outlives_a_restart",
        "delivery/unsent.py:start", "        await self._wait_on()\n", ""),
    row(43, "a server that cannot be reached", "store/test_away.py::test_row_43_a_server_that_is_not_there_is_waited_for",
        "store/engine.py:_connect", "raise dialect.loaded_dbapi.OperationalError(str(error) or type(error).__name__, error) from error", "raise"),
    row(43, "a file taken away beneath the program", "store/test_staying.py::test_row_43_what_is_acknowledged_is_there_though_the_file_was_taken_away",
        "store/transacting.py:commit", "        self.look()\n", ""),
    row(43, "a file replaced beneath the program", "store/test_staying.py::test_row_43_nothing_is_written_for_a_file_that_was_replaced",
        "store/staying.py:look", "elif known != (found.st_dev, found.st_ino):", "elif False:"),
    row(43, "its log taken away beneath the program", "store/test_staying.py::test_row_43_nothing_is_written_without_the_log_and_leaving_in_order_keeps_all",
        "store/staying.py:__init__", '(str(path), f"{path}-wal")', "(str(path),)"),
    row(43, "the page tells that nothing can be written", "ops/test_looking.py::test_row_43_health_tells_that_nothing_can_be_written",
        "ops/health.py:checks", "*self._of_writing(), ", ""),
    row(48, "a new chat known before it is kept", f"{FIFTY}::test_row_48_a_first_line_whose_commit_fails_is_not_lost",
        "handlers/buyer/meeting.py:meet", "if not chat.is_kept:", "if not chat.is_kept and not setattr(chat, 'is_kept', True):"),
    row(43, "memory follows the commit", "stories/test_memory_follows.py::test_a_language_that_could_not_be_written_is_not_spoken",
        "handlers/desk.py:once_written", "if job is None or job.is_done:", "if True:"),
    row(43, "a turn waits for the store", f"{FIFTY}::test_row_43_a_turn_waits_for_the_disk_and_is_answered_once",
        "handlers/turns.py:_wait", "except DatabaseUnavailable as error:", "except ZeroDivisionError as error:"),
    row(43, "an open turn is put back", f"{FIFTY}::test_row_43_a_tap_that_could_not_be_written_leaves_the_question_open",
        "handlers/chats.py:__aexit__", "chat.open_turn, chat.card, chat.is_card_read, chat.own_line, chat.choices = shown", "pass"),
    row(6, "what cannot be read ends no lane", "delivery/test_lanes.py::test_row_06_what_is_no_json_does_not_end_its_lane",
        "delivery/flooding.py:_may_merge", "except Exception:  # what cannot be read", "except ZeroDivisionError:  # what cannot be read"),
    row(6, "an error of our own puts a lane off", "delivery/test_lanes.py::test_an_error_of_our_own_puts_a_lane_off_and_does_not_end_it",
        "delivery/lanes.py:_work", "except Exception:  # an error of our own", "except AttributeError:  # an error of our own"),
    row(13, "no more at once than the rate takes", "delivery/test_abreast.py::test_row_13_a_program_that_has_just_begun_sends_one_at_a_time",
        "delivery/abreast.py:wanted", "            return 1\n", "            return self._most\n"),
    row(13, "a card in doubt is known by the reply", "stories/test_handing_over.py::test_a_card_in_doubt_is_known_to_be_there_by_the_reply_to_it",
        "handlers/seller/buyers/replying.py:_about", "words == _words(_said(row))", "False"),
    row(43, "a lane read in meanwhile", f"{EARLY}::test_row_43_a_lane_that_is_read_in_meanwhile_insists_all_the_same",
        "delivery/backlog.py:fetch", "self.add(lane, job, now)\n        return True", "self.add(lane, Job(job.row), now)\n        return True"),
    row(23, "kept, and not yet in its lane", f"{EARLY}::test_row_23_what_is_kept_but_not_yet_in_its_lane_is_not_overtaken",
        "delivery/receiving.py:_may_begin_with", "            and self._under_way == 1\n", ""),
    row(1, "kept, though its commit was reported lost", "store/test_inbox.py::test_row_01_what_is_kept_though_its_commit_was_reported_lost_is_handed_over",
        "store/inbox.py:receive", "kept = {*kept, *(row.seq for row in found)}", "pass"),
    row(32, "sleep is in seconds that only grow", "test_clock.py::test_row_32_a_machine_set_back_by_hours_holds_up_no_sleeper",
        "clock.py:sleep", "        until = self.elapsed() + seconds\n        while (left := until - self.elapsed()) > 0:",
        "        until = self.now() + timedelta(seconds=seconds)\n        while (left := (until - self.now()).total_seconds()) > 0:"),
    row(32, "an open turn and a clock set back", "stories/test_turns.py::test_row_32_a_clock_set_back_in_a_turn_does_not_hold_up_its_answer",
        "handlers/turns.py:_wait", "turn.opened_at <= (now := clock.now())", "(now := clock.now())"),
    row(32, "a flood and a clock set back", "delivery/test_lanes.py::test_row_32_a_clock_set_back_by_hours_holds_up_no_flood_and_no_retry",
        "delivery/handling.py:_step", "if now < calm <= now + flooding.longest:", "if now < calm:"),
    row(32, "a retry and a clock set back", "delivery/test_lanes.py::test_row_32_a_clock_set_back_by_hours_holds_up_no_flood_and_no_retry",
        "delivery/handling.py:_step", "if now < due <= now + RETRIES[-1]:", "if now < due:"),
    row(32, "the timetable and a clock set back", "test_running.py::test_row_32_the_timetable_goes_on_when_the_machine_is_set_back",
        "jobs/schedule.py:_watch_clock", "if now < before - 1.0:", "if False:"),
    row(22, "a body that cannot be read", "delivery/test_webhook.py::test_row_22_a_body_that_cannot_be_read_is_no_error_of_ours",
        "delivery/webhook.py:on_post", "except (web.RequestPayloadError, ConnectionError) as error:", "except ZeroDivisionError as error:"),
    row(41, "no words of an answer cut off", "ops/test_looking.py::test_row_41_no_words_of_an_answer_that_was_cut_off_are_logged",
        "ops/logs.py:set_up_logs", 'logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)', "pass"),
    row(22, "no webhook without a secret", "stories/test_hostile.py::test_row_22_a_webhook_without_a_secret_of_its_own_has_one",
        "running.py:start", "if settings.webhook_url and not settings.webhook_secret:", "if False:"),
    row(8, "a second copy elsewhere", "test_running.py::test_row_08_a_second_copy_elsewhere_is_told",
        "handlers/troubles.py:tell", 'notice.trouble.value == "conflict" and not notice.is_over', "False"),
    row(50, "what sellers typed of him", "ops/test_exporting_and_forgetting.py::test_row_50_what_the_sellers_typed_of_a_buyer_is_forgotten_too",
        "store/forgetting.py:_FORGET", 'update(audit).where(audit.c.about == "command", _NAMES_HIM).values(data={}),', ""),
    row(13, "dealt with, though its commit was reported lost", "delivery/test_lanes.py::test_row_13_what_stands_though_it_was_reported_lost_is_not_done_again",
        "delivery/backlog.py:is_over", "return row is None or row.status is not Fate.NEW", "return False"),
    row(13, "put, though its commit was reported lost", "stories/test_lost_commits.py::test_row_13_an_answer_whose_commit_was_reported_lost_is_sent_once",
        "delivery/outbox.py:_look_after_a_lost_commit", "if row is not None and row.status is Status.SENDING:", "if False:"),
    row(13, "recorded at once where a limit is set", "delivery/test_settling.py::test_with_telegrams_limits_it_is_recorded_at_once",
        "delivery/settling.py:settle", "may_wait=is_all and self._may_wait", "may_wait=is_all"),
    row(12, "what is in doubt is settled once", "stories/test_in_doubt.py::test_two_people_settle_it_once",
        "handlers/seller/buyers/doubts.py:_in_doubt", "row.status is Status.UNKNOWN", "row.status"),
    row(41, "no secret in an error that is kept", "delivery/test_redacting.py::test_row_41_no_secret_is_in_an_error_that_is_kept",
        "delivery/redacting.py:hidden", "ANY_TOKEN.sub(HIDDEN, text)", "text"),
    row(6, "a broken flood goes one by one", "delivery/test_lanes.py::test_row_06_one_bad_line_of_a_flood_takes_no_other_down",
        "delivery/handling.py:_do", "if failed is not None and len(jobs) > 1:", "if False:"),
    row(30, "work is found in the tables", f"{FIFTY}::test_row_30_what_fell_due_while_the_program_was_off_is_told_once",
        "jobs/restock.py:tell_waiting", "if one is not None and one.stock:", "if False:"),
    row(28, "no command in an edit", "stories/test_seller_commands.py::test_a_forwarded_or_edited_command_of_the_seller_is_not_run",
        "handlers/__init__.py:add_routes", "access.staffs_chat(desk) & new", "access.staffs_chat(desk)"),
    row(10, "news held back where a person wrote long ago", "stories/test_sold_out.py::test_news_waits_quietly_where_the_bot_is_off_and_a_person_wrote_long_ago",
        "handlers/sending.py:check", "until if until and now < until else now + HELD_FOR", "until or now + HELD_FOR"),
    row(30, "what a line quotes", "stories/test_turns.py::test_what_a_turn_knows_outlives_a_restart",
        "handlers/turns.py:_line", 'quoted=quoted.now_reads if quoted is not None else ""', 'quoted=""'),
    row(30, "a file that is none", "stories/test_turns.py::test_a_sticker_is_nothing_to_look_at_after_a_restart_either",
        "handlers/turns.py:_line", "unread(kept.media)", "kept.media"),
    row(26, "a tap on the heels of a voice note", "stories/test_turns.py::test_a_voice_note_that_a_tap_follows_is_for_a_person_all_the_same",
        "handlers/turns.py:flush", "return await self._answered(chat, opened, now)", 'return await self.answer_words(chat, "", now, opened)'),
    row(24, "deleted before the answer", "stories/test_own_account.py::test_what_is_deleted_before_the_answer_is_not_answered",
        "handlers/turns.py:_answered", "if not opened.lines:", "if False:"),
    row(24, "an edit whose line is not known", "stories/test_set_aside.py::test_row_24_an_edit_whose_line_was_set_aside_is_the_line",
        "handlers/buyer/editing.py:_ahead_of_its_line", "if now - message.date <= WITHIN and", "if False and"),
    row(24, "a line behind its edit", "stories/test_set_aside.py::test_row_24_an_edit_whose_line_was_set_aside_is_the_line",
        "handlers/buyer/messages.py:_behind_its_edit", "if kept.turn_id is not None:", "if False:"),
    row(31, "a closing line for each conversation", "stories/test_presence.py::test_the_last_word_is_said_again_in_another_conversation",
        "jobs/last_word.py:say_last_words", ":{state.last_inbound_at.timestamp():.0f}", ""),
    row(48, "a turn that cannot be answered", "stories/test_turns.py::test_what_cannot_be_answered_waits_for_a_person",
        "handlers/cards.py:set_aside", '            chat.wait_for_a_person(("unclear",), now)\n', ""),
    row(32, "parcels put off by a clock that was ahead", "stories/test_carriers.py::test_row_32_parcels_are_asked_for_when_the_clock_was_a_year_ahead",
        "jobs/tracking.py:_look_once", "        await self._bring_back(now)\n", ""),
    row(21, "cards of the bot before", "stories/test_another_bot.py::test_row_21_a_card_of_the_bot_before_is_shown_anew",
        "running.py:start", "    await succeed(desk, bot_id)\n", ""),
)  # fmt: skip
"""Guards beyond one a row."""
BEGIN, END = "<!-- rows -->", "<!-- end of rows -->"


def document() -> str:
    """The table as docs/reliability.md shows it."""
    lines = [BEGIN, "| # | fault | held by | the guard taken out, the first test failed |", "| --- | --- | --- | --- |"]
    for one in ROWS:
        if one.not_yet:
            lines.append(f"| {one.number} | {one.fault} | cannot apply yet: {one.not_yet} | – |")
            continue
        tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in one.tests)
        lines.append(f"| {one.number} | {one.fault} | {tests} | `{one.guard}` |")
    return "\n".join([*lines, END])


if __name__ == "__main__":
    whole = DOCUMENT.read_text(encoding="utf-8")
    whole = re.sub(f"{BEGIN}.*{END}", lambda _: document(), whole, flags=re.DOTALL)
    DOCUMENT.write_text(whole, encoding="utf-8")
