"""The academy's sectors and themes: look at one, add, rename, remove; and the list of what did not arrive."""

import re
from collections.abc import Iterable, Mapping

from bot.deliveries.undelivered_cards import undelivered_card
from bot.errors import NotUnderstood, Phrase, phrase
from bot.interactions import Call
from bot.members.academy_cards import academy_card
from bot.members.actions import (
    LookAtSector,
    LookAtTheme,
    RemoveSector,
    RemoveTheme,
    ShowUndelivered,
    WriteSector,
    WriteTheme,
)
from bot.members.domain import Sector, Theme
from bot.members.forms import text_of
from bot.members.limits import SECTOR_KEY
from bot.members.organisers import Academy
from bot.members.vocabulary import Listing
from bot.members.wording_cards import listed_card
from bot.members.wording_forms import sector_form, theme_form
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies

_KEY = re.compile(rf"[a-z][a-z0-9_]{{1,{SECTOR_KEY - 1}}}")


async def sector(call: Call) -> Replies:
    """Adds or renames a sector; without all three words a form asks."""
    key, danish, english = _three(call)
    if not (key and danish and english):
        return (OpenForm(await sector_form_for(call, WriteSector(key if _KEY.fullmatch(key) else ""))),)
    _refuse(_sector_problems(key, danish, english, await _academy(call)))
    return (Private(await _put_sector(call, key, danish, english)),)


async def theme(call: Call) -> Replies:
    """Adds or renames a theme; without all three words a form asks."""
    key, danish, english = _three(call)
    if not (key and danish and english):
        return (OpenForm(await theme_form_for(call, WriteTheme(key if _KEY.fullmatch(key) else ""))),)
    _refuse(_theme_problems(key, danish, english, await _academy(call)))
    return (Private(await _put_theme(call, key, danish, english)),)


async def undelivered(call: Call, action: ShowUndelivered, chosen: tuple[str, ...]) -> Replies:
    """What did not arrive lately, and what to do about it."""
    del action, chosen
    lost = await call.services.members.undelivered(call.arrival.workspace)
    return (Private(undelivered_card(lost, call.words)),)


async def look_at_sector(call: Call, action: LookAtSector, chosen: tuple[str, ...]) -> Replies:
    """Shows a sector with what can be done with it."""
    return await _look(call, Listing.SECTORS, _chosen(action.key, chosen))


async def look_at_theme(call: Call, action: LookAtTheme, chosen: tuple[str, ...]) -> Replies:
    """Shows a theme with what can be done with it."""
    return await _look(call, Listing.THEMES, _chosen(action.key, chosen))


async def remove_sector(call: Call, action: RemoveSector, chosen: tuple[str, ...]) -> Replies:
    """Takes a sector away that nobody has."""
    del chosen
    return await _remove(call, Listing.SECTORS, action.key)


async def remove_theme(call: Call, action: RemoveTheme, chosen: tuple[str, ...]) -> Replies:
    """Takes a theme away that nobody has."""
    del chosen
    return await _remove(call, Listing.THEMES, action.key)


async def open_sector(call: Call, action: WriteSector, chosen: tuple[str, ...]) -> Replies:
    """Opens the form of a new sector, or of the one meant."""
    return (OpenForm(await sector_form_for(call, WriteSector(_chosen(action.key, chosen)))),)


async def open_theme(call: Call, action: WriteTheme, chosen: tuple[str, ...]) -> Replies:
    """Opens the form of a new theme, or of the one meant."""
    return (OpenForm(await theme_form_for(call, WriteTheme(_chosen(action.key, chosen)))),)


async def sector_form_for(call: Call, action: WriteSector) -> Form:
    """The form as the intent means it."""
    return sector_form(action.key, (await _academy(call)).sectors, call.words)


async def theme_form_for(call: Call, action: WriteTheme) -> Form:
    """The form as the intent means it."""
    return theme_form(action.key, (await _academy(call)).themes, call.words)


async def save_sector(call: Call, action: WriteSector, values: Mapping[str, FormValue]) -> Replies:
    """Takes the form over, or says by field what cannot be."""
    key, danish, english = _filled(action.key, values)
    academy = await _academy(call)
    problems = _sector_problems(key, danish, english, academy)
    if not action.key and any(known.key == key for known in academy.sectors):
        problems["key"] = phrase("There is a sector with this key already.")
    if problems:
        return (_correct(call, problems),)
    return (Private(await _put_sector(call, key, danish, english)),)


async def save_theme(call: Call, action: WriteTheme, values: Mapping[str, FormValue]) -> Replies:
    """Takes the form over, or says by field what cannot be."""
    key, danish, english = _filled(action.key, values)
    academy = await _academy(call)
    problems = _theme_problems(key, danish, english, academy)
    if not action.key and any(known.key == key for known in academy.themes):
        problems["key"] = phrase("There is a theme with this key already.")
    if problems:
        return (_correct(call, problems),)
    return (Private(await _put_theme(call, key, danish, english)),)


async def _academy(call: Call) -> Academy:
    return await call.services.members.academy(call.arrival.workspace)


async def _look(call: Call, listing: Listing, key: str) -> Replies:
    listed = await call.services.members.listed(call.arrival.workspace, listing, key)
    if listed is None:
        return (Replace(academy_card(await _academy(call), call.words, said=_gone(call, listing))),)
    return (Private(listed_card(listed, call.words)),)


async def _remove(call: Call, listing: Listing, key: str) -> Replies:
    if await call.services.members.remove_listed(call.arrival.workspace, listing, key):
        said = call.words.say("Removed.")
    else:
        said = _gone(call, listing)
    return (Replace(academy_card(await _academy(call), call.words, said=said)),)


def _gone(call: Call, listing: Listing) -> str:
    if listing is Listing.SECTORS:
        return call.words.say("That sector is no longer there.")
    return call.words.say("That theme is no longer there.")


async def _put_sector(call: Call, key: str, danish: str, english: str) -> Card:
    await call.services.members.put_sector(call.arrival.workspace, Sector(key, {"da": danish, "en": english}))
    said = call.words.say("Saved. The sector can be chosen from now on.")
    return academy_card(await _academy(call), call.words, said=said)


async def _put_theme(call: Call, key: str, danish: str, english: str) -> Card:
    renamed = await call.services.members.put_theme(call.arrival.workspace, Theme(key, {"da": danish, "en": english}))
    said = call.words.say("Saved. The theme is suggested to everybody from now on.")
    if renamed:
        said = call.words.count(
            "Saved. {number} profile has it by the new name.",
            "Saved. {number} profiles have it by the new name.",
            renamed,
        )
    return academy_card(await _academy(call), call.words, said=said)


def _chosen(key: str, chosen: tuple[str, ...]) -> str:
    return chosen[0] if chosen and _KEY.fullmatch(chosen[0]) else key


def _three(call: Call) -> tuple[str, str, str]:
    return call.text("key").strip(), call.text("da").strip(), call.text("en").strip()


def _filled(key: str, values: Mapping[str, FormValue]) -> tuple[str, str, str]:
    return key or text_of(values, "key").casefold(), text_of(values, "da"), text_of(values, "en")


def _refuse(problems: Mapping[str, Phrase]) -> None:
    if problems:
        raise NotUnderstood(next(iter(problems.values())))


def _correct(call: Call, problems: Mapping[str, Phrase]) -> Correct:
    return Correct({field: call.words.tell(problem) for field, problem in problems.items()})


def _sector_problems(key: str, danish: str, english: str, academy: Academy) -> dict[str, Phrase]:
    double = phrase("Another sector is called that.")
    return _problems(key, {"da": danish, "en": english}, academy.sectors, double)


def _theme_problems(key: str, danish: str, english: str, academy: Academy) -> dict[str, Phrase]:
    double = phrase("Another theme is called that.")
    return _problems(key, {"da": danish, "en": english}, academy.themes, double)


def _problems(
    key: str, names: Mapping[str, str], entries: Iterable[Sector | Theme], double: Phrase
) -> dict[str, Phrase]:
    problems: dict[str, Phrase] = {}
    if not _KEY.fullmatch(key):
        problems["key"] = phrase("The key is made of small letters a to z, numbers and _, and starts with a letter.")
    others = {name.casefold() for known in entries if known.key != key for name in (known.key, *known.names.values())}
    problems.update({field: double for field, name in names.items() if name.casefold() in others})
    return problems
