"""Interactions and their answers, by hand: what Discord lets pass, when, and what people then see."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from dataclasses import dataclass, field

import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_asking import Outcome
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_raw_bot import ALL_INTENTS, Answer, RawBot, RawSocket, raw_bot
from tests.emulators.discord_state import Channel, Json
from tests.fakes import StoppedClock

V2, EPHEMERAL = 1 << 15, 1 << 6


def text(words: str) -> Json:
    return {"type": 10, "content": words}


def button(label: str, **more: object) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": label, **more}


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def label(words: str, component: Json, **more: object) -> Json:
    return {"type": 18, "label": words, "component": {"custom_id": words, **component}, **more}


FORM: Json = {"custom_id": "form", "title": "Form", "components": [label("Name", {"type": 4, "style": 1})]}


@dataclass
class Talk:
    """Anna, the bot, and what she did that it has not answered yet."""

    clock: StoppedClock
    discord: DiscordEmulator
    guild: Guild
    anna: Person
    bo: Person
    general: Channel
    bot: RawBot
    socket: RawSocket
    waiting: list[asyncio.Task[Outcome]] = field(default_factory=list[asyncio.Task[Outcome]])

    async def asked(self, doing: Awaitable[Outcome]) -> Json:
        """She does it; gives what the bot is told."""
        self.waiting.append(asyncio.ensure_future(doing))
        told: Json = await self.socket.until("INTERACTION_CREATE")
        return told

    async def outcome(self) -> Outcome:
        return await self.waiting.pop(0)

    async def command(self, name: str = "/hello") -> Json:
        return await self.asked(self.anna.types(name, self.general))

    async def card(self, *components: Json, flags: int = V2) -> Json:
        """A command that was answered with these."""
        asked = await self.command()
        answer = await self.bot.answers(asked, 4, {"flags": flags, "components": list(components)})
        assert answer.status == 204, answer.body
        await self.outcome()
        return asked


@pytest.fixture
async def talk() -> AsyncGenerator[Talk]:
    clock = StoppedClock()
    async with DiscordEmulator(clock) as discord, raw_bot(discord) as bot:
        guild = discord.guild("Academy")
        anna, bo = guild.person("Anna", locale="da"), guild.person("Bo")
        commands = [{"name": "hello", "description": "Says hello"}]
        assert (await bot.asks("PUT", f"/applications/{discord.app.id}/commands", commands)).status == 200
        general = guild.named("general")
        assert general is not None
        opened = Talk(
            clock, discord, guild, anna, bo, general, bot, await bot.identifies(intents=ALL_INTENTS & ~(1 << 1))
        )
        yield opened
        for task in opened.waiting:
            task.cancel()


async def test_what_an_interaction_tells(talk: Talk) -> None:
    told = await talk.command()
    assert (told["type"], told["locale"], told["context"], told["data"]["name"]) == (2, "da", 0, "hello")
    assert (told["member"]["user"]["id"], told["guild_id"], told["channel"]["id"]) == (
        talk.anna.id,
        talk.guild.id,
        talk.general.id,
    )
    assert int(told["member"]["permissions"]) & 1 << 31
    assert int(told["app_permissions"]) & 1 << 11
    talk.waiting.append(asyncio.ensure_future(talk.anna.types("/hello", talk.anna.direct)))
    alone = await talk.socket.until("INTERACTION_CREATE")
    assert (alone["context"], alone["user"]["id"], alone.get("guild_id")) == (1, talk.anna.id, None)


async def test_the_first_answer_once_and_within_three_seconds(talk: Talk) -> None:
    asked = await talk.command()
    assert (await talk.bot.answers(asked, 4, {"content": "Hello"})).status == 204
    assert (await talk.outcome()).ok
    second = await talk.bot.answers(asked, 4, {"content": "Hello again"})
    assert (second.status, second.code) == (400, 40060)
    late = await talk.command()
    talk.clock.advance(seconds=3.1)
    answer = await talk.bot.answers(late, 4, {"content": "Too late"})
    assert (answer.status, answer.code) == (404, 10062)
    assert not (await talk.outcome()).ok
    assert talk.anna.errors == ["The application did not respond"]
    assert talk.anna.sees(talk.general) == ["Hello"]
    assert (await talk.bot.asks("GET", talk.bot.hook(late, "/messages/@original"))).code == 10015


async def test_a_token_lives_for_fifteen_minutes(talk: Talk) -> None:
    asked = await talk.command()
    await talk.bot.answers(asked, 5, {"flags": EPHEMERAL})
    assert talk.anna.last(talk.general) == "Brobygger is thinking…"
    talk.clock.advance(minutes=14)
    done = await talk.bot.asks("PATCH", talk.bot.hook(asked, "/messages/@original"), {"content": "Done"}, token="")
    assert done.status == 200
    assert talk.anna.last(talk.general) == "Done"
    assert talk.anna.newest(talk.general).ephemeral
    talk.clock.advance(minutes=2)
    gone = await talk.bot.asks("POST", talk.bot.hook(asked), {"content": "More"})
    assert (gone.status, gone.code) == (401, 50027)


async def test_only_its_reader_sees_an_ephemeral_message_and_only_the_token_changes_it(talk: Talk) -> None:
    asked = await talk.command()
    path = f"/interactions/{asked['id']}/{asked['token']}/callback?with_response=1"
    told = await talk.bot.asks("POST", path, {"type": 4, "data": {"content": "Psst", "flags": EPHEMERAL}})
    message = told.body["resource"]["message"]
    assert (told.status, message["content"], told.body["interaction"]["response_message_ephemeral"]) == (
        200,
        "Psst",
        True,
    )
    assert (talk.anna.sees(talk.general), talk.bo.sees(talk.general)) == (["Psst"], [])
    direct = f"/channels/{talk.general.id}/messages/{message['id']}"
    assert (await talk.bot.asks("PATCH", direct, {"content": "Changed"})).code == 10008
    assert (await talk.bot.asks("GET", direct)).code == 10008
    assert (
        await talk.bot.asks("PATCH", talk.bot.hook(asked, "/messages/@original"), {"content": "Changed"})
    ).status == 200
    assert (await talk.bot.asks("GET", talk.bot.hook(asked, "/messages/@original"))).body["content"] == "Changed"
    assert talk.anna.last(talk.general) == "Changed"
    assert (await talk.bot.asks("DELETE", talk.bot.hook(asked, f"/messages/{message['id']}"))).status == 204
    assert talk.anna.sees(talk.general) == []


async def test_follow_ups(talk: Talk) -> None:
    asked = await talk.command()
    early = await talk.bot.asks("POST", talk.bot.hook(asked), {"content": "Too early"})
    assert early.code == 10015
    await talk.bot.answers(asked, 5)
    first = await talk.bot.asks("POST", talk.bot.hook(asked), {"content": "First", "flags": EPHEMERAL})
    assert not first.body["flags"] & EPHEMERAL
    second = await talk.bot.asks("POST", talk.bot.hook(asked), {"content": "Second", "flags": EPHEMERAL})
    assert talk.anna.sees(talk.general) == ["First", "Second"]
    assert talk.bo.sees(talk.general) == ["First"]
    changed = await talk.bot.asks("PATCH", talk.bot.hook(asked, f"/messages/{second.body['id']}"), {"content": "2"})
    assert changed.status == 200
    assert talk.anna.last(talk.general) == "2"
    foreign = await talk.bot.asks("PATCH", talk.bot.hook(asked, f"/messages/{talk.guild.id}"), {"content": "2"})
    assert foreign.code == 10008
    assert len(talk.discord.problems) == 1


@pytest.mark.parametrize(
    ("data", "status"), [({"flags": 64}, 204), ({"flags": V2}, 400), ({"content": "Wait"}, 204), (None, 204)]
)
async def test_a_deferred_answer_may_only_be_ephemeral(talk: Talk, data: Json | None, status: int) -> None:
    asked = await talk.command()
    assert (await talk.bot.answers(asked, 5, data)).status == status
    assert bool(talk.discord.problems) is (data not in ({"flags": 64}, None))


async def test_the_deferred_answer_is_filled_with_components_by_an_edit(talk: Talk) -> None:
    asked = await talk.command()
    await talk.bot.answers(asked, 5, {"flags": EPHEMERAL})
    body = {"flags": V2, "components": [text("**Hello**"), row(button("Yes"))]}
    assert (await talk.bot.asks("PATCH", talk.bot.hook(asked, "/messages/@original"), body)).status == 200
    assert talk.anna.last(talk.general) == "Hello\n[Yes]"


async def test_a_press_and_its_ways_to_be_answered(talk: Talk) -> None:
    await talk.card(text("Well?"), row(button("Yes"), button("No", style=4)))
    press = await talk.asked(talk.anna.presses("Yes"))
    assert (press["type"], press["data"]["custom_id"], press["message"]["components"][0]["content"]) == (
        3,
        "Yes",
        "Well?",
    )
    assert (await talk.bot.answers(press, 6)).status == 204
    more = await talk.bot.asks("POST", talk.bot.hook(press), {"content": "More", "flags": EPHEMERAL})
    assert more.body["interaction_metadata"]["interacted_message_id"] == press["message"]["id"]
    assert (await talk.bot.asks("DELETE", talk.bot.hook(press, f"/messages/{more.body['id']}"))).status == 204
    changed = {"components": [text("Yes it is")], "flags": V2}
    assert (await talk.bot.asks("PATCH", talk.bot.hook(press, "/messages/@original"), changed)).status == 200
    assert talk.anna.sees(talk.general) == ["Yes it is"]
    await talk.card(text("Well?"), row(button("Yes")), flags=V2 | EPHEMERAL)
    press = await talk.asked(talk.anna.presses("Yes"))
    assert (await talk.bot.answers(press, 7, {"components": [text("At once")]})).status == 204
    assert talk.anna.last(talk.general) == "At once"
    assert talk.bo.sees(talk.general) == ["Yes it is"]


async def test_a_modal_is_shown_filled_and_answered(talk: Talk) -> None:
    await talk.card(row(button("Form")))
    press = await talk.asked(talk.anna.presses("Form"))
    assert (await talk.bot.answers(press, 9, FORM)).status == 204
    await talk.outcome()
    assert talk.anna.modal is not None
    assert (await talk.anna.submits()).error == "incomplete"
    assert talk.anna.modal.errors == {"Name": "This field is required."}
    await talk.anna.fills({"Name": "Anna"})
    submitted = await talk.asked(talk.anna.submits())
    inner = submitted["data"]["components"][0]["component"]
    assert (submitted["type"], inner["value"], submitted["message"]["id"]) == (5, "Anna", press["message"]["id"])
    again = await talk.bot.answers(submitted, 9, FORM)
    assert (again.status, again.code) == (400, 50035)
    assert (await talk.bot.answers(submitted, 7, {"components": [text("Thanks")]})).status == 204
    more = await talk.bot.asks("POST", talk.bot.hook(submitted), {"content": "More", "flags": EPHEMERAL})
    told = more.body["interaction_metadata"]["triggering_interaction_metadata"]
    assert (told["type"], told["interacted_message_id"]) == (3, press["message"]["id"])
    assert (await talk.bot.asks("DELETE", talk.bot.hook(submitted, f"/messages/{more.body['id']}"))).status == 204
    await talk.outcome()
    assert talk.anna.modal is None
    assert talk.anna.last(talk.general) == "Thanks"


async def test_a_modal_stays_open_where_nobody_answers(talk: Talk) -> None:
    asked = await talk.command()
    await talk.bot.answers(asked, 9, FORM)
    await talk.outcome()
    await talk.anna.fills({"Name": "Anna"})
    submitted = await talk.asked(talk.anna.submits())
    assert "message" not in submitted
    assert (await talk.bot.answers(submitted, 7, {"content": "x"})).code == 50035
    talk.clock.advance(seconds=4)
    await talk.outcome()
    assert talk.anna.errors == ["Something went wrong. Try again."]
    assert talk.anna.modal is not None
    assert talk.anna.modal.fields == {"Name": "Anna"}
    await talk.anna.closes()
    assert talk.anna.modal is None


MODALS: list[tuple[str, Json]] = [
    ("too many", {**FORM, "components": [label(str(n), {"type": 4, "style": 1}) for n in range(6)]}),
    ("twice the same", {**FORM, "components": [label("A", {"type": 4, "style": 1}), label("A", {"type": 23})]}),
    ("a long title", {**FORM, "title": "x" * 46}),
    ("a long label", {**FORM, "components": [label("x" * 46, {"type": 4, "style": 1, "custom_id": "x"})]}),
    ("nothing", {**FORM, "components": []}),
    ("a button", {**FORM, "components": [row(button("x"))]}),
    ("a value too long", {**FORM, "components": [label("A", {"type": 4, "style": 1, "max_length": 2, "value": "abc"})]}),
    ("least over most", {**FORM, "components": [label("A", {"type": 4, "style": 1, "max_length": 2, "min_length": 3})]}),
    ("two labels", {**FORM, "components": [label("A", {"type": 4, "style": 1, "label": "B"})]}),
    ("no label", {**FORM, "components": [row({"type": 4, "style": 1, "custom_id": "a"})]}),
    ("disabled", {**FORM, "components": [label("A", {"type": 5, "disabled": True})]}),
    ("one radio", {**FORM, "components": [label("A", {"type": 21, "options": [{"label": "a", "value": "a"}]})]}),
    ("the same twice", {**FORM, "components": [label("A", {"type": 22, "options": [{"label": "a", "value": "a"}] * 2})]}),
    ("need not", {**FORM, "components": [label("A", {"type": 22, "min_values": 0, "options": [{"label": "a", "value": "a"}]})]}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "modal"), MODALS, ids=[what for what, _ in MODALS])
async def test_wrong_modals_are_refused(talk: Talk, what: str, modal: Json) -> None:
    asked = await talk.command()
    answer = await talk.bot.answers(asked, 9, modal)
    assert (answer.status, answer.code) == (400, 50035), what
    assert answer.body["errors"]
    assert talk.discord.problems
    assert (await talk.bot.answers(asked, 9, FORM)).status == 204


@pytest.mark.parametrize(("kind", "status"), [(6, 400), (7, 400), (8, 400), (1, 400), (4, 204)])
async def test_a_command_is_answered_as_commands_are(talk: Talk, kind: int, status: int) -> None:
    asked = await talk.command()
    possible: dict[int, Json] = {4: {"content": "x"}, 7: {"content": "x"}, 8: {"choices": []}}
    data = possible.get(kind)
    assert (await talk.bot.answers(asked, kind, data)).status == status


async def test_what_is_offered_is_of_the_options_type(talk: Talk) -> None:
    option = {"type": 4, "name": "number", "description": "One", "autocomplete": True}
    rows = [{"name": "count", "description": "Counts", "options": [option]}]
    await talk.bot.asks("PUT", f"/applications/{talk.discord.app.id}/commands", rows)
    offering = asyncio.ensure_future(talk.anna.completes("/count", "number", "4"))
    asked = await talk.socket.until("INTERACTION_CREATE")
    assert (asked["type"], asked["data"]["options"][0]["focused"]) == (4, True)
    assert (await talk.bot.answers(asked, 8, {"choices": [{"name": "Four", "value": "4"}]})).code == 50035
    assert (await talk.bot.answers(asked, 8, {"choices": [{"name": "Four", "value": 4}]})).status == 204
    assert await offering == ["Four"]


async def test_who_knows_no_token_is_turned_away(talk: Talk) -> None:
    asked = await talk.command()
    wrong = {**asked, "token": "x"}
    assert (await talk.bot.answers(wrong, 4, {"content": "x"})).code == 10062
    hook = f"/webhooks/{talk.discord.app.id}/nothing/messages/@original"
    answer: Answer = await talk.bot.asks("PATCH", hook, {"content": "x"})
    assert (answer.status, answer.code) == (404, 10015)


async def test_nobody_listens(talk: Talk) -> None:
    await talk.socket.ws.close(code=1000)
    await talk.discord.until(lambda: not talk.discord.gateway.sessions)
    assert (await talk.anna.types("/hello")).error == "no answer"
    assert talk.anna.errors == ["The application did not respond"]
