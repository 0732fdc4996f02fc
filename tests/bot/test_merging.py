"""Two rows become one member: nothing of the history is lost, nobody is asked more than before, and once is enough."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.deliveries.domain import Delivery, ToMember
from bot.identity import Account, DeliveryId, IntroId, LineId, MemberId, RoundId, ScheduleId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Line, Part, Round, RoundState
from bot.introductions.kinds import IntroOffer
from bot.introductions.outgoing import offer_key
from bot.linking.uniting import unite
from bot.matching.domain import LeftOut, Reason, ReasonKind, WhyLeftOut
from bot.members.domain import Block, Consent, Member, Role, WorkspaceOptions
from bot.members.merging import merged, richer
from tests.fakes import Memory, StoppedClock
from tests.storage_values import NOW, a_schedule

SOME = st.integers(0, 3)
members = st.builds(
    Member,
    id=st.builds(lambda: MemberId(new_id())),
    name=st.sampled_from(["Anna", "anna"]),
    organisation=st.sampled_from(["", "Rødovre Kommune", "Sportshallen"]),
    sector=st.sampled_from(["", "business", "research"]),
    themes=st.lists(st.sampled_from(["ageing", "health"]), unique=True).map(tuple),
    needs=st.lists(st.sampled_from(["premises", "time"]), unique=True).map(tuple),
    email=st.sampled_from(["", "a@example.org"]),
    role=st.sampled_from(Role),
    role_from=st.sampled_from(["", "discord"]),
    consent=st.sampled_from(Consent),
    consent_at=st.sampled_from([None, NOW]),
    paused_until=st.sampled_from([None, date(2026, 4, 1), date(2026, 5, 1)]),
    intros_per_round=SOME,
    shares_email=st.booleans(),
    joined_at=st.sampled_from([None, NOW, NOW + timedelta(days=1)]),
)


@given(members, members, st.booleans())
def test_of_two_answers_the_more_careful_one_counts(one: Member, other: Member, second: bool) -> None:
    for kept, gone in ((one, other), (other, one)):
        whole = merged(kept, gone, gone if second else kept)
        consents = {kept.consent, gone.consent}
        assert whole.consent in consents
        if Consent.NEVER in consents:
            assert whole.consent is Consent.NEVER
        if whole.consent is Consent.YES:
            assert not consents & {Consent.NEVER, Consent.NOT_NOW}
        for part in (kept, gone):
            if part.paused_until is not None:
                assert whole.paused_until is not None
                assert whole.paused_until >= part.paused_until
            if part.is_complete():
                assert whole.intros_per_round <= part.intros_per_round
            if part.email and not part.shares_email:
                assert not whole.shares_email
        assert whole.is_organiser() == (kept.is_organiser() or gone.is_organiser())
        given_by_people = any(part.is_organiser() and not part.role_from for part in (kept, gone))
        if given_by_people:
            assert whole.role_from == ""
        assert merged(whole, gone, whole) == whole


@given(members, members)
def test_the_fuller_profile_is_kept(one: Member, other: Member) -> None:
    best = richer(one, other)
    whole = merged(one, other, best)
    for name in ("organisation", "sector", "themes", "needs"):
        assert getattr(whole, name) == getattr(best, name) or not getattr(best, name)
    assert best.is_complete() or not (one.is_complete() or other.is_complete())


def test_one_member_has_one_account_on_each_platform() -> None:
    kept = Member(MemberId(new_id()), "Anna", accounts=(Account("slack", "U1"),))
    gone = Member(MemberId(new_id()), "Anna", accounts=(Account("slack", "U2"), Account("discord", "7")))
    assert merged(kept, gone, kept).accounts == (Account("slack", "U1"), Account("discord", "7"))


def an_intro(members: Sequence[MemberId], state: IntroState, round_: RoundId | None) -> Intro:
    parts = tuple(Part(member, Answer.YES if state is IntroState.OPENED else Answer.NONE) for member in members)
    reason = Reason(ReasonKind.NEED_OFFER, str(members[0]), str(members[1]), "premises")
    opened = NOW if state is IntroState.OPENED else None
    return Intro(IntroId(new_id()), round_, parts, 1.0, (reason,), state, NOW, NOW + timedelta(days=6), opened)


class House:
    """An academy in memory: two rows that are one person, and three others."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.clock = StoppedClock(NOW)
        self.kept, self.gone, *self.others = (
            Member(MemberId(new_id()), name, "Org", "research", accounts=(Account(platform, name),), roster_id=name)
            for name, platform in (("a", "slack"), ("b", "discord"), ("c", "slack"), ("d", "slack"), ("e", "slack"))
        )
        self.drafted = Round(RoundId(new_id()), 1, RoundState.DRAFT, 1, NOW)

    async def open(self, intros: Sequence[Intro], blocks: Sequence[Block]) -> None:
        self.workspace = (await self.memory.directory.ensure("team:T1", "A", WorkspaceOptions())).id
        async with self.memory.units(self.workspace) as work:
            await work.members.put_all([self.kept, self.gone, *self.others])
            await work.rounds.add(self.drafted)
            await work.rounds.add_intros(intros)
            for block in blocks:
                await work.members.block(block)
            offers = [(intro, member) for intro in intros for member in intro.members()]
            await work.deliveries.add([an_offer(intro.id, member) for intro, member in offers])
            await work.commit()

    async def unite(self) -> None:
        async with self.memory.units(self.workspace) as work:
            await unite(work, self.kept, self.gone, self.kept, NOW)
            await work.commit()

    async def intros(self) -> Sequence[Intro]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.rounds.intros_in(list(IntroState))


def an_offer(intro: IntroId, member: MemberId) -> Delivery:
    id_ = DeliveryId(new_id())
    return Delivery(id_, offer_key(intro, member), f"member:{member}", ToMember(member), IntroOffer(intro, member), NOW)


@st.composite
def histories(draw: st.DrawFn) -> tuple[House, list[Intro], list[Block]]:
    house = House()
    people = [house.kept.id, house.gone.id, *(other.id for other in house.others)]
    intros = [
        an_intro(
            draw(st.lists(st.sampled_from(people), min_size=2, max_size=3, unique=True)),
            state := draw(st.sampled_from(IntroState)),
            house.drafted.id if state is IntroState.PLANNED else None,
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    pairs = st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True)
    blocks = [Block(who, other, NOW) for who, other in (draw(pairs) for _ in range(draw(st.integers(0, 4))))]
    return house, intros, blocks


@given(histories())
@settings(max_examples=60, deadline=None)
async def test_no_history_is_lost_and_nobody_is_asked_more(drawn: tuple[House, list[Intro], list[Block]]) -> None:
    house, intros, blocks = drawn
    await house.open(intros, blocks)
    kept, gone = house.kept.id, house.gone.id
    await house.unite()
    after = {intro.id: intro for intro in await house.intros()}
    assert set(after) == {intro.id for intro in intros}
    for before in intros:
        now = after[before.id]
        others = set(before.members()) - {kept, gone}
        assert others <= set(now.members())
        assert len(set(now.members())) == len(now.members())
        met = before.state in {IntroState.OPENED, IntroState.ENDED}
        if met:
            assert now.state is before.state
        if met and gone in before.members():
            assert kept in now.members()
    offered = [set(i.members()) for i in after.values() if i.state is IntroState.OFFERED and kept in i.members()]
    before_united = [
        frozenset(kept if who == gone else who for who in intro.members())
        for intro in intros
        if intro.state is IntroState.OFFERED and {kept, gone} & set(intro.members())
    ]
    assert len(offered) <= len(set(before_united)) + sum(before_united.count(one) - 1 for one in set(before_united))
    assert not any({kept, gone} <= members for members in offered)
    planned = [intro for intro in after.values() if intro.state is IntroState.PLANNED]
    already = sum(kept in intro.members() for intro in intros if intro.state is IntroState.PLANNED)
    assert sum(kept in intro.members() for intro in planned) <= max(1, already, *planned_counts(intros, gone))
    async with house.memory.units(house.workspace) as work:
        blocked = {(block.member, block.other) for block in await work.members.blocks()}
        nameless = await work.members.get(gone)
        for who, other in ((b.member, b.other) for b in blocks):
            pair = (kept if who == gone else who, kept if other == gone else other)
            assert pair in blocked or pair[0] == pair[1]
        for intro in after.values():
            if intro.part_of(kept) is not None and not intro.part_of(gone):
                delivery = await work.deliveries.by_key(offer_key(intro.id, kept))
                assert delivery is not None
                assert delivery.target == ToMember(kept)
    assert nameless is not None
    assert (nameless.name, nameless.organisation, nameless.accounts, nameless.roster_id) == ("", "", (), "")


def planned_counts(intros: Sequence[Intro], member: MemberId) -> list[int]:
    return [sum(member in intro.members() for intro in intros if intro.state is IntroState.PLANNED)]


async def test_what_organisers_asked_of_a_round_and_wrote_down_is_told_of_the_one() -> None:
    house = House()
    await house.open([], [])
    kept, gone, other = house.kept.id, house.gone.id, house.others[0].id
    asked = replace(
        house.drafted,
        created_by=gone,
        locked=((gone, other), (kept, gone), (kept, other)),
        forbidden=((gone, other),),
        left_out=(LeftOut(str(gone), WhyLeftOut.ODD_ONE), LeftOut(str(other), WhyLeftOut.ODD_ONE)),
    )
    sent = replace(
        house.drafted,
        id=RoundId(new_id()),
        number=2,
        state=RoundState.CLOSED,
        locked=((gone, other),),
        left_out=(LeftOut(str(gone), WhyLeftOut.ODD_ONE), LeftOut(str(kept), WhyLeftOut.ODD_ONE)),
    )
    schedules = [replace(a_schedule(), id=ScheduleId(new_id()), created_by=who) for who in (gone, other)]
    intro = an_intro([gone, other], IntroState.OPENED, None)
    line = Line(LineId(new_id()), intro.id, gone, other, "Hej", NOW)
    async with house.memory.units(house.workspace) as work:
        await work.rounds.put(asked)
        await work.rounds.add(sent)
        await work.rounds.add_intros([intro])
        await work.lines.add(line)
        for schedule in schedules:
            await work.schedules.put(schedule)
        await work.commit()
    await house.unite()
    async with house.memory.units(house.workspace) as work:
        draft, closed = await work.rounds.get(asked.id), await work.rounds.get(sent.id)
        assert draft is not None
        assert closed is not None
        assert draft.created_by == kept
        assert draft.locked == ((kept, other),)
        assert draft.forbidden == ((kept, other),)
        assert [left.id for left in draft.left_out] == [str(kept), str(other)]
        assert closed.locked == ((gone, other),)
        assert [left.id for left in closed.left_out] == [str(kept)]
        assert {schedule.created_by for schedule in await work.schedules.every()} == {kept, other}
        assert [one.author for one in await work.lines.between(intro.id)] == [kept]
        told = await work.rounds.intro(intro.id)
    assert told is not None
    assert (told.reasons[0].giver, told.reasons[0].receiver) == (str(kept), str(other))


async def test_an_offer_to_oneself_ends_and_of_two_of_the_same_person_one_stays() -> None:
    house = House()
    kept, gone, other = house.kept.id, house.gone.id, house.others[0].id
    own = an_intro([kept, gone], IntroState.OFFERED, None)
    met = an_intro([gone, kept], IntroState.OPENED, None)
    mine, theirs = (an_intro([who, other], IntroState.OFFERED, None) for who in (kept, gone))
    await house.open([own, met, mine, theirs], [])
    await house.unite()
    states = {intro.id: intro.state for intro in await house.intros()}
    assert states == {
        own.id: IntroState.LAPSED,
        met.id: IntroState.OPENED,
        mine.id: IntroState.OFFERED,
        theirs.id: IntroState.LAPSED,
    }


async def test_in_one_draft_nobody_stands_twice() -> None:
    house = House()
    one, two = (
        an_intro([who, other.id], IntroState.PLANNED, house.drafted.id)
        for who, other in zip((house.kept.id, house.gone.id), house.others, strict=False)
    )
    await house.open([one, two], [])
    await house.unite()
    members = {intro.id: set(intro.members()) for intro in await house.intros()}
    assert members == {one.id: set(one.members()), two.id: set(two.members())}
