"""Quiet hours in words: for how many it is night or a day off, who waits until when, and the buttons that change it."""

from collections.abc import Sequence
from typing import assert_never

from bot.announcements.actions import WaitForSome
from bot.announcements.quiet import MORNING, Waits
from bot.announcements.seeing import Preview
from bot.messages.elements import Button, Choice
from bot.words import Words


def quiet_notes(preview: Preview, words: Words) -> Sequence[str]:
    """What the author should know of the readers' nights and days off."""
    notes = [_waiting(preview, words)] if preview.held else list(promise(preview.announcement.waits, words))
    if preview.at_night:
        notes.append(
            words.count(
                "For {number} of them it is night then.", "For {number} of them it is night then.", preview.at_night
            )
        )
    if preview.on_days_off:
        notes.append(
            words.count(
                "For {number} of them it is the weekend or a holiday then.",
                "For {number} of them it is the weekend or a holiday then.",
                preview.on_days_off,
            )
        )
    return notes


def quiet_buttons(preview: Preview, words: Words) -> Sequence[Button]:
    """Those that let it wait for some of them, or go to all at once. Only where that makes a difference."""
    announcement = preview.announcement

    def button(label: str, waits: Waits) -> Button:
        return Button(label, WaitForSome(announcement.id, announcement.revision, waits.value))

    buttons: list[Button] = []
    if preview.at_night:
        buttons.append(button(words.say("Wait until their morning"), Waits.MORNING))
    if preview.on_days_off:
        buttons.append(button(words.say("Wait for a working day"), Waits.WORKDAY))
    if preview.held:
        buttons.append(button(words.say("To all at the same time"), Waits.NO))
    return buttons


def waits_choices(words: Words) -> tuple[Choice, ...]:
    """The choices of a form."""
    return tuple(Choice(one.value, waits_in_words(one, words)) for one in Waits)


def waits_in_words(waits: Waits, words: Words) -> str:
    """For whom it waits, in a few words."""
    said = {
        Waits.NO: words.say("to all at the same time"),
        Waits.MORNING: words.say("at night: wait until the morning"),
        Waits.WORKDAY: words.say("at night and on days off: wait for a working day"),
    }
    return said[waits]


def _waiting(preview: Preview, words: Words) -> str:
    # Told as a time only where it is the author's morning as well.
    if preview.held_until is not None and preview.held_until.astimezone(words.zone).time() == MORNING:
        time = words.when(preview.held_until)
        if preview.held == preview.count:
            return words.say("All of them get it {time}.", time=time)
        return words.count(
            "{number} of them gets it {time}.", "{number} of them get it {time}.", preview.held, time=time
        )
    if preview.announcement.waits is Waits.WORKDAY:
        return words.count(
            "{number} of them gets it on the morning of the next working day, by their own clock.",
            "{number} of them get it on the morning of the next working day, by their own clock.",
            preview.held,
        )
    return words.count(
        "{number} of them gets it in the morning, by their own clock.",
        "{number} of them get it in the morning, by their own clock.",
        preview.held,
    )


def promise(waits: Waits, words: Words) -> Sequence[str]:
    """What will be done for those who have night or a day off; nothing where nothing is."""
    match waits:
        case Waits.NO:
            return ()
        case Waits.MORNING:
            return [words.say("Whoever has night then gets it in the morning.")]
        case Waits.WORKDAY:
            return [words.say("Whoever has night or a day off then gets it on the next working day.")]
        case _:
            assert_never(waits)
