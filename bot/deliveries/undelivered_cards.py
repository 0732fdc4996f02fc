"""What organisers read about messages that did not arrive: one line each, with what to do about it.

A room's people are not named, and a word about an introduction does not say which: who said yes to whom is theirs.
"""

from collections.abc import Sequence
from itertools import groupby

from bot.deliveries.undelivered import Undelivered
from bot.messages.elements import Accent, Bullets, Card, Element, Footnote, Heading, Paragraph
from bot.messages.text import Bold, Plain, Text, plain
from bot.words import Words

_SHOWN = 20

KINDS = {
    "announcement": "an announcement",
    "announcement_ask": "the question whether they approve of an announcement",
    "announcement_card": "the word how an announcement goes out",
    "announcement_missed": "the word that an announcement was not sent",
    "announcement_no": "the word that an announcement was not approved",
    "announcement_progress": "the word how an announcement goes out",
    "camp_gathering": "a camp among the server's events",
    "camp_invitation": "the invitation to a camp",
    "camp_standing": "a word about a camp",
    "camp_seat": "a word about a camp",
    "camp_question": "the reminder of a camp",
    "camp_reminder": "the reminder of a camp",
    "camp_news": "the word that a camp has changed",
    "camp_untold": "the question about a camp's untold changes",
    "camp_cancelled": "the word that a camp is cancelled",
    "your_station": "the word at which station they are",
    "station_replaced": "the word at which station they are",
    "stations_ready": "the word that stations are ready",
    "all_stations": "the stations of a camp",
    "camp_handover": "what to do after a camp",
    "camp_how_was_it": "the question how a camp was",
    "camp_notes": "the notes of a camp",
    "poll": "a poll",
    "poll_over": "the result of a poll",
    "poll_not_posted": "the word that a poll could not be posted",
    "poll_gone": "the word that a poll's card is gone",
    "poll_left": "the word that nobody looks after a poll",
    "poll_day": "the day that a poll found",
    "poll_reminder": "the reminder of a poll",
    "challenge": "a challenge",
    "challenge_invitation": "the question what they see in a challenge",
    "challenge_over": "what came of a challenge",
    "challenge_unused": "the word that their answer was not used",
    "challenge_gone": "the word that the card of a challenge is gone",
    "challenge_left": "the word that nobody looks after a challenge",
    "challenge_not_posted": "the word that a challenge could not be posted",
    "note_reading": "how far the reading of a conversation is",
    "note_written": "the draft of a case note",
    "note_told": "the word about a case note",
    "note_objected": "the word that somebody objects to a case note",
    "note_opened": "the word that a case note is public",
    "accounts_linked": "the word that their accounts are one",
    "invitation": "the invitation to introductions",
    "messages_unreadable": "the word about a switch that is off",
    "organiser_named": "the word that they are an organiser",
    "intro_contact": "a word about an introduction",
    "intro_line": "a word about an introduction",
    "intro_offer": "a word about an introduction",
    "intro_news": "a word about an introduction",
    "intro_follow_up": "a word about an introduction",
    "intro_follow_up_news": "a word about an introduction",
    "intro_room": "the opening of a room",
    "round_ready": "the word that a round is ready",
}
_ANOTHER_KIND = "a message"

# What became of it and what to do, by why.
_TOLD = {
    "away": (
        "I am not installed there any more, or my token no longer counts. Install me again; until then nothing goes out."
    ),
    "no_account": (
        "I know no account of theirs where I can write to them. They can type a command to me there, or you bring in the"
        " roster again with their account's id."
    ),
    "deactivated": "Their account is deactivated or gone. If they have another one, correct it on the roster.",
    "no_messages": "They, or the rules of their workspace, take no messages from me there. Tell them yourself.",
    "closed": (
        "They take no direct messages from me, and there is no channel where I may open a private thread with them. Give me"
        " one, and I write to them there next time."
    ),
    "not_in_guild": "They are not on your server any more. If they come back, I can reach them again.",
    "no_rooms": (
        "There is no channel on your server where I may open private threads. Choose one for rooms and let me open them"
        " there."
    ),
    "full": "There are too many open threads on your server, or people in one. Close some that nobody needs any more.",
    "filtered": "Your server's own filter stopped it. Let messages of mine through there.",
    "too_large": "The file is larger than your server takes. Whoever looks after me can get it for you.",
    "left": "I am not in that conversation any more, or it is gone. Invite me to it again.",
    "archived": "That conversation is archived. Open it again, or write to them elsewhere.",
    "not_permitted": (
        "I am not permitted to do that there. Whoever looks after me sees with brobygger doctor what is missing."
    ),
    "refused": (
        "The platform does not take that message, and says so for good. Whoever looks after me finds why in the log."
    ),
    "silent": "The platform did not take it, however often I tried. What still counts is yours to tell.",
    "late": "It could not go out before its time was over, so I left it out.",
    "mine": "That went wrong on my side. Whoever looks after me finds it in the log.",
    "cannot_tell": (
        "It may have arrived: nobody can tell, so I did not send it twice. Ask them before you tell them again."
    ),
}
# The platforms' codes, and our own, for each why.
CODES = {
    "away": "account_inactive invalid_auth no_active_hooks not_authed not_installed org_login_required"
    " team_access_not_granted team_disabled team_not_found token_expired token_lost token_revoked",
    "no_account": "no_account no_chat no_platform_in_common",
    "deactivated": "invalid_users is_inactive missing_user unknown_user user_disabled user_not_found user_not_visible"
    " users_not_found",
    "closed": "cannot_dm invalid_recipients no_shared_guild",
    "not_in_guild": "not_in_guild unknown_member user_banned",
    "no_rooms": "no_room_channel",
    "full": "too_many_in_thread too_many_threads",
    "filtered": "blocked_by_automod content_blocked harmful_link words_blocked",
    "too_large": "file_too_large uploads_limited",
    "no_messages": "cannot_dm_bot invalid_user_combination is_bot messages_tab_disabled user_is_bot user_is_restricted",
    "left": "channel_not_found invalid_channel not_in_channel thread_not_found unknown_channel unknown_guild unknown_message"
    " user_not_in_channel",
    "archived": "channel_is_archived is_archived thread_archived thread_locked",
    "not_permitted": "access_denied accesslimited action_prohibited app_access_restricted channel_is_limited_access"
    " ekm_access_denied enterprise_is_restricted forbidden missing_access missing_permission missing_scope"
    " no_access no_permission no_scopes not_allowed not_allowed_token_type posting_to_channel_denied"
    " posting_to_general_channel_denied restricted_action restricted_action_non_threadable_channel"
    " restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel"
    " two_factor_required verification_level",
    "late": "too_late",
}
# Nobody has to do anything about these while they are still being tried.
_PASSING = frozenset({"silent", "mine", "refused"})
_WHY = {
    # Where the code says nothing more: the kind of error alone.
    "Doubtful": "silent",
    "Gone": "left",
    "Refused": "refused",
    "TimeoutError": "silent",
    "TryLater": "silent",
    **{code: why for why, codes in CODES.items() for code in codes.split()},
}


def undelivered_line(lost: Sequence[Undelivered], words: Words) -> str:
    """How many did not arrive lately, in one sentence."""
    return words.count(
        "{number} message of the last two weeks did not arrive, as far as I know.",
        "{number} messages of the last two weeks did not arrive, as far as I know.",
        len(lost),
    )


def undelivered_card(lost: Sequence[Undelivered], words: Words) -> Card:
    """Each of them with its kind and its reader, under what became of it and what to do."""
    title = words.say("What did not arrive")
    if not lost:
        said = words.say("Everything of the last two weeks arrived, as far as I know.")
        return Card(title, (Heading(title), Paragraph(plain(said))), Accent.GOOD)
    elements: list[Element] = [Heading(title), Paragraph(plain(undelivered_line(lost, words)))]
    shown = sorted(lost[:_SHOWN], key=lambda one: what_became(one, words))
    for reason, group in groupby(shown, key=lambda one: what_became(one, words)):
        elements += [Paragraph(plain(reason)), Bullets(tuple(_line(one, words) for one in group))]
    more = len(lost) - _SHOWN
    if more > 0:
        elements.append(Footnote(plain(words.count("And {number} more.", "And {number} more.", more))))
    elements.append(Footnote(plain(words.say("Only organisers see this, and nobody sees here what a message said."))))
    return Card(title, tuple(elements), Accent.WARN)


def why_of(error: str) -> str:
    """Why something did not arrive, in a word of the table above, from the error that its delivery keeps."""
    kind, _, code = error.partition(" ")
    return _WHY.get(code) or _WHY.get(kind) or "mine"


def what_became(one: Undelivered, words: Words) -> str:
    """What became of it and what to do, in one or two sentences; every error has them."""
    why = "cannot_tell" if one.doubtful else why_of(one.error)
    if not one.waits:
        return words.say(_TOLD[why])
    if why in _PASSING:
        return words.say("It could not go out so far; I go on trying.")
    return f"{words.say(_TOLD[why])} {words.say('It waits, and goes out by itself then.')}"


def _line(one: Undelivered, words: Words) -> Text:
    kind = words.say(KINDS[one.kind]) if one.kind in KINDS else words.say(_ANOTHER_KIND)
    day = words.date(one.at.astimezone(words.zone).date(), "medium")
    whom = one.whom or words.say("a room or a channel")
    return (Bold(whom), Plain(f" – {kind} – {day}"))
