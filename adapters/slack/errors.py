"""Every error of Slack's as one of the house's chat errors. The reason is Slack's code and nothing else.

Slack says of ``internal_error`` and its like that some of what was asked may have happened: a message may stand there. Of a
code that is not in these tables nobody knows, so it counts as such. What only reads can always be asked again.
"""

import re

from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater

# The token is no longer good: the app was removed, or the token revoked.
TOKEN_LOST = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_revoked"})
# The token's time is over; the next one is fetched with its refresh token.
TOKEN_EXPIRED = "token_expired"  # noqa: S105 - a code, no secret

# Surely nothing was stored, and later it may be.
LATER = frozenset(
    {
        "external_channel_migrating",
        "message_limit_exceeded",
        "org_login_required",
        "rate_limited",
        "ratelimited",
        "restricted_too_many",
        "team_added_to_org",
        TOKEN_EXPIRED,
    }
)

# Some of it may have happened. ``request_timeout``: the body came cut, or did not come in time.
DOUBTFUL = frozenset(
    {
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
        "fatal_error",
        "file_update_failed",
        "internal_error",
        "request_timeout",
        "service_unavailable",
        "unable_to_share_files",
        "update_failed",
    }
)

# Slack is there and not well: whoever is asked next will hardly be served better.
ILL = frozenset({"fatal_error", "internal_error", "service_unavailable"})

# What was meant is no longer there: a message, a conversation, a thread, a view, the chance to open one.
GONE = frozenset(
    {
        "cant_delete_message",
        "cant_update_message",
        "channel_not_found",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "expired_url",
        "file_deleted",
        "file_is_deleted",
        "file_not_found",
        "invalid_channel",
        "invalid_trigger_id",
        "message_not_found",
        "not_found",
        "thread_not_found",
        "trigger_exchanged",
        "trigger_expired",
        "used_url",
    }
)

_NEVER = """
access_denied accesslimited action_prohibited already_reacted alt_txt_too_large app_access_restricted
as_user_not_supported attachment_payload_limit_exceeded bad_client_secret bad_redirect_uri bad_timestamp
block_mismatch blocked_file_type cannot_dm_bot cannot_install_an_org_installed_app cannot_reply_to_message
cant_broadcast_message canvas_disabled_file_team canvas_disabled_user_team canvas_globally_disabled
channel_is_archived channel_is_limited_access channels_limit_exceeded client_id_token_mismatch comment_required
deprecated_endpoint draft_already_deleted draft_already_sent draft_has_conflict draft_not_found duplicate_external_id
edit_window_closed ekm_access_denied enterprise_is_restricted enterprise_not_found
fail_to_get_teams_for_restricted_user fetch_members_failed file_already_completed file_share_limit_reached file_type_not_allowed
file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled forbidden_team
free_team_not_allowed hash_conflict insecure_request invalid_arg_name invalid_arguments invalid_array_arg
invalid_attachments invalid_blocks invalid_blocks_format invalid_charset invalid_client_id invalid_code
invalid_code_verifier invalid_cursor invalid_form_data invalid_grant_type invalid_json invalid_limit
invalid_metadata_filter_keys invalid_metadata_format invalid_metadata_schema invalid_name invalid_payload
invalid_post_type invalid_refresh_token invalid_scheduled_message_id invalid_thread_ts invalid_ts_latest
invalid_ts_oldest invalid_user_combination invalid_users is_archived is_bot is_inactive json_not_object
list_record_comment_fetch_failed markdown_text_conflict max_file_sharing_exceeded message_too_old
messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large method_deprecated
method_not_supported_for_channel_type missing_args missing_argument missing_charset missing_file_data
missing_post_type missing_profile_id missing_scope missing_user msg_blocks_too_long msg_too_long no_access
no_active_hooks no_dual_broadcast_content_update no_item_specified no_permission no_scopes no_service no_team no_text
not_allowed not_allowed_token_type not_bearer_token not_enabled not_enough_users not_implemented not_in_channel
not_installed not_reactable not_visible oauth_authorization_url_mismatch org_not_found pkce_not_allowed
posting_to_channel_denied posting_to_general_channel_denied preview_feature_not_available push_limit_reached
restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
restricted_action_thread_locked restricted_action_thread_only_channel rollup_error send_on_behalf_not_allowed
slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked
snippet_too_large storage_limit_reached streaming_state_conflict team_access_not_granted team_disabled team_not_found
team_not_on_enterprise template_not_visible thread_locked time_in_past time_too_far too_many_attachments
too_many_contact_cards too_many_emoji too_many_reactions too_many_users two_factor_setup_required unknown_method
unknown_snippet_type unknown_subtype user_disabled user_email_unverified user_is_bot user_is_restricted user_not_found
user_not_in_channel user_not_visible users_list_not_supplied users_not_found view_too_large
"""
# Whoever is asked again says the same.
REFUSED = TOKEN_LOST | frozenset(_NEVER.split())

# Asking these again changes nothing more: they read, or what they make is the same thing or is seen by nobody.
REPEATABLE = frozenset(
    {
        "api.test",
        "apps.connections.open",
        "auth.test",
        "bots.info",
        "chat.getPermalink",
        "conversations.history",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.open",
        "conversations.replies",
        "files.getUploadURLExternal",
        "files.info",
        "team.info",
        "users.conversations",
        "users.info",
        "users.list",
        "users.lookupByEmail",
        "views.publish",
    }
)

_CODE = re.compile(r"[a-z][a-z0-9_]{1,79}")
_TOO_MANY = 429
_CUT = 408
_ASKED_WRONG = range(400, 500)


def chat_error(method: str, code: str, after: float | None = None) -> ChatError:
    """What a method's answer ``{"ok": false, "error": code}`` means for who asked."""
    reason = code_of(code)
    if reason in LATER:
        return TryLater(reason, after)
    if reason in GONE:
        return Gone(reason)
    if reason in REFUSED:
        return Refused(reason)
    return TryLater(reason, after) if method in REPEATABLE else Doubtful(reason)


def status_error(method: str, status: int, after: float | None = None) -> ChatError:
    """What an answer without a readable code means: a gateway's page, a cut one, a redirect."""
    reason = f"http_{status}"
    if status == _TOO_MANY:
        return TryLater("ratelimited", after)
    if method in REPEATABLE:
        return TryLater(reason, after)
    # These come from before Slack's own programs; anything else may come after they stored something.
    return Refused(reason) if status in _ASKED_WRONG and status != _CUT else Doubtful(reason)


def lost_answer(method: str, kind: str, *, sent: bool) -> ChatError:
    """What a broken connection or a time-out means. ``sent``: something of the request had left this machine."""
    return Doubtful(kind) if sent and method not in REPEATABLE else TryLater(kind)


def code_of(said: object) -> str:
    """Slack's code, or ``unknown_error`` for what is none: no text of anybody's gets into an error or a log."""
    return said if isinstance(said, str) and _CODE.fullmatch(said) else "unknown_error"
