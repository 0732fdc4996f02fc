"""One interaction as Discord sees it: its first answer, which has to come within three seconds, and what follows with its
token for fifteen minutes. Raises ChatError and nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from enum import Enum
from typing import TypeVar

import discord
from discord import app_commands, ui

from adapters.discord.errors import LIBRARY, chat_error
from adapters.discord.sheets import Sheet
from bot.errors import Doubtful, Gone, Refused, TryLater

T = TypeVar("T")

# Discord says so to whoever answers first a second time.
_ANSWERED = "interaction_answered"
# Seconds: for a first answer, which Discord takes for three, and for what follows.
_FIRST, _LATER = 2.5, 12.0


class Stage(Enum):
    """How far the answer is. ``THINKING``: Discord shows that it comes; ``QUIET``: received, and nothing is shown."""

    NEW = "new"
    THINKING = "thinking"
    QUIET = "quiet"
    ANSWERED = "answered"


class Waiting:
    """``answered`` is called once Discord has a first answer, or can have none any more."""

    def __init__(self, interaction: discord.Interaction, answered: Callable[[], None]) -> None:
        self._interaction = interaction
        self._answered = answered
        self._stage = Stage.NEW
        self._moment: discord.WebhookMessage | None = None
        self._first = asyncio.Lock()
        self._rewritten = False
        self._ended = False
        self._elsewhere = False

    @property
    def is_new(self) -> bool:
        """Whether there was no first answer yet."""
        return self._stage is Stage.NEW

    @property
    def opens_form(self) -> bool:
        """Whether Discord opens a form now: only as the first answer, and never right after another form."""
        return self.is_new and self._interaction.type is not discord.InteractionType.modal_submit

    @property
    def is_rewritten(self) -> bool:
        """Whether the message with what was pressed says something else now."""
        return self._rewritten

    @property
    def is_over(self) -> bool:
        """Whether Discord takes nothing with this token any more."""
        return self._interaction.is_expired()

    @property
    def file_limit(self) -> int:
        """How many bytes a file may have here."""
        return self._interaction.filesize_limit

    async def defer(self) -> None:
        """Received: beside a message quietly, else Discord shows that the answer comes."""
        stage = Stage.THINKING if self._interaction.message is None else Stage.QUIET
        respond = self._interaction.response.defer
        thinks = stage is Stage.THINKING
        await self._answer(lambda: respond(ephemeral=thinks, thinking=thinks), stage)

    async def form(self, modal: ui.Modal) -> None:
        """Opens a form. Raises Refused where Discord would not."""
        if not self.opens_form:
            raise Refused(_ANSWERED)
        modal.stop()
        if not await self._answer(lambda: self._interaction.response.send_modal(modal), Stage.ANSWERED):
            raise Refused(_ANSWERED)

    async def suggest(self, choices: Sequence[app_commands.Choice[str]]) -> None:
        """Shows what may stand in an option."""
        await self._answer(lambda: self._interaction.response.autocomplete(list(choices)), Stage.ANSWERED)

    async def say(self, sheet: Sheet, *, public: bool = False, only_first: bool = False) -> int | None:
        """One more message; only this person sees it unless it is ``public``. Returns its id, where Discord says it.
        ``only_first``: not where another process has answered already."""
        if self._stage is Stage.NEW:
            respond = self._interaction.response.send_message
            given: list[int | None] = []

            async def send() -> None:
                answer = await respond(view=sheet.view(), files=sheet.files(), ephemeral=not public)
                given.append(answer.message_id)

            if await self._answer(send, Stage.ANSWERED):
                return given[-1] if given else None
        if only_first and self._elsewhere:
            return None
        if self._stage is Stage.THINKING:
            self._stage = Stage.ANSWERED
            return await (self._beside_waiting(sheet) if public else self._rewrite(sheet))
        if self._moment is not None and not public:
            return await self._become(self._moment, sheet)
        follow = self._interaction.followup.send
        said = await self._do(lambda: follow(view=sheet.view(), files=sheet.files(), ephemeral=not public, wait=True))
        return said.id

    async def take_back(self, message: int) -> None:
        """Takes one of this interaction's own messages away. Raises Gone where its token is too old for that."""
        await self._do(lambda: self._interaction.followup.delete_message(message), repeatable=True)

    async def _beside_waiting(self, sheet: Sheet) -> int:
        """What follows first would take the waiting message's place, which only one person sees: it says something, and
        goes."""
        edit, follow = self._interaction.edit_original_response, self._interaction.followup.send
        with suppress(Gone):
            await self._do(lambda: edit(view=sheet.view(), attachments=sheet.files()), repeatable=True)
        said = await self._do(lambda: follow(view=sheet.view(), files=sheet.files(), wait=True))
        with suppress(Gone):
            await self._do(self._interaction.delete_original_response, repeatable=True)
        return said.id

    async def change(self, sheet: Sheet) -> None:
        """The message with what was pressed now says this and nothing else."""
        await self._change(sheet)
        self._rewritten = True

    async def _change(self, sheet: Sheet) -> None:
        if self._stage is Stage.NEW:
            respond = self._interaction.response.edit_message
            if await self._answer(lambda: respond(view=sheet.view(), attachments=sheet.files()), Stage.ANSWERED):
                return
        await self._rewrite(sheet)

    async def remove(self) -> None:
        """The message with what was pressed goes; that may be one that only one person sees."""
        if self._stage is Stage.NEW:
            await self.defer()
        with suppress(Gone):
            await self._do(self._interaction.delete_original_response, repeatable=True)

    async def moment(self, sheet: Sheet) -> None:
        """Shows beside what was pressed that it takes longer; the next answer for this person takes its place."""
        if self._ended:
            return
        follow = self._interaction.followup.send
        self._moment = await self._do(lambda: follow(view=sheet.view(), ephemeral=True, wait=True))
        if self._ended:
            await self.done()

    async def done(self) -> None:
        """Nothing more comes: what was shown until the answer comes goes."""
        self._ended = True
        if self._moment is not None:
            shown, self._moment = self._moment, None
            with suppress(Gone):
                await self._do(shown.delete, repeatable=True)

    async def nothing(self) -> None:
        """There is nothing to say. Where Discord still shows that an answer comes, it shows that no longer."""
        if self._stage is not Stage.THINKING:
            return
        shown = await self._do(self._interaction.original_response, repeatable=True)
        # Another process may have answered meanwhile.
        if shown.flags.loading:
            await self._do(self._interaction.delete_original_response, repeatable=True)

    async def _become(self, shown: discord.WebhookMessage, sheet: Sheet) -> int:
        self._moment = None
        await self._do(lambda: shown.edit(view=sheet.view(), attachments=sheet.files()), repeatable=True)
        return shown.id

    async def _rewrite(self, sheet: Sheet) -> int:
        edit = self._interaction.edit_original_response
        said = await self._do(lambda: edit(view=sheet.view(), attachments=sheet.files()), repeatable=True)
        return said.id

    async def _answer(self, respond: Callable[[], Awaitable[object]], stage: Stage) -> bool:
        """The first answer. False where there was one already, by another process or because ours had come after all."""
        async with self._first:
            if self._stage is not Stage.NEW:
                return False
            try:
                return await self._answer_once(respond, stage)
            except Gone:
                self._stage = stage
                raise
            finally:
                self._answered()

    async def _answer_once(self, respond: Callable[[], Awaitable[object]], stage: Stage) -> bool:
        lost = False
        for last in (False, True):
            try:
                await self._ask(respond, repeatable=False, patience=_FIRST)
            except Refused as error:
                if str(error) != _ANSWERED:
                    raise
                # Where our own first try got no answer, it was this one that came.
                self._stage = stage if lost else Stage.ANSWERED
                self._elsewhere = not lost
                return lost
            except (Doubtful, TryLater):
                if last:
                    raise
                lost = True
            else:
                self._stage = stage
                return True
        raise AssertionError("the second try returns or raises")

    async def _do(self, ask: Callable[[], Awaitable[T]], *, repeatable: bool = False) -> T:
        if self.is_over:
            raise Gone("interaction_over")
        return await self._ask(ask, repeatable=repeatable, patience=_LATER)

    async def _ask(self, ask: Callable[[], Awaitable[T]], *, repeatable: bool, patience: float) -> T:
        try:
            async with asyncio.timeout(patience):
                return await ask()
        except LIBRARY as error:
            raise chat_error(error, repeatable=repeatable) from None
