"""Which arguments a method knows. Slack ignores the others without a word, so who misspells one never learns of it."""

_MESSAGE = (
    "channel text blocks attachments markdown_text thread_ts metadata parse link_names unfurl_links unfurl_media mrkdwn username "
    "icon_emoji icon_url as_user reply_broadcast client_msg_id"
)
_PAGE = "cursor limit"
_READ = f"channel {_PAGE} oldest latest inclusive include_all_metadata"
KNOWN = {
    "api.test": None,
    "apps.connections.open": "app_token",
    "auth.revoke": "test",
    "auth.test": "",
    "bots.info": "bot",
    "chat.delete": "channel ts as_user",
    "chat.getPermalink": "channel message_ts",
    "chat.postEphemeral": f"{_MESSAGE} user",
    "chat.postMessage": _MESSAGE,
    "chat.scheduleMessage": f"{_MESSAGE} post_at",
    "chat.update": "channel ts text blocks attachments markdown_text metadata parse link_names as_user reply_broadcast file_ids",
    "conversations.history": _READ,
    "conversations.info": "channel include_locale include_num_members",
    "conversations.join": "channel",
    "conversations.leave": "channel",
    "conversations.list": f"{_PAGE} exclude_archived types",
    "conversations.members": f"channel {_PAGE}",
    "conversations.open": "channel users return_im prevent_creation",
    "conversations.replies": f"{_READ} ts",
    "files.completeUploadExternal": "files channel_id channels initial_comment thread_ts blocks",
    "files.getUploadURLExternal": "filename length alt_txt snippet_type",
    "files.info": "file cursor limit count page",
    "oauth.v2.access": "client_id client_secret code redirect_uri grant_type refresh_token",
    "reactions.add": "channel timestamp name",
    "team.info": "team domain",
    "users.info": "user include_locale",
    "users.list": f"{_PAGE} include_locale",
    "users.lookupByEmail": "email",
    "views.open": "view trigger_id interactivity_pointer",
    "views.publish": "view user_id hash",
    "views.push": "view trigger_id interactivity_pointer",
    "views.update": "view view_id external_id hash",
}


def unknown_arguments(method: str, given: object) -> list[str]:
    """The names of arguments that the method does not have."""
    known = KNOWN[method]
    names = set(given) if isinstance(given, dict) else set()
    return [] if known is None else sorted(names - set(known.split()) - {"token", "team_id"})
