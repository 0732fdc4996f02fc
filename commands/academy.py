"""``/academy``: how the academy stands, and everything about it that organisers decide."""

import re
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from bot.errors import InputError, NotUnderstood, Phrase, phrase
from bot.identity import MemberId
from bot.interactions import Call, Command, Option, OptionKind, Verb, Who, answer, fill
from bot.members.academy_cards import (
    academy_card,
    imported_card,
    invitations_card,
    invited_card,
    named_card,
    not_imported_card,
    options_said,
    step_down_card,
    stepped_down_card,
)
from bot.members.actions import (
    BringRoster,
    EditOptions,
    NameOrganiser,
    PreviewInvitations,
    SendInvitations,
    ShowAcademy,
    StepDown,
    WriteSector,
)
from bot.members.domain import Sector, WorkspaceOptions
from bot.members.forms import (
    one_of,
    option_problems,
    options_form,
    organiser_form,
    roster_form,
    sector_form,
    text_of,
)
from bot.members.limits import SECTOR_KEY, SECTOR_NAME
from bot.messages.elements import Card, File
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies

_KEY = re.compile(rf"[a-z][a-z0-9_]{{1,{SECTOR_KEY - 1}}}")


async def show(call: Call) -> Replies:
    """The overview."""
    return (Private(await _overview(call)),)


async def organiser(call: Call) -> Replies:
    """Names another organiser; without a name a form asks whom."""
    member = call.values.get("member")
    if member is None:
        return (OpenForm(organiser_form(call.words)),)
    return await _name(call, str(member))


async def step_down(call: Call) -> Replies:
    """Asks once more before the keys are handed back."""
    return (Private(step_down_card(call.member, call.words)),)


async def invite(call: Call) -> Replies:
    """How many would be asked, with a button; nothing goes before it is pressed."""
    academy = await call.services.members.academy(call.arrival.workspace)
    return (Private(invitations_card(academy, call.words)),)


async def sector(call: Call) -> Replies:
    """Adds or renames a sector; without all three words a form asks."""
    key, danish, english = (call.text(name).strip() for name in ("key", "da", "en"))
    if not (key and danish and english):
        return (OpenForm(await _sector_form(call, WriteSector(key if _KEY.fullmatch(key) else ""))),)
    academy = await call.services.members.academy(call.arrival.workspace)
    problems = _sector_problems(key, danish, english, academy.sectors)
    if problems:
        raise NotUnderstood(next(iter(problems.values())))
    return (Private(await _put_sector(call, key, danish, english)),)


async def options(call: Call) -> Replies:
    """Opens the form of the academy's options."""
    return (OpenForm(options_form(call.options, call.words)),)


async def roster(call: Call) -> Replies:
    """Opens the form that takes a roster."""
    return (OpenForm(roster_form(call.words)),)


async def _show_again(call: Call, action: ShowAcademy, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return (Replace(await _overview(call)),)


async def _open_organiser(call: Call, action: NameOrganiser, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return (OpenForm(organiser_form(call.words)),)


async def _organiser_form(call: Call, action: NameOrganiser) -> Form:
    del action
    return organiser_form(call.words)


async def _organiser(call: Call, action: NameOrganiser, values: Mapping[str, FormValue]) -> Replies:
    del action
    return await _name(call, text_of(values, "member"))


async def _step_down(call: Call, action: StepDown, chosen: tuple[str, ...]) -> Replies:
    del chosen
    if call.member.is_organiser() or call.member.id != action.member:
        await call.services.members.step_down(call.arrival.workspace, call.member.id, action.member)
    return (Replace(stepped_down_card(call.words)),)


async def _preview(call: Call, action: PreviewInvitations, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await invite(call)


async def _send(call: Call, action: SendInvitations, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    asked = await call.services.members.invite_all(call.arrival.workspace)
    return (Replace(invited_card(asked, call.words)),)


async def _open_sector(call: Call, action: WriteSector, chosen: tuple[str, ...]) -> Replies:
    key = chosen[0] if chosen and _KEY.fullmatch(chosen[0]) else action.key
    return (OpenForm(await _sector_form(call, WriteSector(key))),)


async def _sector_form(call: Call, action: WriteSector) -> Form:
    academy = await call.services.members.academy(call.arrival.workspace)
    return sector_form(action.key, academy.sectors, call.words)


async def _sector(call: Call, action: WriteSector, values: Mapping[str, FormValue]) -> Replies:
    key = action.key or text_of(values, "key").casefold()
    danish, english = text_of(values, "da"), text_of(values, "en")
    academy = await call.services.members.academy(call.arrival.workspace)
    problems = _sector_problems(key, danish, english, academy.sectors)
    if not action.key and any(known.key == key for known in academy.sectors):
        problems["key"] = phrase("There is a sector with this key already.")
    if problems:
        return (Correct({field: call.words.tell(problem) for field, problem in problems.items()}),)
    return (Private(await _put_sector(call, key, danish, english)),)


async def _open_options(call: Call, action: EditOptions, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await options(call)


async def _options_form(call: Call, action: EditOptions) -> Form:
    del action
    return options_form(call.options, call.words)


async def _options(call: Call, action: EditOptions, values: Mapping[str, FormValue]) -> Replies:
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
    return (Private(await _overview(call, options_said(after, call.words))),)


async def _open_roster(call: Call, action: BringRoster, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await roster(call)


async def _roster_form(call: Call, action: BringRoster) -> Form:
    del action
    return roster_form(call.words)


async def _roster(call: Call, action: BringRoster, values: Mapping[str, FormValue]) -> Replies:
    del action
    file = values.get("file")
    content = file.content if isinstance(file, File) else b""
    try:
        report = await call.services.members.import_roster(call.arrival.workspace, content)
    except InputError as error:
        return (Private(not_imported_card(error.problems, call.words)),)
    return (Private(imported_card(report, call.words)),)


async def _overview(call: Call, said: str = "") -> Card:
    return academy_card(await call.services.members.academy(call.arrival.workspace), call.words, said=said)


async def _name(call: Call, member: str) -> Replies:
    named = await call.services.members.name_organiser(call.arrival.workspace, MemberId(UUID(member)))
    return (Private(named_card(named, call.words)),)


async def _put_sector(call: Call, key: str, danish: str, english: str) -> Card:
    await call.services.members.put_sector(call.arrival.workspace, Sector(key, {"da": danish, "en": english}))
    return await _overview(call, call.words.say("Saved. The sector can be chosen from now on."))


def _sector_problems(key: str, danish: str, english: str, sectors: tuple[Sector, ...]) -> dict[str, Phrase]:
    problems: dict[str, Phrase] = {}
    if not _KEY.fullmatch(key):
        problems["key"] = phrase("The key is made of small letters a to z, numbers and _, and starts with a letter.")
    others = {name.casefold() for known in sectors if known.key != key for name in (known.key, *known.names.values())}
    for field, name in (("da", danish), ("en", english)):
        if name.casefold() in others:
            problems[field] = phrase("Another sector is called that.")
    return problems


COMMAND = Command(
    name="academy",
    names={"en": "academy", "da": "akademi"},
    summary="How the academy stands, and what organisers decide about it",
    default="show",
    verbs=(
        Verb(
            run=show,
            name="show",
            names={"en": "show", "da": "vis"},
            summary="see who has answered the invitation, sectors and options",
            who=Who.ORGANISER,
        ),
        Verb(
            run=invite,
            name="invite",
            names={"en": "invite", "da": "inviter"},
            summary="ask the members whether they want to be introduced",
            who=Who.ORGANISER,
        ),
        Verb(
            run=roster,
            name="roster",
            names={"en": "roster", "da": "medlemsliste"},
            summary="bring in members from a file",
            who=Who.ORGANISER,
            opens_form=True,
        ),
        Verb(
            run=organiser,
            name="organiser",
            names={"en": "organiser", "da": "tovholder"},
            summary="name another organiser",
            who=Who.ORGANISER,
            opens_form=True,
            options=(
                Option(
                    "member", {"en": "member", "da": "medlem"}, summary="who it is", kind=OptionKind.MEMBER, rest=True
                ),
            ),
            example='/academy organiser "Mette Holm"',
        ),
        Verb(
            run=step_down,
            name="step-down",
            names={"en": "step-down", "da": "træd-tilbage"},
            summary="be an organiser no more",
            who=Who.ORGANISER,
        ),
        Verb(
            run=sector,
            name="sector",
            names={"en": "sector", "da": "sektor"},
            summary="add or rename a sector",
            who=Who.ORGANISER,
            opens_form=True,
            options=(
                Option("key", {"en": "key", "da": "nøgle"}, summary="short key, small letters", max_length=SECTOR_KEY),
                Option("da", {"en": "danish", "da": "dansk"}, summary="its name in Danish", max_length=SECTOR_NAME),
                Option("en", {"en": "english", "da": "engelsk"}, summary="its name in English", max_length=SECTOR_NAME),
            ),
            example='/academy sector unions "fagforening" "trade union"',
        ),
        Verb(
            run=options,
            name="options",
            names={"en": "options", "da": "indstillinger"},
            summary="choose how introductions work here",
            who=Who.ORGANISER,
            opens_form=True,
        ),
    ),
)

ACTIONS = (
    answer(ShowAcademy, _show_again, Who.ORGANISER),
    answer(PreviewInvitations, _preview, Who.ORGANISER),
    answer(SendInvitations, _send, Who.ORGANISER),
    answer(NameOrganiser, _open_organiser, Who.ORGANISER),
    answer(StepDown, _step_down),
    answer(WriteSector, _open_sector, Who.ORGANISER),
    answer(EditOptions, _open_options, Who.ORGANISER),
    answer(BringRoster, _open_roster, Who.ORGANISER),
)

FORMS = (
    fill(NameOrganiser, _organiser_form, _organiser, Who.ORGANISER),
    fill(WriteSector, _sector_form, _sector, Who.ORGANISER),
    fill(EditOptions, _options_form, _options, Who.ORGANISER),
    fill(BringRoster, _roster_form, _roster, Who.ORGANISER),
)
