"""Every card and form of members and their academy, for the renderers: with ordinary words, and with the nastiest."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from bot.errors import phrase
from bot.identity import Account, MemberId
from bot.members import (
    academy_cards,
    leaving_cards,
    room_channel_cards,
    switches,
    tag_cards,
    wording_cards,
    wording_forms,
)
from bot.members import cards as member_cards
from bot.members import forms as member_forms
from bot.members.actions import WriteWords
from bot.members.domain import (
    SECTORS,
    THEMES,
    Consent,
    ImportReport,
    Member,
    Role,
    Sector,
    Side,
    Theme,
    WorkspaceOptions,
)
from bot.members.limits import NAME, ORGANISATION, SENTENCE, TAG, WORD, WORDS
from bot.members.organisers import Academy
from bot.members.profile import Lists, nearby
from bot.members.room_channel import RoomsNow
from bot.members.suggesting import Suggested, Suggestion
from bot.members.vocabulary import Listed
from bot.members.wording import WordGroup
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.words import Words
from tests.gallery import NASTY

_TODAY = date(2026, 3, 3)
_ROUND = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
_METTE = Member(
    id=MemberId(UUID("019f0000-0000-7000-8000-000000000001")),
    name="Mette Holm",
    organisation="Rødovre Kommune",
    sector="municipality",
    themes=("ensomhed", "lonelyness"),
    needs=("frivillige om mandagen", "data om unge"),
    offers=("lokaler", "adgang til plejehjem"),
    accounts=(Account("slack", "U1"),),
    consent=Consent.YES,
)
_PEOPLE = {
    "ordinary": _METTE,
    "not asked": replace(_METTE, consent=Consent.NOT_ASKED),
    "not now": replace(_METTE, consent=Consent.NOT_NOW),
    "never": replace(_METTE, consent=Consent.NEVER),
    "paused": replace(_METTE, paused_until=date(2026, 5, 1)),
    "empty": replace(_METTE, themes=(), needs=(), offers=(), intros_per_round=0),
    "as much as fits": replace(
        _METTE,
        name="N" * NAME,
        organisation="Ø" * ORGANISATION,
        themes=tuple(f"{'t' * (TAG - 2)}{number:02}" for number in range(20)),
        needs=tuple(f"{'n' * (SENTENCE - 2)}{number:02}" for number in range(20)),
        offers=tuple(f"{'o ' * (SENTENCE // 2 - 1)}{number:02}" for number in range(20)),
    ),
    **{
        f"nasty {place}": replace(
            _METTE, name=text[:NAME], organisation=text[:ORGANISATION], themes=(text[:TAG],), needs=(text[:TAG],)
        )
        for place, text in enumerate(NASTY)
    },
}
_LISTS = Lists(SECTORS, THEMES)
_OPTIONS = WorkspaceOptions()
_ACADEMY = Academy(
    members=1500,
    consents={Consent.YES: 1200, Consent.ASKED: 3, Consent.NEVER: 1},
    organisers=(replace(_METTE, role=Role.ORGANISER),),
    sectors=(*SECTORS, *(Sector(f"nasty{place}", {"da": text[:60]}) for place, text in enumerate(NASTY))),
    themes=(*THEMES, *(Theme(f"nasty{place}", {"en": text[:60]}) for place, text in enumerate(NASTY))),
    options=_OPTIONS,
    to_ask=296,
)
_WORD_GROUPS = (
    WordGroup(("flextur", "telebil"), tags=4, ways=2),
    WordGroup(("minibus", "kørsel"), known=("transport", "befordring", "bus", "driving", "rides", "vehicles") * 10),
    WordGroup(tuple(f"{'w' * (WORD - 2)}{number:02}" for number in range(WORDS)), tags=12_000, ways=1),
    *(WordGroup((text[:WORD], "kaffe"), known=(text[:WORD],)) for text in NASTY),
)


_SENTENCE = "Vi leder efter et sted hvor vores unge kan mødes om aftenen, og nogen der ved noget om jura"
_SUGGESTED = (
    Suggested(Side.NEEDS, _SENTENCE, (Suggestion("lokaler"), Suggestion("juridisk rådgivning"))),
    Suggested(
        Side.OFFERS, _SENTENCE, (Suggestion("lokaler", added=True), Suggestion("jura"), Suggestion("rådgivning"))
    ),
    Suggested(Side.NEEDS, _SENTENCE, (Suggestion("lokaler", added=True), Suggestion("jura", added=True))),
    *(Suggested(Side.NEEDS, text[:SENTENCE], tuple(Suggestion(text[:40]) for _ in range(3))) for text in NASTY),
)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    people = [found for name, member in _PEOPLE.items() for found in _about(name, member, words)]
    held_back = replace(_OPTIONS, names_before_yes=False)
    return [
        *people,
        ("held back", member_cards.invitation_card(_METTE, _LISTS, held_back, words)),
        ("forgotten", leaving_cards.forgotten_card(words)),
        ("export", leaving_cards.export_card(words)),
        ("organiser", member_cards.organiser_card(words)),
        ("switch", switches.switch_card(words)),
        ("academy", academy_cards.academy_card(_ACADEMY, words, said="Saved.")),
        ("academy, new", academy_cards.academy_card(replace(_ACADEMY, organisers=(), to_ask=0), words)),
        ("academy without themes", academy_cards.academy_card(replace(_ACADEMY, themes=()), words)),
        *((f"suggested {place}", tag_cards.suggested_card(one, words)) for place, one in enumerate(_SUGGESTED)),
        ("no tags", tag_cards.no_tags_card(words)),
        ("kept", tag_cards.kept_card(words)),
        ("used", tag_cards.used_card(("lokaler", "x" * 40, NASTY[0]), words)),
        ("words, none yet", wording_cards.words_card((), words)),
        ("words", wording_cards.words_card(_WORD_GROUPS, words, said="Saved.")),
        ("words, many pages", wording_cards.words_card(_WORD_GROUPS * 10, words, 3)),
        *(
            (f"word group {place}", wording_cards.word_group_card(group, words, said="Saved."))
            for place, group in enumerate(_WORD_GROUPS)
        ),
        *((f"listed {entry.key}", wording_cards.listed_card(Listed(entry, 0), words)) for entry in _ACADEMY.sectors),
        *((f"listed {entry.key}", wording_cards.listed_card(Listed(entry, 1200), words)) for entry in _ACADEMY.themes),
        ("invitations", academy_cards.invitations_card(_ACADEMY, words)),
        ("no invitations", academy_cards.invitations_card(replace(_ACADEMY, to_ask=0), words)),
        ("invited", academy_cards.invited_card(296, words)),
        ("nobody invited", academy_cards.invited_card(0, words)),
        ("stepped down", academy_cards.stepped_down_card(words)),
        *((f"rooms, {now.value}", room_channel_cards.rooms_card(now, words)) for now in RoomsNow),
        ("rooms anywhere", room_channel_cards.rooms_anywhere_card(words)),
        ("imported", academy_cards.imported_card(ImportReport(5000, 3, 1), words)),
        (
            "not imported",
            academy_cards.not_imported_card(
                [phrase("Line {line}: {column} is missing.", line=line, column="name") for line in range(2, 5000)],
                words,
            ),
        ),
    ]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    return [
        *((f"profile, {name}", member_forms.profile_form(member, _LISTS, words)) for name, member in _PEOPLE.items()),
        ("pause", member_forms.pause_form(words)),
        ("organiser", member_forms.organiser_form(words)),
        ("sector, new", wording_forms.sector_form("", _ACADEMY.sectors, words)),
        ("sector", wording_forms.sector_form("research", _ACADEMY.sectors, words)),
        ("theme, new", wording_forms.theme_form("", _ACADEMY.themes, words)),
        ("theme", wording_forms.theme_form("nasty0", _ACADEMY.themes, words)),
        ("words, new", wording_forms.words_form(None, words, WriteWords(), typed=("minibus",), known=("bus",) * 200)),
        *(
            (f"words {place}", wording_forms.words_form(group, words, WriteWords(group.mark, group.seen)))
            for place, group in enumerate(_WORD_GROUPS)
        ),
        ("options", member_forms.options_form(_OPTIONS, words)),
        ("roster", member_forms.roster_form(words)),
    ]


def _about(name: str, member: Member, words: Words) -> list[tuple[str, Card]]:
    near = nearby(member, _LISTS)
    return [
        (f"profile, {name}", member_cards.profile_card(member, _LISTS, _OPTIONS, words, _TODAY)),
        (f"saved, {name}", member_cards.saved_card(member, near, words, _TODAY, _ROUND)),
        (f"answered, {name}", member_cards.answered_card(member, words, _TODAY, None)),
        (f"back, {name}", member_cards.back_card(member, words, _TODAY, None)),
        (f"paused, {name}", member_cards.paused_card(_TODAY, words)),
        (f"invitation, {name}", member_cards.invitation_card(member, _LISTS, _OPTIONS, words)),
        (f"erase, {name}", leaving_cards.erase_card(member, words)),
        (f"named, {name}", academy_cards.named_card(member, words)),
        (f"step down, {name}", academy_cards.step_down_card(member, words)),
    ]
