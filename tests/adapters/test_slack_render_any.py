"""Whatever a card holds: every message and view keeps Slack's limits, and no word, no button and no mention is lost."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from slack_sdk.models.blocks import Block

from adapters.slack import limits
from adapters.slack.paging import json_size, weight_of
from adapters.slack.render import pictures, render_card
from adapters.slack.views import card_view, home_view
from bot.identity import MemberId
from bot.messages.actions import encode_action
from bot.messages.cutting import mentioned
from bot.messages.elements import Bullets, Button, Buttons, Card, Element, Fields, Footnote, Paragraph, Quote, Select
from bot.messages.text import MentionOf, Text
from bot.words import Languages
from tests.adapters.slack_made_up import cards, people
from tests.adapters.slack_reading import mentions_of, types_of, wires_of, words_of
from tests.emulators.slack_blocks import problems_of_message, problems_of_view
from tests.emulators.slack_blocks import weight_of as weight_in_slack
from tests.gallery import words_of_card, words_of_element

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))
# Where Slack's msg_blocks_too_long was seen.
_TOO_LONG = 13_000
# A card with so many texts, of so many bytes together, is taken by one view whatever it is made of.
_VIEW_TEXTS, _VIEW_BYTES = 1_000, 60_000
MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FEWER = settings(MANY, max_examples=30)


@MANY
@given(cards)
def test_every_message_keeps_the_limits(card: Card) -> None:
    for page in render_card(card, {}, files_of(card)):
        assert 0 < len(page.blocks) <= limits.MESSAGE_BLOCKS
        assert page.text
        assert sum(map(weight_of, page.blocks)) <= limits.MESSAGE_WEIGHT
        types = types_of(page.blocks)
        assert types.count("table") <= 1
        assert "divider" not in (types[0], types[-1])
        assert weight_in_slack(page.blocks) < _TOO_LONG
        assert problems_of_message(list(page.blocks), page.text) == []
        taken_by_the_sdk(page.blocks)


@MANY
@given(cards)
def test_no_message_loses_a_word_or_a_button(card: Card) -> None:
    pages = render_card(card, {}, files_of(card))
    assert lost(card, [page.blocks for page in pages]) == []
    assert Counter(wire for page in pages for wire in wires_of(page.blocks)) == Counter(wires(card))


@MANY
@given(cards)
def test_what_stands_above_in_a_card_stands_above_in_its_messages(card: Card) -> None:
    shown = bare(words_of([page.blocks for page in render_card(card, {}, files_of(card))]))
    place = 0
    for element in card.elements:
        ends = [place]
        for text in map(bare, words_of_element(element)):
            found = shown.find(text, place)
            assert found >= 0
            ends.append(found + len(text))
        place = max(ends)


@MANY
@given(cards, people)
def test_exactly_the_known_members_are_mentioned(card: Card, known: Mapping[MemberId, str]) -> None:
    pages = render_card(card, known, files_of(card))
    meant = [piece.member for text in texts_of(card.elements) for piece in text if isinstance(piece, MentionOf)]
    assert mentioned(card) == frozenset(meant)
    assert Counter(mentions_of([page.blocks for page in pages])) == Counter(
        known[member] for member in meant if member in known
    )


@FEWER
@given(cards)
def test_a_card_in_a_view_keeps_the_limits_and_loses_nothing(card: Card) -> None:
    texts = list(words_of_card(card))
    assume(len(texts) < _VIEW_TEXTS and sum(len(text.encode()) for text in texts) < _VIEW_BYTES)
    modal = card_view(card, DANISH, {}, files_of(card), "{}")
    home = home_view(card, DANISH, {}, files_of(card))
    for view in (modal, home):
        blocks = view["blocks"]
        assert isinstance(blocks, list)
        assert 0 < len(blocks) <= limits.VIEW_BLOCKS
        assert json_size(view) <= limits.VIEW_BYTES
        assert "table" not in types_of(blocks)
        assert problems_of_view(view) == []
        taken_by_the_sdk(blocks)
        assert lost(card, [view.get("title"), blocks]) == []
        assert Counter(wires_of(blocks)) == Counter(wires(card))


def files_of(card: Card) -> list[str]:
    return [f"F{place}" for place, _ in enumerate(pictures(card), start=1)]


def lost(card: Card, drawn: object) -> list[str]:
    """The texts that are not there. Gaps don't count: where a long text is cut, they may go over to the next block."""
    shown = bare(words_of(drawn))
    return [text for text in words_of_card(card) if bare(text) not in shown]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def wires(card: Card) -> Iterator[str]:
    for element in card.elements:
        if isinstance(element, Select) and element.choices:
            yield encode_action(element.action)
        if isinstance(element, Buttons):
            yield from (encode_action(one.action) for one in element.buttons if isinstance(one, Button))


def texts_of(elements: Iterable[Element]) -> Iterator[Text]:
    for element in elements:
        match element:
            case Paragraph(text) | Quote(text) | Footnote(text):
                yield text
            case Bullets(items):
                yield from items
            case Fields(fields):
                yield from (field.value for field in fields)
            case _:
                continue


def taken_by_the_sdk(blocks: Sequence[Mapping[str, object]]) -> None:
    """Slack's own library reads every block, and finds nothing against it."""
    for block in blocks:
        read = Block.parse(dict(block))
        assert read is not None
        assert read.to_dict()["type"] == block["type"]
