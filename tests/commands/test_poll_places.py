"""One poll in several places, on several platforms: each member counts once, and every card tells the same."""

from bot.identity import Account, Address, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press
from bot.members.domain import Consent, Role
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Card, Select
from tests.introductions_talk import Academy, Answer, Somebody, a_member, a_small_academy, buttons_of, words_of
from tests.poll_talk import polls

SLACK, DISCORD = Address("slack", "in:C1"), Address("discord", "in:7")
HOMES = {"team:T1": "Rødovre", "guild:5": "Brobyggerne"}


async def an_academy_on_both() -> Academy:
    academy = await Academy.begin(homes=HOMES)
    olga = a_member("Olga Hansen", "Akademiet", "research", role=Role.ORGANISER, consent=Consent.NEVER)
    await academy.joins(olga, "slack", "discord")
    await academy.joins(a_member("Anna Holm", "Rødovre Kommune", "municipality"), "slack", "discord")
    await academy.joins(a_member("Bo Lind", "Sportshallen", "business"), "discord")
    return academy


def arrival(somebody: Somebody, place: Address, kind: PlaceKind = PlaceKind.CHANNEL) -> Arrival:
    account = Account(place.platform, somebody.first)
    return Arrival(str(new_id()), somebody.academy.workspace, account, Place(place, kind, None), somebody.first)


async def presses(somebody: Somebody, button: Button, place: Address, kind: PlaceKind = PlaceKind.CHANNEL) -> Answer:
    somebody.academy.clock.advance(seconds=2)
    press = Press(arrival(somebody, place, kind), encode_action(button.action))
    return Answer(await somebody.academy.desk.press(press))


async def types(somebody: Somebody, line: str, place: Address) -> Answer:
    somebody.academy.clock.advance(seconds=2)
    return Answer(await somebody.academy.desk.invoke(Invocation(arrival(somebody, place), "poll", line)))


async def looks(somebody: Somebody, place: Address, kind: PlaceKind = PlaceKind.CHANNEL) -> Answer:
    listed = await types(somebody, "list", place)
    menu, _ready = [element for element in listed.card.elements if isinstance(element, Select)]
    press = Press(arrival(somebody, place, kind), encode_action(menu.action), (menu.choices[0].value,))
    return Answer(await somebody.academy.desk.press(press))


def card_in(academy: Academy, place: Address) -> Card:
    return academy.chats.of(academy.workspace, place.platform).said_in(place)[-1]


async def test_the_same_poll_on_slack_and_on_discord_counts_each_member_once() -> None:
    academy = await an_academy_on_both()
    olga, anna, bo = (academy[name] for name in ("Olga", "Anna", "Bo"))
    shown = await types(olga, '"Where is camp 4?" "Rødovre" "Odense"', SLACK)
    await presses(olga, shown.buttons["Post it"], SLACK)
    await academy.delivers()
    there = await looks(olga, SLACK)
    assert "Ask here, too" not in there.buttons
    seen = await looks(olga, DISCORD)
    again = await presses(olga, seen.buttons["Ask here, too"], DISCORD)
    assert "It stands here now, too. Whoever votes twice counts once." in again.text
    assert "Ask here, too" not in again.buttons
    await presses(olga, seen.buttons["Ask here, too"], DISCORD)
    await academy.delivers()
    (poll,) = await polls(academy)
    assert [place.address for place in poll.places] == [SLACK, DISCORD]
    for somebody, place, said in ((anna, SLACK, "Rødovre"), (bo, DISCORD, "Odense"), (anna, DISCORD, "Odense")):
        await presses(somebody, buttons_of(card_in(academy, place))[said], place)
    await academy.delivers()
    for place in (SLACK, DISCORD):
        assert "Odense 2 (100 %)" in words_of(card_in(academy, place))
        assert "2 have voted." in words_of(card_in(academy, place))


async def test_nobody_can_ask_in_a_direct_conversation() -> None:
    academy = await an_academy_on_both()
    olga = academy["Olga"]
    shown = await types(olga, '"Where is camp 4?" "Rødovre" "Odense"', SLACK)
    await presses(olga, shown.buttons["Post it"], SLACK)
    seen = await looks(olga, DISCORD)
    alone = await looks(olga, DISCORD, PlaceKind.DIRECT)
    assert "Ask here, too" not in alone.buttons
    answer = await presses(olga, seen.buttons["Ask here, too"], DISCORD, PlaceKind.DIRECT)
    assert "Where shall it stand?" in answer.text


async def test_where_no_channel_is_known_the_form_asks_for_some() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    academy.chats.of(academy.workspace, "web").channels = ["general", "camps"]
    form = (await anna.types("/poll")).form
    filled = {
        "question": "Which?",
        "options": ("A", "B"),
        "kind": "single",
        "rules": (),
        "closes": "",
        "where": "#nowhere",
    }
    corrected = await anna.fills(form, **filled)
    assert "I know no channel #nowhere here." in corrected.problems["where"]
    shown = await anna.fills(form, **{**filled, "where": "#general, camps,"})
    await anna.presses(shown.buttons["Post it"])
    await academy.delivers()
    for place in ("general", "camps"):
        assert "Which?" in words_of(card_in(academy, Address("web", f"channel:{place}")))
