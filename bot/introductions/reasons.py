"""Why these people, as the reader of a card sees it: each reason can be checked against the two profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.identity import MemberId
from bot.introductions.finding import Found, Hit
from bot.introductions.seeing import Naming, Seen
from bot.matching.domain import Reason, ReasonKind
from bot.matching.words import reason_text
from bot.members.domain import Member
from bot.members.limits import TAG
from bot.messages.text import Text, flat, shortened
from bot.words import Words

AT_MOST = 3
_ORDER = (ReasonKind.NOTE, ReasonKind.NEED_OFFER, ReasonKind.THEME, ReasonKind.SECTORS, ReasonKind.FIRST_MEETING)
_EVERYBODY = "everybody"


def reasons_for(seen: Seen, words: Words) -> Sequence[Text]:
    """Two or three reasons; spoken to the reader, or to everybody in a room."""
    names = {str(member.id): seen.called(member, words) for member in seen.people.values()}
    reader = _EVERYBODY if seen.reader is None else str(seen.reader)
    reasons = seen.intro.reasons
    if seen.reader is None:
        reasons = tuple(reason for reason in reasons if reason.kind is not ReasonKind.FIRST_MEETING)
    return _told(reasons, names, seen.naming, words, reader)


def reasons_told(
    reasons: Sequence[Reason], people: Mapping[MemberId, Member], naming: Naming, words: Words
) -> Sequence[Text]:
    """The reasons as an organiser sees them, with everybody's name."""
    return _told(reasons, {str(member.id): member.name for member in people.values()}, naming, words, "")


def reasons_found(hit: Hit, found: Found, name: str, words: Words) -> Sequence[Text]:
    """The reasons for somebody that a search found, spoken to the one who searched."""
    names = {str(hit.member.id): name, str(found.asker.id): found.asker.name}
    return _told(hit.reasons, names, found.naming, words, str(found.asker.id))


def chosen(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """The few that say most: what one needs and the other offers comes first, circumstances last."""
    return sorted(reasons, key=lambda reason: _ORDER.index(reason.kind))[:AT_MOST]


def _told(
    reasons: Sequence[Reason], names: Mapping[str, str], naming: Naming, words: Words, reader: str
) -> Sequence[Text]:
    told: dict[str, Text] = {}
    for reason in chosen(reasons):
        if {reason.giver, reason.receiver} <= names.keys():
            text = reason_text(_named(reason, naming, words), names, words, reader)
            told.setdefault(flat(text), text)
    return list(told.values())


def _named(reason: Reason, naming: Naming, words: Words) -> Reason:
    """A theme of the academy goes by its name in the reader's language; a member's own, by what they wrote, not too long."""
    if reason.kind is not ReasonKind.THEME:
        return replace(reason, term=shortened(reason.term, TAG), offered=shortened(reason.offered, TAG))
    return replace(reason, term=naming.theme(reason.term, words), offered=naming.theme(reason.offered, words))
