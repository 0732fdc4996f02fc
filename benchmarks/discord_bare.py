"""The peer of ``discord_ack``: the smallest bot that the library allows, in a process of its own.

Its one command is answered with the same message, as the library's own first example does it.
"""

import asyncio
import logging
import sys

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


class Bare(discord.Client):
    """The bot."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Tells Discord of the command."""

        async def help_(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Hello", ephemeral=True)

        self.tree.add_command(app_commands.Command(name="help", description="Help", callback=help_))
        await self.tree.sync()


async def main(api_url: str, gateway_url: str, token: str) -> None:
    """Runs it until the process is ended."""
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)
    async with Bare() as client:
        await client.start(token)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(*sys.argv[1:4]))
