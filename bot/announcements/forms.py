"""The dialog in which an announcement is written or changed."""

from collections.abc import Mapping
from datetime import datetime

from bot.announcements.actions import ChangeAnnouncement, CorrectAnnouncement, WriteAnnouncement
from bot.announcements.domain import MOST_CHARACTERS, Announcement
from bot.announcements.quiet import Waits
from bot.announcements.quietcards import waits_choices
from bot.announcements.service import Written
from bot.messages.forms import ChoiceField, Form, FormValue, TextField
from bot.messages.text import plain
from bot.times import Rule, in_words
from bot.words import Words

TEXT, WHEN, REPEAT, TO, WAIT = "text", "when", "repeat", "to", "wait"
_LINE = 300


def write_form(words: Words, typed: Written | None = None) -> Form:
    """A new announcement, with what was typed already."""
    return _form(words.say("New announcement"), WriteAnnouncement(), typed or Written(""), words)


def change_form(announcement: Announcement, words: Words, now: datetime) -> Form:
    """One that is not sent yet, as it stands."""
    action = ChangeAnnouncement(announcement.id, announcement.revision)
    return _form(words.say("Change the announcement"), action, as_written(announcement, words, now), words)


def correct_form(announcement: Announcement, words: Words) -> Form:
    """The text of one that went out."""
    return Form(
        title=words.say("Correct the announcement"),
        submit=words.say("Show me how it looks"),
        action=CorrectAnnouncement(announcement.id),
        fields=(_text_field(announcement.text, words),),
        intro=plain(words.say("You see it before anything is changed.")),
    )


def as_written(announcement: Announcement, words: Words, now: datetime) -> Written:
    """The announcement as somebody would write it."""
    reading = None if announcement.is_unclear() else announcement.plan.reading()
    when = repeat = ""
    if isinstance(reading, Rule):
        repeat = in_words(reading, words, now)
    elif reading is not None:
        when = words.when(reading.at)
    return Written(announcement.text, when, repeat, announcement.audience.typed(), announcement.waits)


def filled_in(values: Mapping[str, FormValue]) -> Written:
    """What came back."""
    wait = values.get(WAIT)
    chosen = str(wait[0]) if isinstance(wait, tuple) and wait else ""
    return Written(str(values[TEXT]), str(values[WHEN]), str(values[REPEAT]), str(values[TO]), chosen)


def _form(title: str, action: WriteAnnouncement | ChangeAnnouncement, typed: Written, words: Words) -> Form:
    return Form(
        title=title,
        submit=words.say("Show me how it looks"),
        action=action,
        fields=(
            _text_field(typed.text, words),
            TextField(
                WHEN,
                words.say("When?"),
                hint=words.say("Tomorrow at 9, or in 2 hours. Empty: at once."),
                value=typed.when,
                max_length=_LINE,
            ),
            TextField(
                REPEAT,
                words.say("Again and again?"),
                hint=words.say("Every Monday at 9. Empty: only once."),
                value=typed.repeat,
                max_length=max(_LINE, len(typed.repeat)),
            ),
            TextField(
                TO,
                words.say("To whom?"),
                hint=words.say(
                    "everyone, sector:business, theme:ageing, role:organiser or #channel; + for both, a comma for either."
                ),
                value=typed.to,
                max_length=_LINE,
            ),
            ChoiceField(
                WAIT,
                words.say("At night and on days off?"),
                waits_choices(words),
                value=(typed.wait or Waits.NO.value,),
                required=True,
            ),
        ),
        intro=plain(words.say("You see it before anything goes out.")),
    )


def _text_field(text: str, words: Words) -> TextField:
    return TextField(
        TEXT,
        words.say("What do you want to say?"),
        hint=words.say("A line that begins with - is a point; **bold**, _italic_ and links work."),
        value=text,
        required=True,
        multiline=True,
        max_length=MOST_CHARACTERS,
    )
