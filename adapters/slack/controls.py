"""Buttons, selects and their options as Block Kit elements.

An ``action_id`` is ``n|wire``: the running number keeps it unique in its message. A press on a link is told to the bot
as well; its wire is the word ``link``, which no action is called.
"""

from collections.abc import Iterator, Sequence
from typing import assert_never

from adapters.slack import limits
from adapters.slack.paging import letters_of
from adapters.slack.shapes import Json
from adapters.slack.text import NOTHING, plain_text, safe_url
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Buttons, Choice, Confirm, LinkButton, Select, Weight
from bot.messages.text import shortened

LINK = "link"

_STYLES = {Weight.MAIN: "primary", Weight.DANGER: "danger"}
_PAGES = ("https://", "http://")


class Numbers:
    """The running number of the interactive elements of one message or view."""

    def __init__(self) -> None:
        self._given = 0

    def action_id(self, wire: str) -> str:
        """The next one, for this wire."""
        self._given += 1
        return f"{self._given}|{wire}"


def address_of(button: LinkButton, public_url: str) -> str:
    """Where the button leads, or an empty text where Slack could not open it."""
    url = button.url
    if url.startswith("/") and not url.startswith("//"):
        url = f"{public_url.rstrip('/')}{url}" if public_url else ""
    url = safe_url(url)
    return url if url.startswith(_PAGES) and len(url) <= limits.URL else ""


def rows_of(buttons: Buttons, numbers: Numbers, public_url: str) -> list[Json]:
    """The buttons in ``actions`` blocks, in rows of nearly the same length."""
    shown = [one for one in buttons.buttons if isinstance(one, Button) or address_of(one, public_url)]
    elements = [_button(one, numbers, public_url) for one in shown]
    return [{"type": "actions", "elements": row} for row in _evenly(elements, limits.BUTTONS_A_ROW)]


def _evenly(elements: Sequence[Json], most: int) -> Iterator[list[Json]]:
    rows = -(-len(elements) // most)
    for row in range(rows):
        yield list(elements[row * len(elements) // rows : (row + 1) * len(elements) // rows])


def _button(button: Button | LinkButton, numbers: Numbers, public_url: str) -> Json:
    element: Json = {"type": "button", "text": plain_text(button.label, limits.BUTTON_LABEL)}
    match button:
        case Button(_, action, weight, confirm):
            element["action_id"] = numbers.action_id(encode_action(action))
            if weight in _STYLES:
                element["style"] = _STYLES[weight]
            if confirm is not None:
                element["confirm"] = _confirm(confirm, weight)
        case LinkButton():
            element["action_id"] = numbers.action_id(LINK)
            element["url"] = address_of(button, public_url)
        case _:
            assert_never(button)
    return element


def _confirm(confirm: Confirm, weight: Weight) -> Json:
    return {
        "title": plain_text(confirm.title, limits.CONFIRM_TITLE),
        "text": plain_text(confirm.text, limits.CONFIRM_TEXT),
        "confirm": plain_text(confirm.yes, limits.CONFIRM_BUTTON),
        "deny": plain_text(confirm.no, limits.CONFIRM_BUTTON),
        "style": "danger" if weight is Weight.DANGER else "primary",
    }


def selects_of(select: Select, numbers: Numbers, choose: str) -> list[Json]:
    """Sections with the label and the menu beside it, which says ``choose`` at first (if empty: Slack's own word).

    One section, unless the choices are so many that one message could not carry them. Raises ValueError where a menu
    has more than 10,000: our own mistake.
    """
    menus = list(_menus(select.choices))
    if not menus:
        return [_section(select.label)]
    kind = "multi_static_select" if select.multiple else "static_select"
    first: Json = {"placeholder": plain_text(choose, limits.PLACEHOLDER)} if choose else {}
    return [
        {
            **_section(select.label if len(menus) == 1 else f"{select.label} ({place}/{len(menus)})"),
            "accessory": {
                "type": kind,
                "action_id": numbers.action_id(encode_action(select.action)),
                **first,
                **menu(choices),
            },
        }
        for place, choices in enumerate(menus, start=1)
    ]


def _section(label: str) -> Json:
    return {"type": "section", "text": plain_text(label, limits.SECTION_TEXT)}


def _menus(choices: Sequence[Choice]) -> Iterator[Sequence[Choice]]:
    start = letters = 0
    for place, choice in enumerate(choices):
        length = letters_of(option(choice))
        if letters + length > limits.MENU_LETTERS:
            yield choices[start:place]
            start, letters = place, 0
        letters += length
    if choices:
        yield choices[start:]


def menu(choices: Sequence[Choice]) -> Json:
    """The choices as ``options``, or where they are more than a hundred as ``option_groups`` that say what is in them."""
    options = [option(choice) for choice in choices]
    if len(options) <= limits.OPTIONS:
        return {"options": options}
    starts = range(0, len(options), limits.OPTIONS)
    if len(starts) > limits.OPTION_GROUPS:
        raise ValueError("more choices than a menu of Slack can hold")
    return {
        "option_groups": [
            {
                "label": plain_text(_span(choices[start : start + limits.OPTIONS]), limits.GROUP_LABEL),
                "options": options[start : start + limits.OPTIONS],
            }
            for start in starts
        ]
    }


def _span(choices: Sequence[Choice]) -> str:
    each = limits.GROUP_LABEL // 2 - 2
    first, last = choices[0].label or NOTHING, choices[-1].label or NOTHING
    return f"{shortened(first, each)} {NOTHING} {shortened(last, each)}"


def option(choice: Choice) -> Json:
    """One option. A label that is too long goes on in the description, where the choice has no hint of its own."""
    found: Json = {"text": plain_text(choice.label, limits.OPTION_TEXT), "value": choice.value}
    hint = choice.hint or _rest(choice.label)
    if hint.strip():
        found["description"] = plain_text(hint, limits.OPTION_HINT)
    return found


def _rest(label: str) -> str:
    shown = shortened(label, limits.OPTION_TEXT)
    return f"…{label[len(shown) - 1 :].lstrip()}" if shown != label else ""
