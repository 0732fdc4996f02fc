"""What a message or modal is made of here, before discord.py has made its own objects of it.

discord.py's items belong to the view that they were first put in; these are values, so that a page can be drawn again.
"""

from dataclasses import dataclass
from typing import TypeAlias

import discord
from discord import ui

from bot.messages.elements import Weight


@dataclass(frozen=True, slots=True)
class Written:
    """A text in Discord's markdown."""

    content: str


@dataclass(frozen=True, slots=True)
class Line:
    """A quiet line between two parts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, whose file goes along with the message."""

    png: bytes
    alternative: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button that we hear of."""

    label: str
    custom_id: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Lead:
    """A button that opens a page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons side by side, five at most."""

    buttons: tuple[Press | Lead, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A text with its button at its right."""

    content: str
    button: Press | Lead


@dataclass(frozen=True, slots=True)
class MenuOption:
    """One of a menu's choices."""

    label: str
    value: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A drop-down of up to 25 choices."""

    custom_id: str
    placeholder: str
    options: tuple[MenuOption, ...]
    most: int = 1


Piece: TypeAlias = Written | Line | Picture | Row | Beside | Menu

_STYLES = {
    Weight.MAIN: discord.ButtonStyle.primary,
    Weight.PLAIN: discord.ButtonStyle.secondary,
    Weight.DANGER: discord.ButtonStyle.danger,
}


def item_of(piece: Piece, picture: str) -> ui.Item[ui.LayoutView]:
    """The piece as an item of discord.py. ``picture``: the name of its file, where it has one."""
    match piece:
        case Written(content):
            return ui.TextDisplay[ui.LayoutView](content)
        case Line():
            return ui.Separator[ui.LayoutView]()
        case Picture(_, alternative):
            shown = discord.MediaGalleryItem(f"attachment://{picture}", description=alternative or None)
            return ui.MediaGallery[ui.LayoutView](shown)
        case Row(buttons):
            return ui.ActionRow[ui.LayoutView](*map(_button, buttons))
        case Beside(content, button):
            return ui.Section[ui.LayoutView](content, accessory=_button(button))
        case Menu(custom_id, placeholder, options, most):
            choices = [
                discord.SelectOption(label=option.label, value=option.value, description=option.hint or None)
                for option in options
            ]
            menu = ui.Select[ui.LayoutView](
                custom_id=custom_id, placeholder=placeholder or None, options=choices, max_values=most
            )
            return ui.ActionRow[ui.LayoutView](menu)


def _button(button: Press | Lead) -> ui.Button[ui.LayoutView]:
    match button:
        case Press(label, custom_id, weight):
            return ui.Button[ui.LayoutView](label=label, custom_id=custom_id, style=_STYLES[weight])
        case Lead(label, url):
            return ui.Button[ui.LayoutView](label=label, url=url)
