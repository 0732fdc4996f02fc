"""Cards as containers of components, in as many messages as they need: nothing is trimmed away, and a button least of all.

Discord makes a notification from a message's first text, and such a message has no text beside its components. So a card
whose first words do not say what its notice says begins with the notice, as a title.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from adapters.discord import limits
from adapters.discord.controls import Numbers, address_of, menus_of, rows_of
from adapters.discord.page import Page
from adapters.discord.paging import Drawn, messages, tied
from adapters.discord.pieces import Beside, Line, Picture, Piece, Press, Row, Written
from adapters.discord.tables import point, table_texts
from adapters.discord.text import JOINT, NOTHING, People, grouped, in_lines, letters, parted, written
from bot.messages.cutting import mentioned
from bot.messages.elements import (
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Image,
    LinkButton,
    Paragraph,
    Quote,
    Select,
    Table,
    Weight,
)
from bot.messages.text import Bold, Italic, Link, Plain, Text, flat, plain, shortened

_LINKS = ("https://", "http://", "mailto:")
# So many of the first texts are in a notification; and so much of a notice stands above a card.
_HEARD = 2
_NOTICE = 300


def render_card(
    card: Card,
    tag: str,
    people: People,
    public_url: str = "",
    mark: Callable[[int], int] | None = None,
    calling: Sequence[str] = (),
) -> tuple[Page, ...]:
    """The card's messages, one at least.

    ``tag``: of its academy. ``people``: Discord user ids; a member without one is shown by name. ``public_url``: where the
    bot's own pages are, for buttons that lead to one. ``mark``: the component id of each page, by its number from 0.
    ``calling``: users who are called to look, on top: where a thread is new, nothing else tells them of it.
    """
    numbers = Numbers(tag)
    called = [Drawn(Written(" ".join(f"<@{user}>" for user in calling)), with_next=True)] if calling else []
    pages = messages([*called, *_draw(card, people, numbers, public_url)])
    known = {*calling, *(people[member] for member in mentioned(card) if member in people)}
    return tuple(
        Page(
            items,
            card.accent,
            frozenset(user for user in known if any(f"<@{user}>" in text for text in _contents(items))),
            {digest: confirm for digest, confirm in numbers.confirms.items() if _asks(items, digest)},
            None if mark is None else mark(number),
        )
        for number, items in enumerate(pages)
    )


def _contents(items: Sequence[Piece]) -> Iterator[str]:
    return (piece.content for piece in items if isinstance(piece, Written | Beside))


def _asks(items: Sequence[Piece], digest: str) -> bool:
    rows = [one for piece in items if isinstance(piece, Row) for one in piece.buttons]
    beside = [piece.button for piece in items if isinstance(piece, Beside)]
    return any(isinstance(one, Press) and f":{digest}." in one.custom_id for one in (*rows, *beside))


def _draw(card: Card, people: People, numbers: Numbers, public_url: str) -> list[Drawn]:
    """The card's pieces, one at least."""
    easel = _Easel(people, numbers, public_url)
    found: list[Drawn] = []
    elements = list(card.elements)
    listed = _listed(elements)
    for place, element in enumerate(elements):
        if place - 1 in listed and isinstance(element, Buttons) and easel.set_beside(found, element):
            continue
        pieces = easel.element(element, is_first=place == 0)
        if place and _belongs(elements[place - 1], element) and _joined(found, pieces):
            continue
        if isinstance(element, Buttons | Select):
            found = tied(found, [Drawn(piece, with_next=count < len(pieces)) for count, piece in enumerate(pieces, 1)])
        else:
            found += [Drawn(piece, with_next=isinstance(element, Heading)) for piece in pieces]
    if not any(not one.is_line for one in found):
        return [Drawn(piece) for piece in easel.running(plain(card.notice if card.notice.strip() else NOTHING))]
    return [*(Drawn(piece, with_next=True) for piece in _announced(card, easel)), *found]


def _belongs(before: Element, element: Element) -> bool:
    """Whether an element goes on in the text of the one before: points below their sentence, small print below small print."""
    match before, element:
        case (Paragraph(), Bullets()) | (Footnote(), Footnote()):
            return True
        case _:
            return False


def _joined(found: list[Drawn], pieces: Sequence[Piece]) -> bool:
    """Whether the last text took the one that follows, which it does while both are short."""
    match found, pieces:
        case [*_, Drawn(Written(before))], [Written(after)] if letters(before) + 1 + letters(after) <= limits.TEXT:
            found[-1] = Drawn(Written(f"{before}\n{after}"))
            return True
        case _:
            return False


def _announced(card: Card, easel: "_Easel") -> list[Piece]:
    """The notice, where the card's first words do not say it."""
    said = ""
    for element in card.elements[:_HEARD]:
        match element:
            case Heading(text):
                said += text
            case Paragraph(text):
                said += flat(text)
            case _:
                break
    if _bare(card.notice) in _bare(said):
        return []
    return easel.running((Bold(shortened(" ".join(card.notice.split()), _NOTICE)),))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _listed(elements: Sequence[Element]) -> frozenset[int]:
    """The places of the paragraphs that have a button of their own, where a card is a list of such."""
    found = frozenset(
        place
        for place, (one, after) in enumerate(pairwise(elements))
        if isinstance(one, Paragraph) and isinstance(after, Buttons) and _is_single(after)
    )
    return found if len(found) > 1 else frozenset()


def _is_single(buttons: Buttons) -> bool:
    match buttons.buttons:
        case (Button(weight=weight),):
            return weight is not Weight.MAIN
        case _:
            return False


class _Easel:
    """Draws the elements of one card; knows the number of the next button."""

    def __init__(self, people: People, numbers: Numbers, public_url: str) -> None:
        self._people = people
        self._numbers = numbers
        self._public_url = public_url

    def element(self, element: Element, *, is_first: bool) -> list[Piece]:  # noqa: C901 - one arm for each element
        match element:
            case Heading(text):
                return self._heading(text, "## " if is_first else "### ")
            case Paragraph(text):
                return self.running(text)
            case Bullets(items):
                points = (
                    part for item in items for part in parted(item, limits.TEXT, self._point) if flat(item).strip()
                )
                return [Written(group) for group in grouped(points, limits.TEXT)]
            case Quote(text):
                return self._prefixed(text, "> ", gaps=True)
            case Fields(fields):
                facts = (part for fact in fields for part in self._fact(fact))
                return [Written(group) for group in grouped(facts, limits.TEXT)]
            case Table():
                return [Written(text) for text in table_texts(element)]
            case Image(png, alternative):
                return self._image(png, alternative)
            case Divider():
                return [Line()]
            case Footnote(text):
                return self._prefixed(text, "-# ", gaps=False)
            case Buttons(buttons):
                rows = rows_of(element, self._numbers, self._public_url)
                return [*rows, *self._unpressable([one for one in buttons if isinstance(one, LinkButton)])]
            case Select(label):
                return list(menus_of(element, self._numbers)) or self.running((Bold(label),))
            case _:
                assert_never(element)

    def set_beside(self, found: list[Drawn], buttons: Buttons) -> bool:
        """Puts the button beside the paragraph that was drawn last, if that is one short text."""
        match found:
            case [*_, Drawn(Written(content))] if letters(content) <= limits.BESIDE:
                (row,) = rows_of(buttons, self._numbers, self._public_url)
                found[-1] = Drawn(Beside(content, row.buttons[0]))
                return True
            case _:
                return False

    def running(self, text: Text) -> list[Piece]:
        """Text as it runs, in as many pieces as it needs; a blank one needs none."""
        if not flat(text).strip():
            return []
        return [Written(part) for part in parted(text, limits.TEXT, self._written)]

    def _written(self, text: Text) -> str:
        return written(text, self._people)

    def _point(self, text: Text) -> str:
        return point(text, self._people)

    def _prefixed(self, text: Text, start: str, *, gaps: bool) -> list[Piece]:
        if not flat(text).strip():
            return []
        return [
            Written(part)
            for part in parted(text, limits.TEXT, lambda some: in_lines(written(some, self._people), start, gaps=gaps))
        ]

    def _heading(self, text: str, start: str) -> list[Piece]:
        """Discord takes signs off the end of a heading's line that are not part of it, so a joint ends such a line."""
        if not text.strip():
            return []
        lines = in_lines(written(plain(text), {}), start).split("\n")
        return [Written("\n".join(f"{line}{JOINT}" if line.endswith("#") else line for line in lines))]

    def _fact(self, field: Field) -> list[str]:
        """A short value behind its label, a longer one below it."""
        label = field.label.strip()
        value = field.value if flat(field.value).strip() else plain(NOTHING)
        if not label:
            return parted(value, limits.TEXT, self._written)
        words = flat(value)
        if "\n" not in words and len(words) <= limits.FIELD_BESIDE:
            return parted((Bold(label), Plain(": "), *value), limits.TEXT, self._written)
        return parted((Bold(label), Plain("\n"), *value), limits.TEXT, self._written)

    def _image(self, png: bytes, alternative: str) -> list[Piece]:
        shown = shortened(
            alternative.strip(),
            limits.ALTERNATIVE // 2 if letters(alternative) > limits.ALTERNATIVE else limits.ALTERNATIVE,
        )
        below = self.running((Italic(alternative),)) if shown != alternative.strip() else []
        return [Picture(png, shown), *below]

    def _unpressable(self, buttons: Sequence[LinkButton]) -> list[Piece]:
        """Links that no button of Discord can open, as text, so that nothing is lost."""
        return [
            piece
            for button in buttons
            if not address_of(button, self._public_url)
            for piece in self.running(_link_text(button))
        ]


def _link_text(button: LinkButton) -> Text:
    if button.url.startswith(_LINKS):
        return (Link(button.label or button.url, button.url),)
    return plain(button.label)
