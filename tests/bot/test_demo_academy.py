"""The academy of the demo: made once, whole, with a past that kept to the rules."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.chat import GENERAL_KEY
from bot.deliveries.domain import LetterTable
from bot.demo.academy import settle
from bot.demo.past import ROUNDS, sending_times
from bot.demo.talk import CAMP, camp_card
from bot.identity import ConversationId, MemberId, MessageId, WorkspaceId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Round, RoundState
from bot.introductions.gathering import gather
from bot.introductions.life import declined_pairs
from bot.matching.domain import Wishes
from bot.matching.plan import plan
from bot.members.domain import Consent, Member, Role
from bot.members.letters import InvitationLetter
from bot.messages.codec import card_from_json
from bot.messages.elements import Table
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.ports import Units
from bot.words import Languages, Words
from tests.databases import Storage, in_memory, opened
from tests.fakes import StoppedClock

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture(scope="module")
def danish() -> Words:
    return Languages.load().words("da", COPENHAGEN)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def storage(request: pytest.FixtureRequest) -> AsyncGenerator[Storage, None]:
    if request.param == "memory":
        yield in_memory()
        return
    url: str = request.getfixturevalue(f"{request.param}_url")
    async with opened(url, LetterTable.of([InvitationLetter])) as real:
        yield real


async def _past(units: Units, workspace: WorkspaceId) -> list[tuple[Round, list[Intro]]]:
    async with units(workspace, reading=True) as work:
        rounds = sorted(await work.rounds.latest(), key=lambda round_: round_.number)
        return [(round_, list(await work.rounds.intros_of(round_.id))) for round_ in rounds]


async def _people(units: Units, workspace: WorkspaceId) -> dict[MemberId, Member]:
    async with units(workspace, reading=True) as work:
        return {member.id: member for member in await work.members.everybody()}


async def test_fifty_members_five_rounds_and_lively_channels(
    storage: Storage, danish: Words, clock: StoppedClock
) -> None:
    workspace = await storage.workspace()
    cast = await settle(storage.units, workspace, danish, clock)
    assert cast.settled_now
    assert len(cast.members) == 50
    people = await _people(storage.units, workspace)
    assert cast.first is not None
    assert people[cast.first].is_organiser()
    assert [round_.number for round_, _ in await _past(storage.units, workspace)] == list(range(1, ROUNDS + 1))
    async with storage.units(workspace, reading=True) as work:
        channels = {found.key: found for found in await work.playground.conversations_of(cast.first)}
        assert {GENERAL_KEY, CAMP} <= set(channels)
        for channel in channels.values():
            assert len(await work.playground.messages(channel.id, cast.first)) >= 3
        unread = await work.playground.unread(cast.first)
        assert 0 < sum(unread.values()) <= 5
        waiting = [await work.deliveries.by_key(f"invitation:{member.id}") for member in people.values()]
    asked = [member for member in people.values() if member.consent is Consent.ASKED]
    assert {delivery.letter for delivery in waiting if delivery} == {InvitationLetter(member.id) for member in asked}


async def test_a_second_start_changes_nothing_and_keeps_what_people_did(
    storage: Storage, danish: Words, clock: StoppedClock
) -> None:
    workspace = await storage.workspace()
    cast = await settle(storage.units, workspace, danish, clock)
    assert cast.first is not None
    async with storage.units(workspace) as work:
        someone = await work.members.get(cast.members[7])
        assert someone is not None
        await work.members.put(replace(someone, needs=("et skib",)))
        await work.members.forget(cast.members[9], clock.now())
        channel = (await work.playground.conversations_of(cast.first))[0]
        await work.playground.add(Message(MessageId(new_id()), channel.id, cast.first, "Hej igen", clock.now()))
        await work.commit()
    people, past = await _people(storage.units, workspace), await _past(storage.units, workspace)

    clock.advance(days=3)
    again = await settle(storage.units, workspace, danish, clock)

    assert not again.settled_now
    assert again.first == cast.first
    assert await _people(storage.units, workspace) == people
    assert len(people) == 49
    assert people[cast.members[7]].needs == ("et skib",)
    assert await _past(storage.units, workspace) == past
    async with storage.units(workspace, reading=True) as work:
        assert (await work.playground.messages(channel.id, cast.first))[-1].body == "Hej igen"


async def test_a_workspace_with_people_of_its_own_only_gets_an_organiser(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    own = Member(MemberId(new_id()), "Ragnhild Prøve", "Et sted", "business")
    async with storage.units(workspace) as work:
        await work.members.put(own)
        await work.commit()
    cast = await settle(storage.units, workspace, danish, clock)
    assert (cast.first, cast.members, cast.settled_now) == (own.id, (own.id,), False)
    assert (await _people(storage.units, workspace))[own.id] == replace(own, role=Role.ORGANISER)
    assert await settle(storage.units, workspace, danish, clock) == cast
    assert await _past(storage.units, workspace) == []


async def test_the_past_kept_to_the_rules(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    await settle(storage.units, workspace, danish, clock)
    people = await _people(storage.units, workspace)
    met: set[frozenset[MemberId]] = set()
    declined: set[frozenset[MemberId]] = set()
    for round_, intros in await _past(storage.units, workspace):
        assert round_.state is RoundState.CLOSED
        assert round_.opened_at is not None
        assert round_.answer_until is not None
        assert round_.answer_until < clock.now()
        named = Counter(member for intro in intros for member in intro.members())
        assert all(times == 1 for times in named.values())
        for intro in intros:
            group = [people[member] for member in intro.members()]
            assert all(member.consent is Consent.YES for member in group)
            assert all(member.joined_at and member.joined_at < round_.opened_at for member in group)
            assert len({member.sector for member in group}) > 1
            pairs = [frozenset(pair) for pair in combinations(intro.members(), 2)]
            assert not declined.intersection(pairs)
            declined.update(declined_pairs(intro))
            for one, other in combinations(group, 2):
                assert one.organisation != other.organisation
                assert len(group) > 2 or one.sector != other.sector
            if intro.state is IntroState.ENDED and intro.parts[0].outcome is not Outcome.NOT_MET:
                assert not met.intersection(pairs)
                met.update(pairs)


async def test_what_became_of_each_introduction_is_possible_and_mostly_good(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    await settle(storage.units, workspace, danish, clock)
    past = await _past(storage.units, workspace)
    intros = [intro for _, of_round in past for intro in of_round]
    for intro in intros:
        answers = [part.answer for part in intro.parts]
        if intro.state is IntroState.ENDED:
            assert set(answers) == {Answer.YES}
            assert intro.opened_at == max(part.answered_at for part in intro.parts if part.answered_at)
            assert len({part.outcome for part in intro.parts}) == 1
        else:
            assert intro.state is IntroState.LAPSED
            assert Answer.YES in answers
            assert not intro.all_said_yes()
            assert all(part.outcome is Outcome.UNKNOWN for part in intro.parts)
        for part in intro.parts:
            assert (part.answered_at is None) == (part.answer is Answer.NONE)
            assert part.answered_at is None or (intro.answer_until and part.answered_at < intro.answer_until)
    ended = [intro for intro in intros if intro.state is IntroState.ENDED]
    met = [intro for intro in ended if intro.parts[0].outcome is Outcome.MET]
    assert len(ended) > 0.6 * len(intros)
    assert 0.4 * len(ended) < len(met) < len(ended)


async def test_the_next_round_still_has_good_reasons_for_most(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    await settle(storage.units, workspace, danish, clock)
    async with storage.units(workspace, reading=True) as work:
        known = await gather(work, clock.now())
    assert known.next_number == ROUNDS + 1
    planned = plan(known.candidates, known.history, wishes=Wishes(apart=known.apart), seed=1, weights=known.weights)
    assert not planned.left_out
    assert not planned.novelty_exhausted
    telling = [group for group in planned.groups if any(reason.term for reason in group.reasons)]
    assert len(telling) > 0.8 * len(planned.groups)


@given(hours=st.integers(0, 24 * 3650))
def test_the_rounds_went_out_on_tuesdays_at_nine_and_are_over(hours: int) -> None:
    now = datetime(2020, 1, 1, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
    times = sending_times(now, COPENHAGEN)
    local = [at.astimezone(COPENHAGEN) for at in times]
    assert len(times) == ROUNDS
    assert all((at.weekday(), at.hour, at.minute) == (1, 9, 0) for at in local)
    assert all(later.date() - earlier.date() == timedelta(days=7) for earlier, later in pairwise(local))
    assert local[-1] + timedelta(days=6) <= now.astimezone(COPENHAGEN)
    assert local[-1] + timedelta(days=15) > now.astimezone(COPENHAGEN)


async def test_the_camp_channel_tells_the_facts_of_the_day(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    cast = await settle(storage.units, workspace, danish, clock)
    assert cast.first is not None
    async with storage.units(workspace, reading=True) as work:
        camp = next(found for found in await work.playground.conversations_of(cast.first) if found.key == CAMP)
        first = (await work.playground.messages(camp.id, cast.first))[0]
    assert first.author is None
    card = card_from_json(first.body, {})
    assert card == camp_card(danish)
    programme = next(element for element in card.elements if isinstance(element, Table))
    assert [row[0] for row in programme.rows if row[0] != "derefter"] == ["08.30", "09.00", "12.00", "16.00"]
    assert "22. marts 2018" in first.body
    assert "Broparken" in first.body


async def test_two_starts_at_once_make_one_academy(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    casts = await asyncio.gather(*(settle(storage.units, workspace, danish, clock) for _ in range(2)))
    assert sorted(cast.settled_now for cast in casts) == [False, True]
    assert casts[0].first == casts[1].first
    assert set(casts[0].members) == set(casts[1].members) == set(await _people(storage.units, workspace))
    assert len(await _past(storage.units, workspace)) == ROUNDS


async def test_a_channel_that_is_there_already_is_left_as_it_is(danish: Words, clock: StoppedClock) -> None:
    storage = in_memory()
    workspace = await storage.workspace()
    ours = Conversation(
        ConversationId(new_id()), ConversationKind.CHANNEL, "Alle", GENERAL_KEY, (), clock.now() - timedelta(days=1)
    )
    async with storage.units(workspace) as work:
        await work.playground.ensure(ours)
        await work.commit()
    cast = await settle(storage.units, workspace, danish, clock)
    assert cast.first is not None
    async with storage.units(workspace, reading=True) as work:
        channels = {found.key: found for found in await work.playground.conversations_of(cast.first)}
        assert channels[GENERAL_KEY] == ours
        assert await work.playground.messages(ours.id, cast.first) == []
        assert await work.playground.messages(channels[CAMP].id, cast.first)
