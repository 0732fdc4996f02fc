"""What a card is made of. Sizes are the core's own promises; each adapter has its platform's table in ``limits.py``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.messages.actions import Action
from bot.messages.text import Text


class Accent(StrEnum):
    """The mood of a card, shown as a coloured edge where a platform has one."""

    CALM = "calm"
    GOOD = "good"
    ASK = "ask"
    WARN = "warn"


class Weight(StrEnum):
    """How much a button stands out. A card has at most one ``MAIN`` button."""

    MAIN = "main"
    PLAIN = "plain"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Heading:
    """A short line in large type; at most 150 characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; long ones are split by rule."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points, one line each."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, set apart."""

    text: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One label with what belongs to it."""

    label: str
    value: Text


@dataclass(frozen=True, slots=True)
class Fields:
    """Facts side by side; two columns where there is room."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; every row is as long as the header. Paged by rule where a platform shows fewer."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row is as long as the header")


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG picture and the words that say the same to somebody who cannot see it."""

    png: bytes
    alternative: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A quiet line between two parts."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """Small print: who sees this, until when, how to leave."""

    text: Text


@dataclass(frozen=True, slots=True)
class Confirm:
    """A question before something that cannot be undone."""

    title: str
    text: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Button:
    """A press does something: ``action`` goes to the dispatcher with the signed identity of who pressed."""

    label: str
    action: Action
    weight: Weight = Weight.PLAIN
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A press opens a page; the bot hears nothing of it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons; never trimmed: a row that a platform cannot show whole is broken into more rows."""

    buttons: tuple[Button | LinkButton, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. ``value`` is at most 100 bytes and means something to the handler; ``label`` is shown."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """A drop-down in a card; choosing presses ``action`` with the chosen values beside it."""

    label: str
    action: Action
    choices: tuple[Choice, ...]
    multiple: bool = False


Element: TypeAlias = (
    Heading | Paragraph | Bullets | Quote | Fields | Table | Image | Divider | Footnote | Buttons | Select
)


@dataclass(frozen=True, slots=True)
class Card:
    """One message of the bot. ``notice`` is the one line that a notification or a screen reader announces."""

    notice: str
    elements: tuple[Element, ...]
    accent: Accent = Accent.CALM


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep: an export, a calendar file, a picture. ``media_type`` as in HTTP; ``alternative``: of a picture, the
    words that say the same."""

    name: str
    media_type: str
    content: bytes
    alternative: str = ""
