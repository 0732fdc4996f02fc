"""The dialog in which a poll is written and changed."""

from collections.abc import Mapping
from dataclasses import replace

from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, FormValue, ListField, TextField
from bot.messages.text import Bold, Plain, plain
from bot.polls.actions import ChangePoll, WritePoll
from bot.polls.domain import (
    FIXED_OPTIONS,
    MOST_OPTIONS,
    OPTION_CHARACTERS,
    QUESTION_CHARACTERS,
    Poll,
    PollKind,
    Showing,
)
from bot.polls.naming import option_name, repeats
from bot.polls.writing import Written
from bot.words import Words

QUESTION, OPTIONS, KIND, RULES, CLOSES = "question", "options", "kind", "rules", "closes"
WHERE = "where"
_LINE = 300
_ANONYMOUS, _ADD = "anonymous", "may_add"


def write_form(words: Words, typed: Written | None = None, *, anywhere: bool = False, told: str = "") -> Form:
    """A new poll, with what was typed already. ``anywhere``: it was not asked for in a channel, so that one has to be named.
    ``told``: what is wrong with it so far."""
    form = _form(words.say("New poll"), WritePoll(), typed or Written(""), words)
    form = replace(form, intro=(Bold(told), Plain("\n"), *form.intro)) if told else form
    if not anywhere:
        return form
    hint = words.say("#general, or several: #general, #camps")
    where = TextField(WHERE, words.say("In which channels?"), hint=hint, required=True, max_length=_LINE)
    return replace(form, fields=(*form.fields, where))


def change_form(poll: Poll, words: Words) -> Form:
    """A draft, as it stands."""
    return _form(words.say("Change the poll"), ChangePoll(poll.id, poll.revision), as_written(poll, words), words)


def as_written(poll: Poll, words: Words) -> Written:
    """The poll as somebody would write it."""
    closes = "" if poll.closes_at is None else words.when(poll.closes_at)
    options = () if poll.kind in FIXED_OPTIONS else tuple(option_name(poll, one, words) for one in poll.options)
    return Written(
        question=poll.question,
        options=options,
        kind=poll.kind,
        most=poll.most,
        may_add=poll.may_add,
        anonymous=poll.anonymous,
        showing=poll.showing,
        closes=words.say("all") if poll.closes_when_all else closes,
        quorum=poll.quorum,
        repeat=repeats(poll, words),
    )


def filled_in(values: Mapping[str, FormValue], before: Written) -> Written:
    """What came back. ``before``: for what the dialog does not ask."""
    kind, most = _kind("".join(_several(values[KIND])))
    rules = values[RULES]
    chosen = rules if isinstance(rules, tuple) else ()
    showing = next((one for one in Showing if one.value in chosen), Showing.LIVE)
    options = values[OPTIONS]
    return Written(
        question=str(values[QUESTION]),
        options=options if isinstance(options, tuple) else (),
        kind=kind,
        most=most or (before.most if kind is PollKind.MULTIPLE else 0),
        may_add=_ADD in chosen,
        anonymous=_ANONYMOUS in chosen,
        showing=showing,
        closes=str(values[CLOSES]),
        quorum=before.quorum,
        repeat=before.repeat,
    )


def _several(value: FormValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _form(title: str, action: WritePoll | ChangePoll, typed: Written, words: Words) -> Form:
    return Form(
        title=title,
        submit=words.say("Show me how it looks"),
        action=action,
        fields=(
            TextField(
                QUESTION,
                words.say("What do you want to ask?"),
                value=typed.question,
                required=True,
                max_length=QUESTION_CHARACTERS,
            ),
            ListField(
                OPTIONS,
                words.say("What can people choose?"),
                hint=words.say("One a line, 2 to 25. Leave it empty for yes/no and for stars."),
                value=typed.options,
                max_items=MOST_OPTIONS,
                max_length=OPTION_CHARACTERS,
                sentences=True,
            ),
            ChoiceField(
                KIND, words.say("How do people vote?"), _kinds(typed, words), value=(_kind_value(typed),), required=True
            ),
            ChoiceField(RULES, words.say("Rules"), _rules(words), value=_rules_of(typed), multiple=True),
            TextField(
                CLOSES,
                words.say("Open until"),
                hint=words.say("Friday at 12, in 48 hours, or: all. Empty: until you close it."),
                value=typed.closes,
                max_length=_LINE,
            ),
        ),
        intro=plain(words.say("You see it before anything is posted, and can set more then.")),
    )


def _kinds(typed: Written, words: Words) -> tuple[Choice, ...]:
    kinds = [
        Choice(PollKind.SINGLE.value, words.say("one of the options")),
        Choice(PollKind.MULTIPLE.value, words.say("several of the options")),
        Choice(f"{PollKind.MULTIPLE.value}2", words.say("up to {number} of the options", number=2)),
        Choice(f"{PollKind.MULTIPLE.value}3", words.say("up to {number} of the options", number=3)),
        Choice(PollKind.RANKED.value, words.say("the options in their own order")),
        Choice(PollKind.YES_NO.value, words.say("yes, no or abstain")),
        Choice(PollKind.DATES.value, words.say("which days fit (the options are days or times)")),
        Choice(PollKind.RATING.value, words.say("1 to 5 stars")),
    ]
    known = {one.value for one in kinds}
    value = _kind_value(typed)
    if value not in known:
        kinds.append(Choice(value, words.say("up to {number} of the options", number=typed.most)))
    return tuple(kinds)


def _kind_value(typed: Written) -> str:
    kind = typed.kind or (PollKind.MULTIPLE if typed.most > 1 else PollKind.SINGLE)
    return f"{kind.value}{typed.most}" if kind is PollKind.MULTIPLE and typed.most else kind.value


def _kind(value: str) -> tuple[PollKind, int]:
    bare = value.rstrip("0123456789")
    most = value.removeprefix(bare)
    return PollKind(bare), int(most) if most else 0


def _rules(words: Words) -> tuple[Choice, ...]:
    return (
        Choice(_ANONYMOUS, words.say("anonymous, also to you")),
        Choice(_ADD, words.say("others may add options")),
        Choice(Showing.AFTER_VOTE.value, words.say("numbers only for those who have voted")),
        Choice(Showing.AT_CLOSE.value, words.say("numbers only when it closes")),
    )


def _rules_of(typed: Written) -> tuple[str, ...]:
    showing = () if typed.showing is Showing.LIVE else (typed.showing.value,)
    return (*([_ANONYMOUS] if typed.anonymous else []), *([_ADD] if typed.may_add else []), *showing)
