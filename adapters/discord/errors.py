"""Every error of Discord's, and of the library's, as one of the house's chat errors. The reason is a short word and nothing
else: what Discord says beside its number may hold what a person typed.

The numbers are those of Discord's own list, August 2026. A number that is not in it counts by the status it came with: what
Discord has refused (4xx) surely did not happen, and of anything else nobody knows.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import aiohttp
import discord
from discord import app_commands

from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater

RATE_LIMITED = "rate_limited"
TOKEN_LOST = "token_lost"  # noqa: S105 - a code, no secret
# What the log and the doctor say of it.
KNOWN_NO_MORE = "Discord knows it no more: make a new one in the Developer Portal, your application, Bot, Reset Token"
CANNOT_DM = "cannot_dm"
ARCHIVED = "thread_archived"
TOO_LARGE = "file_too_large"

# Surely nothing was stored, and later it may be.
_LATER = """
20016 slowmode            20022 announcement_rate_limit 20028 channel_write_limit    20029 guild_write_limit
30040 too_many_prunes     30042 too_many_widget_changes 30046 too_many_old_edits     40001 token_lost
40003 too_many_new_dms    40004 sending_disabled        40006 feature_disabled       40062 rate_limited
40333 blocked_on_the_way  50014 token_lost              110000 index_not_ready       110001 application_not_ready
130000 overloaded         160006 too_many_threads       160007 too_many_threads      530006 no_name_made
"""

# What was meant is no longer there: a message, a channel, a guild, an interaction.
_GONE = """
10002 unknown_application 10003 unknown_channel       10004 unknown_guild         10005 unknown_integration
10006 unknown_invite      10008 unknown_message       10009 unknown_overwrite     10010 unknown_provider
10011 unknown_role        10012 unknown_token         10014 unknown_emoji         10015 unknown_webhook
10016 unknown_webhook     10020 unknown_session       10021 unknown_asset         10026 unknown_ban
10027 unknown_sku         10028 unknown_store_listing 10029 unknown_entitlement   10030 unknown_build
10031 unknown_lobby       10032 unknown_branch        10033 unknown_layout        10036 unknown_redistributable
10038 unknown_gift        10049 unknown_stream        10050 unknown_cooldown      10057 unknown_template
10059 unknown_category    10060 unknown_sticker       10061 unknown_sticker       10062 unknown_interaction
10063 unknown_command     10065 unknown_voice_state   10066 unknown_command       10067 unknown_stage
10068 unknown_form        10069 unknown_welcome       10070 unknown_event         10071 unknown_event_user
10087 unknown_tag         10097 unknown_sound         10124 unknown_job           10129 unknown_targets
50027 interaction_over    50055 unknown_guild         50146 unknown_file          180000 event_over
520001 poll_over
"""

# Whoever is asked again says the same.
_REFUSED = """
10001 unknown_user        10007 unknown_member        10013 unknown_user          20001 not_for_bots
20002 only_for_bots       20009 content_blocked       20012 not_authorised        20015 needs_subscription
20018 only_for_owner      20024 under_age             20031 words_blocked         20035 needs_boosts
30001 too_many_guilds     30002 too_many_friends      30003 too_many_pins         30004 too_many_recipients
30005 too_many_roles      30007 too_many_webhooks     30008 too_many_emojis       30010 too_many_reactions
30011 too_many_group_dms  30013 too_many_channels     30015 too_many_attachments  30016 too_many_invites
30018 too_many_emojis     30019 too_many_members      30030 too_many_categories   30031 has_template
30032 too_many_commands   30033 too_many_in_thread    30034 too_many_new_commands 30035 too_many_bans
30037 too_many_bans       30038 too_many_events       30039 too_many_stickers     30045 too_many_sounds
30047 too_many_pins       30048 too_many_tags         30052 bitrate_too_high      30056 too_many_emojis
30058 too_many_webhooks   30060 too_many_overwrites   30061 channels_too_large    40002 account_not_verified
40005 file_too_large      40007 user_banned           40009 one_parent_at_a_time  40012 connection_revoked
40018 not_consumable      40019 not_sandbox           40032 not_in_voice          40033 already_crossposted
40041 command_name_taken  40043 interaction_failed    40058 forum_channel         40060 interaction_answered
40061 tag_name_taken      40066 no_tag_available      40067 tag_required          40074 already_granted
40094 too_many_followups  50001 missing_access        50002 wrong_account_type    50003 dm_channel
50004 widget_disabled     50005 not_our_message       50006 empty_message         50007 cannot_dm
50008 not_a_text_channel  50009 verification_level    50010 no_bot                50011 too_many_applications
50012 invalid_oauth_state 50013 missing_permission    50015 note_too_long         50016 wrong_number_to_delete
50017 invalid_mfa_level   50019 pinned_elsewhere      50020 invite_taken          50021 system_message
50024 wrong_channel_type  50025 invalid_oauth_token   50026 missing_scope         50028 invalid_role
50033 invalid_recipients  50034 too_old_to_delete     50035 invalid_form          50036 not_in_guild
50039 invalid_activity    50041 invalid_api_version   50045 file_too_large        50046 invalid_file
50054 own_gift            50057 invalid_sku           50067 invalid_origin        50068 invalid_message_type
50070 payment_required    50073 system_webhook        50074 community_channel     50080 stickers_not_editable
50081 invalid_sticker     50083 thread_archived       50084 invalid_notification  50085 before_the_thread
50086 community_channel   50091 wrong_event_type      50095 not_in_this_country   50097 needs_monetization
50101 needs_boosts        50109 invalid_json          50110 invalid_file          50123 invalid_file
50124 sound_too_long      50131 pending_owner         50132 owner_is_bot          50138 picture_too_large
50144 mixed_roles         50145 mixed_emojis          50151 invalid_emoji         50159 voice_message
50160 voice_message       50161 voice_message         50162 voice_message         50163 subscription_integration
50167 muted               50173 voice_message         50178 account_not_verified  50192 invalid_file
50278 no_shared_guild     50600 sticker_not_allowed   60003 two_factor_required   80004 nobody_with_this_tag
90001 reaction_blocked    90002 burst_reactions       150006 stage_open           160002 cannot_reply
160004 has_thread         160005 thread_locked        160014 cannot_forward       170001 invalid_lottie
170002 invalid_lottie     170003 invalid_lottie       170004 invalid_lottie       170005 invalid_lottie
170006 invalid_lottie     170007 invalid_lottie       180002 no_stage_made        200000 blocked_by_automod
200001 blocked_by_automod 220001 forum_webhook        220002 forum_webhook        220003 forum_webhook
220004 forum_webhook      240000 harmful_link         340015 joining_limited      350000 onboarding_refused
350001 onboarding_refused 400001 uploads_limited      500000 bans_failed          520000 poll_voting_blocked
520002 no_polls_here      520003 poll_not_editable    520004 invalid_emoji        520006 not_a_poll
530000 provisional        530001 provisional          530002 provisional          530003 provisional
530004 provisional        530007 invalid_secret
"""


def _table(text: str) -> Mapping[int, str]:
    words = text.split()
    return MappingProxyType(dict(zip(map(int, words[::2]), words[1::2], strict=True)))


LATER = _table(_LATER)
GONE = _table(_GONE)
REFUSED = _table(_REFUSED)

# What is refused here and not by Discord.
OWN = frozenset(
    {"cannot_read_history", "no_guild", "no_message_content", "no_room_channel", "not_in_guild", "not_logged_in"}
    | {"forbidden", "foreign_address", "room_unsettled", "unknown_thread", "wrong_number_of_people"}
)
# A person, or the rules of what they share with the bot, takes no direct message from it: it may reach them elsewhere.
NO_DIRECT = frozenset({CANNOT_DM, "no_shared_guild", "invalid_recipients"})

# The bot may not send files there, or not these: what a picture says can be said in words.
NO_FILES = frozenset({"forbidden", "invalid_file", "missing_permission", "uploads_limited", TOO_LARGE})
# What the library raises when an answer cannot be read, or when a line broke: it raises what its parts raise.
LIBRARY = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
# Of the gateway, over which nothing is asked.
_NOT_ASKED = (discord.GatewayNotFound, discord.ConnectionClosed)
# The library refuses what it was given, before it asks Discord.
_WRONG = (discord.ClientException, app_commands.AppCommandError)

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _CUT, _LARGE, _TOO_MANY = 401, 403, 404, 408, 413, 429
_REFUSING = range(400, 500)
_BY_STATUS = MappingProxyType({_FORBIDDEN: "forbidden", _LARGE: TOO_LARGE})
_DAY = 86_400.0
_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST = 60


def chat_error(error: Exception, *, repeatable: bool, sent: bool = True) -> ChatError:
    """What an error of the library, of the connection or of Discord means for who asked.

    ``repeatable``: asking again changes nothing more, so there is nothing to doubt. ``sent``: something of the request may
    have left this machine.
    """
    if isinstance(error, ChatError):
        return error
    if isinstance(error, discord.HTTPException):
        return code_error(error.code, error.status, repeatable=repeatable, after=_after(error))
    if isinstance(error, discord.RateLimited):
        return TryLater(RATE_LIMITED, max(0.0, error.retry_after))
    if isinstance(error, discord.LoginFailure):
        return TryLater(TOKEN_LOST)
    reason = word_of(error)
    if isinstance(error, _NOT_ASKED):
        return TryLater(reason)
    if isinstance(error, _WRONG) and not isinstance(error, discord.InvalidData):
        return Refused(reason)
    if isinstance(error, TypeError | ValueError) and not sent:
        return Refused(reason)
    return Doubtful(reason) if sent and not repeatable else TryLater(reason)


def code_error(code: int, status: int, *, repeatable: bool, after: float | None = None) -> ChatError:
    """What an answer with this number and this status means; 0: it had no number."""
    if status == _TOO_MANY:
        return TryLater(RATE_LIMITED, after)
    if status == _UNAUTHORIZED and code not in GONE:
        # Not the token of an interaction, whose time is over after a quarter of an hour.
        return TryLater(TOKEN_LOST)
    if code in LATER:
        return TryLater(LATER[code], after)
    if code in GONE:
        return Gone(GONE[code])
    if code in REFUSED:
        return Refused(REFUSED[code])
    reason = f"code_{code}" if code > 0 else _BY_STATUS.get(status, f"http_{status}")
    if status == _NOT_FOUND:
        return Gone(reason)
    if status in _REFUSING and status != _CUT:
        return Refused(reason)
    return TryLater(reason, after) if repeatable else Doubtful(reason)


def word_of(error: Exception) -> str:
    """An exception's name as a code: ``ServerDisconnectedError`` is ``server_disconnected_error``."""
    return _JOINT.sub("_", type(error).__name__).casefold()[:_MOST]


def _after(error: discord.HTTPException) -> float | None:
    """The seconds of ``Retry-After``; None where it says nothing that can be read."""
    said: object = error.response.headers.get("Retry-After", "")
    try:
        rest = float(str(said))
    except ValueError:
        return None
    return rest if 0 <= rest < _DAY else None
