"""``/profile``: who I am, what I look for and offer, how often; a break; all my data; forget me."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.errors import NotUnderstood, Phrase, phrase
from bot.interactions import Call, Command, Option, OptionKind, Verb, Who, answer, fill
from bot.linking.actions import GiveLinkCode, MessagesOn, UniteProfiles, UnlinkAccount
from bot.members.actions import (
    AcceptInvitation,
    AddTag,
    AdoptTheme,
    AskErase,
    AskForTags,
    DeclineInvitation,
    EditProfile,
    EraseProfile,
    ExportProfile,
    KeepSentence,
    PauseProfile,
    PostponeInvitation,
    ResumeProfile,
    ShareEmail,
    ShowProfile,
    UseTags,
)
from bot.members.cards import answered_card, back_card, paused_card, profile_card, saved_card
from bot.members.domain import Consent
from bot.members.forms import pause_form, profile_form, profile_problems, read_profile
from bot.members.leaving_cards import erase_card, export_card, forgotten_card
from bot.members.limits import PAUSE_YEARS
from bot.members.profile import nearby
from bot.members.service import Standing
from bot.messages.elements import Card, File
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, Hand, OpenForm, Private, Replace, Replies
from commands import profile_announcements, profile_link
from commands.profile_tags import add_tag, ask_for_tags, keep_sentence, suggestions, use_tags


async def show(call: Call) -> Replies:
    """The profile as others may see it; the form for somebody who has none yet."""
    if not call.member.is_complete():
        return await edit(call)
    # Whoever asks was recognised a moment ago, as they are stored.
    standing = Standing(call.member, await call.services.members.lists(call.arrival.workspace))
    return (Private(_profile(call, standing)),)


async def edit(call: Call) -> Replies:
    """Opens the form."""
    return (OpenForm(await _edit_form(call, EditProfile())),)


async def pause(call: Call) -> Replies:
    """A break until a day; without a day the form asks for it."""
    until = call.values.get("until")
    if not isinstance(until, date):
        return (OpenForm(pause_form(call.words)),)
    wrong = _wrong_pause(until, _today(call))
    if wrong is not None:
        raise NotUnderstood(wrong)
    await call.services.members.pause(call.arrival.workspace, call.member.id, until)
    return (Private(paused_card(until, call.words)),)


async def resume(call: Call) -> Replies:
    """The break is over."""
    return (Private(await _back(call)),)


async def export(call: Call) -> Replies:
    """Everything that is stored about the one who asks."""
    content = await call.services.members.export(call.arrival.workspace, call.member.id)
    return (Hand(export_card(call.words), File("brobygger-my-data.json", "application/json", content)),)


async def erase(call: Call) -> Replies:
    """Shows what will be gone, and asks once more."""
    return (Private(erase_card(call.member, call.words)),)


async def _show_again(call: Call, action: ShowProfile, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await show(call)


async def _open_edit(call: Call, action: EditProfile, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await edit(call)


async def _edit_form(call: Call, action: EditProfile) -> Form:
    del action
    standing = await _standing(call)
    return profile_form(standing.member, standing.lists, call.words, call.arrival.sector)


async def _save(call: Call, action: EditProfile, values: Mapping[str, FormValue]) -> Replies:
    del action
    problems = profile_problems(values)
    if problems:
        return (Correct({field: call.words.tell(problem) for field, problem in problems.items()}),)
    standing = await call.services.members.save_profile(call.arrival.workspace, call.member.id, read_profile(values))
    near = nearby(standing.member, standing.lists)
    saved = Private(saved_card(standing.member, near, call.words, _today(call), standing.next_round))
    return (saved, *await suggestions(call, standing.member))


async def _adopt(call: Call, action: AdoptTheme, chosen: tuple[str, ...]) -> Replies:
    del chosen
    standing = await call.services.members.adopt_theme(
        call.arrival.workspace, call.member.id, action.typed, action.theme
    )
    said = call.words.say("Saved, thank you.")
    return (Replace(_profile(call, standing, said)),)


async def _share_email(call: Call, action: ShareEmail, chosen: tuple[str, ...]) -> Replies:
    del chosen
    standing = await call.services.members.share_email(
        call.arrival.workspace, call.member.id, shares=bool(action.shares)
    )
    return (Replace(_profile(call, standing, call.words.say("Saved, thank you."))),)


async def _open_pause(call: Call, action: PauseProfile, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return (OpenForm(pause_form(call.words)),)


async def _pause_form(call: Call, action: PauseProfile) -> Form:
    del action
    return pause_form(call.words)


async def _pause(call: Call, action: PauseProfile, values: Mapping[str, FormValue]) -> Replies:
    del action
    until = values.get("until")
    wrong = _wrong_pause(until, _today(call)) if isinstance(until, date) else _no_day()
    if wrong is not None or not isinstance(until, date):
        return (Correct({"until": call.words.tell(wrong or _no_day())}),)
    await call.services.members.pause(call.arrival.workspace, call.member.id, until)
    return (Private(paused_card(until, call.words)),)


async def _resume(call: Call, action: ResumeProfile, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return (Replace(await _back(call)),)


async def _export(call: Call, action: ExportProfile, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await export(call)


async def _ask_erase(call: Call, action: AskErase, chosen: tuple[str, ...]) -> Replies:
    del action, chosen
    return await erase(call)


async def _erase(call: Call, action: EraseProfile, chosen: tuple[str, ...]) -> Replies:
    del chosen
    await call.services.members.erase_self(call.arrival.workspace, call.member.id, action.member)
    return (Replace(forgotten_card(call.words)),)


async def _yes(call: Call, action: AcceptInvitation, chosen: tuple[str, ...]) -> Replies:
    del chosen
    return await _answer(call, action, Consent.YES)


async def _not_now(call: Call, action: PostponeInvitation, chosen: tuple[str, ...]) -> Replies:
    del chosen
    return await _answer(call, action, Consent.NOT_NOW)


async def _never(call: Call, action: DeclineInvitation, chosen: tuple[str, ...]) -> Replies:
    del chosen
    return await _answer(call, action, Consent.NEVER)


async def _answer(
    call: Call, action: AcceptInvitation | PostponeInvitation | DeclineInvitation, consent: Consent
) -> Replies:
    standing = await call.services.members.answer_invitation(
        call.arrival.workspace, call.member.id, action.member, consent
    )
    return (Replace(answered_card(standing.member, call.words, _today(call), standing.next_round)),)


async def _standing(call: Call) -> Standing:
    return await call.services.members.standing(call.arrival.workspace, call.member.id)


async def _back(call: Call) -> Card:
    standing = await call.services.members.resume(call.arrival.workspace, call.member.id)
    return back_card(standing.member, call.words, _today(call), standing.next_round)


def _profile(call: Call, standing: Standing, said: str = "") -> Card:
    return profile_card(standing.member, standing.lists, call.options, call.words, _today(call), said=said)


def _today(call: Call) -> date:
    return call.now.astimezone(call.words.zone).date()


def _no_day() -> Phrase:
    return phrase("Please choose a day to come.")


def _wrong_pause(until: date, today: date) -> Phrase | None:
    if until <= today:
        return _no_day()
    if until > today + timedelta(days=366 * PAUSE_YEARS):
        return phrase("That is more than {years} years away. Choose a nearer day.", years=PAUSE_YEARS)
    return None


COMMAND = Command(
    name="profile",
    names={"en": "profile", "da": "profil"},
    summary="Who you are, what you look for and what you can offer",
    default="edit",
    verbs=(
        Verb(
            run=show,
            only_shows=True,
            name="show",
            names={"en": "show", "da": "vis"},
            summary="see your profile and everything you can do with it",
            who=Who.ALL,
        ),
        Verb(
            run=edit,
            name="edit",
            names={"en": "edit", "da": "ret"},
            summary="tell who you are, what you look for and what you can offer",
            who=Who.ALL,
            opens_form=True,
            shortcut={"en": "My profile", "da": "Min profil"},
        ),
        Verb(
            run=pause,
            name="pause",
            names={"en": "pause", "da": "pause"},
            summary="take a break from introductions",
            opens_form=True,
            options=(
                Option(
                    "until",
                    {"en": "until", "da": "indtil"},
                    summary="the first day you are back, or how long: 2 weeks",
                    kind=OptionKind.DATE,
                    rest=True,
                ),
            ),
            example='/profile pause "2 weeks"',
        ),
        Verb(
            run=resume,
            name="resume",
            names={"en": "resume", "da": "genoptag"},
            summary="end your break",
        ),
        profile_announcements.VERB,
        Verb(
            run=profile_link.link,
            name="link",
            names={"en": "link", "da": "forbind"},
            summary="be one and the same on two platforms",
            who=Who.ALL,
            options=(
                Option(
                    "code",
                    {"en": "code", "da": "kode"},
                    summary="the code that I gave you on the other platform",
                    max_length=20,
                    rest=True,
                ),
            ),
        ),
        Verb(
            run=export,
            name="export",
            names={"en": "export", "da": "eksport"},
            summary="get everything that is stored about you as a file",
            who=Who.ALL,
        ),
        Verb(
            run=erase,
            name="erase",
            names={"en": "erase", "da": "slet"},
            summary="make me forget you",
            who=Who.ALL,
        ),
    ),
)

ACTIONS = (
    answer(ShowProfile, _show_again, Who.ALL),
    answer(EditProfile, _open_edit, Who.ALL),
    answer(ShareEmail, _share_email),
    *profile_announcements.ACTIONS,
    answer(PauseProfile, _open_pause),
    answer(ResumeProfile, _resume),
    answer(ExportProfile, _export, Who.ALL),
    answer(AskErase, _ask_erase, Who.ALL),
    answer(EraseProfile, _erase, Who.ALL),
    answer(GiveLinkCode, profile_link.give_code, Who.ALL),
    answer(UniteProfiles, profile_link.unite, Who.ALL),
    answer(MessagesOn, profile_link.messages_on, Who.ALL),
    answer(UnlinkAccount, profile_link.unlink, Who.ALL),
    answer(AdoptTheme, _adopt),
    answer(AskForTags, ask_for_tags),
    answer(AddTag, add_tag),
    answer(UseTags, use_tags),
    answer(KeepSentence, keep_sentence),
    answer(AcceptInvitation, _yes),
    answer(PostponeInvitation, _not_now),
    answer(DeclineInvitation, _never),
)

FORMS = (
    fill(EditProfile, _edit_form, _save, Who.ALL),
    fill(PauseProfile, _pause_form, _pause),
)
