"""Every card and form of the knowledge bank, for the renderers: full, empty, and around nasty texts."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.bank import cards as made
from bot.bank.actions import TellTrial
from bot.bank.forms import search_form, trial_form
from bot.bank.opening import Opened
from bot.bank.repository import Entry, Outcome, Trial
from bot.bank.searching import Question
from bot.bank.service import Found, Hit
from bot.bank.trying import Looked
from bot.identity import MemberId, NoteId
from bot.members.domain import SECTORS, THEMES
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.notes.domain import Audience
from bot.words import Words
from tests.bank_notes import ENGLISH, LONELY, a_note
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTE = NoteId(UUID(int=7))
OTHER = MemberId(UUID(int=9))


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards of the bank."""
    made_ = [
        ("bank hits", made.found_card(found(Question("ensomhed")), None, words)),
        ("bank all", made.found_card(found(Question(worked=True)), None, words)),
        ("bank nothing", made.found_card(Found(Question("x"), (), 0), None, words)),
        ("bank note", made.entry_card(opened(ENGLISH.title), ANNA, words)),
        ("bank note, mine", made.entry_card(opened(LONELY.title), replace(ANNA, id=OTHER), words, "Told")),
        *((f"bank trial, {one.value}", made.trial_card(looked(one), words)) for one in Audience),
        ("bank file", made.file_card(words)),
    ]
    nasty = [(f"bank nasty {place}", made.entry_card(opened(text), ANNA, words)) for place, text in enumerate(NASTY)]
    return [*made_, *nasty]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms of the bank."""
    return [
        ("bank search", search_form(SECTORS, THEMES, words)),
        ("bank trial", trial_form(TellTrial(NOTE), None, words)),
        ("bank trial again", trial_form(TellTrial(NOTE), trial(), words)),
    ]


def found(question: Question) -> Found:
    hits = tuple(Hit(entry(note.title), "En sætning.", (trial(),), meant=note is ENGLISH) for note in (ENGLISH, LONELY))
    return Found(question, hits, 12, 1, 5, 3, {"ensonhed": ("ensom",)})


def opened(text: str) -> Opened:
    return Opened(entry(text), (trial(),), {sector.key: sector for sector in SECTORS})


def looked(audience: Audience) -> Looked:
    return Looked(replace(entry(NASTY[0]), audience=audience), trial(), 1, 72, masked=True)


def entry(text: str) -> Entry:
    content = a_note(text, text, summary=[text], ideas=["[PERSON 1] ved det."], perspectives={"research": [text]})
    return Entry(NOTE, ANNA.id, (ANNA.id,), Audience.PUBLIC, content, ("ageing",), ("research",), "Ribe", 1, NOW)


def trial() -> Trial:
    return Trial(NOTE, OTHER, Outcome.WORKED, "Vejle", "Det gik godt.", NOW)
