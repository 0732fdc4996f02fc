"""Cards in a modal and on the Home tab: one view each, so what is long is drawn closer together instead of in pages."""

from collections.abc import Sequence

from adapters.slack import limits
from adapters.slack.inputs import running
from adapters.slack.paging import json_size, letters_of
from adapters.slack.render import draw
from adapters.slack.shapes import Json, sequence
from adapters.slack.text import People, plain_text
from bot.messages.elements import Card, Heading
from bot.messages.text import plain
from bot.words import Words

APP = "Brobygger"


def card_view(
    card: Card, words: Words, people: People, files: Sequence[str], memory: str, public_url: str = ""
) -> Json:
    """A card as a modal without a submit button. A short first heading is the modal's title.

    Raises ValueError for more than a modal can hold, which is our own mistake.
    """
    match card.elements:
        case (Heading(text), _, *_) if text.strip() and len(text) <= limits.VIEW_TITLE:
            title, card = text, Card(card.notice, card.elements[1:], card.accent)
        case _:
            title = APP
    return _checked({**_modal(title, words, memory), "blocks": _blocks(card, words, people, files, public_url)})


def waiting_view(title: str, words: Words, memory: str) -> Json:
    """What is shown until the answer is there."""
    return _checked({**_modal(title, words, memory), "blocks": running(plain(words.say("One moment ...")))})


def home_view(card: Card, words: Words, people: People, files: Sequence[str], public_url: str = "") -> Json:
    """The Home tab. Raises ValueError for more than it can hold, which is our own mistake."""
    return _checked({"type": "home", "blocks": _blocks(card, words, people, files, public_url)})


def _modal(title: str, words: Words, memory: str) -> Json:
    return {
        "type": "modal",
        "title": plain_text(title, limits.VIEW_TITLE),
        "close": plain_text(words.say("Close"), limits.VIEW_BUTTON),
        "private_metadata": memory,
    }


def _checked(view: Json) -> Json:
    memory = view.get("private_metadata", "")
    if json_size(view) > limits.VIEW_BYTES or (isinstance(memory, str) and len(memory) > limits.VIEW_MEMORY):
        raise ValueError("more than a view of Slack can hold")
    return view


def _blocks(card: Card, words: Words, people: People, files: Sequence[str], public_url: str) -> list[Json]:
    """The card's blocks; closer together, and in the end its buttons below its text, where they would be too many."""
    choose = words.say("Choose ...")
    blocks = [one.block for one in draw(card, people, files, public_url, choose=choose)]
    if len(blocks) <= limits.VIEW_BLOCKS:
        return blocks
    blocks = _merged([one.block for one in draw(card, people, files, public_url, choose=choose, compact=True)])
    best = _parted_at(blocks, 0)
    fits, fails = 0, len(blocks)
    while fits < fails:
        middle = (fits + fails + 1) // 2
        found = _parted_at(blocks, middle)
        if len(found) <= limits.VIEW_BLOCKS:
            best, fits = found, middle
        else:
            fails = middle - 1
    if len(best) > limits.VIEW_BLOCKS:
        raise ValueError("more than a view of Slack can hold")
    return best


def _parted_at(blocks: Sequence[Json], kept: int) -> list[Json]:
    return [*blocks[:kept], *_gathered(blocks[kept:])]


def _gathered(blocks: Sequence[Json]) -> list[Json]:
    """First what is read, then what is pressed."""
    pressed = [block for block in blocks if block["type"] == "actions"]
    return _merged([*(block for block in blocks if block["type"] != "actions"), *pressed])


def _merged(blocks: Sequence[Json]) -> list[Json]:
    """Neighbours of one kind in one block, as far as it takes them."""
    found: list[Json] = []
    room = 0
    for block in blocks:
        most, takes = _room(block)
        if found and most and found[-1]["type"] == block["type"] and takes <= room:
            elements = [*sequence(found[-1]["elements"]), *sequence(block["elements"])]
            found[-1] = {"type": block["type"], "elements": elements}
            room -= takes
        else:
            found.append(block)
            room = most - takes
    return found


def _room(block: Json) -> tuple[int, int]:
    """How much a block of this kind takes, and how much of it this one has; nothing where it cannot be joined."""
    match block["type"]:
        case "rich_text":
            return limits.RICH_TEXT, letters_of(block)
        case "actions":
            return limits.ACTIONS, len(sequence(block["elements"]))
        case _:
            return 0, 0
