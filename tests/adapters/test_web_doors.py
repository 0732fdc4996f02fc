"""What a window may do over HTTP, and what each wrong, repeated, foreign or oversized request gets."""

import json
from base64 import b64encode
from collections.abc import Mapping
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from adapters.web.bodies import read_body
from adapters.web.limits import BODY_BYTES, MESSAGE_CHARACTERS
from bot.identity import ConversationId, MessageId
from bot.members.domain import Member
from bot.messages.actions import encode_action
from bot.messages.elements import Card
from bot.playground.domain import Message
from tests.adapters.web_academy import Academy, Break, Introduce, Pick, Ring
from tests.gallery import NASTY


def said(text: str, thread: MessageId | None = None, again: str = "") -> dict[str, object]:
    return {"id": again or str(uuid4()), "text": text, "thread": str(thread or "")}


async def say(academy: Academy, member: Member, place: ConversationId, text: str, **more: object) -> httpx.Response:
    async with academy.client() as client:
        return await client.post(f"/as/{member.id}/c/{place}/say", json={**said(text), **more})


async def press(
    academy: Academy, member: Member, message: MessageId, wire: str, chosen: tuple[str, ...] = (), again: str = ""
) -> httpx.Response:
    body = {"id": again or str(uuid4()), "wire": wire, "chosen": list(chosen)}
    async with academy.client() as client:
        return await client.post(f"/as/{member.id}/messages/{message}/press", json=body)


async def submit(
    academy: Academy, place: ConversationId, values: Mapping[str, object], again: str = ""
) -> httpx.Response:
    body = {
        "id": again or str(uuid4()),
        "wire": encode_action(Introduce()),
        "values": values,
        "thread": "",
        "origin": "",
    }
    async with academy.client() as client:
        return await client.post(f"/as/{academy.anna.id}/c/{place}/submit", json=body)


async def seen(
    academy: Academy, reader: Member, place: ConversationId, thread: MessageId | None = None
) -> list[Message]:
    async with academy.front.units(academy.front.workspace.id, reading=True) as work:
        return list(await work.playground.messages(place, reader.id, thread=thread))


def card_of(academy: Academy, message: Message) -> Card:
    body = read_body(message.body, academy.front.actions)
    assert body is not None
    return body.card


async def notices(academy: Academy, reader: Member, place: ConversationId) -> list[str]:
    found = await seen(academy, reader, place)
    return [message.body if message.author else card_of(academy, message).notice for message in found]


async def test_what_one_writes_in_the_channel_everybody_reads(academy: Academy) -> None:
    place = await academy.general()
    response = await say(academy, academy.anna, place, "Good morning")
    assert response.json() == {"outcome": "done"}
    assert await notices(academy, academy.bo, place) == ["Good morning"]


async def test_a_repeated_request_says_it_once(academy: Academy) -> None:
    place, again = await academy.general(), str(uuid4())
    for _ in range(3):
        await say(academy, academy.anna, place, "Once", id=again)
    assert await notices(academy, academy.bo, place) == ["Once"]


async def test_a_reply_stands_in_the_thread_and_is_counted(academy: Academy) -> None:
    place = await academy.general()
    await say(academy, academy.anna, place, "A question")
    root = (await seen(academy, academy.anna, place))[0].id
    await say(academy, academy.bo, place, "An answer", thread=str(root))
    assert [message.body for message in await seen(academy, academy.carla, place, root)] == ["An answer"]
    async with academy.client() as client:
        page = await client.get(f"/as/{academy.anna.id}/c/{place}?thread={root}")
    assert "1 reply" in page.text
    assert "An answer" in page.text


async def test_a_thread_of_another_conversation_is_not_there(academy: Academy) -> None:
    general, direct = await academy.general(), await academy.direct(academy.bo)
    await say(academy, academy.anna, general, "A question")
    root = (await seen(academy, academy.anna, general))[0].id
    response = await say(academy, academy.bo, direct, "Sneaking in", thread=str(root))
    assert response.status_code == 404


async def test_a_private_answer_is_the_askers_alone(academy: Academy) -> None:
    place = await academy.general()
    await say(academy, academy.anna, place, "/try whisper text:hello")
    assert await notices(academy, academy.anna, place) == ["A whisper"]
    assert await notices(academy, academy.bo, place) == []
    async with academy.client() as client:
        assert "hello" not in (await client.get(f"/as/{academy.bo.id}/c/{place}")).text


async def test_danish_names_are_understood_too(academy: Academy) -> None:
    place = await academy.general()
    await say(academy, academy.bo, place, "/ekko Goddag til alle")
    assert await notices(academy, academy.carla, place) == ["An echo"]


async def test_an_unknown_command_offers_the_nearest_and_says_that_nothing_was_done(academy: Academy) -> None:
    place = await academy.general()
    answer = (await say(academy, academy.anna, place, "/ehco hello")).json()
    assert answer["outcome"] == "sorry"
    assert "/echo" in answer["said"]
    assert [notice for notice in await notices(academy, academy.anna, place) if "/echo" in notice]
    assert await notices(academy, academy.bo, place) == []


async def test_plain_words_to_the_bot_get_a_hint_in_the_members_language(academy: Academy) -> None:
    place = await academy.direct(academy.carla)
    await say(academy, academy.carla, place, "Hej bot")
    words = academy.front.languages.words("da", ZoneInfo("Europe/Copenhagen"))
    expected = words.say("I only understand commands. Type {help} to see what I can do for you.", help="/help")
    assert await notices(academy, academy.carla, place) == ["Hej bot", expected]


async def test_nobody_writes_in_anothers_conversation(academy: Academy) -> None:
    place = await academy.direct(academy.anna)
    assert (await say(academy, academy.bo, place, "Peeking")).status_code == 404
    async with academy.client() as client:
        assert (await client.get(f"/as/{academy.bo.id}/c/{place}")).status_code == 404


async def test_ten_megabytes_get_a_kind_sentence_and_are_not_kept(academy: Academy) -> None:
    place = await academy.general()
    response = await say(academy, academy.anna, place, "x" * 10_000_000)
    assert response.status_code == 413
    assert response.json()["outcome"] == "sorry"
    assert await seen(academy, academy.anna, place) == []


@pytest.mark.parametrize("text", ["x" * (MESSAGE_CHARACTERS + 1), "/echo " + "x" * 40_000, "é" * (BODY_BYTES // 4)])
async def test_too_long_a_message_is_not_kept(academy: Academy, text: str) -> None:
    place = await academy.general()
    response = await say(academy, academy.anna, place, text)
    assert response.json()["outcome"] == "sorry"
    assert await seen(academy, academy.bo, place) == []


@pytest.mark.parametrize("text", NASTY)
async def test_what_was_typed_is_shown_as_text(academy: Academy, text: str) -> None:
    place = await academy.general()
    await say(academy, academy.anna, place, text)
    await say(academy, academy.anna, place, f"/echo {text}")
    async with academy.client() as client:
        page = (await client.get(f"/as/{academy.bo.id}/c/{place}")).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert len(await seen(academy, academy.bo, place)) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"id": 3, "text": "a"}', b'{"id": "x", "text": "a"}', b'{"id": "', b"\xff", b"[" * 100_000],
)
async def test_what_cannot_be_read_is_refused_kindly(academy: Academy, content: bytes) -> None:
    place = await academy.general()
    async with academy.client() as client:
        response = await client.post(
            f"/as/{academy.anna.id}/c/{place}/say", content=content, headers={"Content-Type": "application/json"}
        )
    assert response.status_code == 400
    assert response.json()["said"]


async def test_only_json_is_taken(academy: Academy) -> None:
    place = await academy.general()
    async with academy.client() as client:
        response = await client.post(f"/as/{academy.anna.id}/c/{place}/say", data={"text": "by a foreign form"})
    assert response.status_code == 415


async def bell(academy: Academy) -> tuple[ConversationId, MessageId]:
    place = await academy.general()
    await say(academy, academy.anna, place, "/try bell")
    return place, (await seen(academy, academy.anna, place))[0].id


async def test_a_press_changes_the_card_for_everybody(academy: Academy) -> None:
    place, message = await bell(academy)
    answer = await press(academy, academy.bo, message, encode_action(Ring(1)))
    assert answer.json() == {"outcome": "done"}
    assert await notices(academy, academy.carla, place) == ["The bell rang 1 times"]


async def test_one_click_sent_twice_is_one_press(academy: Academy) -> None:
    place, message = await bell(academy)
    again = str(uuid4())
    for _ in range(2):
        assert (await press(academy, academy.bo, message, encode_action(Ring(1)), again=again)).status_code == 200
    assert await notices(academy, academy.bo, place) == ["The bell rang 1 times"]


async def test_a_button_that_the_card_no_longer_has_is_an_old_one(academy: Academy) -> None:
    place, message = await bell(academy)
    await press(academy, academy.bo, message, encode_action(Ring(1)))
    answer = (await press(academy, academy.carla, message, encode_action(Ring(1)))).json()
    assert answer["outcome"] == "sorry"
    assert await notices(academy, academy.bo, place) == ["The bell rang 1 times"]


@pytest.mark.parametrize("wire", ["", "t_ring.1:99", "nonsense", "t_ring.9:1", "x" * 500, "t_pick.1"])
async def test_a_made_up_button_does_nothing(academy: Academy, wire: str) -> None:
    place, message = await bell(academy)
    assert (await press(academy, academy.bo, message, wire)).json()["outcome"] == "sorry"
    assert await notices(academy, academy.bo, place) == ["The bell rang 0 times"]


async def test_a_button_in_anothers_message_is_not_there(academy: Academy) -> None:
    place = await academy.direct(academy.anna)
    await say(academy, academy.anna, place, "/try bell")
    message = (await seen(academy, academy.anna, place))[0].id
    assert (await press(academy, academy.bo, message, encode_action(Ring(1)))).status_code == 404


async def test_a_broken_handler_is_told_with_a_reference_and_nothing_else(academy: Academy) -> None:
    _, message = await bell(academy)
    answer = (await press(academy, academy.bo, message, encode_action(Break()))).json()
    assert answer["outcome"] == "sorry"
    assert "broken" not in answer["said"]


async def test_a_choice_reaches_the_handler_and_a_foreign_one_does_not(academy: Academy) -> None:
    place = await academy.general()
    await say(academy, academy.anna, place, "/try menu")
    message = (await seen(academy, academy.anna, place))[0].id
    await press(academy, academy.anna, message, encode_action(Pick()), ("pear",))
    assert "You chose pear" in await notices(academy, academy.anna, place)
    for chosen in ((), ("plum",), ("apple", "pear")):
        answer = await press(academy, academy.anna, message, encode_action(Pick()), chosen)
        assert answer.json()["outcome"] == "sorry"


async def test_a_form_opens_is_corrected_and_taken(academy: Academy) -> None:
    place = await academy.general()
    opened = (await say(academy, academy.anna, place, "/try form")).json()
    assert opened["outcome"] == "form"
    assert "Who are you?" in opened["html"]
    wrong = (await submit(academy, place, {"name": ["x" * 41], "sector": ["nowhere"]})).json()
    assert wrong["outcome"] == "correct"
    assert set(wrong["problems"]) == {"name", "sector"}
    values = {"name": ["Anna"], "needs": ["time", "rooms"], "sector": ["a"], "friend": [str(academy.bo.id)]}
    right = (await submit(academy, place, {**values, "until": ["2026-04-01"], "agree": ["yes"]})).json()
    assert right == {"outcome": "done"}
    text = (await seen(academy, academy.anna, place))[-1].body
    assert "('time', 'rooms')" in text
    assert str(academy.bo.id) in text


async def test_a_form_may_hold_a_file(academy: Academy) -> None:
    place = await academy.general()
    file = {"name": "roster.csv", "type": "text/csv", "content": b64encode(b"name;sector").decode()}
    values: dict[str, object] = {"name": ["Anna"], "sector": ["a"], "roster": file}
    assert (await submit(academy, place, values)).json() == {"outcome": "done"}
    assert "name;sector" in (await seen(academy, academy.anna, place))[-1].body
    large = {**file, "content": b64encode(b"x" * 600_000).decode()}
    assert "roster" in (await submit(academy, place, {**values, "roster": large})).json()["problems"]
    broken = {**file, "content": "no base64!"}
    assert (await submit(academy, place, {**values, "roster": broken})).status_code == 400


async def test_a_form_sent_twice_is_taken_once(academy: Academy) -> None:
    place, again = await academy.general(), str(uuid4())
    for _ in range(2):
        await submit(academy, place, {"name": ["Anna"], "sector": ["a"]}, again)
    assert await notices(academy, academy.anna, place) == ["Saved"]


async def test_a_file_is_for_the_one_who_asked(academy: Academy) -> None:
    place = await academy.general()
    await say(academy, academy.anna, place, "/try file")
    message = (await seen(academy, academy.anna, place))[0].id
    async with academy.client() as client:
        page = (await client.get(f"/as/{academy.anna.id}/c/{place}")).text
        mine = await client.get(f"/as/{academy.anna.id}/messages/{message}/file")
        others = await client.get(f"/as/{academy.bo.id}/messages/{message}/file")
    assert json.loads(mine.content) == {"a": 1}
    assert mine.headers["content-disposition"].startswith("attachment")
    assert f"../messages/{message}/file" in page
    assert others.status_code == 404


async def test_a_picture_is_served_to_those_who_may_see_it(academy: Academy) -> None:
    place = await academy.general()
    await say(academy, academy.anna, place, "/try menu")
    message = (await seen(academy, academy.anna, place))[0].id
    async with academy.client() as client:
        mine = await client.get(f"/as/{academy.anna.id}/messages/{message}/picture/0")
        assert mine.headers["content-type"] == "image/png"
        assert (await client.get(f"/as/{academy.anna.id}/messages/{message}/picture/1")).status_code == 404
        assert (await client.get(f"/as/{academy.bo.id}/messages/{message}/picture/0")).status_code == 404


async def test_reading_takes_the_number_away_everywhere(academy: Academy) -> None:
    place = await academy.general()
    for text in ("one", "two"):
        await say(academy, academy.anna, place, text)
    last = (await seen(academy, academy.bo, place))[-1].id
    async with academy.client() as client:
        assert 'data-unread="2"' in (await client.get(f"/as/{academy.bo.id}/c/{place}")).text
        await client.post(f"/as/{academy.bo.id}/c/{place}/read", json={"message": str(last)})
        assert 'data-unread="2"' not in (await client.get(f"/as/{academy.bo.id}/c/{place}")).text
        assert 'data-unread="0"' in (await client.get(f"/as/{academy.anna.id}/c/{place}")).text


async def test_one_who_floods_is_slowed_down_and_the_others_are_not(academy: Academy) -> None:
    place = await academy.general()
    outcomes = [(await say(academy, academy.anna, place, "/try whisper text:a")).json()["outcome"] for _ in range(30)]
    assert outcomes[0] == "done"
    assert outcomes[-1] == "sorry"
    assert (await say(academy, academy.bo, place, "/try whisper text:a")).json()["outcome"] == "done"


async def test_a_member_who_was_erased_is_told_so(academy: Academy) -> None:
    place = await academy.general()
    async with academy.front.units(academy.front.workspace.id) as work:
        await work.members.forget(academy.bo.id, academy.front.clock.now())
        await work.commit()
    answer = await say(academy, academy.bo, place, "Still here?")
    assert (answer.status_code, answer.json()["outcome"]) == (410, "left")
    async with academy.client() as client:
        page = await client.get(f"/as/{academy.bo.id}/c/{place}")
    assert page.status_code == 410
    assert 'href="/choose"' in page.text


async def test_a_message_that_this_version_cannot_read_does_not_break_the_page(academy: Academy) -> None:
    place = await academy.general()
    button = {"is": "Button", "label": "Press me", "action": "gone.1:5", "weight": "plain", "confirm": None}
    row = {"is": "Buttons", "buttons": [button]}
    old = json.dumps({"is": "Card", "notice": "Old", "elements": [row], "accent": "calm"})
    strange = json.dumps({"is": "Card", "notice": "?", "elements": [{"is": "Hologram"}], "accent": "calm"})
    for number, body in enumerate((old, strange, "no json", "[]", "3")):
        await _put(academy, place, body, str(number))
    async with academy.client() as client:
        page = await client.get(f"/as/{academy.bo.id}/c/{place}")
    assert page.status_code == 200
    assert "Press me" in page.text
    first = (await seen(academy, academy.bo, place))[0].id
    assert (await press(academy, academy.bo, first, "retired.1")).json()["outcome"] == "sorry"


async def _put(academy: Academy, place: ConversationId, body: str, key: str) -> None:
    async with academy.front.units(academy.front.workspace.id) as work:
        message = Message(MessageId(uuid4()), place, None, body, academy.front.clock.now(), key)
        await work.playground.add(message)
        await work.commit()
