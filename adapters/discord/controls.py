"""Buttons and menus. Each has a running number in its message; none is left out because a row or a menu is full."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from adapters.discord import limits
from adapters.discord.ids import CustomId, Kind, digest_of, write_id
from adapters.discord.pieces import Lead, Menu, MenuOption, Press, Row
from adapters.discord.text import NOTHING, letters, safe_url
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Buttons, Choice, Confirm, LinkButton, Select
from bot.messages.text import shortened

_PAGES = ("https://", "http://")


class Numbers:
    """The running number of the interactive components of one card, and the questions that its buttons ask first."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._given = 0
        self.confirms: dict[str, Confirm] = {}

    def press_id(self, wire: str, confirm: Confirm | None = None) -> str:
        """The next custom id, for this wire."""
        number, self._given = self._given, self._given + 1
        if confirm is None:
            return write_id(CustomId(Kind.PRESS, number, self._tag, wire))
        digest = digest_of(confirm)
        self.confirms[digest] = confirm
        return write_id(CustomId(Kind.ASK, number, self._tag, wire, digest))


def address_of(button: LinkButton, public_url: str) -> str:
    """Where the button leads, or an empty text where Discord could not open it."""
    url = button.url
    if url.startswith("/") and not url.startswith("//"):
        url = f"{public_url.rstrip('/')}{url}" if public_url else ""
    url = safe_url(url)
    return url if url.startswith(_PAGES) and len(url) <= limits.BUTTON_URL else ""


def rows_of(buttons: Buttons, numbers: Numbers, public_url: str) -> list[Row]:
    """The buttons in rows of nearly the same length, five at most."""
    shown = [one for one in buttons.buttons if isinstance(one, Button) or address_of(one, public_url)]
    labels = distinct([one.label for one in shown], limits.BUTTON_LABEL)
    drawn = [_button(one, label, numbers, public_url) for one, label in zip(shown, labels, strict=True)]
    return [Row(tuple(row)) for row in _evenly(drawn, limits.BUTTONS_A_ROW)]


def _evenly(buttons: Sequence[Press | Lead], most: int) -> Iterator[Sequence[Press | Lead]]:
    rows = -(-len(buttons) // most)
    for row in range(rows):
        yield buttons[row * len(buttons) // rows : (row + 1) * len(buttons) // rows]


def _button(button: Button | LinkButton, label: str, numbers: Numbers, public_url: str) -> Press | Lead:
    match button:
        case Button(_, action, weight, confirm):
            return Press(label, numbers.press_id(encode_action(action), confirm), weight)
        case LinkButton():
            return Lead(label, address_of(button, public_url))
        case _:
            assert_never(button)


def label_of(text: str, most: int) -> str:
    """A text as a label, which Discord refuses blank and shows in one line."""
    line = " ".join(text.split())
    if letters(line) > most:
        # Emoji count twice.
        line = shortened(line, most - (letters(line) - len(line)) if letters(line) < 2 * most else most // 2)
    return line or NOTHING


def distinct(texts: Iterable[str], most: int) -> list[str]:
    """The texts as labels of at most so many characters, each as different from the others as it was before."""
    found: dict[str, str] = {}
    shown: list[str] = []
    for text in texts:
        label, number = label_of(text, most), 1
        while found.setdefault(label, text) != text:
            number += 1
            label = f"{label_of(text, most - len(str(number)) - 1)} {number}"
        shown.append(label)
    return shown


def menus_of(select: Select, numbers: Numbers) -> list[Menu]:
    """The menus of a select: one for each 25 choices, which says what is in it. None where there is nothing to choose."""
    wire = encode_action(select.action)
    groups = list(menu_groups(select.choices))
    return [
        Menu(
            numbers.press_id(wire),
            label_of(f"{select.label} ({span})" if len(groups) > 1 else select.label, limits.PLACEHOLDER),
            options_of(choices),
            len(choices) if select.multiple else 1,
        )
        for span, choices in groups
    ]


def menu_groups(choices: Sequence[Choice]) -> Iterator[tuple[str, Sequence[Choice]]]:
    """The choices in groups of nearly the same length, 25 at most, each with what it spans: ``A–K``, or ``1–25``."""
    groups = -(-len(choices) // limits.OPTIONS)
    cuts = [group * len(choices) // groups for group in range(groups)] + [len(choices)] if groups else []
    initials = [choice.label.strip()[:1].casefold() for choice in choices]
    in_order = all(initials) and len(set(initials)) >= groups and _is_alphabetical(initials)
    for first, last in pairwise(cuts):
        ends = (initials[first].upper(), initials[last - 1].upper()) if in_order else (str(first + 1), str(last))
        yield (ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"), choices[first:last]


def _is_alphabetical(initials: Sequence[str]) -> bool:
    """Whether all that begin alike stand together: then two letters say what is between them."""
    runs = [initial for place, initial in enumerate(initials) if place == 0 or initials[place - 1] != initial]
    return len(runs) == len(set(runs))


def options_of(choices: Sequence[Choice]) -> tuple[MenuOption, ...]:
    """The options of a menu or group. A label that is too long goes on below, where the choice has no hint of its own."""
    labels = distinct([choice.label for choice in choices], limits.OPTION_TEXT)
    return tuple(
        MenuOption(label, choice.value, _hint(choice, label)) for choice, label in zip(choices, labels, strict=True)
    )


def _hint(choice: Choice, label: str) -> str:
    cut = label.endswith("…") and label != " ".join(choice.label.split())
    hint = " ".join(choice.hint.split()) or (_rest(choice.label, label) if cut else "")
    return label_of(hint, limits.OPTION_HINT) if hint else ""


def _rest(label: str, shown: str) -> str:
    return f"…{' '.join(label.split())[len(shown) - 1 :].lstrip()}"
