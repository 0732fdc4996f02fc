"""``/find``: the knowledge bank and the members' offers in one search; what one does with a note that was found."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import TypeVar

from bot.bank.actions import (
    AskBehind,
    HandEntry,
    HandFound,
    KeepTrial,
    LookInBank,
    MoreFound,
    ReadEntry,
    RemoveTrial,
    TakeTrialBack,
    TellTrial,
)
from bot.bank.cards import entry_card, file_card, found_card, trial_card
from bot.bank.exports import as_csv, as_markdown, csv_file, markdown_file
from bot.bank.forms import LONGEST_WORDS, problems, search_form, trial_form
from bot.bank.opening import Opened
from bot.bank.periods import read_period
from bot.bank.repository import Outcome
from bot.bank.searching import Question
from bot.bank.service import LONGEST_PLACE
from bot.bank.trying import Looked, Unfit
from bot.bank.weighing import Sight
from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import NoteId
from bot.interactions import Call, Command, Option, OptionKind, Verb, answer, fill
from bot.introductions.finding import Found as Offers
from bot.introductions.status import asked_card
from bot.members.domain import Sector, Theme
from bot.members.vocabulary import Listing
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, Hand, OpenForm, Private, Replace, Replies
from commands.suggestions import sector_keys, terms, theme_keys

T = TypeVar("T")

# Notes of one file.
_FILE = 200
# Seconds that somebody who looks for notes is kept waiting for people; /match find waits longer for them.
_PATIENCE = 1.5


async def find(call: Call) -> Replies:
    """What fits best in the bank, and who offers it; the form where nothing was said."""
    question = await _asked(call)
    if not question.words.strip() and not question.is_narrow():
        return (OpenForm(await form(call)),)
    return await found(call, question, offers=True)


async def found(call: Call, question: Question, *, offers: bool) -> Replies:
    """The first page. ``offers``: with the members who offer it."""
    seen = await call.services.bank.find(call.arrival.workspace, call.member.id, call.arrival.account, question)
    people = await _offers(call, question) if offers else None
    return (Private(found_card(seen, people, call.words)),)


async def more(call: Call, action: MoreFound, _chosen: tuple[str, ...]) -> Replies:
    """Another page in the place of this one."""
    seen = await call.services.bank.more(
        call.arrival.workspace, call.member.id, call.arrival.account, action.search, max(0, action.page)
    )
    return (Replace(found_card(seen, None, call.words)),)


async def open_form(call: Call, _action: LookInBank, _chosen: tuple[str, ...]) -> Replies:
    """The form from a button."""
    return (OpenForm(await form(call)),)


async def form(call: Call) -> Form:
    """What somebody looks for."""
    sectors = await call.services.members.every_listed(call.arrival.workspace, Listing.SECTORS)
    themes = await call.services.members.every_listed(call.arrival.workspace, Listing.THEMES)
    return search_form(sectors, themes, call.words)


async def form_again(call: Call, _action: LookInBank) -> Form:
    """The form to read back."""
    return await form(call)


async def look(call: Call, _action: LookInBank, values: Mapping[str, FormValue]) -> Replies:
    """The form was sent."""
    theme, sector = values["theme"], values["sector"]
    question = Question(
        words=str(values["words"]),
        theme=theme[0] if isinstance(theme, tuple) and theme else "",
        sector=sector[0] if isinstance(sector, tuple) and sector else "",
        place=str(values["place"]),
        worked=bool(values["worked"]),
    )
    return await found(call, question, offers=True)


async def read(call: Call, action: ReadEntry, _chosen: tuple[str, ...]) -> Replies:
    """A whole note."""
    opened = await _opened(call, action.note)
    return (Private(entry_card(opened, call.member, call.words)),)


async def open_trial(call: Call, action: TellTrial, _chosen: tuple[str, ...]) -> Replies:
    """The form "We tried it"."""
    return (OpenForm(await trial_again(call, action)),)


async def trial_again(call: Call, action: TellTrial) -> Form:
    """The form to read back; it goes on with what was shown last."""
    await _opened(call, action.note)
    trials = call.services.bank.trials
    before = await trials.waiting(call.arrival.workspace, call.member.id, call.arrival.account, action.note)
    return trial_form(action, before, call.words)


async def tell_trial(call: Call, action: TellTrial, values: Mapping[str, FormValue]) -> Replies:
    """How it went, as others will see it; the form again where it may not stand there."""
    outcome = values["outcome"]
    said = Outcome(outcome[0] if isinstance(outcome, tuple) else str(outcome))
    looked = await call.services.bank.trials.look(
        call.arrival.workspace,
        call.member.id,
        call.arrival.account,
        action.note,
        (said, str(values["place"]), str(values["text"])),
    )
    if isinstance(looked, Unfit):
        return (Correct(problems(looked, call.words)),)
    return (Private(trial_card(looked, call.words)),)


async def keep_trial(call: Call, action: KeepTrial, _chosen: tuple[str, ...]) -> Replies:
    """It stands there from now on."""
    kept = await call.services.bank.trials.keep(
        call.arrival.workspace, call.member.id, call.arrival.account, action.note, action.number
    )
    if isinstance(kept, Looked):
        return (Replace(trial_card(kept, call.words)),)
    told = call.words.say("Thank you. It stands first on the note from now on.")
    return (Replace(entry_card(kept, call.member, call.words, told)),)


async def take_back(call: Call, action: TakeTrialBack, _chosen: tuple[str, ...]) -> Replies:
    """What I said of trying it goes."""
    gone = await call.services.bank.trials.remove(call.arrival.workspace, call.member, action.note, call.member.id)
    told = call.words.say("What you said of trying it is gone.")
    return (Replace(entry_card(gone, call.member, call.words, told)),)


async def remove_trial(call: Call, action: RemoveTrial, _chosen: tuple[str, ...]) -> Replies:
    """What somebody else said of trying it goes."""
    gone = await call.services.bank.trials.remove(call.arrival.workspace, call.member, action.note, action.who)
    told = call.words.say("What was said there of trying it is gone.")
    return (Replace(entry_card(gone, call.member, call.words, told)),)


async def ask(call: Call, action: AskBehind, _chosen: tuple[str, ...]) -> Replies:
    """Whoever is behind it is asked for an introduction."""
    seen = await call.services.bank.ask(call.arrival.workspace, call.member.id, action.note, action.who)
    return (Private(asked_card(seen, call.words)),)


async def hand(call: Call, action: HandFound, _chosen: tuple[str, ...]) -> Replies:
    """All that the last search found, as a file."""
    seen = await call.services.bank.more(
        call.arrival.workspace, call.member.id, call.arrival.account, action.search, 0, _FILE
    )
    entries = [hit.entry for hit in seen.hits]
    trials = {hit.entry.note: hit.trials for hit in seen.hits}
    if action.shape == "csv":
        return (Hand(file_card(call.words), csv_file(as_csv(entries, trials, call.words), "notes")),)
    listed = await call.services.members.every_listed(call.arrival.workspace, Listing.SECTORS)
    sectors = {one.key: one for one in listed if isinstance(one, Sector)}
    return (Hand(file_card(call.words), markdown_file(as_markdown(entries, trials, sectors, call.words), "notes")),)


async def hand_one(call: Call, action: HandEntry, _chosen: tuple[str, ...]) -> Replies:
    """One note as a file."""
    opened = await _opened(call, action.note)
    content = as_markdown([opened.entry], {action.note: opened.trials}, opened.sectors, call.words)
    return (Hand(file_card(call.words), markdown_file(content, "note")),)


async def _opened(call: Call, note: NoteId) -> Opened:
    return await call.services.bank.open(call.arrival.workspace, note, Sight(call.member.id))


async def _asked(call: Call) -> Question:
    """What was typed. A theme or a sector goes by its key or by its name; one that is not known is looked for as it stands."""
    since, until = read_period(call.text("period"), call.now, call.words.zone, call.words.language)
    themes = await call.services.members.every_listed(call.arrival.workspace, Listing.THEMES)
    sectors = await call.services.members.every_listed(call.arrival.workspace, Listing.SECTORS)
    wanted = call.text("sector")
    sector = _meant(wanted, sectors)
    if wanted and not sector:
        listed = call.words.all_of([one.name(call.words.language) for one in sectors])
        raise NotThere(phrase("That sector is not known here. There are: {sectors}.", sectors=listed))
    theme = _meant(call.text("theme"), themes) or call.text("theme")
    return Question(
        words=call.text("words"),
        theme=theme,
        sector=sector,
        place=call.text("place"),
        since=since,
        until=until,
        worked=bool(call.values.get("worked", False)),
    )


def _meant(typed: str, listed: Sequence[Sector | Theme]) -> str:
    """The key of what was typed, be it the key or a name in any language; empty if there is none."""
    wanted = typed.strip().casefold()
    for one in listed:
        if wanted in {one.key.casefold(), *(name.casefold() for name in one.names.values())}:
            return one.key
    return ""


async def _offers(call: Call, question: Question) -> Offers | None:
    """Who offers it. Somebody who takes no part in introductions still finds notes."""
    if not question.words.strip():
        return None
    finding = call.services.introductions.finding
    try:
        return await soon(finding.find(call.arrival.workspace, call.member.id, question.words), _PATIENCE)
    except NotAllowed:
        return None


async def soon(offers: Awaitable[T], patience: float) -> T | None:
    """Who offers it, where that is known within so many seconds: what compares tags may have to start first."""
    try:
        async with asyncio.timeout(patience):
            return await offers
    except TimeoutError:
        return None


COMMAND = Command(
    name="find",
    names={"en": "find", "da": "find"},
    summary="The knowledge bank and the members' offers in one search",
    verbs=(
        Verb(
            run=find,
            summary="look for notes, and for somebody who offers it",
            options=(
                Option(
                    "words",
                    {"en": "words", "da": "ord"},
                    summary="what you look for",
                    max_length=LONGEST_WORDS,
                    rest=True,
                    suggests=terms,
                ),
                Option("theme", {"en": "theme", "da": "tema"}, summary="only notes on this theme", suggests=theme_keys),
                Option(
                    "sector",
                    {"en": "sector", "da": "sektor"},
                    summary="only what this sector sees",
                    suggests=sector_keys,
                ),
                Option(
                    "place",
                    {"en": "place", "da": "sted"},
                    summary="only notes from this place",
                    max_length=LONGEST_PLACE,
                ),
                Option(
                    "period",
                    {"en": "period", "da": "periode"},
                    summary="a year, a month such as 2026-03, or since when",
                    max_length=60,
                ),
                Option(
                    "worked",
                    {"en": "worked", "da": "virkede"},
                    summary="only what worked somewhere",
                    kind=OptionKind.FLAG,
                ),
            ),
            opens_form=True,
            example='/find "transport"',
            shortcut={"en": "Look in the bank", "da": "Søg i videnbanken"},
        ),
    ),
)

ACTIONS = (
    answer(MoreFound, more),
    answer(LookInBank, open_form),
    answer(ReadEntry, read),
    answer(TellTrial, open_trial),
    answer(TakeTrialBack, take_back),
    answer(KeepTrial, keep_trial),
    answer(RemoveTrial, remove_trial),
    answer(AskBehind, ask),
    answer(HandFound, hand),
    answer(HandEntry, hand_one),
)

FORMS = (
    fill(LookInBank, form_again, look),
    fill(TellTrial, trial_again, tell_trial),
)
