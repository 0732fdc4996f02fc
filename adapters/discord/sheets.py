"""What one message holds when it is sent: a page of a card with its mark, and the file that goes with the last of them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import discord
from discord import ui

from adapters.discord.errors import TOO_LARGE
from adapters.discord.marks import Part, changed, mark_of
from adapters.discord.page import Components, Page
from bot.errors import Refused
from bot.messages.elements import File

# Discord replaces other signs in a name, and a component names its file by the name that it has then.
_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")
_NAME = 100
_ATTACHMENTS = 10
_ALTERNATIVE = 1_024  # characters; Discord takes no more


class Ready(ui.LayoutView):
    """A view whose components are made already. Stopped, so that the library keeps nothing of it."""

    def __init__(self, components: Components) -> None:
        super().__init__(timeout=None)
        self._ready = components
        self.stop()

    def to_components(self) -> Components:
        """They themselves."""
        return self._ready

    def has_components_v2(self) -> bool:
        """Always: no other components can stand in a container."""
        return True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message. ``page``: None where the file stands alone. A view and its files are made anew for each time."""

    mark: int
    page: Page | None = None
    file: File | None = None

    @property
    def users(self) -> frozenset[str]:
        """The Discord users that it mentions."""
        return self.page.users if self.page else frozenset()

    def instead_of(self, mark: int) -> "Sheet":
        """The message that takes the place of one with this mark, and is found by it. 0: that one had none."""
        return replace(self, mark=changed(mark)) if mark else self

    def view(self) -> ui.LayoutView:
        """The components; stopped, so that the library keeps nothing of it."""
        if self.file is None:
            return Ready([] if self.page is None else self.page.components(self.mark))
        view = ui.LayoutView(timeout=None) if self.page is None else replace(self.page, mark=self.mark).view()
        item = ui.File[ui.LayoutView](f"attachment://{sent_name(self.file)}")
        if self.page is None:
            item.id = self.mark
        view.add_item(item)
        view.stop()
        return view

    def files(self) -> list[discord.File]:
        """What is uploaded along."""
        found = [] if self.page is None else self.page.files()
        if self.file is not None:
            found.append(
                discord.File(
                    BytesIO(self.file.content),
                    filename=sent_name(self.file),
                    description=self.file.alternative[:_ALTERNATIVE] or None,
                )
            )
        return found


def sheets_of(pages: Sequence[Page], key: str, file: File | None = None, limit: int = 0) -> tuple[Sheet, ...]:
    """A card's messages, each with its mark. The file is in the last one, or in one more where there is no room left.

    Raises Refused for a file of more than ``limit`` bytes.
    """
    if file is not None and len(file.content) > limit:
        raise Refused(TOO_LARGE)
    contents: list[tuple[Page | None, File | None]] = [(page, None) for page in pages]
    if file is not None:
        if _has_room(pages[-1]):
            contents[-1] = (pages[-1], file)
        else:
            contents.append((None, file))
    return tuple(
        Sheet(mark_of(key, Part(number, last=number == len(contents) - 1)), page, one)
        for number, (page, one) in enumerate(contents)
    )


def sent_name(file: File) -> str:
    """A name that Discord keeps as it is."""
    ascii_only = unicodedata.normalize("NFKD", file.name).encode("ascii", "ignore").decode()
    return _STRANGE.sub("-", ascii_only).strip("-.")[-_NAME:] or "file"


def _has_room(page: Page) -> bool:
    try:
        page.view().add_item(ui.File[ui.LayoutView]("attachment://file"))
    except ValueError:
        return False  # forty components
    return len(page.files()) < _ATTACHMENTS
