"""What stands in the channels when the demo opens: short conversations of the invented members, and a real camp's facts."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast

from bot.demo.cast import DATA, id_at
from bot.identity import ConversationId, MemberId, MessageId
from bot.messages.codec import card_to_json
from bot.messages.elements import Bullets, Card, Field, Fields, Footnote, Heading, Paragraph, Table
from bot.messages.text import plain
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.words import Words

# The local workspace knows its common channel by this key.
GENERAL = "channel:general"
CAMP = "channel:camp-3"

_CAMP_DAY = date(2018, 3, 22)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel and what was said in it, oldest first."""

    conversation: Conversation
    messages: tuple[Message, ...]


def channels(people: Mapping[str, MemberId], now: datetime, words: Words) -> Sequence[Channel]:
    """All channels with their conversations, moved to the weeks before ``now``. ``people``: members by their roster id."""
    with (DATA / "conversations.toml").open("rb") as file:
        read = cast(Sequence[Mapping[str, object]], tomllib.load(file)["channel"])
    return [_channel(entry, people, now, words, random.Random(str(entry["key"]))) for entry in read]


def _channel(
    entry: Mapping[str, object], people: Mapping[str, MemberId], now: datetime, words: Words, dice: random.Random
) -> Channel:
    said = cast(Sequence[Mapping[str, object]], entry["message"])
    made = _at(said[0], now, words) - timedelta(minutes=30)
    key = str(entry["key"])
    conversation = Conversation(
        id=ConversationId(id_at(made, dice)),
        kind=ConversationKind.CHANNEL,
        title=str(entry["title"]),
        key=key,
        members=(),
        created_at=made,
    )
    messages: list[Message] = []
    if key == CAMP:
        body = card_to_json(camp_card(words))
        messages.append(Message(MessageId(id_at(made, dice)), conversation.id, None, body, made, key="demo:facts"))
    for line in said:
        first = _message(line, conversation.id, people, _at(line, now, words), dice)
        answers = cast(Sequence[Mapping[str, object]], line.get("reply", ()))
        messages.append(first)
        messages.extend(
            _message(answer, conversation.id, people, _at(answer, now, words), dice, first.id) for answer in answers
        )
    return Channel(conversation, tuple(messages))


def _message(
    line: Mapping[str, object],
    conversation: ConversationId,
    people: Mapping[str, MemberId],
    at: datetime,
    dice: random.Random,
    thread: MessageId | None = None,
) -> Message:
    return Message(
        id=MessageId(id_at(at, dice)),
        conversation=conversation,
        author=people[str(line["by"])],
        body=str(line["text"]),
        at=at,
        thread=thread,
    )


def _at(line: Mapping[str, object], now: datetime, words: Words) -> datetime:
    """``days`` working days before today at the time of day ``at``, in the academy's zone."""
    day = now.astimezone(words.zone).date()
    for _ in range(cast(int, line["days"])):
        day -= timedelta(days=1)
        day -= timedelta(days=max(0, day.weekday() - _FRIDAY))
    return datetime.combine(day, time.fromisoformat(str(line["at"])), words.zone).astimezone(now.tzinfo)


def camp_card(words: Words) -> Card:
    """Camp 3 as it was: when, where, who, the programme and the three stations."""
    facts = (
        Field(words.say("When"), plain(words.date(_CAMP_DAY, "full"))),
        Field(words.say("Where"), plain("Ældrecentret Broparken, Rødovre")),
        Field(words.say("Host"), plain("Rødovre Kommune")),
        Field(words.say("Participants"), plain(words.number(50))),
    )
    after = words.say("then")
    programme = (
        (words.clock(time(8, 30)), words.say("Check-in with croissants")),
        (words.clock(time(9)), words.say("Welcome: why we are here today")),
        (after, words.say("How another academy was built")),
        (after, words.say("What our own academy is to become")),
        (after, words.say("Inside a municipality: Rødovre")),
        (words.clock(time(12)), words.say("Lunch")),
        (after, words.say("The challenge of the day: life situations, at three stations")),
        (after, words.say("How a company works with associations")),
        (after, words.say("What makes partnerships hard?")),
        (words.clock(time(16)), words.say("Goodbye until next time")),
    )
    stations = (
        words.say("Somebody who lives in supported housing"),
        words.say("A family with a child with special needs"),
        words.say("Somebody who is ill and lives on sickness benefit"),
    )
    return Card(
        notice=words.say("Camp 3: what happened, and when"),
        elements=(
            Heading(words.say("Camp 3: solving society's problems together")),
            Fields(facts),
            Table((words.say("Time"), words.say("Programme")), programme),
            Paragraph(plain(words.say("At each station a group looked at one life situation, from all sectors:"))),
            Bullets(tuple(plain(station) for station in stations)),
            Footnote(plain(words.say("The camp is real. The members you meet here are invented."))),
        ),
    )
