"""Forms: what the bot asks in a dialog. The core builds a form, and rebuilds it to read what came back."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.messages.actions import Action
from bot.messages.elements import Choice, File
from bot.messages.text import Text


@dataclass(frozen=True, slots=True)
class TextField:
    """A line, or several. ``max_length`` in characters; a platform whose fields hold fewer takes fewer (3,000 everywhere).
    ``or_file``: a longer one can be chosen as a file of the same form."""

    key: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = False
    multiline: bool = False
    max_length: int = 300
    or_file: bool = False


@dataclass(frozen=True, slots=True)
class ListField:
    """Several short entries, one a line or separated by commas. ``suggestions`` help while typing.

    ``sentences``: somebody may write a whole sentence as well, and its commas separate nothing.
    """

    key: str
    label: str
    hint: str = ""
    value: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    required: bool = False
    max_items: int = 20
    max_length: int = 80
    sentences: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of some choices, or several where ``multiple``. ``value`` holds the values chosen from the start."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    value: tuple[str, ...] = ()
    required: bool = False
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class MemberField:
    """A member of this workspace (the platform's own people picker where it has one)."""

    key: str
    label: str
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class DateField:
    """A calendar day, without a zone."""

    key: str
    label: str
    hint: str = ""
    value: date | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class CheckField:
    """Yes or no."""

    key: str
    label: str
    hint: str = ""
    value: bool = False


@dataclass(frozen=True, slots=True)
class FileField:
    """A file from the person's own machine, such as a roster. ``accepts``: endings like ``.csv``; ``max_bytes`` in all."""

    key: str
    label: str
    hint: str = ""
    required: bool = False
    accepts: tuple[str, ...] = ()
    max_bytes: int = 5_000_000


FormField: TypeAlias = TextField | ListField | ChoiceField | MemberField | DateField | CheckField | FileField
FormValue: TypeAlias = str | tuple[str, ...] | date | bool | File | None
FormInput: TypeAlias = str | tuple[str, ...] | File


@dataclass(frozen=True, slots=True)
class Form:
    """A dialog. ``action`` says what is submitted (ids only); ``intro`` stands above the fields. ``secret``: nothing of what it
    shows or of what is typed in it may be kept by us, not even half-way; it fits in one step."""

    title: str
    submit: str
    action: Action
    fields: tuple[FormField, ...]
    intro: Text = ()
    secret: bool = False
