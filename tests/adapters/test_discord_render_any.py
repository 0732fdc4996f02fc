"""Whatever a card holds: every message keeps Discord's limits, and no word, no button and no mention is lost."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hypothesis import HealthCheck, given, settings

from adapters.discord import limits
from adapters.discord.ids import digest_of
from adapters.discord.render import render_card
from adapters.discord.text import letters
from bot.identity import MemberId
from bot.messages.actions import encode_action
from bot.messages.cutting import mentioned
from bot.messages.elements import (
    Bullets,
    Button,
    Buttons,
    Card,
    Confirm,
    Element,
    Fields,
    Footnote,
    Paragraph,
    Quote,
    Select,
    Table,
)
from bot.messages.text import MentionOf, Text
from tests.adapters.discord_reading import (
    LINE,
    components_of,
    marks_of,
    mentions_of,
    objects,
    problems_of_page,
    sent,
    types_of,
    wires_of,
    words_of,
)
from tests.adapters.slack_made_up import cards, people
from tests.gallery import words_of_card, words_of_element

MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# All that a card may become. A picture's words, a label's and an option's are no markdown at all.
OURS = {"text", "strong", "em", "code", "link", "autolink", "moment", "heading", "quote", "subtext", "point", "block"}


@MANY
@given(cards)
def test_every_message_keeps_the_limits(card: Card) -> None:
    for number, page in enumerate(render_card(card, "abcde", {}, mark=lambda page: 7_000 + page)):
        parts = components_of(page)
        assert problems_of_page(page) == []
        assert sum(letters(str(one["content"])) for one in objects(parts) if one.get("type") == 10) <= 4_000
        assert LINE not in (types_of(page)[0], types_of(page)[-1])
        assert sent(page)[0]["id"] == 7_000 + number
        assert len(page.files()) <= limits.ATTACHMENTS


@MANY
@given(cards)
def test_no_message_loses_a_word_or_a_button(card: Card) -> None:
    parts = [components_of(page) for page in render_card(card, "abcde", {})]
    seen = bare(words_of(parts))
    assert [text for text in words_of_card(card) if bare(text) not in seen] == []
    assert Counter(wires_of(parts)) == Counter(wires(card))


@MANY
@given(cards)
def test_what_stands_above_in_a_card_stands_above_in_its_messages(card: Card) -> None:
    seen = bare(words_of([components_of(page) for page in render_card(card, "abcde", {})]))
    place = 0
    for element in card.elements:
        if isinstance(element, Table):
            continue
        ends = [place]
        for text in map(bare, words_of_element(element)):
            found = seen.find(text, place)
            assert found >= 0
            ends.append(found + len(text))
        place = max(ends)


@MANY
@given(cards)
def test_nothing_in_a_card_becomes_a_mark_that_the_core_did_not_mean(card: Card) -> None:
    marks = marks_of([components_of(page) for page in render_card(card, "abcde", {})])
    assert {node.kind for node in marks} <= OURS


@MANY
@given(cards, people)
def test_exactly_the_known_members_are_mentioned(card: Card, known: Mapping[MemberId, str]) -> None:
    users = {member: str(2**60 + number) for number, member in enumerate(known)}
    pages = render_card(card, "abcde", users)
    meant = [piece.member for text in texts_of(card.elements) for piece in text if isinstance(piece, MentionOf)]
    assert mentioned(card) == frozenset(meant)
    mentions = [mentions_of(components_of(page)) for page in pages]
    assert Counter(user for each in mentions for user in each) == Counter(
        users[member] for member in meant if member in users
    )
    assert [page.users for page in pages] == [frozenset(each) for each in mentions]


@MANY
@given(cards)
def test_each_page_keeps_the_questions_that_its_own_buttons_ask(card: Card) -> None:
    asked = [question for page in render_card(card, "abcde", {}) for question in page.confirms.items()]
    meant = {digest_of(question): question for question in questions(card)}
    assert dict(asked) == meant


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def questions(card: Card) -> Iterator[Confirm]:
    rows = [element for element in card.elements if isinstance(element, Buttons)]
    return (one.confirm for row in rows for one in row.buttons if isinstance(one, Button) and one.confirm)


def wires(card: Card) -> Iterator[str]:
    for element in card.elements:
        if isinstance(element, Select):
            yield from [encode_action(element.action)] * -(-len(element.choices) // limits.OPTIONS)
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
