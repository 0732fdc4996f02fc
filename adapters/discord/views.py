"""The small cards around a form or a press: what runs, which step comes next, what to change, what to think about first."""

from collections.abc import Collection, Mapping

from adapters.discord import limits
from adapters.discord.controls import distinct, label_of
from adapters.discord.forms import steps_of
from adapters.discord.ids import CustomId, Kind, write_id
from adapters.discord.page import Page
from adapters.discord.pieces import Press, Row, Written
from adapters.discord.tables import point
from adapters.discord.text import NOTHING, grouped, in_lines, parted, written
from bot.messages.actions import encode_action
from bot.messages.elements import Accent, Confirm, Weight
from bot.messages.forms import Form
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.words import Words

# Of what is told beside a button, so that one message holds it whatever it is.
_TOLD = 1_500
_NAMED = 150


def waiting_page(words: Words) -> Page:
    """What is shown until the answer is there."""
    return Page((_said(plain(words.say("One moment ..."))),))


def open_page(form: Form, tag: str, words: Words, step: int = 0) -> Page:
    """A form that could not be opened at once, to be opened by a button."""
    title = (Bold(_short(form.title)), Plain("\n"), Plain(words.say("The form is ready.")))
    return Page((_said(title), Row((_reopen(form, step, tag, words.say("Open the form")),))))


def step_page(form: Form, done: int, tag: str, words: Words, *, may_stay: bool = False) -> Page:
    """After a step: how far one is, what is still asked, and on to the next. ``done``: how many steps are behind.
    ``may_stay``: all of the rest may stay as it is, so that the form can be sent already."""
    steps = steps_of(form)
    left = [_short(field.label) for fields in steps[done:] for field in fields]
    title = words.say("{title}: step {done} of {steps} is done", title=_short(form.title), done=done, steps=len(steps))
    told = words.say("Still to come: {fields}.", fields=shortened(", ".join(left), _TOLD))
    kept = words.say("What you wrote is kept for a day.")
    at_once = (_as_it_stands(form, done, tag),) if may_stay else ()
    return Page(
        (
            _said((Bold(title), Plain("\n"), Plain(told))),
            Row((_reopen(form, done, tag, words.say("Continue")), *at_once, _close(tag, words.say("Not now")))),
            Written(in_lines(_plainly(plain(kept)), "-# ")),
        )
    )


def step_with(form: Form, keys: Collection[str]) -> int:
    """The first step that asks one of these fields; the first of all where none does."""
    steps = steps_of(form)
    return next((place for place, fields in enumerate(steps) if any(one.key in keys for one in fields)), 0)


def correcting_page(form: Form, problems: Mapping[str, str], tag: str, words: Words) -> Page:
    """What to change before the form can be sent, by field, and a button that opens it with what was typed."""
    labels = {field.key: field.label for field in form.fields}
    each = _TOLD // max(len(problems), 1)
    points = [
        point((Bold(_short(labels.get(key, form.title))), Plain(f": {shortened(problem, each)}")))
        for key, problem in problems.items()
    ]
    title = Bold(words.say("{title}: almost there", title=_short(form.title)))
    said = words.say("What you wrote is kept.")
    if form.secret:
        said = words.say("An anonymous answer is kept nowhere half-way, so the form opens empty.")
    kept = written(plain(said), {})
    again = _reopen(form, step_with(form, problems), tag, words.say("Correct it"))
    return Page(
        (
            _said((title,)),
            *(Written(group) for group in grouped(points, limits.TEXT)),
            Row((again,)),
            Written(in_lines(kept, "-# ")),
        ),
        Accent.ASK,
    )


def question_page(confirm: Confirm, tag: str, wire: str, *, grave: bool = True) -> Page:
    """What a button asks first. ``wire``: of the action that yes stands for. ``grave``: it cannot be undone."""
    title = Written(in_lines(written(plain(_short(confirm.title)), {}), "### "))
    text = [Written(part) for part in parted(plain(shortened(confirm.text, _TOLD)), limits.TEXT, _plainly)]
    yes, no = distinct((confirm.yes, confirm.no), limits.BUTTON_LABEL)
    buttons = (
        Press(yes, write_id(CustomId(Kind.YES, 0, tag, wire)), Weight.DANGER if grave else Weight.MAIN),
        Press(no, write_id(CustomId(Kind.CLOSE, 1, tag))),
    )
    return Page((title, *text, Row(buttons)), Accent.WARN if grave else Accent.ASK)


def general_question(label: str, words: Words) -> Confirm:
    """The question of a button whose own is no longer known: a card from long ago."""
    return Confirm(
        words.say("Are you sure?"),
        words.say("You pressed: {label}", label=_short(label)),
        words.say("Yes"),
        words.say("Not now"),
    )


def academy_page(names: Mapping[str, str], wire: str, words: Words) -> Page:
    """Which academy is meant, where somebody is in several. ``names``: of each, by its tag; 25 at most are offered."""
    shown = list(names.items())[: limits.BUTTONS_A_ROW**2]
    labels = distinct([name for _, name in shown], limits.BUTTON_LABEL)
    presses = [
        Press(label, write_id(CustomId(Kind.ACADEMY, number, tag, wire)))
        for number, ((tag, _), label) in enumerate(zip(shown, labels, strict=True))
    ]
    rows = [presses[start : start + limits.BUTTONS_A_ROW] for start in range(0, len(presses), limits.BUTTONS_A_ROW)]
    return Page((_said(plain(words.say("Which academy is this for?"))), *(Row(tuple(row)) for row in rows)), Accent.ASK)


def _plainly(text: Text) -> str:
    return written(text, {})


def _said(text: Text) -> Written:
    return Written(_plainly(text))


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _NAMED) or NOTHING


def _reopen(form: Form, step: int, tag: str, label: str) -> Press:
    custom_id = write_id(CustomId(Kind.REOPEN, step, tag, encode_action(form.action)))
    return Press(label_of(label, limits.BUTTON_LABEL), custom_id, Weight.MAIN)


def _as_it_stands(form: Form, done: int, tag: str) -> Press:
    custom_id = write_id(CustomId(Kind.AS_IT_STANDS, done, tag, encode_action(form.action)))
    return Press(label_of(form.submit, limits.BUTTON_LABEL), custom_id)


def _close(tag: str, label: str) -> Press:
    return Press(label_of(label, limits.BUTTON_LABEL), write_id(CustomId(Kind.CLOSE, 0, tag)))
