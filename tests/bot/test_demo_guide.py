"""The first steps follow what has happened in the academy, whoever did it, until the first introduction is open."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.arguments import ask
from bot.deliveries.courier import Courier
from bot.demo.academy import DemoCast, settle
from bot.demo.guide import Become, Guide, Perform, Step, guide
from bot.demo.past import ROUNDS
from bot.identity import Account, MemberId, WorkspaceId
from bot.introductions.domain import Intro, IntroState, Outcome, Round
from bot.introductions.drafting import Draft, DraftView
from bot.introductions.rounds import Sent
from bot.introductions.service import IntroductionService
from bot.letters import LETTERS
from bot.matching.domain import ReasonKind
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.schedules.service import Timekeeper
from bot.words import Languages, Words
from commands import COMMANDS
from tests.fake_chat import FakeChats
from tests.fakes import Memory, StoppedClock


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.load()


class Demo:
    """An academy that is played through the guide's buttons, and the cards' own."""

    def __init__(
        self, memory: Memory, workspace: WorkspaceId, cast: DemoCast, clock: StoppedClock, words: Words
    ) -> None:
        assert cast.first is not None
        self.memory = memory
        self.workspace = workspace
        self.cast = cast
        self.clock = clock
        self.words = words
        self.viewer: MemberId = cast.first
        self.service = IntroductionService(memory.units, clock)
        self.chats = FakeChats(clock)

    async def shown(self) -> Guide:
        found = await guide(self.memory.units, self.workspace, self.words, self.viewer)
        assert found is not None
        return found

    async def next_step(self) -> Step:
        """The one step that has a button; all before it are done."""
        steps = (await self.shown()).steps
        to_do = [step for step in steps if step.does is not None]
        assert len(to_do) == 1
        assert all(step.done for step in steps[: steps.index(to_do[0])])
        return to_do[0]

    async def member(self, member: MemberId) -> Member:
        async with self.memory.units(self.workspace, reading=True) as work:
            found = await work.members.get(member)
        assert found is not None
        return found

    async def plan(self) -> Draft:
        """``/match round``."""
        view = await self.service.drafts.draw(self.workspace, self.viewer)
        assert isinstance(view, DraftView)
        return view.draft

    async def send(self, draft: Draft) -> Round:
        """Send, on the card."""
        sent = await self.service.rounds.send(self.workspace, draft.round.id, draft.mark())
        assert isinstance(sent, Sent)
        return sent.round

    async def accept(self, member: MemberId) -> Intro:
        """Yes, on the newest card of this member."""
        asked = await self.intro_of(member)
        await self.service.answers.accept(self.workspace, member, asked.id)
        return await self.intro_of(member)

    async def intro_of(self, member: MemberId) -> Intro:
        async with self.memory.units(self.workspace, reading=True) as work:
            return (await work.rounds.intros_with(member))[0]

    async def deliver(self) -> None:
        """The courier brings everything that is due."""
        courier = Courier(
            self.memory.outbox,
            self.memory.units,
            self.memory.directory,
            self.chats,
            LETTERS,
            Languages.load(),
            self.clock,
            self.memory.alarm,
            owner="courier",
        )
        while await courier.run_once():
            self.clock.advance(seconds=2)


@pytest.fixture(scope="module")
def settled() -> list[tuple[Memory, WorkspaceId, DemoCast]]:
    """An academy as it is on its first day, once somebody has settled it: planning its past takes longer than a test."""
    return []


@pytest.fixture
async def demo(clock: StoppedClock, languages: Languages, settled: list[tuple[Memory, WorkspaceId, DemoCast]]) -> Demo:
    words = languages.words("da", ZoneInfo("Europe/Copenhagen"))
    if not settled:
        memory = Memory()
        workspace = (await memory.directory.ensure("local", "Akademiet", WorkspaceOptions())).id
        settled.append((memory, workspace, await settle(memory.units, workspace, words, clock)))
    memory, workspace, cast = deepcopy(settled[0])
    return Demo(memory, workspace, cast, clock, words)


async def test_from_the_first_page_to_the_first_open_room(demo: Demo) -> None:
    step = await demo.next_step()
    assert step.does == Perform("/match round", demo.viewer)
    assert demo.words.tell(step.text) == "Du er Maja Toftegaard, en af tovholderne. Lad mig planlægge ugens runde."

    draft = await demo.plan()
    step = await demo.next_step()
    assert step.does == Perform("/match preview", demo.viewer)
    assert "Send så runden" in demo.words.tell(step.text)

    await demo.send(draft)
    await demo.deliver()
    players: list[MemberId] = []
    for _ in range(2):
        step = await demo.next_step()
        assert isinstance(step.does, Become)
        demo.viewer = step.does.member
        players.append(demo.viewer)
        assert (await demo.member(demo.viewer)).name in demo.words.tell(step.text)
        assert (await demo.next_step()).does == step.does
        assert demo.chats.of(demo.workspace).said_to(Account("web", str(demo.viewer)))
        await demo.accept(demo.viewer)

    agreed = await demo.intro_of(demo.viewer)
    assert agreed.state is IntroState.ACCEPTED
    assert set(players) == set(agreed.members())
    waiting = await demo.shown()
    assert [step.done for step in waiting.steps] == [True, True, True, True, False]
    assert all(step.does is None for step in waiting.steps)

    await demo.deliver()
    more = await demo.shown()
    assert "Der er bygget bro" in demo.words.tell(more.title)
    assert [step.done for step in more.steps] == [True, False, False, False]
    assert all(isinstance(step.does, Perform) for step in more.steps[1:])
    room = demo.chats.of(demo.workspace).rooms[0]
    assert {account.user for account in room.accounts} == {str(player) for player in players}


async def test_every_command_of_the_guide_is_one_that_the_bot_has(demo: Demo) -> None:
    seen = list((await demo.shown()).steps)
    draft = await demo.plan()
    seen += (await demo.shown()).steps
    await demo.send(draft)
    step = (await demo.next_step()).does
    assert isinstance(step, Become)
    for member in (await demo.intro_of(step.member)).members():
        await demo.accept(member)
    await demo.deliver()
    demo.viewer = step.member
    seen += (await demo.shown()).steps
    typed = [step.does.command for step in seen if isinstance(step.does, Perform)]
    assert len(typed) == 5
    known = {command.name: command for command in COMMANDS}
    for text in typed:
        name, _, rest = text.removeprefix("/").partition(" ")
        asked = ask(known[name], rest)
        assert asked.verb.name == rest.partition(" ")[0]


async def test_the_introduction_to_play_is_one_that_can_be_understood_at_once(demo: Demo, languages: Languages) -> None:
    await demo.send(await demo.plan())
    step = await demo.next_step()
    assert isinstance(step.does, Become)
    chosen = await demo.intro_of(step.does.member)
    people = [await demo.member(member) for member in chosen.members()]
    assert len(people) == 2
    assert all(member.language == "da" for member in people)
    assert any(reason.kind is ReasonKind.NEED_OFFER for reason in chosen.reasons)


async def test_an_introduction_that_somebody_began_to_answer_goes_on(demo: Demo) -> None:
    await demo.send(await demo.plan())
    suggested = (await demo.next_step()).does
    assert isinstance(suggested, Become)
    async with demo.memory.units(demo.workspace, reading=True) as work:
        newest = (await work.rounds.latest(1))[0]
        others = [i for i in await work.rounds.intros_of(newest.id) if i.part_of(suggested.member) is None]
    own = others[-1]
    one, *rest = own.members()
    await demo.accept(one)
    step = await demo.next_step()
    assert step.does == Become(rest[0])


async def test_a_no_leads_on_to_another_introduction_and_is_not_told(demo: Demo) -> None:
    await demo.send(await demo.plan())
    first = (await demo.next_step()).does
    assert isinstance(first, Become)
    intro = await demo.intro_of(first.member)
    await demo.service.answers.decline(demo.workspace, first.member, intro.id)
    demo.viewer = intro.others(first.member)[0]
    step = (await demo.next_step()).does
    assert isinstance(step, Become)
    assert step.member not in intro.members()


async def test_when_a_round_ends_without_a_room_the_next_one_is_planned(demo: Demo) -> None:
    sent = await demo.send(await demo.plan())
    closing = Timekeeper(
        demo.memory.units, demo.memory.directory, demo.clock, demo.service.expanders(), demo.service.preparers()
    )
    assert sent.answer_until is not None
    demo.clock.set(sent.answer_until + timedelta(hours=1))
    await closing.tick()
    assert (await demo.next_step()).does == Perform("/match round", demo.viewer)


async def test_a_dropped_draft_begins_again(demo: Demo) -> None:
    draft = await demo.plan()
    await demo.service.drafts.drop(demo.workspace, draft.round.id)
    assert (await demo.next_step()).does == Perform("/match round", demo.viewer)


async def test_a_draft_is_sent_by_the_organiser_who_made_it(demo: Demo) -> None:
    first = demo.viewer
    async with demo.memory.units(demo.workspace, reading=True) as work:
        organisers = [member.id for member in await work.members.everybody() if member.is_organiser()]
    demo.viewer = next(organiser for organiser in organisers if organiser != first)
    assert (await demo.next_step()).does == Perform("/match round", demo.viewer)
    await demo.plan()
    drafter, demo.viewer = demo.viewer, first
    assert (await demo.next_step()).does == Perform("/match preview", drafter)


async def test_an_open_room_stays_the_success_it_was(demo: Demo) -> None:
    await demo.send(await demo.plan())
    step = (await demo.next_step()).does
    assert isinstance(step, Become)
    intro = await demo.intro_of(step.member)
    for member in intro.members():
        await demo.accept(member)
    await demo.deliver()
    for member in intro.members():
        await demo.service.answers.tell_outcome(demo.workspace, member, intro.id, Outcome.MET)
    assert (await demo.intro_of(step.member)).state is IntroState.ENDED
    demo.viewer = next(member for member in demo.cast.members if member not in intro.members())
    more = await demo.shown()
    assert [step.done for step in more.steps] == [True, False, False, False]
    assert more.steps[1].does == Become(intro.members()[0])
    names = [(await demo.member(member)).name for member in intro.members()]
    assert all(name in demo.words.tell(more.steps[0].text) for name in names)


async def test_english_readers_are_guided_in_english(demo: Demo, languages: Languages) -> None:
    demo.words = languages.words("en", ZoneInfo("Europe/Copenhagen"))
    step = await demo.next_step()
    assert demo.words.tell(step.text).startswith("You are Maja Toftegaard")


async def test_an_academy_without_organisers_has_no_guide(demo: Demo) -> None:
    async with demo.memory.units(demo.workspace) as work:
        for member in await work.members.everybody():
            await work.members.put(replace(member, role=Role.MEMBER))
        await work.commit()
    assert await guide(demo.memory.units, demo.workspace, demo.words, demo.viewer) is None


async def test_the_past_is_not_mistaken_for_the_first_introduction(demo: Demo) -> None:
    async with demo.memory.units(demo.workspace, reading=True) as work:
        past = await work.rounds.latest()
    assert max(round_.number for round_ in past) == ROUNDS
    assert isinstance((await demo.next_step()).does, Perform)
