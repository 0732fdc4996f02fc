"""Buttons, choices, forms, files and pictures over HTTP: pressed twice, by others, after their time, or made up."""

import json
from base64 import b64encode
from uuid import uuid4

import pytest

from bot.identity import ConversationId, MessageId
from bot.messages.actions import encode_action
from bot.playground.domain import Message
from tests.adapters.web_academy import Academy, Break, Pick, Ring
from tests.adapters.web_talk import notices, press, say, seen, submit


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
