"""What an academy is set up with: its options, and the roster that brings in its members."""

from collections.abc import Mapping
from dataclasses import replace

from bot.errors import InputError
from bot.interactions import Call
from bot.members.academy_cards import academy_card, imported_card, not_imported_card, options_said
from bot.members.actions import BringRoster, EditOptions
from bot.members.domain import WorkspaceOptions
from bot.members.forms import one_of, option_problems, options_form, roster_form, text_of
from bot.messages.elements import File
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replies


async def options(call: Call) -> Replies:
    """Opens the form of the academy's options."""
    return (OpenForm(options_form(call.options, call.words)),)


async def roster(call: Call) -> Replies:
    """Opens the form that takes a roster."""
    return (OpenForm(roster_form(call.words)),)


async def open_options(call: Call, action: EditOptions, chosen: tuple[str, ...]) -> Replies:
    """The form of the options from a button."""
    del action, chosen
    return await options(call)


async def options_form_for(call: Call, action: EditOptions) -> Form:
    """The form to read back."""
    del action
    return options_form(call.options, call.words)


async def save_options(call: Call, action: EditOptions, values: Mapping[str, FormValue]) -> Replies:
    """Takes the options over."""
    del action
    problems = option_problems(values)
    if problems:
        return (Correct({field: call.words.tell(problem) for field, problem in problems.items()}),)

    def change(before: WorkspaceOptions) -> WorkspaceOptions:
        return replace(
            before,
            names_before_yes=one_of(values, "names") == "shown",
            novelty_rounds=int(text_of(values, "novelty_rounds")),
            answer_days=int(text_of(values, "answer_days")),
            language=one_of(values, "language"),
            timezone=text_of(values, "timezone"),
        )

    after = await call.services.members.set_options(call.arrival.workspace, change)
    academy = await call.services.members.academy(call.arrival.workspace)
    return (Private(academy_card(academy, call.words, said=options_said(after, call.words))),)


async def open_roster(call: Call, action: BringRoster, chosen: tuple[str, ...]) -> Replies:
    """The form of a roster from a button."""
    del action, chosen
    return await roster(call)


async def roster_form_for(call: Call, action: BringRoster) -> Form:
    """The form to read back."""
    del action
    return roster_form(call.words)


async def bring_roster(call: Call, action: BringRoster, values: Mapping[str, FormValue]) -> Replies:
    """Brings in the file: all of it, or nothing and why."""
    del action
    file = values.get("file")
    content = file.content if isinstance(file, File) else b""
    try:
        report = await call.services.members.import_roster(call.arrival.workspace, content)
    except InputError as error:
        return (Private(not_imported_card(error.problems, call.words)),)
    return (Private(imported_card(report, call.words)),)
