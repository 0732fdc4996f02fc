"""Which chat a workspace has on a platform, as platforms come and go."""

from bot.identity import WorkspaceId, new_id
from bot.platforms import Platforms
from tests.fake_chat import FakeChat
from tests.fakes import StoppedClock


def test_a_workspace_has_the_chats_that_it_was_given_and_those_that_can_be_made() -> None:
    clock = StoppedClock()
    here, there = WorkspaceId(new_id()), WorkspaceId(new_id())
    platforms, own = Platforms(), FakeChat(clock)
    assert platforms.on(here, "web") is None
    platforms.add(here, own)
    assert platforms.on(here, "web") is own
    assert platforms.on(there, "web") is None
    platforms.serve("web", lambda _: FakeChat(clock))
    made = platforms.on(there, "web")
    assert made is not None
    assert platforms.on(there, "web") is made
    assert platforms.on(here, "web") is own
