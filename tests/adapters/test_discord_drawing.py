"""What is looked up and kept before a card is drawn, and what is said where pictures may not stand."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import ClassVar

import pytest

from adapters.discord.chat import DiscordChat
from adapters.discord.ids import digest_of, read_confirm
from bot.errors import Refused, TryLater, Unavailable
from bot.identity import MemberId, WorkspaceId, new_id
from bot.messages.actions import Action
from bot.messages.elements import Button, Buttons, Card, Confirm, File, Image, Paragraph
from bot.messages.text import MentionOf, plain
from bot.ports import UnitOfWork
from tests.adapters.discord_sending import POST, Scene, address, card, scene, text_of

KEY = "0197a3f2-1111-7000-8000-123456789012"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00"
    b"\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
SIGN = Image(PNG, "Two sectors meet")
SURE = Confirm("Leave?", "You can come back.", "Leave", "Stay")


@dataclass(frozen=True, slots=True)
class Leave(Action):
    code: ClassVar[str] = "leave"


ASKS = Card("bye", (Paragraph(plain("bye")), Buttons((Button("Leave", Leave(), confirm=SURE),))))


def without_storage(here: Scene, *, reads: bool) -> DiscordChat:
    def units(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        if reading and reads:
            return here.memory.units(workspace, reading=True)
        raise Unavailable("away")

    return DiscordChat(here.workspace, here.api, here.world, units, here.clock)


async def test_a_question_is_kept_before_its_button_stands_there() -> None:
    async with scene() as here:
        chat, to = here.chat(), address(f"in:{here.general().id}")
        for key in ("k1", "k2"):
            await chat.post(to, ASKS, key)
        kept = await here.landmark("confirm", digest_of(SURE))
        assert kept is not None
        assert read_confirm(kept) == SURE
        assert f"{digest_of(SURE)}." in str(here.said(here.general().id)[0].components)


async def test_a_database_that_is_away_is_a_reason_to_wait() -> None:
    async with scene() as here:
        to = address(f"in:{here.general().id}")
        mentions = Card("hi", (Paragraph((MentionOf(MemberId(new_id()), "Ea"),)),))
        for chat, says in ((without_storage(here, reads=False), mentions), (without_storage(here, reads=True), ASKS)):
            with pytest.raises(TryLater, match="Unavailable"):
                await chat.post(to, says, KEY)
        assert here.discord.called(POST) == []


async def test_a_database_that_is_away_keeps_no_room_and_no_nook() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        await here.chat().post(address(f"user:{anna.id}"), card(), "k1")
        chat = without_storage(here, reads=True)
        here.discord.parts.store.channel_gone(here.nooks()[0])
        with pytest.raises(TryLater, match="Unavailable"):
            await chat.post(address(f"user:{anna.id}"), card(), KEY)


async def test_a_picture_stands_in_its_card() -> None:
    async with scene() as here:
        to = address(f"in:{here.general().id}")
        posted = await here.chat().post(to, Card("look", (Paragraph(plain("look")), SIGN)), KEY)
        await here.chat().edit(posted, Card("look", (Paragraph(plain("look again")), SIGN)))
        [message] = here.said(here.general().id)
        assert len(message.attachments) == 1
        await here.chat().edit(posted, card("no more"))
        [message] = here.said(here.general().id)
        assert message.attachments == []


async def test_where_no_files_may_be_sent_a_picture_is_said_in_words() -> None:
    async with scene() as here:
        here.guild.forbids(here.general(), here.guild.bot, "attach_files")
        to = address(f"in:{here.general().id}")
        posted = await here.chat().post(to, Card("look", (Paragraph(plain("look")), SIGN)), KEY)
        [message] = here.said(here.general().id)
        assert "Two sectors meet" in text_of(message)
        here.guild.allows(here.general(), here.guild.bot, "attach_files")
        here.discord.faults.arm("PATCH", 50013)
        await here.chat().edit(posted, Card("look", (Paragraph(plain("again")), SIGN)))
        [message] = here.said(here.general().id)
        assert "Two sectors meet" in text_of(message)
        assert message.attachments == []


async def test_what_has_begun_with_a_picture_goes_on_in_words_as_one_card() -> None:
    async with scene() as here:
        says = Card("look", (SIGN, *(Paragraph(plain(f"line {number}. " + "x" * 300)) for number in range(30))))
        here.discord.faults.arm(POST, 50013, skip=1)
        await here.chat().post(address(f"in:{here.general().id}"), says, KEY)
        shown = "\n".join(map(text_of, here.said(here.general().id)))
        assert shown.count("Two sectors meet") == 1
        assert all(shown.count(f"line {number}. ") == 1 for number in range(30))
        assert here.parts(KEY) == list(range(len(here.said(here.general().id))))
        assert not any(message.attachments for message in here.said(here.general().id))


async def test_a_card_without_pictures_has_nothing_to_say_in_words_instead() -> None:
    async with scene() as here:
        to = address(f"in:{here.general().id}")
        posted = await here.chat().post(to, card(), "k1")
        here.guild.forbids(here.general(), here.guild.bot, "attach_files")
        with pytest.raises(Refused, match="missing_permission"):
            await here.chat().hand(to, card(), File("a.csv", "text/csv", b"a"), KEY)
        here.discord.faults.arm("PATCH", 50013)
        with pytest.raises(Refused, match="missing_permission"):
            await here.chat().edit(posted, card("changed"))
