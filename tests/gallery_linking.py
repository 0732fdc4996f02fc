"""Every card and form of linking, and of introductions across two platforms, for the renderers."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from bot.homes import Installation
from bot.identity import Account, Address, LineId, WorkspaceId
from bot.introductions import contacts as contact_cards
from bot.introductions.cards import offer_card, room_card
from bot.introductions.contacts import Contacts
from bot.introductions.domain import Answer, Intro, IntroState, Line
from bot.introductions.reaching import Reach
from bot.introductions.seeing import Seen
from bot.linking import cards as link_cards
from bot.linking.academies import Joining
from bot.linking.profiles import Accounts, Meeting
from bot.linking.proving import Given
from bot.members.domain import SECTORS, THEMES, Member, WorkspaceOptions
from bot.members.profile import Lists
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.ports import Workspace
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA, BO, CARL, NAMING, NOW, ZONE, an_intro

_SLACK = Account("slack", "U1")
_DISCORD = Account("discord", "7")
_HOMES = (Installation("team:T1", "Rødovre <b>Kommune</b>"), Installation("guild:5", NASTY[0]))
_GIVEN = Given("WDJBMJHT", NOW + timedelta(minutes=10))
_HERE = Workspace(WorkspaceId(UUID(int=1)), "Akademiet", "team:T1", WorkspaceOptions(), None, _HOMES[:1])
_THERE = Workspace(WorkspaceId(UUID(int=2)), NASTY[0], "guild:5", WorkspaceOptions(), None, _HOMES[1:])
_LISTS = Lists(SECTORS, THEMES)
_TODAY = date(2026, 3, 3)
_REACHES = (Reach(_SLACK, "", "Rødovre"), Reach(_DISCORD, "bo_*lind*", NASTY[0]))
_ANNA = replace(ANNA, accounts=(_SLACK,))
_BO = replace(BO, accounts=(_DISCORD,), email="bo@example.org", shares_email=True)
_CARL = replace(CARL, accounts=(_DISCORD,))


def _contacts(intro: Intro, *, reader: Member | None = _ANNA, left: int = 3) -> Contacts:
    people = {member.id: member for member in (_ANNA, _BO, _CARL) if intro.part_of(member.id)}
    platforms = frozenset({"slack", "discord"})
    seen = Seen(intro, people, NAMING, NOW, None if reader is None else reader.id, platforms=platforms)
    return Contacts(seen, {_BO.id: _REACHES, _ANNA.id: _REACHES[:1]}, dict.fromkeys(people, left))


def _line(intro: Intro, text: str) -> Line:
    return Line(LineId(UUID(int=9)), intro.id, _BO.id, _ANNA.id, text, NOW)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    pair = an_intro(31, IntroState.OPENED, _ANNA, _BO, answer=Answer.YES)
    trio = an_intro(32, IntroState.OPENED, _ANNA, _BO, _CARL, answer=Answer.YES)
    mixed = replace(trio, room=Address("discord", "in:9"))
    alone = replace(_contacts(pair), seen=replace(_contacts(pair).seen, people={_ANNA.id: _ANNA}))
    room = _contacts(mixed, reader=None)
    meeting = Meeting(_ANNA, _BO, _LISTS)
    blank = Meeting(Member(_ANNA.id, "U1"), Member(_BO.id, "7"), _LISTS)
    accounts = Accounts(_ANNA, _REACHES, ())
    return [
        ("contact, pair", contact_cards.contact_card(_contacts(pair), words, ZONE)),
        ("contact, trio", contact_cards.contact_card(_contacts(trio), words, ZONE)),
        ("contact, nothing more carried", contact_cards.contact_card(_contacts(pair, left=0), words, ZONE)),
        ("contact, alone", contact_cards.contact_card(alone, words, ZONE)),
        ("room with one outside", room_card(room.seen, words, ZONE, contact_cards.apart_in_room(room, words))),
        ("offer, apart", offer_card(_contacts(pair).seen, words)),
        *(
            (f"line {place}", contact_cards.line_card(_line(pair, text), _contacts(pair, left=place % 2), words))
            for place, text in enumerate(NASTY)
        ),
        ("line gone", contact_cards.line_gone_card(words)),
        ("line sent", contact_cards.sent_card(_BO.name, 2, words)),
        ("last line sent", contact_cards.sent_card(NASTY[0], 0, words)),
        ("code", link_cards.code_card(_GIVEN, _HOMES[1:], words)),
        ("accounts", link_cards.accounts_card(accounts, words)),
        ("accounts, one", link_cards.accounts_card(Accounts(_ANNA, _REACHES[:1], ()), words)),
        ("accounts, one more", link_cards.accounts_card(Accounts(_ANNA, _REACHES[:1], _HOMES[1:]), words, "Saved.")),
        ("two that meet", link_cards.meeting_card(meeting, words, _TODAY)),
        ("two that meet, blank", link_cards.meeting_card(blank, words, _TODAY)),
        ("linked", link_cards.notice_card(accounts, words)),
        ("academy code", link_cards.academy_code_card(_GIVEN, _HOMES, words)),
        ("joining", link_cards.joining_card(_THERE.id, Joining(_HERE, _THERE, 4_000, 12), words)),
        ("joining, nobody", link_cards.joining_card(_THERE.id, Joining(_HERE, _THERE, 0, 0), words)),
        ("joined", link_cards.joined_card(replace(_HERE, installations=_HOMES), words)),
    ]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    pair = an_intro(31, IntroState.OPENED, _ANNA, _BO, answer=Answer.YES)
    return [("line", contact_cards.line_form(_contacts(pair), _BO, words))]
