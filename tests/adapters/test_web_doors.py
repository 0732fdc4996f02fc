"""What a window may say over HTTP, and what each wrong, repeated, foreign or oversized request gets."""

from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from adapters.web.limits import BODY_BYTES, MESSAGE_CHARACTERS
from bot.interactions import Call, Command, Option, Verb
from bot.members.profile import Profile
from bot.messages.replies import Replies
from bot.words import Languages
from tests.adapters.web_academy import Academy, open_academy
from tests.adapters.web_talk import notices, said, say, seen
from tests.gallery import NASTY


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
    expected = words.say(
        "I only understand commands. Type {help} to see what I can do for you.", help=words.say("/help")
    )
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


async def speak(call: Call) -> Replies:
    who = call.member
    profile = Profile(who.name, who.organisation, who.sector, language=call.text("text"))
    await call.services.members.save_profile(call.arrival.workspace, call.member.id, profile)
    return ()


async def test_the_bot_answers_in_the_language_chosen_in_the_window_until_the_profile_says_another(
    languages: Languages,
) -> None:
    speaking = Command(
        "speak", {"en": "speak"}, "Yes", (Verb(speak, "Yes", options=(Option("text", {}, "", rest=True),)),)
    )
    academy = await open_academy(languages, ((speaking,), (), ()))
    anna, place = academy.anna, await academy.direct(academy.anna)
    async with academy.client() as client:

        async def typed(text: str) -> str:
            await client.post(f"/as/{anna.id}/c/{place}/say", json=said(text))
            return (await notices(academy, anna, place))[-1]

        assert await typed("/help") == "What I can do for you"
        await client.get(f"/as/{academy.carla.id}?language=da")
        # Whoever one is next in this window is answered in it too.
        assert await typed("/help") == "Det kan jeg gøre for dig"
        assert (await typed("Hej")).startswith("Jeg forstår kun kommandoer.")
        await typed("/speak en")
        assert await typed("/help") == "Det kan jeg gøre for dig"
        await typed("/speak da")
        await client.get(f"/as/{anna.id}?language=en")
        await typed("/speak en")
        assert client.cookies["language"] == "en"
        await typed("/speak da")
        assert client.cookies["language"] == "da"
        assert await typed("/help") == "Det kan jeg gøre for dig"
