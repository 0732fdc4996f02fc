"""A letter is written when it is sent: where there is nothing to say any more, it says nothing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.deliveries.domain import Letter, LetterTable
from bot.deliveries.letters import Reading, writers
from bot.identity import Address, IntroId, MemberId, RoundId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Outcome
from bot.introductions.letters import (
    LETTERS,
    DidYouMeet,
    FollowUpNews,
    IntroNews,
    IntroOffer,
    RoomOpening,
    RoundReady,
)
from bot.members.domain import Block, Member
from bot.messages.elements import Card
from tests.introductions_talk import LANGUAGES, Academy, a_sent_round, a_small_academy

NOBODY = IntroId(new_id())


@dataclass(slots=True)
class Desk:
    """An academy whose round was sent; ``intro`` is Anna's and Bo's."""

    academy: Academy
    intro: IntroId

    @classmethod
    async def begin(cls) -> "Desk":
        academy = await a_small_academy()
        await a_sent_round(academy)
        intro = next(one for one in await academy.intros() if one.part_of(academy.ids["Anna"]))
        return cls(academy, intro.id)

    async def writes(self, letter: Letter, reader: str | Member | None = "Anna") -> Card | None:
        words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
        person = await self.academy.member(reader) if isinstance(reader, str) else reader
        async with self.academy.memory.units(self.academy.workspace, reading=True) as work:
            options = await work.vocabulary.options()
            reading = Reading(work, words, options, self.academy.clock.now(), person)
            return await writers(LETTERS)[type(letter)](reading, letter)

    async def becomes(self, state: IntroState, *, room: bool = False, outcome: Outcome = Outcome.UNKNOWN) -> None:
        async with self.academy.memory.units(self.academy.workspace) as work:
            found = await work.rounds.intro(self.intro)
            assert found is not None
            parts = tuple(replace(part, answer=Answer.YES, outcome=outcome) for part in found.parts)
            where = Address("web", "room:9") if room else None
            await work.rounds.put_intro(replace(found, state=state, parts=parts, room=where))
            await work.commit()

    @property
    def anna(self) -> MemberId:
        return self.academy.ids["Anna"]


async def test_every_kind_survives_the_outbox() -> None:
    table = LetterTable.of(row.letter for row in LETTERS)
    intro, member = NOBODY, MemberId(new_id())
    for letter in (
        IntroOffer(intro, member),
        IntroNews(intro, member),
        RoomOpening(intro),
        DidYouMeet(intro, member),
        FollowUpNews(intro, member),
        RoundReady(RoundId(new_id())),
    ):
        assert table.read(table.write(letter)) == letter


async def test_an_introduction_that_is_not_there_is_never_written_about() -> None:
    desk = await Desk.begin()
    for letter in (
        IntroOffer(NOBODY, desk.anna),
        IntroNews(NOBODY, desk.anna),
        RoomOpening(NOBODY),
        DidYouMeet(NOBODY, desk.anna),
        FollowUpNews(NOBODY, desk.anna),
        RoundReady(RoundId(new_id())),
    ):
        assert await desk.writes(letter) is None


async def test_an_offer_is_written_once_and_only_while_it_waits() -> None:
    desk = await Desk.begin()
    letter = IntroOffer(desk.intro, desk.anna)
    assert await desk.writes(letter) is not None
    assert await desk.writes(letter, None) is None
    async with desk.academy.memory.units(desk.academy.workspace) as work:
        await work.members.block(Block(desk.academy.ids["Bo"], desk.anna, desk.academy.clock.now()))
        await work.commit()
    assert await desk.writes(letter) is None
    await desk.becomes(IntroState.LAPSED)
    assert await desk.writes(letter) is None
    assert await desk.writes(IntroNews(desk.intro, desk.anna)) is not None


async def test_news_reach_only_who_is_in_it_and_still_there() -> None:
    desk = await Desk.begin()
    anna = await desk.academy.member("Anna")
    letter = IntroNews(desk.intro, desk.anna)
    assert await desk.writes(letter) is not None
    assert await desk.writes(letter, None) is None
    assert await desk.writes(letter, replace(anna, erased_at=desk.academy.clock.now())) is None
    assert await desk.writes(IntroNews(desk.intro, desk.academy.ids["Carl"]), "Carl") is None
    await desk.becomes(IntroState.PLANNED)
    assert await desk.writes(letter) is None


async def test_a_room_s_words_need_every_yes_and_everybody_there() -> None:
    desk = await Desk.begin()
    letter = RoomOpening(desk.intro)
    assert await desk.writes(letter, None) is None
    await desk.becomes(IntroState.ACCEPTED)
    assert await desk.writes(letter, None) is not None
    await desk.academy.change("Bo", paused_until=date(2026, 6, 1))
    assert await desk.writes(letter, None) is None
    await desk.becomes(IntroState.OPENED, room=True)
    assert await desk.writes(letter, None) is not None


async def test_did_you_meet_is_asked_of_those_who_met_may_be_and_have_not_said() -> None:
    desk = await Desk.begin()
    letter = DidYouMeet(desk.intro, desk.anna)
    assert await desk.writes(letter) is None
    await desk.becomes(IntroState.OPENED, room=True)
    assert await desk.writes(letter) is not None
    assert await desk.writes(DidYouMeet(desk.intro, desk.academy.ids["Carl"]), "Carl") is None
    await desk.academy.change("Anna", paused_until=date(2026, 6, 1))
    assert await desk.writes(letter) is None
    await desk.academy.change("Anna", paused_until=None)
    await desk.becomes(IntroState.OPENED, room=True, outcome=Outcome.PLANNED)
    assert await desk.writes(letter) is None
    assert await desk.writes(FollowUpNews(desk.intro, desk.anna)) is not None
    assert await desk.writes(FollowUpNews(desk.intro, desk.anna), None) is None


async def test_a_ready_round_is_told_to_organisers_while_it_is_a_draft() -> None:
    desk = await Desk.begin()
    (round_,) = await desk.academy.rounds()
    assert await desk.writes(RoundReady(round_.id), "Olga") is None
    await desk.academy.passes(days=8)
    await desk.academy["Olga"].types("/match round")
    draft = (await desk.academy.rounds())[0]
    assert await desk.writes(RoundReady(draft.id), "Olga") is not None
    assert await desk.writes(RoundReady(draft.id), "Anna") is None


async def test_a_room_that_can_never_open_ends_at_the_round_s_end() -> None:
    desk = await Desk.begin()
    await desk.becomes(IntroState.ACCEPTED)
    await desk.academy.change("Bo", paused_until=date(2026, 6, 1))
    await desk.academy.passes(days=7)
    intro = await _intro(desk)
    assert intro.state is IntroState.LAPSED
    assert "It did not become an introduction this time" in desk.academy["Anna"].reads()


async def test_after_four_weeks_nobody_is_asked_any_more() -> None:
    desk = await Desk.begin()
    await desk.becomes(IntroState.OPENED, room=True)
    desk.academy.clock.advance(seconds=timedelta(days=1).total_seconds())
    await desk.academy["Carl"].presses("Yes, introduce us")
    await desk.academy["Dorte"].presses("Yes, introduce us")
    await desk.academy.change("Anna", paused_until=date(2027, 1, 1))
    await desk.academy.passes(days=45)
    assert (await _intro(desk)).state is IntroState.ENDED
    assert len(desk.academy["Anna"].posts()) == 1


async def _intro(desk: Desk) -> Intro:
    return next(one for one in await desk.academy.intros() if one.id == desk.intro)
