"""Which platforms each workspace has, as they come and go."""

from collections.abc import Callable, Mapping

from bot.identity import WorkspaceId
from bot.ports import Chat
from bot.threads import Threads


class Platforms:
    """Implements :class:`bot.ports.Chats` and :class:`bot.threads.Readers`.

    A platform with many workspaces has one maker for all of them: which of them are really there is known to nobody before
    a message goes out, since another replica may have installed or lost one a moment ago.
    """

    def __init__(self, makers: Mapping[str, Callable[[WorkspaceId], Chat]] | None = None) -> None:
        self._makers = dict(makers or {})
        self._chats: dict[tuple[WorkspaceId, str], Chat] = {}
        self._readers: dict[str, Callable[[WorkspaceId], Threads]] = {}

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:
        """The workspace's chat on a platform; None where nobody speaks there."""
        known = self._chats.get((workspace, platform))
        make = self._makers.get(platform)
        if known is None and make is not None:
            known = self._chats[workspace, platform] = make(workspace)
        return known

    def add(self, workspace: WorkspaceId, chat: Chat) -> None:
        """From now on the workspace has this chat."""
        self._chats[workspace, chat.platform] = chat

    def serve(self, platform: str, make: Callable[[WorkspaceId], Chat]) -> None:
        """From now on any workspace may be spoken to on this platform."""
        self._makers[platform] = make

    def threads(self, workspace: WorkspaceId, platform: str) -> Threads | None:
        """What people wrote in the workspace on a platform; None where nothing can be read."""
        make = self._readers.get(platform)
        return None if make is None else make(workspace)

    def read(self, platform: str, make: Callable[[WorkspaceId], Threads]) -> None:
        """From now on what people wrote can be read on this platform."""
        self._readers[platform] = make
