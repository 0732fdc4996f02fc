"""The smallest bot of the genuine library, for tests of the emulator itself."""

# pyright: reportUnusedFunction=false
# (the library calls what its decorators take)

import asyncio
import io
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import discord
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_heartbeats import heartbeats_end

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)


class Form(ui.Modal):
    """One field of each kind."""

    def __init__(self) -> None:
        super().__init__(title="Everything", custom_id="form")
        fruit = [discord.SelectOption(label=name, value=name.lower()) for name in ("Apple", "Pear", "Plum")]
        sizes = [discord.RadioGroupOption(label=name, value=name.lower()) for name in ("Small", "Large")]
        self.add_item(ui.Label(text="Name", component=ui.TextInput(custom_id="name", max_length=20, default="Nobody")))
        self.add_item(ui.Label(text="Fruit", component=ui.Select(custom_id="fruit", options=fruit, max_values=2)))
        self.add_item(ui.Label(text="Who", component=ui.UserSelect(custom_id="who", required=False)))
        self.add_item(ui.Label(text="Size", component=ui.RadioGroup(custom_id="size", options=sizes)))
        upload: ui.FileUpload[Any] = ui.FileUpload(custom_id="file", required=False)
        self.add_item(ui.Label(text="File", description="A list", component=upload))


class Boxes(ui.Modal):
    def __init__(self) -> None:
        super().__init__(title="Boxes", custom_id="boxes")
        days = [discord.CheckboxGroupOption(label=name, value=name.lower()) for name in ("Monday", "Tuesday")]
        self.add_item(ui.TextDisplay("Tick what **fits**"))
        self.add_item(ui.Label(text="Days", component=ui.CheckboxGroup(custom_id="days", options=days)))
        self.add_item(ui.Label(text="Agreed", component=ui.Checkbox(custom_id="agreed")))
        self.add_item(ui.Label(text="Team", component=ui.RoleSelect(custom_id="team", required=False)))


def card() -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    inner: ui.Container[Any] = ui.Container(accent_color=0x3355AA)
    inner.add_item(ui.TextDisplay("## A *card*\n-# <t:1767225600:D> [here](https://example.org)"))
    inner.add_item(ui.Separator())
    form: ui.Button[Any] = ui.Button(label="Form", custom_id="b:form")
    beside: ui.Section[Any] = ui.Section(ui.TextDisplay("Beside it"), accessory=form)
    inner.add_item(beside)
    buttons: list[ui.Button[Any]] = [
        ui.Button(label=name, custom_id=f"b:{name.lower()}") for name in ("Boxes", "Defer", "Nothing")
    ]
    buttons.append(ui.Button(label="Away", url="https://example.org"))
    row: ui.ActionRow[Any] = ui.ActionRow(*buttons)
    inner.add_item(row)
    fruit = [discord.SelectOption(label=name, value=name.lower()) for name in ("Apple", "Pear")]
    inner.add_item(ui.ActionRow(ui.Select(custom_id="s:fruit", placeholder="One fruit", options=fruit)))
    inner.add_item(ui.TextDisplay("Somebody"))
    inner.add_item(ui.ActionRow(ui.UserSelect(custom_id="s:who")))
    view.add_item(inner)
    view.stop()
    return view


class TinyBot(discord.AutoShardedClient):
    """Keeps what it hears; commands and presses do what their names say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=INTENTS, guild_ready_timeout=0.05, **options)
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.last: Any = None
        _commands(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pause: the emulator does not mind."""

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        data: Any = interaction.data
        self.last = data
        if interaction.type is discord.InteractionType.modal_submit:
            await interaction.response.send_message("Thank you", ephemeral=True)
        elif interaction.type is discord.InteractionType.component:
            await self._pressed(interaction, data["custom_id"], data.get("values"))

    async def _pressed(self, interaction: discord.Interaction[Any], name: str, values: list[str] | None) -> None:
        if name == "b:form":
            await interaction.response.send_modal(Form())
        elif name == "b:boxes":
            await interaction.response.send_modal(Boxes())
        elif name == "b:defer":
            await interaction.response.defer()
            changed = ui.LayoutView(timeout=None)
            changed.add_item(ui.TextDisplay("Changed"))
            changed.stop()
            await interaction.edit_original_response(view=changed)
        elif name != "b:nothing":
            await interaction.response.send_message(f"You chose {', '.join(values or ())}", ephemeral=True)


def _commands(bot: TinyBot) -> None:
    group = app_commands.Group(name="profile", description="Profiles")

    @group.command(name="pause", description="Pauses")
    @app_commands.describe(until="Until when")
    async def pause(interaction: discord.Interaction[Any], until: str = "") -> None:
        await interaction.response.send_message(f"Paused {until}", ephemeral=True)

    @bot.tree.command(name="show", description="Shows a card")
    async def show(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(view=card())

    @bot.tree.command(name="take", description="Takes all kinds")
    @app_commands.choices(size=[app_commands.Choice(name="Small", value=1), app_commands.Choice(name="Large", value=2)])
    async def take(
        interaction: discord.Interaction[Any], word: str, size: int, who: discord.Member, file: discord.Attachment,
        where: discord.TextChannel, role: discord.Role, sure: bool, share: float,
    ) -> None:  # fmt: skip
        read = (await file.read()).decode()
        said = f"{word} {size} {who.display_name} {read} {where.name} {role.name} {sure} {share}"
        await interaction.response.send_message(said, ephemeral=True, file=discord.File(io.BytesIO(b"x"), "x.txt"))

    @take.autocomplete("word")
    async def words(_interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}!", value=typed)]

    @bot.tree.command(name="keys", description="For few")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def keys(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Here they are")

    @bot.tree.context_menu(name="Make case note")
    async def note(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await interaction.response.send_message(f"Noted: {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction[Any], member: discord.Member) -> None:
        await interaction.response.send_message(f"Hello {member.display_name}", ephemeral=True)

    bot.tree.add_command(group)


@contextmanager
def library_at(emulator: DiscordEmulator) -> Generator[None]:
    """The library speaks to the emulator and, afterwards, to Discord again."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = emulator.api_url, type(gateway)(emulator.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@asynccontextmanager
async def tiny_bot(emulator: DiscordEmulator, **options: Any) -> AsyncGenerator[TinyBot]:
    """The bot at work: connected, its commands known."""
    bot = TinyBot(**options)
    with library_at(emulator):
        running = asyncio.create_task(bot.start(emulator.token))
        try:
            await emulator.connected(options.get("shard_count", 1))
            await bot.wait_until_ready()
            await bot.tree.sync()
            yield bot
        finally:
            await bot.close()
            await running
            await heartbeats_end()
