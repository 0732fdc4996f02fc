"""Cards as Block Kit, in as many messages as they need: nothing is trimmed away, and a button least of all.

Running text is ``rich_text``, where a star is a star; small print and facts are mrkdwn where that says the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.slack import limits
from adapters.slack.controls import Numbers, address_of, rows_of, selects_of
from adapters.slack.paging import Drawn, messages, tied
from adapters.slack.shapes import Json
from adapters.slack.tables import chosen_table, table_blocks, table_text
from adapters.slack.text import NOTHING, People, escaped, mrkdwn, parted, parts_of, plain_text, rich
from bot.messages.elements import (
    Accent,
    Bullets,
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
)
from bot.messages.text import Bold, Italic, Link, MentionOf, Moment, Plain, Text, flat, plain, shortened

# The one mood that is worth a sign: words and buttons say the others.
_MARKS = {Accent.WARN: "⚠️ "}
_SAFE_STARTS = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Page:
    """One message: at most 50 blocks, one table, all limits kept. ``text``: what notifications and screen readers say."""

    text: str
    blocks: tuple[Mapping[str, object], ...]


def pictures(card: Card) -> tuple[Image, ...]:
    """The card's pictures, in the order in which their files are given."""
    return tuple(element for element in card.elements if isinstance(element, Image))


def render_card(card: Card, people: People, files: Sequence[str], public_url: str = "") -> tuple[Page, ...]:
    """The card's messages, one at least.

    ``people``: Slack user ids; a member without one is shown by name. ``files``: Slack file ids, one for each of
    ``pictures(card)``. ``public_url``: where the bot's own pages are, for buttons that lead to one.
    """
    pages = messages(draw(card, people, files, public_url, chosen_table(card)))
    notice = shortened(card.notice, limits.NOTICE) if card.notice.strip() else NOTHING
    return tuple(
        Page(escaped(f"{notice} ({number}/{len(pages)})" if number > 1 else notice), tuple(blocks))
        for number, blocks in enumerate(pages, start=1)
    )


def draw(
    card: Card,
    people: People,
    files: Sequence[str],
    public_url: str,
    own_table: int = -1,
    *,
    choose: str = "",
    compact: bool = False,
) -> list[Drawn]:
    """The card's blocks, one at least. ``own_table``: the place of the element that may be a ``table`` block.

    ``choose``: what a menu says while nothing is chosen (otherwise Slack's own word). ``compact``: everything that can
    be is running text, of which one block takes much.
    """
    easel = _Easel(people, iter(files), public_url, choose=choose, compact=compact)
    found: list[Drawn] = []
    for place, element in enumerate(_marked(card)):
        blocks = easel.element(element, own_table=place == own_table)
        if isinstance(element, Buttons | Select):
            found = tied(found, [Drawn(block, with_next=place < len(blocks)) for place, block in enumerate(blocks, 1)])
        else:
            found += [Drawn(block, with_next=isinstance(element, Heading)) for block in blocks]
    if any(not one.is_divider for one in found):
        return found
    return [Drawn(block) for block in easel.running((Plain(card.notice if card.notice.strip() else NOTHING),))]


def _marked(card: Card) -> tuple[Element, ...]:
    mark = _MARKS.get(card.accent, "")
    match card.elements[:1]:
        case (Heading(text),) if mark and len(mark + text) <= limits.HEADER:
            return (Heading(mark + text), *card.elements[1:])
        case (Paragraph(text),) if mark:
            return (Paragraph((Plain(mark), *text)), *card.elements[1:])
        case _:
            return card.elements


class _Easel:
    """Draws the elements of one card; knows the number of the next button and the file of the next picture."""

    def __init__(self, people: People, files: Iterator[str], public_url: str, *, choose: str, compact: bool) -> None:
        self._people = people
        self._files = files
        self._public_url = public_url
        self._choose = choose
        self._compact = compact
        self._numbers = Numbers()

    def element(self, element: Element, *, own_table: bool) -> list[Json]:  # noqa: C901 - one arm for each element
        match element:
            case Heading(text):
                return self._heading(text)
            case Paragraph(text):
                return self.running(text)
            case Bullets(items):
                return self._bullets(items)
            case Quote(text):
                return self.running(text, "rich_text_quote")
            case Fields(fields):
                return self._fields(fields)
            case Table():
                return table_blocks(element) if own_table else table_text(element, limits.RICH_TEXT)
            case Image(_, alternative):
                return self._image(alternative)
            case Divider():
                return [] if self._compact else [{"type": "divider"}]
            case Footnote(text):
                return self._footnote(text)
            case Buttons(buttons):
                rows = rows_of(element, self._numbers, self._public_url)
                return [*rows, *self._unpressable([one for one in buttons if isinstance(one, LinkButton)])]
            case Select():
                return selects_of(element, self._numbers, self._choose)
            case _:
                assert_never(element)

    def running(self, text: Text, kind: str = "rich_text_section") -> list[Json]:
        """Text as it runs, in as many blocks as it needs; a blank one needs none."""
        parts = parted(text, limits.RICH_TEXT) if flat(text).strip() else []
        return [_rich_text({"type": kind, "elements": rich(part, self._people)}) for part in parts]

    def _heading(self, text: str) -> list[Json]:
        if not text.strip():
            return []
        if len(text) > limits.HEADER or self._compact:
            return self.running((Bold(text),))
        return [{"type": "header", "text": plain_text(text, limits.HEADER)}]

    def _bullets(self, items: Sequence[Text]) -> list[Json]:
        shown = [item for item in items if flat(item).strip()]
        return [
            _rich_text(
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": rich(item, self._people)} for item in group],
                }
            )
            for group in parts_of(shown, limits.RICH_TEXT)
        ]

    def _fields(self, fields: Sequence[Field]) -> list[Json]:
        """Two columns of facts that are short and say the same as mrkdwn; the others have a line of their own."""
        found: list[Json] = []
        beside: list[Json] = []
        for field in fields:
            text = None if self._compact else self._field(field)
            if text is None:
                found += self.running(_labelled(field))
                beside = []
            else:
                if len(beside) % limits.SECTION_FIELDS == 0:
                    beside = []
                    found.append({"type": "section", "fields": beside})
                beside.append({"type": "mrkdwn", "text": text, "verbatim": True})
        return found

    def _field(self, field: Field) -> str | None:
        value = mrkdwn(_filled(field.value), self._people)
        label = mrkdwn((Bold(field.label.strip()),), {})
        if value is None or label is None or len(flat(field.value)) + len(field.label) > limits.FIELD_BESIDE:
            return None
        text = f"{label}\n{value}" if label else value
        return text if len(text) <= limits.SECTION_FIELD else None

    def _image(self, alternative: str) -> list[Json]:
        file = next(self._files, "")
        if not file:
            return self.running((Italic(alternative),))
        shown = shortened(alternative, limits.ALTERNATIVE) if alternative.strip() else NOTHING
        block: Json = {"type": "image", "slack_file": {"id": file}, "alt_text": shown}
        return [block, *(self.running(plain(alternative)) if len(alternative) > limits.ALTERNATIVE else [])]

    def _footnote(self, text: Text) -> list[Json]:
        if self._compact or not flat(text).strip():
            return self.running(text)
        found: list[Json] = []
        for part in parted(text, limits.CONTEXT_TEXT):
            said = mrkdwn(part, self._people)
            if said is not None and len(said) <= limits.CONTEXT_TEXT:
                found.append(_context({"type": "mrkdwn", "text": said, "verbatim": True}))
            elif any(isinstance(piece, Link | MentionOf | Moment) for piece in part) or not flat(part).strip():
                found += self.running(part)
            else:
                found.append(_context({"type": "plain_text", "text": flat(part), "emoji": False}))
        return found

    def _unpressable(self, buttons: Sequence[LinkButton]) -> list[Json]:
        """Links that no button of Slack can open, as text, so that nothing is lost."""
        return [
            block
            for button in buttons
            if not address_of(button, self._public_url)
            for block in self.running(_link_text(button))
        ]


def _link_text(button: LinkButton) -> Text:
    if button.url.startswith(_SAFE_STARTS):
        return (Link(button.label or button.url, button.url),)
    return (Plain(button.label),)


def _labelled(field: Field) -> Text:
    label = field.label.strip()
    return (Bold(label), Plain("\n"), *_filled(field.value)) if label else _filled(field.value)


def _filled(value: Text) -> Text:
    return value if flat(value).strip() else plain(NOTHING)


def _context(element: Json) -> Json:
    return {"type": "context", "elements": [element]}


def _rich_text(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}
