"""The one card of whoever sent an announcement: it follows the copies on their way, and then says how it went."""

from bot.announcements.kinds import OwnersCard, Progress
from bot.deliveries.courier import Courier
from bot.deliveries.domain import DeliveryState
from bot.deliveries.limits import Limits
from bot.errors import Refused, TryLater
from bot.identity import Address
from bot.letters import LETTERS
from bot.members.domain import Role
from tests.announce_talk import written
from tests.fake_chat import Posted
from tests.introductions_talk import LANGUAGES, Academy, Answer, a_member, a_small_academy, words_of


async def a_large_academy(people: int = 40) -> Academy:
    academy = await a_small_academy()
    for number in range(people - 5):
        await academy.joins(a_member(f"Person{number} Lind", "Sportshallen", "business"))
    return academy


def one_by_one(academy: Academy) -> Courier:
    """A courier that takes one delivery at a time."""
    memory, clock = academy.memory, academy.clock
    return Courier(
        memory.outbox,
        memory.units,
        memory.directory,
        academy.chats,
        LETTERS,
        LANGUAGES,
        clock,
        memory.alarm,
        owner="two",
        limits=Limits(at_once=1),
    )


def own(academy: Academy) -> Posted:
    """Olga's card."""
    (card,) = [post for post in academy["Olga"].posts() if "“" in words_of(post.card)]
    return card


def reads(academy: Academy) -> str:
    return words_of(own(academy).card)


async def test_the_card_follows_with_a_bar_and_ends_with_how_it_went() -> None:
    academy = await a_large_academy(80)
    await written(academy["Olga"], '/announce new "We meet at nine"', "Send now")
    await academy.timekeeper.tick()
    seen: list[str] = []
    for _ in range(40):
        await academy.courier.run_once()
        academy.clock.advance(seconds=1)
        if [post for post in academy["Olga"].posts() if "“" in words_of(post.card)] and reads(academy) not in seen:
            seen.append(reads(academy))
    assert seen[0].startswith("It is going out\n“We meet at nine”\n")
    assert "on their way" in seen[0]
    assert "░" in seen[0]
    assert seen[-1] == "It has gone out\n“We meet at nine”\n80 arrived."
    await academy.passes(hours=3)
    assert reads(academy) == seen[-1]
    assert own(academy).edits <= 4


async def test_where_nothing_moves_nothing_is_edited_and_what_is_lost_is_told() -> None:
    academy = await a_large_academy(10)
    chat = academy.chats.of(academy.workspace)
    await written(academy["Olga"], '/announce new "Hello" to:sector:business', "Send now")
    await academy.timekeeper.tick()
    await one_by_one(academy).run_once()
    chat.fail(TryLater("away", 1_500.0), verb="post", times=6)
    await academy.delivers()
    chat.faults.clear()
    before = own(academy).edits
    await academy.passes(minutes=20)
    assert own(academy).edits == before
    assert "6 on their way" in reads(academy)
    chat.fail(Refused("cannot_dm"), verb="post")
    await academy.passes(hours=2)
    assert reads(academy) == "It has gone out\n“Hello”\n5 arrived and 1 did not arrive, as far as I know."
    assert own(academy).edits <= 8


async def test_a_repetition_has_one_card_for_all_its_times() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Monday" repeat:"every monday 09:00" to:sector:business')
    await academy.passes(days=22)
    assert len(academy["Bo"].posts()) == 3
    assert reads(academy) == "It has gone out\n“Monday”\n1 arrived."
    told = await academy["Olga"].types("/announce cancel")
    await academy["Olga"].presses(told.buttons["End the repetition"])
    await academy.passes(hours=1)
    assert len(academy["Olga"].posts()) == 1
    assert reads(academy) == "Cancelled\n“Monday”\n1 arrived."


async def test_one_that_is_for_nobody_by_then_says_so_and_is_not_followed() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" when:"in 1 hour" to:sector:business')
    await academy.change("Bo", sector="research")
    await academy.passes(hours=2)
    assert reads(academy) == "It has gone out\n“Hello”\nnobody to send it to."
    assert own(academy).edits == 0


async def test_whoever_waits_for_the_morning_is_followed_until_then() -> None:
    academy = await a_small_academy()
    await academy.change("Bo", timezone="Pacific/Auckland")
    shown = await academy["Olga"].types('/announce new "Hello" when:"today 14:00" to:sector:business wait:morning')
    await academy["Olga"].presses(shown.buttons["Schedule"])
    await academy.passes(hours=8)
    assert reads(academy).startswith("It is going out\n“Hello”\n1 waits for the morning.")
    assert "Hello – Under way" in (await academy["Olga"].types("/announce list")).text
    await academy.passes(hours=24)
    assert reads(academy) == "It has gone out\n“Hello”\n1 arrived."


async def test_who_is_no_organiser_any_more_hears_nothing_of_it() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" when:"in 1 hour" to:sector:business')
    await academy.change("Olga", role=Role.MEMBER)
    await academy.passes(hours=2)
    await academy.passes(hours=2)
    assert academy["Olga"].posts() == []
    async with academy.memory.units(academy.workspace, reading=True) as work:
        dropped = await work.deliveries.in_states((DeliveryState.CANCELLED,))
    assert {type(one.letter) for one in dropped} == {OwnersCard, Progress}


async def shown_as_message(academy: Academy, line: str) -> tuple[Answer, Address]:
    """The preview where it can be edited later: in the direct conversation."""
    shown = await academy["Olga"].types(line)
    chat = academy.chats.of(academy.workspace)
    return shown, await chat.post(await chat.direct(academy["Olga"].account), shown.card, "preview")


async def test_the_card_that_was_pressed_is_the_one_that_follows() -> None:
    academy = await a_small_academy()
    shown, message = await shown_as_message(academy, '/announce new "Hello" when:"in 1 hour" to:sector:business')
    await academy["Olga"].presses(shown.buttons["Schedule"], message=message)
    assert academy["Olga"].reads().startswith("It is planned")
    await academy.passes(hours=2)
    await academy.passes(minutes=5)
    assert [post.address for post in academy["Olga"].posts()] == [message]
    assert academy["Olga"].reads() == "It has gone out\n“Hello”\n1 arrived."


async def test_a_changed_one_that_takes_its_place_in_the_same_message_is_not_called_off_there() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown, message = await shown_as_message(academy, '/announce new "At nine" when:"in 1 hour" to:sector:business')
    planned = await olga.presses(shown.buttons["Schedule"], message=message)
    ledger = await olga.presses(planned.buttons["How it stands"], message=message)
    form = (await olga.presses(ledger.buttons["Change"], message=message)).form
    changed = await olga.fills(form, text="At ten", when="in 2 hours", repeat="", to="sector:business")
    await olga.presses(changed.buttons["Schedule"], message=message)
    await academy.passes(minutes=10)
    assert olga.reads().startswith("It is planned")
    await academy.passes(hours=3)
    await academy.passes(minutes=5)
    assert olga.reads() == "It has gone out\n“At ten”\n1 arrived."
    assert [post.address for post in olga.posts()] == [message]


async def test_a_message_that_says_already_that_it_is_cancelled_is_left_as_it_is() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown, message = await shown_as_message(academy, '/announce new "Hello" when:"in 1 hour" to:sector:business')
    planned = await olga.presses(shown.buttons["Schedule"], message=message)
    ledger = await olga.presses(planned.buttons["How it stands"], message=message)
    told = await olga.presses(ledger.buttons["Cancel"], message=message)
    await academy.passes(minutes=5)
    assert olga.reads() == told.text
