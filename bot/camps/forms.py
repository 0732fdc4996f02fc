"""The dialogs of camps: the camp itself, guests, and why one is cancelled."""

from collections.abc import Mapping
from datetime import date

from bot.camps import reading
from bot.camps.actions import BringGuests, CallOff, ChangeCamp, PlanCamp
from bot.camps.answering import LONGEST_NAME, MOST_GUESTS
from bot.camps.domain import Camp, Signup
from bot.camps.reading import Lists, Written, as_written
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, DateField, Form, FormField, FormValue, TextField
from bot.messages.text import plain
from bot.words import Words

GUESTS, NAMES, REASON = "guests", "names", "reason"
_MANY = 3_000
_REASON = 500


def plan_form(words: Words, typed: Written | None = None) -> Form:
    """A new camp, with what was typed already."""
    return Form(
        title=words.say("Plan a camp"),
        submit=words.say("Make the camp"),
        action=PlanCamp(),
        fields=_fields(typed or Written(), words),
        intro=plain(words.say("Nobody gets a message before you invite them; whoever asks for /camp can see it.")),
    )


def change_form(camp: Camp, lists: Lists, words: Words) -> Form:
    """One that is there, as it stands."""
    return Form(
        title=words.say("Change the camp"),
        submit=words.say("Save"),
        action=ChangeCamp(camp.id, camp.revision),
        fields=_fields(as_written(camp, lists, words.language), words),
        intro=plain(words.say("Afterwards you choose whether those who come are told.")),
    )


def guests_form(signup: Signup, words: Words) -> Form:
    """How many somebody brings."""
    choices = tuple(Choice(str(number), words.number(number)) for number in range(MOST_GUESTS + 1))
    return Form(
        title=words.say("My guests"),
        submit=words.say("Save"),
        action=BringGuests(signup.camp),
        fields=(
            ChoiceField(
                GUESTS, words.say("How many do you bring?"), choices, value=(str(signup.guests),), required=True
            ),
            TextField(
                NAMES,
                words.say("What are they called?"),
                hint=words.say(
                    "A line each, for the name tags. You may leave it empty; I forget the names after the camp."
                ),
                value="\n".join(signup.guest_names),
                multiline=True,
                max_length=MOST_GUESTS * (LONGEST_NAME + 1),
            ),
        ),
    )


def call_off_form(camp: Camp, words: Words) -> Form:
    """Why it is cancelled."""
    return Form(
        title=words.say("Cancel the camp"),
        submit=words.say("Show me how it looks"),
        action=CallOff(camp.id),
        fields=(
            TextField(
                REASON,
                words.say("What do you want to tell those who would have come?"),
                hint=words.say("One or two lines; you may leave it empty."),
                value=camp.reason,
                multiline=True,
                max_length=_REASON,
            ),
        ),
        intro=plain(words.say("You see it before anything goes out.")),
    )


def filled_in(values: Mapping[str, FormValue]) -> Written:
    """What came back."""
    day = values[reading.DAY]
    return Written(
        name=_text(values, reading.NAME),
        day=day if isinstance(day, date) else None,
        hours=_text(values, reading.HOURS),
        check_in=_text(values, reading.CHECK_IN),
        place=_text(values, reading.PLACE),
        host=_text(values, reading.HOST),
        theme=_text(values, reading.THEME),
        capacity=_text(values, reading.CAPACITY),
        sectors=_text(values, reading.SECTORS),
        programme=_text(values, reading.PROGRAMME),
        cases=_text(values, reading.CASES),
        challenge=_text(values, reading.CHALLENGE),
    )


def guests_in(values: Mapping[str, FormValue]) -> tuple[int, tuple[str, ...]]:
    """How many guests, and their names."""
    chosen = values[GUESTS]
    return int(chosen[0]) if isinstance(chosen, tuple) else 0, tuple(_text(values, NAMES).splitlines())


def _text(values: Mapping[str, FormValue], key: str) -> str:
    return str(values[key])


def _fields(typed: Written, words: Words) -> tuple[FormField, ...]:
    return (
        TextField(reading.NAME, words.say("Name"), value=typed.name, required=True, max_length=reading.LONGEST_NAME),
        DateField(reading.DAY, words.say("Day"), value=typed.day, required=True),
        TextField(
            reading.HOURS,
            words.say("From when to when?"),
            hint=words.say("09.00-16.00, or over midnight: 20.00-02.00. For several days make a camp of each."),
            value=typed.hours,
            required=True,
            max_length=40,
        ),
        TextField(reading.PLACE, words.say("Where"), value=typed.place, max_length=reading.LONGEST_LINE),
        TextField(
            reading.CHECK_IN,
            words.say("Check-in"),
            hint=words.say("08.30; empty where there is none."),
            value=typed.check_in,
            max_length=20,
        ),
        TextField(reading.HOST, words.say("Host"), value=typed.host, max_length=reading.LONGEST_LINE),
        TextField(reading.THEME, words.say("Theme"), value=typed.theme, max_length=reading.LONGEST_LINE),
        TextField(
            reading.CAPACITY,
            words.say("How many seats?"),
            hint=words.say("Empty: as many as want to come."),
            value=typed.capacity,
            max_length=10,
        ),
        TextField(
            reading.PROGRAMME,
            words.say("Programme"),
            hint=words.say("A line each: 09.00 Title / speaker."),
            value=typed.programme,
            multiline=True,
            max_length=_MANY,
        ),
        TextField(
            reading.CHALLENGE,
            words.say("Challenge of the day"),
            value=typed.challenge,
            multiline=True,
            max_length=reading.LONGEST_CHALLENGE,
        ),
        TextField(
            reading.CASES,
            words.say("Cases"),
            hint=words.say("A line each. The stations work on them."),
            value=typed.cases,
            multiline=True,
            max_length=_MANY,
        ),
        TextField(
            reading.SECTORS,
            words.say("Seats by sector"),
            hint=words.say("At most so many from one sector, a line each: business: 10. Empty: no limit."),
            value=typed.sectors,
            multiline=True,
            max_length=600,
        ),
    )
