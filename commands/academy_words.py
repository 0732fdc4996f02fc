"""The academy's own words: groups that mean the same here, so that a need and an offer find each other."""

from collections.abc import Mapping

from bot.errors import Conflict, NotUnderstood
from bot.interactions import Call
from bot.members.actions import LookAtWords, RemoveWords, ShowWords, TakeKnownWords, WriteWords
from bot.members.forms import list_of
from bot.members.wording import WordGroup, known_with, written
from bot.members.wording_cards import word_group_card, words_card
from bot.members.wording_forms import words_form
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies


async def words(call: Call) -> Replies:
    """All groups; with a word, the form of its group, or of a new one that begins with it."""
    asked = call.values.get("words")
    entries = asked if isinstance(asked, tuple) else ()
    typed = written(word for entry in entries for word in entry.split(",")).words
    if not typed:
        return (Private(words_card(await _groups(call), call.words)),)
    wanted = {word.casefold() for word in typed}
    groups = await _groups(call)
    found = next((group for group in groups if wanted & {word.casefold() for word in group.words}), None)
    if found is not None:
        return (OpenForm(words_form(found, call.words, WriteWords(found.mark, found.seen))),)
    return (OpenForm(words_form(None, call.words, WriteWords(), typed=typed, known=known_with(typed))),)


async def show(call: Call, action: ShowWords, chosen: tuple[str, ...]) -> Replies:
    """Turns to a page of the groups."""
    del chosen
    return (Replace(words_card(await _groups(call), call.words, action.page)),)


async def look(call: Call, action: LookAtWords, chosen: tuple[str, ...]) -> Replies:
    """Shows one group."""
    mark = chosen[0] if chosen else action.group
    return (Replace(await _shown(call, mark)),)


async def open_form(call: Call, action: WriteWords, chosen: tuple[str, ...]) -> Replies:
    """Opens the form of a new group, or of the one meant as it is now."""
    del chosen
    found = await _group(call, action.group)
    if found is None:
        return (OpenForm(words_form(None, call.words, WriteWords())),)
    return (OpenForm(words_form(found, call.words, WriteWords(found.mark, found.seen))),)


async def form_for(call: Call, action: WriteWords) -> Form:
    """The form under the intent that was sent, whatever has become of its group."""
    return words_form(await _group(call, action.group), call.words, action)


async def save(call: Call, action: WriteWords, values: Mapping[str, FormValue]) -> Replies:
    """Takes the form over. What cannot be is said by the field, and what was typed stays."""
    try:
        mark = await call.services.members.put_words(
            call.arrival.workspace, list_of(values, "words"), action.group, action.seen
        )
    except (Conflict, NotUnderstood) as sorry:
        return (Correct({"words": call.words.tell(sorry.said)}),)
    return (Private(await _shown(call, mark, saved=True)),)


async def take_known(call: Call, action: TakeKnownWords, chosen: tuple[str, ...]) -> Replies:
    """Takes in what the bot's own table says together with the group's words."""
    del chosen
    mark = await call.services.members.take_known(call.arrival.workspace, action.group, action.seen)
    return (Replace(await _shown(call, mark, saved=True)),)


async def remove(call: Call, action: RemoveWords, chosen: tuple[str, ...]) -> Replies:
    """Takes a group away."""
    del chosen
    removed = await call.services.members.remove_words(call.arrival.workspace, action.group, action.seen)
    said = call.words.say("Removed.") if removed else _gone(call)
    return (Replace(words_card(await _groups(call), call.words, said=said)),)


async def _groups(call: Call) -> tuple[WordGroup, ...]:
    return await call.services.members.word_groups(call.arrival.workspace)


async def _group(call: Call, mark: str) -> WordGroup | None:
    return next((group for group in await _groups(call) if group.mark == mark), None)


async def _shown(call: Call, mark: str, *, saved: bool = False) -> Card:
    found = await _group(call, mark)
    if found is None:
        return words_card(await _groups(call), call.words, said=_gone(call))
    return word_group_card(found, call.words, said=call.words.say("Saved.") if saved else "")


def _gone(call: Call) -> str:
    return call.words.say("Those words are no longer there.")
