"""Turns what was typed for a command's options into values by kind, in the person's own day and workspace."""

from collections.abc import Sequence
from dataclasses import replace

from bot.arguments import Asked, nearest
from bot.errors import Called, NotUnderstood, phrase
from bot.identity import Account
from bot.interactions import Call, Option, OptionKind, Value
from bot.members.domain import Member
from bot.mentions import PLATFORMS, Meant, Mention, Names, mentions_in, named, only_mention
from bot.messages.text import clean
from bot.ports import Units
from bot.times import read_day

_YES = frozenset({"yes", "y", "ja", "j", "true", "on", "1"})
_NO = frozenset({"no", "n", "nej", "false", "off", "0"})
_LARGEST = 1_000_000
# More people than that are named in no command by hand; the others keep the name that stood beside their id.
_MOST_LOOKED_UP = 20


async def read_values(asked: Asked, call: Call, units: Units) -> dict[str, Value]:
    """The values by the option's key. Raises NotUnderstood with one sentence about the first that cannot be read."""
    values: dict[str, Value] = {}
    names = await _names(asked, call, units)
    for option in asked.verb.options:
        given = asked.given.get(option.key)
        if given is None:
            continue
        if option.kind is OptionKind.MEMBER:
            values[option.key] = (await _member(_one(given), call, units)).id
        else:
            known = names if names is None or not option.channels else replace(names, channel=None)
            values[option.key] = _read(option, given if known is None else _named(given, known), call)
    return values


async def _names(asked: Asked, call: Call, units: Units) -> Names | None:
    """Whom the mentions in what was typed mean; None where there are none, and no name is asked for."""
    if call.arrival.account.platform not in PLATFORMS:
        return None
    found = [mention for given in asked.given.values() for mention in mentions_in(_one(given))]
    if not found:
        return None
    users = {mention.id for mention in found if mention.meant is Meant.PERSON}
    people = dict[str, str]()
    async with units(call.arrival.workspace, reading=True) as work:
        for user in sorted(users)[:_MOST_LOOKED_UP]:
            member = await work.members.by_account(Account(call.arrival.account.platform, user))
            if member is not None:
                people[user] = member.name
    return Names(people, call.words.say("somebody"), call.words.say("a channel"))


def _named(given: str | tuple[str, ...], names: Names) -> str | tuple[str, ...]:
    return named(given, names) if isinstance(given, str) else tuple(named(entry, names) for entry in given)


def _one(given: str | tuple[str, ...]) -> str:
    return given if isinstance(given, str) else " ".join(given)


def _read(option: Option, given: str | tuple[str, ...], call: Call) -> Value:
    match option.kind:
        case OptionKind.LIST:
            return tuple(_text(option, entry) for entry in ((given,) if isinstance(given, str) else given))
        case OptionKind.CHOICE:
            return _choice(option, _one(given), call)
        case OptionKind.NUMBER:
            return _number(option, _one(given))
        case OptionKind.FLAG:
            return _flag(option, _one(given))
        case OptionKind.DATE:
            return read_day(_one(given), call.now.astimezone(call.words.zone).date())
        case _:
            return _text(option, _one(given))


def _text(option: Option, typed: str) -> str:
    given = clean(typed)
    if len(given) > option.max_length:
        raise NotUnderstood(
            phrase(
                "{option} is too long; please keep it under {limit} characters.",
                option=Called(option.key, option.names),
                limit=option.max_length,
            )
        )
    return given


def _choice(option: Option, given: str, call: Call) -> str:
    known = _chosen(option)
    found = known.get(given.strip().casefold())
    if found is None:
        near = known.get(nearest(given[:50], known))
        language = call.words.language
        shown = {choice.value: choice.names.get(language, choice.value) for choice in option.choices}
        if near is not None:
            raise NotUnderstood(
                phrase(
                    "{option} can't be that. Did you mean: {nearest}? It can also be: {others}.",
                    option=Called(option.key, option.names),
                    nearest=shown.pop(near),
                    others=", ".join(shown.values()),
                )
            )
        raise NotUnderstood(
            phrase(
                "{option} can't be that. Did you mean: {nearest}?",
                option=Called(option.key, option.names),
                nearest=", ".join(shown.values()),
            )
        )
    return found


def _chosen(option: Option) -> dict[str, str]:
    """The values of an option by all that one may type for them."""
    return {
        name.casefold(): choice.value
        for choice in option.choices
        for name in (*choice.also, choice.value, *choice.names.values())
    }


def _number(option: Option, given: str) -> int:
    text = _chosen(option).get(given.strip().casefold(), given.strip())
    if not text.removeprefix("-").isdecimal() or len(text) > 8 or abs(int(text)) > _LARGEST:
        raise NotUnderstood(
            phrase("{option} has to be a whole number, for example 3.", option=Called(option.key, option.names))
        )
    return int(text)


def _flag(option: Option, given: str) -> bool:
    text = given.strip().casefold()
    if text not in _YES | _NO:
        raise NotUnderstood(phrase("{option} is answered with yes or no.", option=Called(option.key, option.names)))
    return text in _YES


async def _member(given: str, call: Call, units: Units) -> Member:
    platform = call.arrival.account.platform
    mention = only_mention(given) if platform in PLATFORMS else None
    if mention is not None:
        return await _mentioned(mention, call, units)
    wanted = given.strip().removeprefix("@").casefold()
    async with units(call.arrival.workspace, reading=True) as work:
        everybody = [member for member in await work.members.everybody() if member.is_complete()]
    return pick_member(everybody, wanted)


async def _mentioned(mention: Mention, call: Call, units: Units) -> Member:
    found = None
    if mention.meant is Meant.PERSON:
        async with units(call.arrival.workspace, reading=True) as work:
            found = await work.members.by_account(Account(call.arrival.account.platform, mention.id))
    if found is None or not found.is_complete():
        raise NotUnderstood(
            phrase(
                "I don't know that person here yet. They can type {command} to tell me who they are.",
                command=phrase("/profile"),
            )
        )
    return found


def pick_member(everybody: Sequence[Member], wanted: str) -> Member:
    """The one member meant by an id or a name. Raises NotUnderstood, naming the nearest, where it is nobody or several."""
    by_id = [member for member in everybody if wanted in (str(member.id), member.roster_id.casefold()) and wanted]
    by_name = [member for member in everybody if member.name.casefold() == wanted]
    found = by_id or by_name or [m for m in everybody if wanted and wanted in m.name.casefold().split()]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise NotUnderstood(phrase("Several members have that name. Write the whole name in quotes."))
    near = nearest(wanted[:60], [member.name for member in everybody])
    if near:
        raise NotUnderstood(phrase("I know nobody by that name. Did you mean {nearest}?", nearest=near))
    raise NotUnderstood(phrase("I know nobody by that name. Write it as it stands on the roster, in quotes."))
