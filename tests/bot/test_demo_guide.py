"""The first steps follow what has happened in the academy, whoever did it, until the first introduction is open."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.academy import DemoCast, settle
from bot.demo.guide import Become, Guide, Perform, Step, guide
from bot.demo.past import ROUNDS
from bot.identity import Address, IntroId, MemberId, RoundId, WorkspaceId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.introductions.gathering import gather, member_id
from bot.introductions.life import accepted, answered, lapsed, offered, opened, told
from bot.matching.domain import ReasonKind, Wishes
from bot.matching.plan import plan
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.words import Languages, Words
from tests.fakes import Memory, StoppedClock

ROOM = Address("web", "in:somewhere")


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.load()


class Demo:
    """An academy that is played: rounds and answers as the services would write them."""

    def __init__(
        self, memory: Memory, workspace: WorkspaceId, cast: DemoCast, clock: StoppedClock, words: Words
    ) -> None:
        self.memory = memory
        self.workspace = workspace
        self.cast = cast
        self.clock = clock
        self.words = words
        assert cast.first is not None
        self.viewer: MemberId = cast.first

    async def shown(self) -> Guide:
        found = await guide(self.memory.units, self.workspace, self.words, self.viewer)
        assert found is not None
        return found

    async def next_step(self) -> Step:
        steps = (await self.shown()).steps
        offered_now = [step for step in steps if step.does is not None]
        assert len(offered_now) == 1
        before = steps[: steps.index(offered_now[0])]
        assert all(step.done for step in before)
        return offered_now[0]

    async def member(self, member: MemberId) -> Member:
        async with self.memory.units(self.workspace, reading=True) as work:
            found = await work.members.get(member)
        assert found is not None
        return found

    async def draft(self) -> Round:
        async with self.memory.units(self.workspace) as work:
            known = await gather(work, self.clock.now())
            planned = plan(known.candidates, known.history, seed=3, wishes=Wishes(apart=known.apart))
            drafted = Round(
                RoundId(new_id()), known.next_number, RoundState.DRAFT, 3, self.clock.now(), created_by=self.viewer
            )
            await work.rounds.add(drafted)
            await work.rounds.add_intros(
                [
                    Intro(
                        id=IntroId(new_id()),
                        round=drafted.id,
                        parts=tuple(Part(member_id(member)) for member in group.members),
                        score=group.score,
                        reasons=group.reasons,
                        state=IntroState.PLANNED,
                        created_at=self.clock.now(),
                    )
                    for group in planned.groups
                ]
            )
            await work.commit()
        return drafted

    async def send(self, drafted: Round) -> None:
        until = self.clock.now() + timedelta(days=6)
        async with self.memory.units(self.workspace) as work:
            await work.rounds.put(replace(drafted, state=RoundState.OPEN, opened_at=self.clock.now()))
            for intro in await work.rounds.intros_of(drafted.id):
                await work.rounds.put_intro(offered(intro, until))
            await work.commit()

    async def intro_of(self, member: MemberId) -> Intro:
        async with self.memory.units(self.workspace, reading=True) as work:
            return (await work.rounds.intros_with(member))[0]

    async def keep(self, intro: Intro) -> None:
        async with self.memory.units(self.workspace) as work:
            await work.rounds.put_intro(intro)
            await work.commit()

    async def accept(self, member: MemberId) -> Intro:
        said = answered(await self.intro_of(member), member, Answer.YES, self.clock.now())
        kept = accepted(said) if said.all_said_yes() else said
        await self.keep(kept)
        return kept

    async def close(self, round_: Round) -> None:
        async with self.memory.units(self.workspace) as work:
            await work.rounds.put(replace(round_, state=RoundState.CLOSED))
            await work.commit()


@pytest.fixture
async def demo(memory: Memory, clock: StoppedClock, languages: Languages) -> Demo:
    workspace = (await memory.directory.ensure("local", "Akademiet", WorkspaceOptions())).id
    words = languages.words("da", ZoneInfo("Europe/Copenhagen"))
    return Demo(memory, workspace, await settle(memory.units, workspace, words, clock), clock, words)


async def test_from_the_first_page_to_the_first_open_room(demo: Demo) -> None:
    step = await demo.next_step()
    assert step.does == Perform("/match round", demo.viewer)
    assert demo.words.tell(step.text) == "Du er Maja Toftegaard, en af tovholderne. Lad mig planlægge ugens runde."

    drafted = await demo.draft()
    step = await demo.next_step()
    assert step.does == Perform("/match preview", demo.viewer)
    assert "Send" in demo.words.tell(step.text)

    await demo.send(drafted)
    players: list[MemberId] = []
    for _ in range(2):
        step = await demo.next_step()
        assert isinstance(step.does, Become)
        players.append(step.does.member)
        demo.viewer = step.does.member
        assert (await demo.member(demo.viewer)).name in demo.words.tell(step.text)
        assert (await demo.next_step()).does == step.does
        await demo.accept(demo.viewer)

    latest = await demo.intro_of(demo.viewer)
    assert latest.state is IntroState.ACCEPTED
    assert set(players) == set(latest.members())
    waiting = await demo.shown()
    assert [step.done for step in waiting.steps] == [True, True, True, True, False]
    assert all(step.does is None for step in waiting.steps)

    await demo.keep(opened(latest, ROOM, demo.clock.now()))
    more = await demo.shown()
    assert "Der er bygget bro" in demo.words.tell(more.title)
    assert len(more.steps) == 3
    assert all(isinstance(step.does, Perform) for step in more.steps)


async def test_the_introduction_to_play_is_one_that_can_be_understood_at_once(demo: Demo, languages: Languages) -> None:
    await demo.send(await demo.draft())
    step = await demo.next_step()
    assert isinstance(step.does, Become)
    chosen = await demo.intro_of(step.does.member)
    people = [await demo.member(member) for member in chosen.members()]
    assert len(people) == 2
    assert all(member.language == "da" for member in people)
    assert any(reason.kind is ReasonKind.NEED_OFFER for reason in chosen.reasons)


async def test_an_introduction_that_somebody_began_to_answer_goes_on(demo: Demo) -> None:
    await demo.send(await demo.draft())
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
    await demo.send(await demo.draft())
    first = (await demo.next_step()).does
    assert isinstance(first, Become)
    intro = await demo.intro_of(first.member)
    await demo.keep(answered(intro, first.member, Answer.NOT_NOW, demo.clock.now()))
    demo.viewer = intro.others(first.member)[0]
    step = (await demo.next_step()).does
    assert isinstance(step, Become)
    assert step.member not in intro.members()


async def test_when_no_introduction_is_left_the_next_round_is_planned(demo: Demo) -> None:
    drafted = await demo.draft()
    await demo.send(drafted)
    async with demo.memory.units(demo.workspace) as work:
        for intro in await work.rounds.intros_of(drafted.id):
            await work.rounds.put_intro(lapsed(intro))
        await work.commit()
    await demo.close(drafted)
    assert (await demo.next_step()).does == Perform("/match round", demo.viewer)


async def test_a_dropped_draft_begins_again(demo: Demo) -> None:
    drafted = await demo.draft()
    async with demo.memory.units(demo.workspace) as work:
        await work.rounds.put(replace(drafted, state=RoundState.DROPPED))
        await work.commit()
    assert (await demo.next_step()).does == Perform("/match round", demo.viewer)


async def test_a_draft_is_sent_by_the_organiser_who_made_it(demo: Demo) -> None:
    first = demo.viewer
    async with demo.memory.units(demo.workspace, reading=True) as work:
        organisers = [member.id for member in await work.members.everybody() if member.is_organiser()]
    demo.viewer = next(organiser for organiser in organisers if organiser != first)
    assert (await demo.next_step()).does == Perform("/match round", demo.viewer)
    await demo.draft()
    drafter, demo.viewer = demo.viewer, first
    assert (await demo.next_step()).does == Perform("/match preview", drafter)


async def test_an_open_room_stays_the_success_it_was(demo: Demo) -> None:
    drafted = await demo.draft()
    await demo.send(drafted)
    step = (await demo.next_step()).does
    assert isinstance(step, Become)
    intro = await demo.intro_of(step.member)
    for member in intro.members():
        intro = await demo.accept(member)
    intro = opened(intro, ROOM, demo.clock.now())
    for member in intro.members():
        intro = told(intro, member, Outcome.MET)
    await demo.keep(intro)
    await demo.close(drafted)
    assert intro.state is IntroState.ENDED
    assert intro.round is not None
    demo.viewer = next(member for member in demo.cast.members if member not in intro.members())
    more = await demo.shown()
    assert more.steps[0].does == Become(intro.members()[0])
    names = [(await demo.member(member)).name for member in intro.members()]
    assert all(name in demo.words.tell(more.title) for name in names)


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
