"""Reasons in words: for those who are introduced, and for the organiser who looks at a round before it is sent."""

from collections.abc import Mapping
from typing import Literal, assert_never

from bot.matching.domain import LeftOut, Reason, ReasonKind, WhyLeftOut
from bot.matching.rules import folded
from bot.messages.text import Inline, Text
from bot.words import Words


def reason_text(reason: Reason, names: Mapping[str, Inline | str], words: Words, reader: str = "") -> Text:
    """A reason as a sentence; both tags are named as their owners wrote them.

    ``names`` is how each person is called here (a name, a mention, or "a member from a foundation" while names are held
    back). With ``reader``, the sentence speaks to that member.
    """
    match reason.kind:
        case ReasonKind.NEED_OFFER:
            return _need_met(reason, names, words, reader)
        case ReasonKind.THEME:
            return _theme_shared(reason, names, words, reader)
        case ReasonKind.SECTORS:
            return words.text("Your sectors rarely meet.") if reader else words.text("Their sectors rarely meet.")
        case ReasonKind.FIRST_MEETING:
            if reader in {reason.giver, reason.receiver}:
                other = reason.receiver if reader == reason.giver else reason.giver
                return words.text("You have not been introduced to {name} before.", name=names[other])
            return words.text("They have not been introduced to each other before.")
        case ReasonKind.NOTE:
            return _asked_about(reason, names, words, reader)
        case _:
            assert_never(reason.kind)


def left_out_text(left: LeftOut, names: Mapping[str, Inline | str], words: Words) -> Text:
    """Why somebody has no partner this time, and what may help: for the organiser, never for others."""
    name = names[left.id]
    match left.why:
        case WhyLeftOut.SAME_SECTOR | WhyLeftOut.SAME_ORGANISATION | WhyLeftOut.NO_LANGUAGE | WhyLeftOut.KEPT_APART:
            return _rule_told(left.why, name, words)
        case WhyLeftOut.NOBODY_ALLOWED:
            return words.text(
                "{name}: nobody in this round may meet them (sector, organisation, language or a wish to be apart).",
                name=name,
            )
        case WhyLeftOut.ODD_ONE:
            return words.text("{name}: one too many this time, and first in line next time.", name=name)
        case WhyLeftOut.PARTNERS_TAKEN:
            return words.text(
                "{name}: all whom they could meet are with somebody else this time. First in line next time.", name=name
            )
        case WhyLeftOut.LARGE_SECTOR:
            return words.text(
                "{name}: more members come from their sector than the others can meet. First in line next time.",
                name=name,
            )
        case WhyLeftOut.LOCKED_ELSEWHERE:
            return words.text("{name}: all whom they could meet are in groups that you have locked.", name=name)
        case WhyLeftOut.SWAPPED_OUT:
            return words.text("{name}: you have put somebody else in their place.", name=name)
        case _:
            assert_never(left.why)


def _rule_told(
    why: Literal[WhyLeftOut.SAME_SECTOR, WhyLeftOut.SAME_ORGANISATION, WhyLeftOut.NO_LANGUAGE, WhyLeftOut.KEPT_APART],
    name: Inline | str,
    words: Words,
) -> Text:
    """The one rule that stands between somebody and all others."""
    match why:
        case WhyLeftOut.SAME_SECTOR:
            return words.text("{name}: all whom they could otherwise meet come from their own sector.", name=name)
        case WhyLeftOut.SAME_ORGANISATION:
            return words.text("{name}: all whom they could otherwise meet come from their own organisation.", name=name)
        case WhyLeftOut.NO_LANGUAGE:
            return words.text("{name}: nobody whom they could otherwise meet speaks a language of theirs.", name=name)
        case WhyLeftOut.KEPT_APART:
            return words.text("{name}: you keep them apart from all whom they could otherwise meet.", name=name)
        case _:
            assert_never(why)


def _need_met(reason: Reason, names: Mapping[str, Inline | str], words: Words, reader: str) -> Text:
    giver, receiver = names[reason.giver], names[reason.receiver]
    term, offered = reason.term.strip(), reason.offered.strip()
    alike = folded(term) == folded(offered)
    if reader == reason.receiver:
        if alike:
            return words.text("You need “{term}”, and {giver} offers it.", term=term, giver=giver)
        return words.text("You need “{term}”, and {giver} offers “{offered}”.", term=term, giver=giver, offered=offered)
    if reader == reason.giver:
        if alike:
            return words.text("You offer “{term}”, and {receiver} needs it.", term=term, receiver=receiver)
        return words.text(
            "You offer “{offered}”, and {receiver} needs “{term}”.", term=term, receiver=receiver, offered=offered
        )
    if alike:
        return words.text(
            "{receiver} needs “{term}”, and {giver} offers it.", receiver=receiver, term=term, giver=giver
        )
    return words.text(
        "{receiver} needs “{term}”, and {giver} offers “{offered}”.",
        receiver=receiver,
        term=term,
        giver=giver,
        offered=offered,
    )


def _asked_about(reason: Reason, names: Mapping[str, Inline | str], words: Words, reader: str) -> Text:
    """``giver`` is behind a note of the knowledge bank that ``receiver`` has read; the term is its title."""
    giver, receiver = names[reason.giver], names[reason.receiver]
    if reader == reason.giver:
        return words.text(
            "{receiver} has read “{term}” in the knowledge bank and would like to hear more from you.",
            receiver=receiver,
            term=reason.term,
        )
    if reader == reason.receiver:
        return words.text("You have read “{term}”, and {giver} knows more about it.", term=reason.term, giver=giver)
    return words.text(
        "{receiver} would like to ask {giver} about “{term}” in the knowledge bank.",
        receiver=receiver,
        giver=giver,
        term=reason.term,
    )


def _theme_shared(reason: Reason, names: Mapping[str, Inline | str], words: Words, reader: str) -> Text:
    term, named = reason.term.strip(), reason.offered.strip()
    alike = not named or folded(term) == folded(named)
    if reader in {reason.giver, reason.receiver}:
        mine, theirs = (term, named) if reader == reason.receiver else (named, term)
        other = names[reason.giver if reader == reason.receiver else reason.receiver]
        if alike:
            return words.text("You and {name} both work on “{term}”.", name=other, term=term)
        return words.text("You work on “{mine}”, and {name} on “{theirs}”.", mine=mine, name=other, theirs=theirs)
    one, other = names[reason.receiver], names[reason.giver]
    if alike:
        return words.text("{one} and {other} both work on “{term}”.", one=one, other=other, term=term)
    return words.text(
        "{one} works on “{mine}”, and {other} on “{theirs}”.", one=one, mine=term, other=other, theirs=named
    )
