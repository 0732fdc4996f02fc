"""What goes with a member who is forgotten, and what a member is handed who asks for everything."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.deliveries.domain import Delivery, DeliveryState, ToMember, ToPlace
from bot.identity import Account, Address, ConversationId, DeliveryId, IntroId, MemberId, MessageId, RoundId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.matching.domain import Reason, ReasonKind
from bot.members.domain import Block, Consent, Member
from bot.members.letters import InvitationLetter
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.ports import UnitOfWork
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_delivery(key: str, member: Member | None) -> Delivery:
    target = ToPlace(Address("web", "channel")) if member is None else ToMember(member.id)
    reader = member.id if member else MemberId(new_id())
    return Delivery(DeliveryId(new_id()), key, key, target, InvitationLetter(reader), not_before=NOW, created_at=NOW)


def an_intro(me: Member, other: Member, state: IntroState, *, round_: Round | None = None) -> Intro:
    return Intro(
        IntroId(new_id()),
        round_.id if round_ else None,
        (Part(me.id, Answer.YES, NOW, Outcome.MET), Part(other.id, Answer.NOT_THIS_PERSON)),
        score=1.0,
        reasons=(
            Reason(ReasonKind.NEED_OFFER, str(me.id), str(other.id), "their need", "my offer"),
            Reason(ReasonKind.NEED_OFFER, str(other.id), str(me.id), "my need", "their offer"),
            Reason(ReasonKind.THEME, str(me.id), str(other.id), "ageing"),
            Reason(ReasonKind.SECTORS, "x", "y"),
        ),
        state=state,
        created_at=NOW,
        answer_until=NOW + timedelta(days=6),
    )


@pytest.fixture
async def talk() -> Talk:
    return await an_academy()


@pytest.fixture
async def mette(talk: Talk) -> Person:
    await talk.joins(an_organiser())
    return await talk.joins(replace(a_member(), email="mette@example.org", offers=("lokaler",)))


async def exported(person: Person) -> dict[str, list[dict[str, object]]]:
    return json.loads((await person.types("/profile export")).file.content)  # type: ignore[no-any-return]  # JSON


async def writes(talk: Talk, author: Member, other: Member) -> None:
    """Some words of two people in a channel, one of them in a thread."""
    channel = Conversation(ConversationId(new_id()), ConversationKind.CHANNEL, "all", "channel", (), NOW)
    async with talk.memory.units(talk.workspace) as work:
        await work.playground.ensure(channel)
        first = Message(MessageId(new_id()), channel.id, author.id, "my words", NOW)
        answer = Message(MessageId(new_id()), channel.id, other.id, "their words", NOW, thread=first.id)
        mine = Message(MessageId(new_id()), channel.id, author.id, "my answer", NOW, thread=first.id)
        for message in (first, answer, mine):
            await work.playground.add(message)
        await work.commit()


class TestExport:
    async def test_has_everything_of_mine(self, talk: Talk, mette: Person) -> None:
        me = await mette.member()
        bo = a_member("U2", name="Bo Brun", organisation="DTU")
        await talk.joins(bo)
        await writes(talk, me, bo)
        async with talk.memory.units(talk.workspace) as work:
            await work.members.block(Block(me.id, bo.id, NOW))
            await work.members.block(Block(bo.id, me.id, NOW))
            round_ = Round(RoundId(new_id()), 3, RoundState.OPEN, 1, NOW)
            await work.rounds.add(round_)
            await work.rounds.add_intros([an_intro(me, bo, IntroState.OPENED, round_=round_)])
            await work.deliveries.add([a_delivery("a", me), a_delivery("b", bo), a_delivery("c", None)])
            await work.commit()

        whole = await exported(mette)

        assert whole["profile"]["offers"] == ["lokaler"]  # type: ignore[call-overload]  # JSON
        assert whole["accounts"] == [{"platform": "slack", "user": "U1"}]
        assert whole["blocks"] == [{"at": NOW.isoformat(), "person": {"name": "Bo Brun", "organisation": "DTU"}}]
        (intro,) = whole["introductions"]
        assert (intro["round"], intro["state"], intro["my_answer"], intro["my_outcome"]) == (3, "opened", "yes", "met")
        assert intro["with"] == [{"name": "Bo Brun", "organisation": "DTU"}]
        assert intro["reasons"] == [
            {"kind": "need_offer", "mine": "my offer"},
            {"kind": "need_offer", "mine": "my need"},
            {"kind": "theme", "mine": "ageing"},
        ]
        assert [message["text"] for message in whole["messages"]] == ["my words", "my answer"]
        assert [(delivery["kind"], delivery["state"]) for delivery in whole["deliveries"]] == [
            ("invitation", "waiting")
        ]
        text = json.dumps(whole, ensure_ascii=False)
        assert "their" not in text
        assert "not_this_person" not in text

    async def test_a_no_of_the_other_shows_neither_before_nor_in_the_name(self, talk: Talk, mette: Person) -> None:
        me, bo = await mette.member(), a_member("U2", name="Bo Brun", organisation="DTU")
        await talk.joins(bo)
        await talk.members.set_options(talk.workspace, lambda options: replace(options, names_before_yes=False))
        async with talk.memory.units(talk.workspace) as work:
            await work.rounds.add_intros([an_intro(me, bo, IntroState.LAPSED), an_intro(me, bo, IntroState.PLANNED)])
            await work.commit()
        (intro,) = (await exported(mette))["introductions"]
        assert intro["state"] == "offered"
        assert intro["with"] == [{"name": "", "organisation": "DTU"}]
        talk.clock.advance(days=7)
        (intro,) = (await exported(mette))["introductions"]
        assert intro["state"] == "lapsed"

    async def test_somebody_who_has_left_is_nobody(self, talk: Talk, mette: Person) -> None:
        me, bo = await mette.member(), a_member("U2", name="Bo Brun")
        await talk.joins(bo)
        async with talk.memory.units(talk.workspace) as work:
            await work.rounds.add_intros([an_intro(me, bo, IntroState.ENDED)])
            await work.members.forget(bo.id, NOW)
            await work.commit()
        assert (await exported(mette))["introductions"][0]["with"] == [{}]

    async def test_a_blank_member_has_next_to_nothing(self, talk: Talk) -> None:
        whole = await exported(talk.somebody("U9", "Nobody"))
        assert (whole["introductions"], whole["messages"], whole["deliveries"]) == ([], [], [])

    async def test_a_long_conversation_is_whole(self, talk: Talk, mette: Person) -> None:
        me = await mette.member()
        channel = Conversation(ConversationId(new_id()), ConversationKind.CHANNEL, "all", "channel", (), NOW)
        async with talk.memory.units(talk.workspace) as work:
            await work.playground.ensure(channel)
            for number in range(1001):
                await work.playground.add(Message(MessageId(new_id()), channel.id, me.id, str(number), NOW))
            await work.commit()
        assert [message["text"] for message in (await exported(mette))["messages"]] == [str(n) for n in range(1001)]


class TestErase:
    async def test_leaves_a_nameless_row_and_nothing_else(self, talk: Talk, mette: Person) -> None:
        me, bo = await mette.member(), a_member("U2", name="Bo Brun")
        await talk.joins(bo)
        await writes(talk, me, bo)
        async with talk.memory.units(talk.workspace) as work:
            await work.members.put(replace(me, roster_said="name=abc", consent_at=NOW))
            await work.members.block(Block(me.id, bo.id, NOW))
            await work.members.block(Block(bo.id, me.id, NOW))
            await work.deliveries.add([a_delivery("a", me), a_delivery("b", bo), a_delivery("c", None)])
            await work.commit()

        await mette.types("/profile erase")
        await mette.presses("Forget me")

        async with talk.memory.units(talk.workspace, reading=True) as work:
            left = await work.members.get(me.id)
            blocks = await work.members.blocks()
            waiting = await work.deliveries.in_states([DeliveryState.WAITING])
            cancelled = await work.deliveries.in_states([DeliveryState.CANCELLED])
            (channel,) = [
                c for c in await work.playground.conversations_of(bo.id) if c.kind is ConversationKind.CHANNEL
            ]
            messages = await work.playground.messages(channel.id, bo.id)
        assert left is not None
        assert left == Member(
            me.id, "", sector="municipality", consent=Consent.NEVER, joined_at=me.joined_at, erased_at=talk.clock.now()
        )
        assert blocks == []
        assert {delivery.key for delivery in waiting} == {"b", "c"}
        assert {delivery.key for delivery in cancelled} == {"a"}
        assert "my words" not in {message.body for message in messages}

    async def test_introductions_are_left_in_the_same_unit_of_work(self) -> None:
        left: list[tuple[MemberId, bool]] = []

        async def leave(work: UnitOfWork, member: MemberId, now: datetime) -> None:
            del now
            found = await work.members.get(member)
            left.append((member, found is not None and found.erased_at is None))

        talk = await an_academy(leave=leave)
        mette = await talk.joins(a_member())
        me = await mette.member()
        await mette.types("/profile erase")
        await mette.presses("Forget me")
        assert left == [(me.id, True)]

    async def test_nothing_is_gone_where_leaving_fails(self) -> None:
        async def leave(work: UnitOfWork, member: MemberId, now: datetime) -> None:
            raise RuntimeError

        talk = await an_academy(leave=leave)
        mette = await talk.joins(a_member())
        await mette.types("/profile erase")
        answer = await mette.presses("Forget me")
        assert "Something went wrong on my side, and nothing was changed." in answer.text
        assert (await mette.member()).name == "Mette Holm"

    async def test_who_presses_again_leaves_no_new_trace(self, talk: Talk, mette: Person) -> None:
        button = (await mette.types("/profile erase")).buttons["Forget me"]
        await mette.presses(button)
        mette.name = "Mette from the platform"
        await mette.presses(button)
        async with talk.memory.units(talk.workspace, reading=True) as work:
            assert await work.members.by_account(Account("slack", "U1")) is None
        assert "Mette" not in {member.name for member in await talk.everybody()}

    async def test_forgetting_again_is_harmless(self, talk: Talk, mette: Person) -> None:
        me = await mette.member()
        await talk.members.erase_self(talk.workspace, me.id, me.id)
        left = await talk.everybody()
        talk.clock.advance(days=1)
        await talk.members.erase_self(talk.workspace, me.id, me.id)
        await talk.members.erase_self(talk.workspace, MemberId(new_id()), me.id)
        assert await talk.everybody() == left
