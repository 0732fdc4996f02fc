"""The Home tab: shown when it is opened, and brought up to date when what it shows has changed, never more often."""

import asyncio
import logging
from enum import Enum
from hashlib import sha256

from adapters.slack.front import Acquaintances, Front
from adapters.slack.origin import Origin
from adapters.slack.render import pictures
from adapters.slack.spots import PLATFORM
from adapters.slack.telling import named
from adapters.slack.views import home_view
from bot.errors import BrobyggerError, TryLater
from bot.identity import Account, WorkspaceId
from bot.interactions import Arrival
from bot.messages.elements import Card
from bot.repositories import Home

_log = logging.getLogger(__name__)

_TRIES, _PAUSE = 3, 60.0


class Look(Enum):
    """How somebody stands to their page: elsewhere, looking at the one published last, or at an empty place."""

    AWAY = "away"
    PAGE = "page"
    NOTHING = "nothing"


class HomeTab:
    """Publishes people's own pages. Only those who have opened theirs once have one."""

    def __init__(self, front: Front, known: Acquaintances) -> None:
        self._front = front
        self._known = known
        self._due: set[tuple[WorkspaceId, str]] = set()
        self._locks: dict[tuple[WorkspaceId, str], asyncio.Lock] = {}

    def touched(self, workspace: WorkspaceId, user: str) -> None:
        """Something of this person's may have changed: looked at in a moment, once for all that changes until then."""
        key = (workspace, user)
        if key not in self._due:
            self._due.add(key)
            self._front.working.start("home", lambda: self._later(key))

    async def opened(self, workspace: WorkspaceId, user: str, *, shown: bool) -> None:
        """The person looks at it now. ``shown``: Slack shows the page that it got last; otherwise it has none any more."""
        await self._up_to_date(workspace, user, Look.PAGE if shown else Look.NOTHING)

    async def _later(self, key: tuple[WorkspaceId, str]) -> None:
        try:
            await self._front.pause(self._front.patience.home)
        finally:
            self._due.discard(key)
        await self._front.working.calm()
        async with self._front.working.turn():
            await self._up_to_date(*key, Look.AWAY)

    async def _up_to_date(self, workspace: WorkspaceId, user: str, look: Look) -> None:
        """One at a time for each person, so that what is older never stands on top of what is newer."""
        lock = self._locks.setdefault((workspace, user), asyncio.Lock())
        try:
            async with lock:
                await self._publish(workspace, Account(PLATFORM, user), look)
        except BrobyggerError as error:
            _log.warning("a home page could not be shown (%s)", named(error))
        finally:
            if not lock.locked():
                self._locks.pop((workspace, user), None)

    async def _publish(self, workspace: WorkspaceId, account: Account, look: Look) -> None:
        async with self._front.units(workspace, reading=True) as work:
            before = await work.homes.get(account)
        if before is None and look is Look.AWAY:
            return
        about = await self._known.meet(workspace, account.user)
        origin = Origin(home=True)
        card = await self._front.desk.home(
            Arrival("", workspace, account, origin.place(account.user), about.name, about.language, about.timezone)
        )
        if card is None:
            return
        digest = _digest(card)
        now = self._front.clock.now()
        if before is not None and digest == before.digest and look is Look.AWAY:
            return
        if before is None or digest != before.digest or look is Look.NOTHING:
            await self._show(workspace, account, card)
        seen_at = before.seen_at if before is not None and look is Look.AWAY else now
        after = Home(account, digest, seen_at)
        async with self._front.units(workspace) as work:
            await work.homes.put(after)
            await work.commit()

    async def _show(self, workspace: WorkspaceId, account: Account, card: Card) -> None:
        shown = await self._front.chats(workspace).show(card)
        words = await self._front.words_for(workspace, account)
        view = home_view(shown.card, words, shown.people, shown.files, self._front.public_url)
        for _ in range(_TRIES):
            try:
                await self._front.api.call(workspace, "views.publish", user_id=account.user, view=view)
            except TryLater as error:
                if (error.after or 1.0) > _PAUSE:
                    raise
                await self._front.pause(error.after or 1.0)
            else:
                return
        raise TryLater("views.publish")


def _digest(card: Card) -> str:
    """Stands for what a card shows; pictures by what they hold."""
    whole = sha256(repr(card).encode())
    for picture in pictures(card):
        whole.update(picture.png)
    return whole.hexdigest()
