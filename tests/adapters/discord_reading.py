"""What a person meets in Discord's components: every word that is shown, what its buttons do, where its links lead."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from discord import ui

from adapters.discord.ids import Kind, read_id
from adapters.discord.page import Page
from tests.emulators.discord_check import check, lines
from tests.emulators.discord_markdown import Node, read, shown, walk
from tests.emulators.discord_rules import message_wrong, modal_wrong
from tests.emulators.discord_state import V2, Attachment

Component = Mapping[str, Any]

CONTAINER, ROW, BUTTON, SELECT, SECTION, TEXT, GALLERY, LINE = 17, 1, 2, 3, 9, 10, 12, 14


def components_of(page: Page) -> list[Component]:
    """What stands in the page's container."""
    (container,) = sent(page)
    return list(container["components"])


def sent(page: Page) -> list[dict[str, Any]]:
    """The message's components, as they go over the wire."""
    return [dict(item.to_component_dict()) for item in page.view().children]


def types_of(page: Page) -> list[int]:
    """The types of what stands in the container, from the top to the bottom."""
    return [int(one["type"]) for one in components_of(page)]


def problems_of_page(page: Page) -> list[str]:
    """What Discord would refuse of the message, or show wrongly."""
    files = page.files()
    attached = {
        str(number): Attachment(str(number), file.filename, b"", "image/png", "") for number, file in enumerate(files)
    }
    body = {"components": sent(page), "flags": V2}
    return lines([*check("Message", body), *message_wrong(body, V2, attached)])


def problems_of_modal(modal: ui.Modal) -> list[str]:
    """What Discord would refuse of the modal."""
    body = modal.to_dict()
    return lines([*check("Modal", body), *modal_wrong(body)])


def objects(value: object) -> Iterator[Component]:
    """Every JSON object, from the outside to the inside."""
    if isinstance(value, Mapping):
        found = cast(Component, value)
        yield found
        for inner in found.values():
            yield from objects(inner)
    elif isinstance(value, list | tuple):
        for inner in cast(Sequence[object], value):
            yield from objects(inner)


def words_of(components: object) -> str:
    """All the words, in the order in which they stand."""
    return "\n".join(_words(components))


def _words(components: object) -> Iterator[str]:
    for found in objects(components):
        if found.get("type") == TEXT:
            yield shown(found["content"])
            continue
        for name in ("title", "label", "description", "placeholder", "value"):
            text = found.get(name)
            if isinstance(text, str) and not (name == "value" and found.get("type") != 4):
                yield text


def wires_of(components: object) -> list[str]:
    """What each button and menu does."""
    found = [read_id(str(one.get("custom_id", ""))) for one in objects(components)]
    return [custom_id.wire for custom_id in found if custom_id is not None and custom_id.kind is not Kind.FORM]


def links_of(components: object) -> list[str]:
    """Where the buttons and links lead."""
    buttons = [str(one["url"]) for one in objects(components) if one.get("type") == BUTTON and "url" in one]
    return buttons + [node.target for node in marks_of(components) if node.kind in ("link", "autolink", "url")]


def mentions_of(components: object) -> list[str]:
    """The users that are mentioned."""
    return [node.target for node in marks_of(components) if node.kind == "user"]


def marks_of(components: object) -> Sequence[Node]:
    """Everything that markdown makes of the texts."""
    texts = [str(one["content"]) for one in objects(components) if one.get("type") == TEXT]
    return [node for text in texts for node in walk(read(text))]
