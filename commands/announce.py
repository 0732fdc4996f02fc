"""``/announce``: what organisers tell many at once. What goes to others is shown first; nothing goes before the button."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import assert_never
from uuid import UUID

from bot.announcements.actions import (
    CancelAnnouncement,
    ChangeAnnouncement,
    ChooseTime,
    DropAnnouncement,
    ListAnnouncements,
    OpenAnnouncement,
    ScheduleAnnouncement,
    SendAnnouncementNow,
    ShowAnnouncement,
    SkipNext,
    WriteAnnouncement,
)
from bot.announcements.approvalcards import asked_card
from bot.announcements.approving import Asked
from bot.announcements.audience import Audience
from bot.announcements.cards import dropped_card, passed_card, preview_card, scheduled_card
from bot.announcements.forms import as_written, change_form, filled_in, write_form
from bot.announcements.ledgercards import ledger_card, list_card
from bot.announcements.seeing import Preview
from bot.announcements.service import Written
from bot.announcements.settling import Passed, Scheduled
from bot.arguments import MAX_TYPED
from bot.errors import NotUnderstood, Phrase, phrase
from bot.identity import AnnouncementId
from bot.interactions import Call, Command, Option, Verb, Who, answer, fill
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from commands import announce_approval, announce_corrections, announce_quiet
from commands.announce_audiences import audiences


async def new(call: Call) -> Replies:
    """A draft and how it will look; the form where there is no text yet."""
    wait = call.text("wait") or call.options.announcements_wait
    typed = Written(call.text("text"), call.text("when"), call.text("repeat"), call.text("to"), wait)
    if not typed.text.strip():
        return (OpenForm(write_form(call.words, typed)),)
    typed = await call.services.announcements.looked_up(call.arrival.workspace, call.arrival.account, typed)
    shown = await call.services.announcements.draft(call.arrival.workspace, call.member.id, typed, call.words)
    return (Private(preview_card(shown, call.words, call.now)),)


async def list_(call: Call) -> Replies:
    """What is planned and what went out."""
    return (Private(await _every(call)),)


async def cancel(call: Call) -> Replies:
    """Which of those that are still to come, or to be approved; where there is only one, that one."""
    every = await call.services.announcements.every(call.arrival.workspace)
    coming = [one for one in every if one.is_to_come() or one.awaits()]
    if len(coming) == 1:
        return (Private(await _ledger(call, coming[0].announcement.id)),)
    return (Private(list_card(every, call.words, to_cancel=True)),)


async def open_new(call: Call, _action: WriteAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """Opens the empty form."""
    return (OpenForm(await new_form(call, _action)),)


async def new_form(call: Call, _action: WriteAnnouncement) -> Form:
    """The form to read back."""
    return write_form(call.words, Written("", wait=call.options.announcements_wait))


async def write(call: Call, _action: WriteAnnouncement, values: Mapping[str, FormValue]) -> Replies:
    """The form came back: shows how it will look."""
    typed, problems = await _read(call, filled_in(values))
    if problems:
        return (_correct(call, problems),)
    shown = await call.services.announcements.draft(call.arrival.workspace, call.member.id, typed, call.words)
    return (Private(preview_card(shown, call.words, call.now)),)


async def open_change(call: Call, action: ChangeAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with the announcement as it stands."""
    return (OpenForm(await changed_form(call, action)),)


async def changed_form(call: Call, action: ChangeAnnouncement) -> Form:
    """The form to read back."""
    found = await call.services.announcements.get(call.arrival.workspace, action.announcement)
    return change_form(found, call.words, call.now)


async def change(call: Call, action: ChangeAnnouncement, values: Mapping[str, FormValue]) -> Replies:
    """The changed one as it will look. Times that were left as they stood stay what they were."""
    announcements = call.services.announcements
    typed = filled_in(values)
    found = await announcements.get(call.arrival.workspace, action.announcement)
    before = as_written(found, call.words, call.now)
    if (typed.when, typed.repeat) == (before.when, before.repeat) and not found.is_unclear():
        typed = replace(typed, plan=found.plan)
    typed, problems = await _read(call, typed, found.audience)
    if problems:
        return (_correct(call, problems),)
    shown = await announcements.change(call.arrival.workspace, action.announcement, found.revision, typed, call.words)
    card = preview_card(shown, call.words, call.now)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def choose(call: Call, action: ChooseTime, chosen: tuple[str, ...]) -> Replies:
    """Which of the times was meant."""
    place = int(chosen[0]) if chosen and chosen[0].isdecimal() and len(chosen[0]) < 3 else -1
    shown = await call.services.announcements.choose(
        call.arrival.workspace, action.announcement, action.revision, place
    )
    return (Replace(preview_card(shown, call.words, call.now)),)


async def go(call: Call, action: ScheduleAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """It is to go out as it was seen."""
    done = await call.services.announcements.schedule(
        call.arrival.workspace, action.announcement, action.revision, call.member.id, call.arrival.place.message
    )
    return (Replace(_settled(call, done)),)


async def go_now(call: Call, action: SendAnnouncementNow, _chosen: tuple[str, ...]) -> Replies:
    """Its time has passed, and it is to go all the same."""
    done = await call.services.announcements.schedule(
        call.arrival.workspace,
        action.announcement,
        action.revision,
        call.member.id,
        call.arrival.place.message,
        at_once=True,
    )
    return (Replace(_settled(call, done)),)


async def drop(call: Call, action: DropAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """Throws a draft away."""
    await call.services.announcements.drop(call.arrival.workspace, action.announcement)
    return (Replace(dropped_card(call.words)),)


async def list_again(call: Call, _action: ListAnnouncements, _chosen: tuple[str, ...]) -> Replies:
    """Back to the list."""
    return (Replace(await _every(call)),)


async def open_one(call: Call, _action: OpenAnnouncement, chosen: tuple[str, ...]) -> Replies:
    """The one that was chosen from the list."""
    try:
        wanted = AnnouncementId(UUID(chosen[0]))
    except (IndexError, ValueError) as error:
        raise NotUnderstood(phrase("Choose an announcement from the list.")) from error
    return (Replace(await _ledger(call, wanted)),)


async def show(call: Call, action: ShowAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """How it stands with one."""
    return (Replace(await _ledger(call, action.announcement)),)


async def cancel_one(call: Call, action: CancelAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """Nothing more of it goes out."""
    ledger = await call.services.announcements.cancel(
        call.arrival.workspace, action.announcement, call.arrival.place.message
    )
    return (Replace(ledger_card(ledger, call.words, call.now, call.member.id)),)


async def skip(call: Call, action: SkipNext, _chosen: tuple[str, ...]) -> Replies:
    """The next time is left out."""
    if not 0 <= action.at < 2**34:
        raise NotUnderstood(phrase("Choose an announcement from the list."))
    at = datetime.fromtimestamp(action.at, UTC)
    ledger = await call.services.announcements.skip(call.arrival.workspace, action.announcement, at)
    told = call.words.say("I leave out {time}.", time=call.words.when(at))
    return (Replace(ledger_card(ledger, call.words, call.now, call.member.id, told)),)


async def _read(call: Call, typed: Written, before: Audience | None = None) -> tuple[Written, Mapping[str, Phrase]]:
    """What was typed with its channels looked up, and what is wrong with it, by the field that it stands in."""
    announcements = call.services.announcements
    unknown: dict[str, Phrase] = {}
    try:
        typed = await announcements.looked_up(call.arrival.workspace, call.arrival.account, typed, before)
    except NotUnderstood as sorry:
        unknown["to"] = sorry.said
    return typed, {**await announcements.problems(call.arrival.workspace, typed, call.words), **unknown}


def _settled(call: Call, done: Scheduled | Preview | Passed | Asked) -> Card:
    match done:
        case Asked():
            return asked_card(done, call.words, call.now)
        case Scheduled():
            return scheduled_card(done, call.words, call.now)
        case Passed():
            return passed_card(done, call.words)
        case Preview():
            return preview_card(done, call.words, call.now)
        case _:
            assert_never(done)


def _correct(call: Call, problems: Mapping[str, Phrase]) -> Correct:
    return Correct({field: call.words.tell(problem) for field, problem in problems.items()})


async def _every(call: Call) -> Card:
    return list_card(await call.services.announcements.every(call.arrival.workspace), call.words)


async def _ledger(call: Call, announcement: AnnouncementId) -> Card:
    ledger = await call.services.announcements.ledger(call.arrival.workspace, announcement)
    return ledger_card(ledger, call.words, call.now, call.member.id)


COMMAND = Command(
    name="announce",
    names={"en": "announce", "da": "opslag"},
    summary="Tell many at once: now, later or again and again",
    default="list",
    verbs=(
        Verb(
            run=new,
            summary="write an announcement and look at it before it goes out",
            name="new",
            names={"en": "new", "da": "nyt"},
            also=("ny",),
            who=Who.ORGANISER,
            options=(
                Option(
                    "text",
                    {"en": "text", "da": "tekst"},
                    summary="what you want to say",
                    max_length=MAX_TYPED,
                    rest=True,
                ),
                Option("when", {"en": "when", "da": "hvornår"}, summary="when it goes out; at once without it"),
                Option(
                    "to",
                    {"en": "to", "da": "til"},
                    summary="who gets it; everyone without it",
                    suggests=audiences,
                    channels=True,
                ),
                Option("repeat", {"en": "repeat", "da": "gentag"}, summary="how it repeats"),
                announce_quiet.WAIT,
            ),
            opens_form=True,
            shortcut={"en": "Announcement", "da": "Opslag"},
            example='/announce new "We meet at 9" when:"tomorrow 08:00" to:everyone',
        ),
        Verb(
            run=list_,
            only_shows=True,
            summary="what is planned and what went out, and who got it",
            name="list",
            names={"en": "list", "da": "liste"},
            who=Who.ORGANISER,
        ),
        Verb(
            run=cancel,
            summary="cancel one that has not gone out yet",
            name="cancel",
            names={"en": "cancel", "da": "aflys"},
            who=Who.ORGANISER,
        ),
    ),
)

ACTIONS = (
    answer(WriteAnnouncement, open_new, Who.ORGANISER),
    answer(ChangeAnnouncement, open_change, Who.ORGANISER),
    answer(ChooseTime, choose, Who.ORGANISER),
    *announce_quiet.ACTIONS,
    answer(ScheduleAnnouncement, go, Who.ORGANISER),
    answer(SendAnnouncementNow, go_now, Who.ORGANISER),
    answer(DropAnnouncement, drop, Who.ORGANISER),
    answer(ListAnnouncements, list_again, Who.ORGANISER),
    answer(OpenAnnouncement, open_one, Who.ORGANISER),
    answer(ShowAnnouncement, show, Who.ORGANISER),
    answer(CancelAnnouncement, cancel_one, Who.ORGANISER),
    answer(SkipNext, skip, Who.ORGANISER),
    *announce_corrections.ACTIONS,
    *announce_approval.ACTIONS,
)

FORMS = (
    fill(WriteAnnouncement, new_form, write, Who.ORGANISER, watches=True),
    *announce_corrections.FORMS,
    *announce_approval.FORMS,
    fill(ChangeAnnouncement, changed_form, change, Who.ORGANISER),
)
