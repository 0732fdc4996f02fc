"""Every card and form of the gallery before another player of Discord (simcord): it takes all of them, by rules of its own."""

from zoneinfo import ZoneInfo

import discord
import simcord
from discord import app_commands

from adapters.discord.forms import render_modal, steps_of
from adapters.discord.ids import Kind, read_id
from adapters.discord.render import render_card
from bot.words import Languages
from tests.gallery import every_card, every_form

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))


class Shower(discord.Client):
    """Opens one modal after the other for whoever asks."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)
        self.waiting: list[discord.ui.Modal] = []
        self.tree.add_command(app_commands.Command(name="form", description="The next form", callback=self.open))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def open(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(self.waiting.pop())


async def test_every_card_is_taken_and_read_back_with_its_buttons() -> None:
    client = Shower()
    async with simcord.run(client) as env:
        channel = env.create_guild("Akademiet").create_text_channel("general")
        room = client.get_channel(channel.id)
        assert isinstance(room, discord.TextChannel)
        for name, card in every_card(DANISH):
            for page in render_card(card, "abcde", {}):
                posted = await room.send(view=page.view(), files=page.files())
                seen = discord.ui.LayoutView.from_message(posted)
                controls = [
                    one for one in seen.walk_children() if isinstance(one, discord.ui.Button | discord.ui.Select)
                ]
                ids = [read_id(one.custom_id) for one in controls if one.custom_id]
                assert all(found is not None and found.kind in (Kind.PRESS, Kind.ASK) for found in ids), name
        assert not client.persistent_views


async def test_every_step_of_every_form_opens() -> None:
    client = Shower()
    async with simcord.run(client) as env:
        guild = env.create_guild("Akademiet")
        channel, anna = guild.create_text_channel("general"), guild.add_member(env.create_user("anna"))
        for name, form in every_form(DANISH):
            for step in range(len(steps_of(form))):
                client.waiting.append(render_modal(form, step, "abcde", DANISH, {}, {}))
                shown = await anna.slash(channel, "form")
                assert shown.modal is not None, name
