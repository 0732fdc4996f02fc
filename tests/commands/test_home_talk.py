"""The person's own page, as its people open it: what waits, what became of it, and what is theirs to decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.deliveries.domain import Delivery, DeliveryState, ToIntroRoom, ToMember
from bot.dispatcher import Dispatcher, House
from bot.errors import ChatError, Doubtful, Gone, Refused
from bot.identity import DeliveryId, first_id_at, new_id
from bot.introductions.kinds import RoomOpening
from bot.members.domain import Consent, WorkspaceOptions
from bot.members.letters import InvitationLetter
from bot.messages.elements import Button, Card, Weight
from commands import ACTIONS, COMMANDS, FORMS, HOME
from tests.camp_talk import an_announced_camp, edits
from tests.gallery_home import cards
from tests.introductions_talk import (
    LANGUAGES,
    Academy,
    a_sent_round,
    a_small_academy,
    buttons_of,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody sees when they open it."""

    card: Card

    @property
    def text(self) -> str:
        return words_of(self.card)

    @property
    def buttons(self) -> dict[str, Button]:
        return buttons_of(self.card)


async def an_academy(language: str = "en") -> Academy:
    academy = await a_small_academy(WorkspaceOptions(language=language), language)
    house = House("en", ZoneInfo("Europe/Copenhagen"))
    tables = (COMMANDS, ACTIONS, FORMS)
    units = academy.memory.units
    academy.desk = Dispatcher(tables, academy.services, units, LANGUAGES, academy.clock, house, HOME)
    return academy


async def opens(academy: Academy, first: str) -> Page:
    card = await academy.desk.home(academy[first].arrival())
    assert card is not None
    return Page(card)


async def test_somebody_new_is_told_what_this_is_and_where_to_begin() -> None:
    academy = await an_academy()
    page = await opens(academy, "Eva")
    assert "Welcome! I am Brobygger." in page.text
    form = (await academy["Eva"].presses(page.buttons["Make my profile"])).form
    assert form.title == "Your profile"


async def test_a_member_with_nothing_yet_reads_kind_words() -> None:
    academy = await an_academy()
    page = await opens(academy, "Anna")
    assert page.text.startswith("Hello, Anna\n")
    assert "Nothing waits for your answer." in page.text
    assert "None yet. They come with the rounds, or you look for somebody yourself." in page.text
    assert "Anna Holm – Rødovre Kommune (municipality)" in page.text
    assert "You look for premises." in page.text
    assert "You take part in introductions." in page.text
    assert "organisers" not in page.text
    assert set(page.buttons) == {"Find somebody now", "Edit", "Take a break"}
    asked = (await academy["Anna"].presses(page.buttons["Find somebody now"])).form
    assert asked.fields


async def test_from_the_offer_to_the_meeting() -> None:
    academy = await an_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]

    page = await opens(academy, "Anna")
    assert "Waiting for your answer\nMay I introduce you to Bo Lind?" in page.text
    assert "You need “premises”, and Bo Lind offers it." in page.text
    assert "You can answer until" in page.text
    assert page.buttons["Yes, introduce us"].weight is Weight.MAIN
    await anna.presses(page.buttons["Yes, introduce us"])

    page = await opens(academy, "Anna")
    assert "Nothing waits for your answer." in page.text
    assert "Bo Lind – you said yes; I write to you if it becomes an introduction" in page.text

    await bo.presses((await opens(academy, "Bo")).buttons["Yes, introduce us"])
    await academy.delivers()
    page = await opens(academy, "Anna")
    assert "Bo Lind – " in page.text
    assert "– introduced" in page.text
    await anna.presses(page.buttons["Met Bo Lind"])
    page = await opens(academy, "Anna")
    assert "– you met" in page.text
    assert "Met Bo Lind" not in page.buttons


async def test_a_no_is_on_nobodys_page() -> None:
    academy = await an_academy()
    await a_sent_round(academy)
    await academy["Bo"].presses((await opens(academy, "Bo")).buttons["Not now"])
    page = await opens(academy, "Anna")
    assert "May I introduce you to Bo Lind?" in page.text
    assert "May I introduce you" not in (await opens(academy, "Bo")).text


def test_several_offers_are_counted_and_only_one_button_stands_out() -> None:
    words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
    page = Page(dict(cards(words))["home, full"])
    assert page.text.count("May I introduce you to ") == 3
    assert "And 3 more. A no is never shown. /match status has the whole cards." in page.text
    rows = [button for element in page.card.elements for button in getattr(element, "buttons", ())]
    assert [button.weight for button in rows].count(Weight.MAIN) == 1


async def test_the_profile_says_whether_one_takes_part_and_when_the_next_round_is() -> None:
    academy = await an_academy()
    await academy["Olga"].presses(
        (await academy["Olga"].types('/match schedule "tuesday 09:00"')).buttons["Do it like that"]
    )
    assert "The next round goes out on Tuesday" in (await opens(academy, "Anna")).text

    await academy.change("Anna", paused_until=academy.clock.now().date() + timedelta(days=20))
    page = await opens(academy, "Anna")
    assert "You are on a break until" in page.text
    assert "The next round" not in page.text
    await academy["Anna"].presses(page.buttons["I'm back already"])
    assert "Take a break" in (await opens(academy, "Anna")).buttons

    await academy.change("Anna", consent=Consent.NOT_ASKED, needs=(), offers=("chairs",))
    page = await opens(academy, "Anna")
    assert "You can offer chairs." in page.text
    await academy["Anna"].presses(page.buttons["Introduce me"])
    assert "You take part in introductions." in (await opens(academy, "Anna")).text

    await academy.change("Anna", offers=())
    assert "With one need and one offer" in (await opens(academy, "Anna")).text


async def test_organisers_see_the_round_in_preparation() -> None:
    academy = await an_academy()
    olga = academy["Olga"]
    assert "No round is in preparation. /match round draws one." in (await opens(academy, "Olga")).text
    await olga.types("/match round")
    page = await opens(academy, "Olga")
    assert "Round 1 is in preparation. 2 groups. 4 members get a suggestion." in page.text
    assert "left out" not in page.text
    assert "Nothing is sent before one of you presses Send." in page.text
    assert "Round 1, not sent yet" in (await olga.presses(page.buttons["Look at the round"])).text
    assert "preparation" not in (await opens(academy, "Anna")).text


async def test_a_dane_reads_it_in_danish_and_somebody_without_consent_is_not_pushed() -> None:
    academy = await an_academy("da")
    await a_sent_round(academy, "da")
    page = await opens(academy, "Anna")
    assert page.text.startswith("Hej Anna\nVenter på dit svar\n")
    assert "Rødovre Kommune (kommune)" in page.text


async def test_to_look_at_it_is_nothing_that_one_did() -> None:
    academy = await an_academy()
    arrival = academy["Anna"].arrival(arrival="same")
    for _ in range(200):
        assert await academy.desk.home(arrival) is not None


def an_id(now: datetime) -> DeliveryId:
    """An id as it would be made at the time that the academy lives in."""
    return DeliveryId(UUID(int=first_id_at(now).int + new_id().int % 2**64))


async def test_the_next_camp_is_there_with_how_one_stands() -> None:
    academy = await an_academy()
    assert "The next camp" not in (await opens(academy, "Anna")).text
    await an_announced_camp(academy=academy)
    page = await opens(academy, "Anna")
    assert "Camp 3 – Sunday, 22 March 2026, 09:00–16:00, Broparken, Rødovre\nAre you coming?" in page.text
    assert page.buttons["Yes, I'm coming"].weight is Weight.PLAIN
    await academy["Anna"].presses(page.buttons["Yes, I'm coming"])
    page = await opens(academy, "Anna")
    assert "You have a seat. See you there!" in page.text
    assert "Yes, I'm coming" not in page.buttons
    handed = (await academy["Anna"].presses(page.buttons["Add to calendar"])).handed
    assert handed.file.name == "camp-2026-03-22.ics"
    assert "Camp 3" in (await academy["Anna"].presses(page.buttons["See the camp"])).text


async def test_a_camp_that_one_said_no_to_gives_way_to_another() -> None:
    academy = await an_academy()
    await an_announced_camp(academy=academy)
    await academy["Anna"].presses("No")
    page = await opens(academy, "Anna")
    assert "You are not coming. You can still change your mind." in page.text
    assert "Add to calendar" not in page.buttons
    await academy["Olga"].types('/camp create "Camp 4" "22 april" "09.00-16.00"')
    page = await opens(academy, "Anna")
    assert "Camp 4 – Wednesday, 22 April 2026, 09:00–16:00\n" in page.text
    assert "/camp list shows all 2." in page.text
    await academy["Olga"].presses((await opens(academy, "Olga")).buttons["Maybe"])
    assert "You said maybe." in (await opens(academy, "Olga")).text


class TestUndelivered:
    async def failing(self, academy: Academy, error: ChatError, first: str = "Anna") -> None:
        await academy.change(first, consent=Consent.ASKED)
        async with academy.memory.units(academy.workspace) as work:
            letter = InvitationLetter(academy.ids[first])
            key, now = str(new_id()), academy.clock.now()
            await work.deliveries.add([Delivery(an_id(now), key, key, ToMember(letter.member), letter, now)])
            await work.commit()
        academy.chats.of(academy.workspace).fail(error, verb="post")
        await academy.delivers()

    async def test_is_counted_for_organisers_and_says_what_to_do(self) -> None:
        academy = await an_academy()
        await self.failing(academy, Refused("user_disabled"))
        await self.failing(academy, Gone("channel_is_archived"), "Bo")
        page = await opens(academy, "Olga")
        assert "2 messages of the last two weeks did not arrive, as far as I know." in page.text
        told = (await academy["Olga"].presses(page.buttons["See which, and why"])).text
        assert "Their account is deactivated or gone. If they have another one, correct it on the roster." in told
        assert "Anna Holm – the invitation to introductions – 2 Mar 2026" in told
        assert "That conversation is archived." in told
        assert "2 messages" in (await academy["Olga"].types("/academy")).text
        assert "did not arrive" not in (await opens(academy, "Anna")).text

    async def test_is_only_the_organisers_to_see(self) -> None:
        academy = await an_academy()
        await self.failing(academy, Refused("user_disabled"))
        button = (await opens(academy, "Olga")).buttons["See which, and why"]
        assert "Only an organiser can do that." in (await academy["Bo"].presses(button)).text

    async def test_in_doubt_nobody_claims_to_know(self) -> None:
        academy = await an_academy()
        chat = academy.chats.of(academy.workspace)
        chat.fail(Doubtful("history_is_limited"), verb="find")
        await self.failing(academy, Doubtful("lost_answer"))
        await academy.passes(hours=1)
        button = (await opens(academy, "Olga")).buttons["See which, and why"]
        assert "It may have arrived: nobody can tell" in (await academy["Olga"].presses(button)).text

    async def test_a_room_is_named_by_nobody_and_old_things_are_forgotten(self) -> None:
        academy = await an_academy()
        await a_sent_round(academy)
        intro = (await academy.intros())[0]
        async with academy.memory.units(academy.workspace) as work:
            now = academy.clock.now()
            lost = Delivery(
                id=an_id(now),
                key="room",
                lane="room",
                target=ToIntroRoom(intro.id),
                letter=RoomOpening(intro.id),
                not_before=now,
                state=DeliveryState.FAILED,
                error="Refused users_not_found",
            )
            await work.deliveries.add([lost])
            await work.commit()
        button = (await opens(academy, "Olga")).buttons["See which, and why"]
        told = (await academy["Olga"].presses(button)).text
        assert "a room or a channel – the opening of a room" in told
        assert not any(name in told for name in ("Anna", "Bo Lind", "Carl", "Dorte"))
        academy.clock.advance(seconds=15 * 86400)
        assert "Everything of the last two weeks arrived" in (await academy["Olga"].presses(button)).text

    async def test_somebody_who_left_is_not_in_it(self) -> None:
        academy = await an_academy()
        await self.failing(academy, Refused("user_disabled"))
        await academy.services.members.erase(academy.workspace, str(academy.ids["Anna"]))
        assert "did not arrive" not in (await opens(academy, "Olga")).text


async def test_what_was_changed_and_never_told_stands_on_the_organisers_page() -> None:
    academy = await an_academy()
    await an_announced_camp(academy=academy)
    heading = "Changed, and nobody was told"
    await edits(academy["Olga"], place="Roskilde")
    assert heading not in (await opens(academy, "Olga")).text  # nobody comes yet
    await academy["Anna"].presses("Yes, I'm coming")
    page = await opens(academy, "Olga")
    assert heading in page.text
    assert "Camp 3 – the place" in page.text
    assert heading not in (await opens(academy, "Anna")).text
    desk = await academy["Olga"].presses(page.buttons["Camp 3"])
    await academy["Olga"].presses(desk.buttons["Tell 1 person"])
    assert heading not in (await opens(academy, "Olga")).text
