"""What an adapter needs of the core."""

from collections.abc import Sequence
from typing import Protocol

from bot.interactions import Arrival, Invocation, Press, Submission
from bot.messages.elements import Card, Choice
from bot.messages.forms import Form
from bot.messages.replies import Replies


class FrontDesk(Protocol):
    """Three doors, each answering with replies to render, and what stands beside them: those are looks that change nothing,
    count as nothing that somebody did, and say nothing where they fail."""

    async def invoke(self, invocation: Invocation) -> Replies:
        """Answers a slash command."""
        ...

    async def press(self, press: Press) -> Replies:
        """Answers a button, or a choice in a card."""
        ...

    async def submit(self, submission: Submission) -> Replies:
        """Answers a form that was sent."""
        ...

    def may_open_form(self, asked: Invocation | Press) -> bool:
        """Whether the answer may be a form: told at once, since a platform gives a form little time to open."""
        ...

    def is_swift(self, wire: str) -> bool:
        """Whether a press of this is answered so quickly that a platform can be told that it arrived when it is kept, and not
        before: whoever is told so, is told the truth, whatever happens to this machine in the meantime."""
        ...

    async def swiftly(self, press: Press) -> Replies | None:
        """Answers such a press, from no more of its arrival than who and where; None for one that has to go the usual way after
        all, with everything that is known of the person."""
        ...

    async def suggest(self, arrival: Arrival, wire: str, field: str, typed: str) -> Sequence[Choice]:
        """The choices of an open form's field that fit what has been typed so far; the best first."""
        ...

    async def suggest_option(
        self, arrival: Arrival, command: str, verb: str, option: str, typed: str
    ) -> Sequence[Choice]:
        """What may be put into a command's option (its key) that is being typed: the best first, 25 at most, each value and
        label 100 characters at most."""
        ...

    async def form(self, arrival: Arrival, wire: str) -> Form | None:
        """The form of this action as it would open now; None where it is gone, or not for the one who asks."""
        ...

    async def home(self, arrival: Arrival) -> Card | None:
        """The person's own page, where a platform has one; None where it cannot be made just now."""
        ...
