"""Two who are on different platforms get to know each other all the same."""

from collections.abc import Sequence

from bot.errors import TryLater
from bot.homes import left
from bot.identity import IntroId, MemberId
from bot.introductions.domain import Answer as Said
from bot.introductions.domain import Intro, IntroState, Part
from bot.introductions.opening import offer_to_all
from bot.members.domain import Consent, Role
from bot.members.recognising import HANDLE
from bot.messages.elements import Buttons, Card, LinkButton
from tests.introductions_talk import Academy, a_member, a_sent_round, buttons_of, words_of

HOMES = {"team:T1": "Rødovre", "guild:5": "Brobyggerne"}


async def anna_on_slack_and_bo_on_discord(*, language: str = "en") -> Academy:
    academy = await Academy.begin(homes=HOMES)
    organiser = a_member("Olga Hansen", "Akademiet", "research", role=Role.ORGANISER, consent=Consent.NEVER)
    await academy.joins(organiser, "slack")
    anna = a_member("Anna Holm", "Rødovre Kommune", "municipality", needs="premises", themes="ageing")
    await academy.joins(anna, "slack")
    bo = a_member("Bo Lind", "Sportshallen", "business", offers="premises", themes="ageing", language=language)
    await academy.joins(bo, "discord")
    async with academy.memory.units(academy.workspace) as work:
        await work.landmarks.put("discord", HANDLE, "Bo", "bo.lind", academy.clock.now())
        await work.commit()
    return academy


async def both_say_yes(academy: Academy) -> None:
    await a_sent_round(academy)
    assert "if everybody says yes, you get each other's contact card" in academy["Anna"].reads()
    waiting = await academy["Anna"].presses("Yes, introduce us")
    assert "If it becomes an introduction, I send you each other's contact card." in waiting.text
    answer = await academy["Bo"].presses("Yes, introduce us")
    assert "no room can hold you all" in answer.text
    await academy.delivers()


def cards_to(academy: Academy, first: str) -> Sequence[Card]:
    return [post.card for post in academy[first].posts()]


async def the_intro(academy: Academy) -> Intro:
    return (await academy.intros(IntroState.OPENED, IntroState.ENDED))[0]


async def test_the_preview_says_who_is_on_two_platforms() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    drawn = await academy["Olga"].types("/match round")
    assert "[on different platforms]" in drawn.text
    assert "1 group is on different platforms: they get each other's contact cards" in drawn.text


async def test_each_gets_the_others_contact_card_and_no_room_opens() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await both_say_yes(academy)
    intro = await the_intro(academy)
    assert (intro.state, intro.room) == (IntroState.OPENED, None)
    assert not academy.rooms("slack")
    assert not academy.rooms("discord")
    offer, contact = cards_to(academy, "Anna")
    assert "I send you each other's contact card." in words_of(offer)
    said = words_of(contact)
    assert "You are introduced: Bo Lind" in said
    assert "two different platforms, and no room can hold you both" in said
    assert "On Discord as @bo.lind, in Brobyggerne" in said
    assert "Organisation: Sportshallen" in said
    assert "premises" in said
    assert "Three ways to begin:" in said
    assert "How about half an hour?" in said
    said = words_of(cards_to(academy, "Bo")[1])
    assert "On Slack as Anna Holm, in Rødovre" in said
    handed = await academy["Bo"].presses("Put it in my calendar")
    assert handed.handed.file.name == "brobygger.ics"


async def test_an_address_is_shown_by_who_shows_it() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await academy.change("Bo", email="bo@example.org", shares_email=True)
    await academy.change("Anna", email="anna@example.org")
    await both_say_yes(academy)
    assert "By e-mail: bo@example.org" in words_of(cards_to(academy, "Anna")[1])
    assert "anna@example.org" not in words_of(cards_to(academy, "Bo")[1])


async def test_a_few_lines_are_carried_each_way() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await both_say_yes(academy)
    form = (await academy["Anna"].presses("Write to Bo Lind")).form
    sent = await academy["Anna"].fills(form, line="Can you talk on Tuesday at ten? @everyone")
    assert "Sent to Bo Lind." in sent.text
    assert "I can carry 2 more messages from you." in sent.text
    await academy.delivers()
    line = cards_to(academy, "Bo")[-1]
    assert words_of(line).startswith(
        "Anna Holm writes to you\nCan you talk on Tuesday at ten? @everyone\nOn Slack as Anna"
    )
    answer = (await academy["Bo"].presses("Answer")).form
    for text in ("Yes", "At your place?"):
        await academy["Bo"].fills(answer, line=text)
    last = await academy["Bo"].fills(answer, line="Good")
    assert "the last one that I carry from you" in last.text
    await academy.delivers()
    assert [words_of(card).splitlines()[1] for card in cards_to(academy, "Anna")[2:]] == [
        "Yes",
        "At your place?",
        "Good",
    ]
    refused = await academy["Bo"].fills(answer, line="And one more")
    assert "I have carried as much as I can" in refused.text
    for text in ("One", "Two"):
        await academy["Anna"].fills(form, line=text)
    await academy.delivers()
    assert "Answer" not in buttons_of(cards_to(academy, "Bo")[-1])
    assert "I have carried what I can between you" in words_of(cards_to(academy, "Bo")[-1])


async def test_nothing_is_carried_where_somebody_does_not_want_it() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await both_say_yes(academy)
    form = (await academy["Anna"].presses("Write to Bo Lind")).form
    await academy["Anna"].fills(form, line="Hello")
    await academy.change("Bo", consent=Consent.NEVER)
    refused = await academy["Anna"].fills(form, line="Hello again")
    assert "I can't carry a message there any more." in refused.text
    await academy.delivers()
    assert len(cards_to(academy, "Bo")) == 2
    stranger = a_member("Carl Juhl", "Nordfonden", "foundation")
    carl = await academy.joins(stranger, "slack")
    assert "That card is for somebody else" in (await carl.fills(form, line="Hello")).text


async def test_a_form_from_an_introduction_that_never_opened_carries_nothing() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await both_say_yes(academy)
    button = buttons_of(cards_to(academy, "Anna")[1])["Write to Bo Lind"]
    intro = await the_intro(academy)
    async with academy.memory.units(academy.workspace) as work:
        await work.rounds.put_intro(
            Intro(intro.id, intro.round, intro.parts, 1.0, (), IntroState.LAPSED, intro.created_at)
        )
        await work.commit()
    assert "That introduction is over" in (await academy["Anna"].presses(button)).text


async def test_who_leaves_leaves_no_name_and_no_words_on_the_cards() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await both_say_yes(academy)
    form = (await academy["Anna"].presses("Write to Bo Lind")).form
    await academy["Anna"].fills(form, line="My number is 12 34 56 78")
    await academy.delivers()
    await academy["Bo"].fills((await academy["Bo"].presses("Answer")).form, line="Thank you")
    await academy.delivers()
    await academy["Anna"].types("/profile erase")
    async with academy.memory.units(academy.workspace) as work:
        anna = await work.members.get(academy.ids["Anna"])
    assert anna is not None
    await academy.services.members.erase_self(academy.workspace, anna.id, anna.id)
    await academy.delivers()
    everything = "\n".join(words_of(card) for card in cards_to(academy, "Bo"))
    assert "Anna" not in everything
    assert "12 34 56 78" not in everything
    assert "Somebody who has left wrote to you here." in everything
    assert "There is nobody left to write to here." in everything


async def test_did_you_meet_is_asked_as_usual() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    await both_say_yes(academy)
    await academy.passes(days=8)
    assert "Did you meet Bo Lind?" in words_of(cards_to(academy, "Anna")[-1])
    answer = await academy["Anna"].presses("Not yet - no hard feelings")
    assert "You know how to reach Bo Lind if it fits later." in answer.text


async def test_danish_speakers_read_danish() -> None:
    academy = await anna_on_slack_and_bo_on_discord(language="da")
    await both_say_yes_in_danish(academy)
    assert "På Slack som Anna Holm, i Rødovre" in words_of(cards_to(academy, "Bo")[1])


async def both_say_yes_in_danish(academy: Academy) -> None:
    await a_sent_round(academy)
    await academy["Anna"].presses("Yes, introduce us")
    await academy["Bo"].presses("Ja, introducér os")
    await academy.delivers()


async def three(academy: Academy, *platforms: Sequence[str]) -> None:
    """Three who all say yes."""
    people = [
        a_member("Anna Holm", "Rødovre Kommune", "municipality", needs="premises"),
        a_member("Bo Lind", "Sportshallen", "business", offers="premises"),
        a_member("Carl Juhl", "Nordfonden", "foundation", offers="money"),
    ]
    gone = left((await academy.memory.directory.every())[0].installations)
    for person, places in zip(people, platforms, strict=True):
        somebody = await academy.joins(person, *places)
        academy.where[somebody.first] = next(place for place in places if place not in gone)
    ids: list[MemberId] = [academy.ids[first] for first in ("Anna", "Bo", "Carl")]
    now = academy.clock.now()
    intro = Intro(
        IntroId(ids[0]), None, tuple(Part(member, Said.NONE) for member in ids), 1.0, (), IntroState.PLANNED, now
    )
    async with academy.memory.units(academy.workspace) as work:
        await work.rounds.add_intros([intro])
        await offer_to_all(work, [intro], now.replace(day=8), now)
        await work.commit()
    await academy.delivers()
    for first in ("Anna", "Bo", "Carl"):
        await academy[first].presses("Yes, introduce us")
    await academy.delivers()


async def test_of_three_those_who_share_a_platform_have_a_room_and_the_third_a_card() -> None:
    academy = await Academy.begin(homes=HOMES)
    await three(academy, ["slack"], ["slack", "discord"], ["discord"])
    intro = await the_intro(academy)
    assert intro.room is not None
    room = academy.rooms("slack")[0]
    said = words_of(room)
    assert "Carl Juhl uses another platform and can't be in this room.\nOn Discord as Carl Juhl, in Brobyggerne" in said
    assert len(cards_to(academy, "Anna")) == 1
    carl = words_of(cards_to(academy, "Carl")[-1])
    assert "You are on different platforms, and no room can hold you all" in carl
    assert "On Slack as Anna Holm, in Rødovre" in carl
    assert "contact card" in words_of(cards_to(academy, "Carl")[0])
    assert "Your own room is there" in words_of(cards_to(academy, "Anna")[0])
    form = (await academy["Anna"].presses(buttons_of(room)["Write to Carl Juhl"])).form
    await academy["Anna"].fills(form, line="Welcome")
    await academy.delivers()
    assert "Welcome" in words_of(cards_to(academy, "Carl")[-1])


async def test_whose_home_is_gone_is_written_to_on_their_other_platform() -> None:
    academy = await Academy.begin(homes=HOMES)
    await academy.memory.directory.freeze(academy.workspace, academy.clock.now(), "team:T1")
    await three(academy, ["discord", "slack"], ["slack", "discord"], ["discord"])
    assert len(academy.rooms("discord")) == 1
    assert not academy.chats.of(academy.workspace, "slack").tries


async def test_the_card_promises_a_room_when_it_stands_and_then_opens_it() -> None:
    academy = await Academy.begin(homes={"guild:5": "Brobyggerne"})
    await three(academy, ["discord"], ["discord"], ["discord"])
    card = cards_to(academy, "Anna")[0]
    assert "Your own room is there" in words_of(card)
    links = [b.url for e in card.elements if isinstance(e, Buttons) for b in e.buttons if isinstance(b, LinkButton)]
    assert links == ["https://chat.example/room:1"]
    said = words_of(academy.rooms("discord")[0])
    assert "You have all said yes to meeting each other.\n" in said
    assert "Whoever may manage threads on this server can read along in this room." in said


async def test_a_room_that_cannot_be_opened_now_is_not_promised_and_comes_later() -> None:
    academy = await Academy.begin(homes={"guild:5": "Brobyggerne"})
    chat = academy.chats.of(academy.workspace, "discord")
    chat.fail(TryLater("no_room_channel", 300.0), verb="open_room")
    await three(academy, ["discord"], ["discord"], ["discord"])
    card = words_of(cards_to(academy, "Anna")[0])
    assert "I am opening a room for you; you will find it among your conversations." in card
    await academy.passes(hours=1)
    assert "Your own room is there" in words_of(cards_to(academy, "Anna")[0])


async def test_a_room_goes_by_no_name_of_somebody_who_has_left() -> None:
    academy = await Academy.begin(homes={"guild:5": "Brobyggerne"})
    await three(academy, ["discord"], ["discord"], ["discord"])
    chat = academy.chats.of(academy.workspace, "discord")
    assert chat.rooms[0].title == "Anna Holm, Bo Lind and Carl Juhl"
    members = academy.services.members
    for first, title in (("Anna", "Bo Lind and Carl Juhl"), ("Bo", "Carl Juhl"), ("Carl", "Brobygger")):
        await members.erase(academy.workspace, str(academy.ids[first]))
        await academy.delivers()
        assert chat.rooms[0].title == title


async def test_who_asks_for_somebody_on_another_platform_is_told_how_they_would_meet() -> None:
    academy = await anna_on_slack_and_bo_on_discord()
    found = await academy["Anna"].types('/match find "premises"')
    asked = await academy["Anna"].presses(next(iter(found.buttons.values())))
    assert "If it is a yes, you get each other's contact card" in asked.text
