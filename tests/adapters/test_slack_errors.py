"""Every error that Slack documents, and those it does not, is one of the house's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.errors import (
    DOUBTFUL,
    GONE,
    LATER,
    REFUSED,
    REPEATABLE,
    TOKEN_LOST,
    chat_error,
    code_of,
    lost_answer,
    status_error,
)
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater

# Of the pages of the methods that are called here, and of chat.scheduleMessage, response_url and bolt's own, August 2026.
EVERY_METHOD = """
access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted
fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset
invalid_form_data invalid_post_type is_bot method_deprecated missing_post_type missing_scope no_permission
not_allowed_token_type not_authed org_login_required ratelimited request_timeout service_unavailable
team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required unknown_method
"""
BY_METHOD = {
    "chat.postMessage": """
        app_access_restricted as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message
        channel_not_found draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
        duplicate_channel_not_found duplicate_message_not_found invalid_blocks invalid_blocks_format invalid_metadata_format
        invalid_metadata_schema is_archived markdown_text_conflict message_limit_exceeded messages_tab_disabled
        metadata_must_be_sent_from_app metadata_too_large missing_file_data msg_blocks_too_long msg_too_long no_text
        not_in_channel rate_limited restricted_action restricted_action_non_threadable_channel
        restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel
        send_on_behalf_not_allowed slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
        slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards cannot_dm_bot
        """,
    "chat.update": """
        as_user_not_supported block_mismatch blocked_file_type cant_broadcast_message cant_update_message channel_not_found
        edit_window_closed external_channel_migrating file_deleted file_is_deleted file_not_found file_share_limit_reached
        invalid_attachments invalid_blocks invalid_blocks_format invalid_metadata_format invalid_metadata_schema is_inactive
        markdown_text_conflict max_file_sharing_exceeded message_limit_exceeded message_not_found
        metadata_must_be_sent_from_app metadata_too_large msg_too_long no_dual_broadcast_content_update no_text
        posting_to_channel_denied slack_connect_blocked_file_type slack_connect_clip_sharing_blocked
        slack_connect_file_upload_sharing_blocked streaming_state_conflict too_many_attachments unable_to_share_files
        update_failed
        """,
    "chat.delete": "cant_delete_message channel_not_found external_channel_migrating message_not_found",
    "chat.postEphemeral": "channel_not_found is_archived message_limit_exceeded messages_tab_disabled no_text "
    "not_in_channel restricted_action user_not_in_channel too_many_attachments",
    "chat.getPermalink": "channel_not_found message_not_found",
    "conversations.open": "channel_not_found invalid_user_combination method_not_supported_for_channel_type "
    "not_enough_users too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied",
    "conversations.history": "channel_is_limited_access channel_not_found invalid_cursor invalid_limit "
    "invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest not_in_channel",
    "conversations.replies": "channel_not_found invalid_cursor invalid_metadata_filter_keys "
    "list_record_comment_fetch_failed thread_not_found",
    "conversations.info": "channel_not_found method_not_supported_for_channel_type team_not_found",
    "files.getUploadURLExternal": "alt_txt_too_large file_type_not_allowed file_upload_size_restricted "
    "file_uploads_disabled file_uploads_except_images_disabled missing_argument snippet_too_large storage_limit_reached "
    "unknown_snippet_type unknown_subtype",
    "files.completeUploadExternal": "channel_not_found channels_limit_exceeded file_already_completed file_not_found "
    "file_update_failed invalid_channel not_in_channel posting_to_channel_denied",
    "files.info": "canvas_disabled_file_team canvas_disabled_user_team canvas_globally_disabled file_deleted "
    "file_not_found not_visible template_not_visible",
    "users.info": "user_not_found user_not_visible",
    "views.open": "duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id view_too_large",
    "views.push": "exchanged_trigger_id not_found push_limit_reached",
    "views.update": "hash_conflict not_found",
    "views.publish": "missing_profile_id not_enabled not_implemented",
    "response_url": "action_prohibited channel_is_archived expired_url invalid_payload no_active_hooks no_service no_team "
    "posting_to_general_channel_denied rollup_error team_disabled used_url user_not_found",
    "chat.scheduleMessage": "restricted_too_many time_in_past time_too_far",
}
WRITES = sorted(set(BY_METHOD) - REPEATABLE)


def test_no_documented_error_is_missed() -> None:
    tables = [LATER, DOUBTFUL, GONE, REFUSED]
    documented = {code for codes in (EVERY_METHOD, *BY_METHOD.values()) for code in codes.split()}
    assert {code for code in documented if sum(code in table for table in tables) != 1} == set()


@pytest.mark.parametrize("method", sorted(BY_METHOD))
def test_an_error_is_one_of_ours_and_says_its_code(method: str) -> None:
    for code in (EVERY_METHOD + BY_METHOD[method]).split():
        error = chat_error(method, code)
        assert isinstance(error, TryLater | Refused | Gone | Doubtful)
        assert str(error) == code


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("code", [*sorted(DOUBTFUL), "something_new_of_slacks"])
def test_what_may_have_happened_is_a_doubt(method: str, code: str) -> None:
    assert isinstance(chat_error(method, code), Doubtful)
    assert isinstance(chat_error("conversations.history", code), TryLater)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("is_archived", Refused),
        ("user_disabled", Refused),
        ("cannot_dm_bot", Refused),
        ("restricted_action", Refused),
        ("not_in_channel", Refused),
        ("missing_scope", Refused),
        ("msg_too_long", Refused),
        ("invalid_blocks", Refused),
        ("message_not_found", Gone),
        ("channel_not_found", Gone),
        ("cant_update_message", Gone),
        ("ratelimited", TryLater),
        ("token_expired", TryLater),
    ],
)
def test_the_common_ones(code: str, kind: type[ChatError]) -> None:
    assert type(chat_error("chat.postMessage", code)) is kind


def test_the_rest_that_slack_asks_for_is_kept() -> None:
    error = chat_error("chat.postMessage", "ratelimited", 17.0)
    assert isinstance(error, TryLater)
    assert error.after == 17.0


def test_a_lost_token_is_refused() -> None:
    assert all(isinstance(chat_error("chat.postMessage", code), Refused) for code in TOKEN_LOST)


@given(st.text(), st.sampled_from(sorted(BY_METHOD)), st.none() | st.floats(0, 1e6))
def test_nothing_that_slack_could_say_is_another_error_or_gets_into_the_text(
    said: str, method: str, after: float | None
) -> None:
    error = chat_error(method, said, after)
    assert isinstance(error, TryLater | Refused | Gone | Doubtful)
    assert str(error) in {said, "unknown_error"}
    assert str(error).isascii()
    assert " " not in str(error)


@pytest.mark.parametrize("said", [None, 7, "", "Anna Jensen", "xoxb-123", "a" * 200, "U024BE7LH", ["is_archived"]])
def test_what_is_no_code_is_not_repeated(said: object) -> None:
    assert code_of(said) == "unknown_error"


@pytest.mark.parametrize(
    ("method", "status", "kind"),
    [
        ("chat.postMessage", 429, TryLater),
        ("chat.postMessage", 400, Refused),
        ("chat.postMessage", 404, Refused),
        ("chat.postMessage", 408, Doubtful),
        ("chat.postMessage", 500, Doubtful),
        ("chat.postMessage", 502, Doubtful),
        ("chat.postMessage", 200, Doubtful),
        ("chat.postMessage", 302, Doubtful),
        ("chat.postMessage", 0, Doubtful),
        ("conversations.history", 503, TryLater),
        ("conversations.history", 404, TryLater),
    ],
)
def test_an_answer_without_a_code(method: str, status: int, kind: type[ChatError]) -> None:
    assert type(status_error(method, status)) is kind


def test_a_broken_connection_is_a_doubt_only_if_something_had_left() -> None:
    assert isinstance(lost_answer("chat.postMessage", "ServerDisconnectedError", sent=True), Doubtful)
    assert isinstance(lost_answer("chat.postMessage", "ClientConnectorError", sent=False), TryLater)
    assert isinstance(lost_answer("conversations.replies", "TimeoutError", sent=True), TryLater)
