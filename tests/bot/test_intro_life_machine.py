"""Whatever people press, in whatever order, while others pause, leave and time goes by: what must never happen never does."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.deliveries.domain import DeliveryState
from bot.identity import MemberId
from bot.introductions.cards import offer_card
from bot.introductions.domain import Answer, Intro, IntroState, Round, RoundState
from bot.introductions.life import IN_A_ROOM
from bot.introductions.outgoing import follow_up_key, offer_key
from bot.introductions.seeing import see
from bot.members.domain import Consent
from bot.messages.actions import encode_action
from bot.messages.elements import Card
from tests.introductions_talk import LANGUAGES, Academy, a_member, a_small_academy, buttons_of

T = TypeVar("T")
PEOPLE = ("Anna", "Bo", "Carl", "Dorte", "Eva")
somebody = st.sampled_from(PEOPLE)


class Life(RuleBasedStateMachine):
    """Five members and an organiser; every button that was ever on a card may be pressed at any time by anybody."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.academy = self.run(self._begin())
        self.wires: list[str] = []
        self.left: dict[str, list[Card]] = {}

    def run(self, work: Coroutine[object, object, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.runner.close()

    async def _begin(self) -> Academy:
        academy = await a_small_academy()
        await academy.joins(
            a_member("Eva Bang", "Biblioteket", "research", needs="premises", offers="a library|premises")
        )
        for first in ("Bo", "Eva"):
            await academy.change(first, intros_per_round=5)
        return academy

    @initialize()
    def a_first_round_is_sent(self) -> None:
        self.run(self._send())

    async def _send(self) -> None:
        drawn = await self.academy["Olga"].types("/match round")
        self._note(drawn.cards)
        if "Send" in drawn.buttons:
            await self.academy["Olga"].presses(drawn.buttons["Send"])
        await self._deliver()

    async def _deliver(self) -> None:
        await self.academy.delivers()
        for first in PEOPLE:
            self._note([post.card for post in self.academy[first].posts()])

    def _note(self, cards: list[Card]) -> None:
        for card in cards:
            for button in buttons_of(card).values():
                wire = encode_action(button.action)
                if wire not in self.wires and wire.startswith("intro_"):
                    self.wires.append(wire)

    def posts(self, first: str) -> list[Card]:
        return [post.card for post in self.academy[first].posts()]

    @rule()
    def a_round_is_drawn_and_sent(self) -> None:
        self.run(self._send())

    @precondition(lambda self: self.wires)
    @rule(first=somebody, data=st.data())
    def any_button_is_pressed_by_anybody(self, first: str, data: st.DataObject) -> None:
        wire = data.draw(st.sampled_from(self.wires))
        if first in self.left:
            return
        before = {other: self.posts(other) for other in PEOPLE if other != first}
        is_no = wire.split(".")[0] in {"intro_not_now", "intro_not_person", "intro_again"}
        self.run(self._press(first, wire))
        if is_no:
            assert {other: self.posts(other) for other in PEOPLE if other != first} == before

    async def _press(self, first: str, wire: str) -> None:
        answer = await self.academy[first].sends_wire(wire)
        self._note(answer.cards)
        assert "Something went wrong" not in answer.text
        await self._deliver()

    @rule(first=somebody)
    def their_newest_offer_is_accepted(self, first: str) -> None:
        if first in self.left:
            return
        for card in reversed(self.posts(first)):
            yes = buttons_of(card).get("Yes, introduce us")
            if yes is not None:
                self.run(self._press(first, encode_action(yes.action)))
                return

    @rule(first=somebody, term=st.sampled_from(["premises", "ageing", "money for trials"]))
    def somebody_is_looked_for_and_asked(self, first: str, term: str) -> None:
        if first not in self.left:
            self.run(self._look(first, term))

    async def _look(self, first: str, term: str) -> None:
        found = await self.academy[first].types(f'/match find "{term}"')
        if "Ask for an introduction" in found.buttons:
            await self.academy[first].presses(found.buttons["Ask for an introduction"])
        await self._deliver()

    @rule(first=somebody, pause=st.sampled_from(['pause "2 weeks"', "resume"]))
    def a_break_begins_or_ends(self, first: str, pause: str) -> None:
        if first not in self.left:
            self.run(self.academy[first].types(f"/profile {pause}"))

    @rule(first=somebody, consent=st.sampled_from([Consent.YES, Consent.NEVER]))
    def consent_is_given_or_taken_back(self, first: str, consent: Consent) -> None:
        if first not in self.left:
            self.run(self.academy.change(first, consent=consent))

    @precondition(lambda self: len(self.left) < 2)
    @rule(first=somebody)
    def somebody_is_forgotten(self, first: str) -> None:
        if first not in self.left:
            self.run(self._forget(first))
            self.left[first] = self.posts(first)

    async def _forget(self, first: str) -> None:
        asked = await self.academy[first].types("/profile erase")
        button = next(button for label, button in asked.buttons.items() if "orget" in label)
        await self.academy[first].presses(button)
        await self._deliver()

    @rule(days=st.integers(1, 9))
    def days_go_by(self, days: int) -> None:
        self.run(self.academy.passes(days=days))

    @invariant()
    def nothing_is_open_without_every_yes(self) -> None:
        for intro in self.run(self.academy.intros()):
            if intro.state in IN_A_ROOM:
                assert intro.all_said_yes()
        opened = {post.key for post in self.academy.chats.of(self.academy.workspace).rooms}
        rooms = {str(intro.id) for intro in self.run(self.academy.intros()) if intro.all_said_yes()}
        assert opened <= rooms

    @invariant()
    def nobody_s_card_depends_on_another_s_no(self) -> None:
        for intro in self.run(self.academy.intros(IntroState.OFFERED, IntroState.LAPSED)):
            for member in intro.members():
                blank = replace(
                    intro,
                    parts=tuple(
                        part if part.member == member else replace(part, answer=Answer.NONE, answered_at=None)
                        for part in intro.parts
                    ),
                )
                assert self.run(self._card(intro, member)) == self.run(self._card(blank, member))

    async def _card(self, intro: Intro, member: MemberId) -> Card:
        words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
        async with self.academy.memory.units(self.academy.workspace, reading=True) as work:
            return offer_card(await see(work, intro, member, self.academy.clock.now()), words)

    @invariant()
    def at_most_four_private_messages_a_round(self) -> None:
        self.run(self._count())

    async def _count(self) -> None:
        rounds = sorted(
            (one for one in await self.academy.rounds() if one.state in {RoundState.OPEN, RoundState.CLOSED}),
            key=lambda one: one.number,
        )
        intros = [intro for intro in await self.academy.intros() if intro.state is not IntroState.PLANNED]
        async with self.academy.memory.units(self.academy.workspace, reading=True) as work:
            for place, round_ in enumerate(rounds):
                theirs = [intro for intro in intros if _belongs(intro, rounds, place)]
                for first in PEOPLE:
                    member = self.academy.ids[first]
                    keys = [key(intro.id, member) for intro in theirs for key in (offer_key, follow_up_key)]
                    found = [await work.deliveries.by_key(key) for key in keys]
                    sent = [one for one in found if one is not None and one.state is DeliveryState.SENT]
                    assert len(sent) <= 4, (round_.number, first)

    @invariant()
    def who_left_hears_nothing_more(self) -> None:
        for first, cards in self.left.items():
            assert self.posts(first) == cards


def _belongs(intro: Intro, rounds: list[Round], place: int) -> bool:
    """In the round, or asked for between it and the next."""
    if intro.round is not None:
        return intro.round == rounds[place].id
    begin, week = rounds[place].opened_at, timedelta(days=7)
    end = rounds[place + 1].opened_at if place + 1 < len(rounds) else None
    assert begin is not None
    return begin <= intro.created_at < min(begin + week, end or begin + week)


Life.TestCase.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLife = Life.TestCase
