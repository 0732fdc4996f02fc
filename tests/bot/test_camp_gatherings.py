"""Camps among the events of a Discord server: there once people are invited, changed and called off with them, made once."""

from dataclasses import dataclass, field, replace

import pytest

from bot.camps.domain import CampState
from bot.camps.gathering import Gathering
from bot.camps.gatherings import CampGathering
from bot.deliveries.domain import Delivery, DeliveryState, ToCalendar
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater
from bot.identity import Address, CampId, DeliveryId, new_id
from bot.schedules.retention import Retention
from tests.camp_talk import a_camp, an_announced_camp, camp_of, edits
from tests.fake_chat import FakeChat
from tests.introductions_talk import Academy, a_small_academy


@dataclass(slots=True)
class Server(FakeChat):
    """A platform with a list of events. What it is told is there, unless it was taken away."""

    events: dict[str, Gathering] = field(default_factory=dict[str, Gathering])
    told: list[Gathering] = field(default_factory=list[Gathering])

    async def gather(self, gathering: Gathering) -> Address | None:
        self.told.append(gathering)
        fault = self._begin("gather", gathering.key)
        if gathering.called_off and gathering.key not in self.events:
            return None
        self.events[gathering.key] = gathering
        self._end(fault)
        return Address("discord", f"event:{gathering.key}")


async def on_discord() -> tuple[Academy, Server]:
    academy = await a_small_academy()
    joined = await academy.memory.directory.join(academy.workspace, "guild:7", "Akademiet")
    assert len(joined.installations) == 2
    server = Server(academy.clock, "discord")
    academy.chats.add(academy.workspace, server)
    return academy, server


async def states(academy: Academy) -> list[tuple[DeliveryState, str]]:
    """What became of the deliveries to the calendar, oldest first."""
    async with academy.memory.units(academy.workspace, reading=True) as work:
        found = await work.deliveries.in_states(tuple(DeliveryState))
    return [(one.state, one.error) for one in reversed(found) if isinstance(one.target, ToCalendar)]


async def test_an_event_stands_there_once_people_were_invited() -> None:
    academy, server = await on_discord()
    await a_camp(academy=academy)
    await edits(academy["Olga"], host="Rødovre Kommune")
    await academy.delivers()
    assert server.told == []
    shown = await academy["Olga"].types("/camp invite")
    assert "Everybody on your Discord server also sees the camp" in shown.text
    await academy["Olga"].presses(shown.buttons["Send the invitations"])
    await academy.delivers()
    camp, [event] = await camp_of(academy), server.events.values()
    assert (event.key, event.title, event.place) == (str(camp.id), "Camp 3", "Broparken, Rødovre")
    assert (event.starts, event.ends) == (camp.starts_at(), camp.ends_at())
    assert event.text == "Sign up with /camp signup.\n\nHost: Rødovre Kommune"
    assert await states(academy) == [(DeliveryState.SENT, "")]


async def test_it_follows_the_camp_and_goes_with_it() -> None:
    academy, server = await on_discord()
    await an_announced_camp(academy=academy)
    await edits(academy["Olga"], place="Hornslet", programme="09.00 Velkommen / Lone")
    await academy.delivers()
    [event] = server.events.values()
    assert event.place == "Hornslet"
    assert "09:00 Velkommen" in event.text
    assert "Lone" not in event.text
    form = (await academy["Olga"].types("/camp cancel")).form
    shown = await academy["Olga"].fills(form, reason="Storm")
    await academy["Olga"].presses(next(iter(shown.buttons.values())))
    await academy.delivers()
    [event] = server.events.values()
    assert event.called_off


async def test_elsewhere_there_is_nothing_to_see_to() -> None:
    academy = await a_camp()
    shown = await academy["Olga"].types("/camp invite")
    assert "Discord" not in shown.text
    await academy["Olga"].presses(shown.buttons["Send the invitations"])
    assert await states(academy) == []


@pytest.mark.parametrize("error", [TryLater("no_guild"), Doubtful("server_disconnected_error"), TryLater("http_500")])
async def test_what_broke_off_is_seen_to_again(error: ChatError) -> None:
    academy, server = await on_discord()
    server.fail(error, after_storing=isinstance(error, Doubtful), verb="gather")
    await an_announced_camp(academy=academy)
    await academy.passes(minutes=1)
    assert len(server.told) == 2
    assert await states(academy) == [(DeliveryState.SENT, "")]


async def test_where_the_bot_may_not_organisers_hear_of_it() -> None:
    academy, server = await on_discord()
    server.fail(Refused("missing_permission"), verb="gather")
    await an_announced_camp(academy=academy)
    assert await states(academy) == [(DeliveryState.FAILED, "Refused missing_permission")]
    told = await academy.services.members.undelivered(academy.workspace)
    assert [(one.kind, one.whom) for one in told] == [("camp_gathering", "")]
    # Once it may, the next change puts it there.
    await edits(academy["Olga"], place="Hornslet")
    await academy.delivers()
    assert [event.place for event in server.events.values()] == ["Hornslet"]


async def test_what_somebody_took_away_ends_without_a_word() -> None:
    academy, server = await on_discord()
    server.fail(Gone("unknown_event"), verb="gather")
    await an_announced_camp(academy=academy)
    assert await states(academy) == [(DeliveryState.CANCELLED, "Gone unknown_event")]
    assert not await academy.services.members.undelivered(academy.workspace)


async def test_one_that_was_called_off_before_it_was_there_needs_no_event() -> None:
    academy, server = await on_discord()
    server.fail(TryLater("away", 600), verb="gather")
    await an_announced_camp(academy=academy)
    async with academy.memory.units(academy.workspace) as work:
        await work.camps.put(replace(await camp_of(academy), state=CampState.CANCELLED))
        await work.commit()
    await academy.passes(minutes=20)
    assert server.events == {}
    assert await states(academy) == [(DeliveryState.CANCELLED, "nothing_to_say")]


async def write(academy: Academy, letter: CampGathering) -> None:
    delivery = Delivery(DeliveryId(new_id()), str(new_id()), "lane", ToCalendar("discord"), letter, academy.clock.now())
    async with academy.memory.units(academy.workspace) as work:
        await work.deliveries.add([delivery])
        await work.commit()


async def test_a_camp_that_is_over_or_gone_is_seen_to_no_more() -> None:
    academy, server = await on_discord()
    await write(academy, CampGathering(CampId(new_id())))
    await academy.delivers()
    await a_camp(academy=academy)
    academy.clock.advance(days=40)
    await write(academy, CampGathering((await camp_of(academy)).id))
    await academy.delivers()
    assert server.told == []
    assert await states(academy) == [(DeliveryState.CANCELLED, "nothing_to_say")] * 2


async def choose(academy: Academy, *, events: bool) -> None:
    async with academy.memory.units(academy.workspace) as work:
        await work.vocabulary.set_options(replace(await work.vocabulary.options(), camps_among_events=events))
        await work.commit()


async def an_hour_passes(academy: Academy) -> None:
    await Retention(academy.memory.units, academy.memory.directory, academy.clock).tidy()
    await academy.passes(hours=1)


async def test_an_academy_can_keep_its_camps_to_itself_and_what_stands_there_follows_its_camp() -> None:
    academy, server = await on_discord()
    await choose(academy, events=False)
    await a_camp(academy=academy)
    shown = await academy["Olga"].types("/camp invite")
    assert "Everybody on your Discord server" not in shown.text
    await academy["Olga"].presses(shown.buttons["Send the invitations"])
    await an_hour_passes(academy)
    assert server.told == []
    await choose(academy, events=True)
    await an_hour_passes(academy)
    assert len(server.events) == 1
    await choose(academy, events=False)
    await edits(academy["Olga"], place="Hornslet")
    await academy.delivers()
    [event] = server.events.values()
    assert event.place == "Hornslet"


async def test_an_academy_that_comes_to_discord_later_finds_its_camp_there() -> None:
    academy = await an_announced_camp()
    await an_hour_passes(academy)
    await academy.memory.directory.join(academy.workspace, "guild:7", "Akademiet")
    server = Server(academy.clock, "discord")
    academy.chats.add(academy.workspace, server)
    for _ in range(3):
        await an_hour_passes(academy)
    assert len(server.told) == len(server.events) == 1
    await academy.memory.directory.freeze(academy.workspace, academy.clock.now())
    await an_hour_passes(academy)
