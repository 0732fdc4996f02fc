"""What sending has to find again on Discord, kept as landmarks: by kind and key, sealed at rest."""

from adapters.discord.spots import PLATFORM
from bot.errors import StorageError, TryLater
from bot.identity import WorkspaceId
from bot.ports import Clock, Units


class Kept:
    """The landmarks of one workspace. Raises TryLater and nothing else: nothing is sent without them."""

    def __init__(self, workspace: WorkspaceId, units: Units, clock: Clock) -> None:
        self._workspace = workspace
        self._units = units
        self._clock = clock

    async def get(self, kind: str, key: str) -> str | None:
        """What was kept."""
        try:
            async with self._units(self._workspace, reading=True) as work:
                return await work.landmarks.get(PLATFORM, kind, key)
        except StorageError as error:
            raise TryLater(type(error).__name__) from None

    async def put(self, *kept: tuple[str, str, str]) -> None:
        """Keeps values by kind and key, all of them or none."""
        now = self._clock.now()
        try:
            async with self._units(self._workspace) as work:
                for kind, key, value in kept:
                    await work.landmarks.put(PLATFORM, kind, key, value, now)
                await work.commit()
        except StorageError as error:
            raise TryLater(type(error).__name__) from None

    async def claim(self, kind: str, key: str, value: str) -> str:
        """What stands there: the value, unless somebody was faster."""
        try:
            async with self._units(self._workspace) as work:
                found = await work.landmarks.get(PLATFORM, kind, key)
                if found is not None:
                    return found
                await work.landmarks.put(PLATFORM, kind, key, value, self._clock.now())
                await work.commit()
        except StorageError as error:
            raise TryLater(type(error).__name__) from None
        return value

    async def forget(self, kind: str, key: str) -> None:
        """Takes it away; one that is not there is fine."""
        try:
            async with self._units(self._workspace) as work:
                await work.landmarks.forget(PLATFORM, kind, key)
                await work.commit()
        except StorageError as error:
            raise TryLater(type(error).__name__) from None
