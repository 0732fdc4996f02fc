"""The peer of ``discord_ack``: the smallest bot that the library allows, in a process of its own.

``/help`` is answered with one plain line, as the library's own first example does it; ``/card`` with the texts that the file
holds which is named last, drawn by the library's own layout view anew each time.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import discord
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

_COLOUR = 0x2F8F87


class Bare(discord.Client):
    """The bot."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)
        self.texts = texts

    async def setup_hook(self) -> None:
        """Tells Discord of the commands."""

        async def help_(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Hello", ephemeral=True)

        async def card(interaction: discord.Interaction) -> None:
            view = ui.LayoutView()
            texts = [ui.TextDisplay[ui.LayoutView](text) for text in self.texts]
            view.add_item(ui.Container[ui.LayoutView](*texts, accent_colour=_COLOUR))
            await interaction.response.send_message(view=view, ephemeral=True)

        self.tree.add_command(app_commands.Command(name="help", description="Help", callback=help_))
        self.tree.add_command(app_commands.Command(name="card", description="Card", callback=card))
        await self.tree.sync()


async def main(api_url: str, gateway_url: str, token: str, texts: str) -> None:
    """Runs it until the process is ended."""
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)
    async with Bare(json.loads(Path(texts).read_text())) as client:  # noqa: ASYNC240 - before anything else
        await client.start(token)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(*sys.argv[1:5]))
