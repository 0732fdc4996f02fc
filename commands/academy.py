"""``/academy``: how the academy stands, and everything about it that organisers decide."""

from collections.abc import Mapping
from uuid import UUID

from bot.identity import MemberId
from bot.interactions import Call, Command, Option, OptionKind, Verb, Who, answer, fill
from bot.linking.actions import JoinAcademies
from bot.members.academy_cards import (
    academy_card,
    invitations_card,
    invited_card,
    named_card,
    step_down_card,
    stepped_down_card,
)
from bot.members.actions import (
    BringRoster,
    EditOptions,
    LookAtSector,
    LookAtTheme,
    LookAtWords,
    NameOrganiser,
    OpenRoomsAnywhere,
    OpenRoomsHere,
    PreviewInvitations,
    RemoveSector,
    RemoveTheme,
    RemoveWords,
    SendInvitations,
    ShowAcademy,
    ShowUndelivered,
    ShowWords,
    StepDown,
    TakeKnownWords,
    WriteSector,
    WriteTheme,
    WriteWords,
)
from bot.members.forms import (
    organiser_form,
    text_of,
)
from bot.members.limits import SECTOR_KEY, SECTOR_NAME, WORD
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replace, Replies
from commands import academy_link, academy_notes, academy_sending
from commands import academy_lists as lists
from commands import academy_rooms as rooms
from commands import academy_setup as setup
from commands import academy_words as words
from commands.suggestions import sector_keys, tags, theme_keys


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


async def _overview(call: Call, said: str = "") -> Card:
    return academy_card(await call.services.members.academy(call.arrival.workspace), call.words, said=said)


async def _name(call: Call, member: str) -> Replies:
    named = await call.services.members.name_organiser(call.arrival.workspace, MemberId(UUID(member)))
    return (Private(named_card(named, call.words)),)


_DANISH = Option("da", {"en": "danish", "da": "dansk"}, summary="its name in Danish", max_length=SECTOR_NAME)
_ENGLISH = Option("en", {"en": "english", "da": "engelsk"}, summary="its name in English", max_length=SECTOR_NAME)
_SECTOR = Option(
    "key", {"en": "key", "da": "nøgle"}, summary="short key, small letters", max_length=SECTOR_KEY, suggests=sector_keys
)
_THEME = Option(
    "key", {"en": "key", "da": "nøgle"}, summary="short key, small letters", max_length=SECTOR_KEY, suggests=theme_keys
)

COMMAND = Command(
    name="academy",
    names={"en": "academy", "da": "akademi"},
    summary="How the academy stands, and what organisers decide about it",
    default="show",
    verbs=(
        Verb(
            run=show,
            only_shows=True,
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
            run=setup.roster,
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
            run=lists.sector,
            name="sector",
            names={"en": "sector", "da": "sektor"},
            summary="add or rename a sector",
            who=Who.ORGANISER,
            opens_form=True,
            options=(_SECTOR, _DANISH, _ENGLISH),
            example='/academy sector unions "fagforening" "trade union"',
        ),
        Verb(
            run=lists.theme,
            name="theme",
            names={"en": "theme", "da": "tema"},
            summary="add or rename a theme",
            who=Who.ORGANISER,
            opens_form=True,
            options=(_THEME, _DANISH, _ENGLISH),
            example='/academy theme addiction "afhængighed" "addiction"',
        ),
        Verb(
            run=words.words,
            name="words",
            names={"en": "words", "da": "ord"},
            summary="decide which words mean the same here",
            who=Who.ORGANISER,
            opens_form=True,
            forms_anyway=True,
            options=(
                Option(
                    "words",
                    {"en": "words", "da": "ord"},
                    summary="words that mean the same here",
                    kind=OptionKind.LIST,
                    max_length=WORD,
                    rest=True,
                    suggests=tags,
                ),
            ),
            example='/academy words flexbus minibus "shared car"',
        ),
        Verb(
            run=rooms.rooms,
            name="rooms",
            names={"en": "rooms", "da": "rum"},
            summary="on Discord: open the rooms of introductions in this channel",
            who=Who.ORGANISER,
        ),
        Verb(
            run=academy_link.link,
            name="link",
            names={"en": "link", "da": "forbind"},
            summary="make this academy one with its home on another platform",
            who=Who.ORGANISER,
            options=(
                Option(
                    "code",
                    {"en": "code", "da": "kode"},
                    summary="the code from the other place",
                    max_length=20,
                    rest=True,
                ),
            ),
        ),
        Verb(
            run=setup.options,
            name="options",
            names={"en": "options", "da": "indstillinger"},
            summary="choose how introductions work here",
            who=Who.ORGANISER,
            opens_form=True,
        ),
        academy_sending.VERB,
        academy_notes.VERB,
    ),
)

ACTIONS = (
    answer(ShowAcademy, _show_again, Who.ORGANISER),
    answer(PreviewInvitations, _preview, Who.ORGANISER),
    answer(SendInvitations, _send, Who.ORGANISER),
    answer(NameOrganiser, _open_organiser, Who.ORGANISER),
    answer(StepDown, _step_down),
    answer(WriteSector, lists.open_sector, Who.ORGANISER),
    answer(WriteTheme, lists.open_theme, Who.ORGANISER),
    answer(LookAtSector, lists.look_at_sector, Who.ORGANISER),
    answer(LookAtTheme, lists.look_at_theme, Who.ORGANISER),
    answer(RemoveSector, lists.remove_sector, Who.ORGANISER),
    answer(RemoveTheme, lists.remove_theme, Who.ORGANISER),
    answer(ShowUndelivered, lists.undelivered, Who.ORGANISER),
    answer(ShowWords, words.show, Who.ORGANISER),
    answer(LookAtWords, words.look, Who.ORGANISER),
    answer(WriteWords, words.open_form, Who.ORGANISER),
    answer(TakeKnownWords, words.take_known, Who.ORGANISER),
    answer(RemoveWords, words.remove, Who.ORGANISER),
    answer(OpenRoomsHere, rooms.here, Who.ORGANISER),
    answer(OpenRoomsAnywhere, rooms.anywhere, Who.ORGANISER),
    answer(JoinAcademies, academy_link.join, Who.ORGANISER),
    answer(EditOptions, setup.open_options, Who.ORGANISER),
    answer(BringRoster, setup.open_roster, Who.ORGANISER),
    *academy_sending.ACTIONS,
    *academy_notes.ACTIONS,
)

FORMS = (
    fill(NameOrganiser, _organiser_form, _organiser, Who.ORGANISER),
    fill(WriteSector, lists.sector_form_for, lists.save_sector, Who.ORGANISER),
    fill(WriteTheme, lists.theme_form_for, lists.save_theme, Who.ORGANISER),
    fill(WriteWords, words.form_for, words.save, Who.ORGANISER, watches=True),
    fill(EditOptions, setup.options_form_for, setup.save_options, Who.ORGANISER),
    fill(BringRoster, setup.roster_form_for, setup.bring_roster, Who.ORGANISER),
    *academy_sending.FORMS,
    *academy_notes.FORMS,
)
