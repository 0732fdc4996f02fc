"""The error tree of the house.

::

    BrobyggerError
    ├── Sorry                    said to a person, in that person's language
    │   ├── NotUnderstood        what was typed cannot be read; says what can be typed instead
    │   ├── NotAllowed           the person may not do this
    │   │   └── NoProfile        the person has told nothing about themself yet, and can do so at once
    │   ├── NotThere             the thing is gone, over, or was never here
    │   ├── Conflict             somebody else was faster; nothing was changed
    │   └── TooFast              slow down for a moment
    ├── ChatError                a platform did not do what was asked
    │   ├── TryLater             not now; nothing was stored there; ``after`` seconds if it said so
    │   ├── Refused              never: message closed, account deactivated, channel archived ...
    │   ├── Gone                 the message or room that was meant no longer exists
    │   └── Doubtful             it may or may not have happened; ask before doing it again
    ├── StorageError             the database did not do what was asked; nothing is half done
    │   ├── Unavailable          not reachable, or its file is locked by another process
    │   ├── Full                 no space left on its disk
    │   └── Taken                a unique key is already there
    ├── ModelError               a model that we ask about meaning gave no answer; we go on without it
    │   ├── ModelAway            not reachable, too slow or too busy; ``after`` seconds if it said so
    │   │   └── ModelBusy        too much is asked of it just now
    │   └── ModelRefused         never with these settings, or an answer that is none
    │       ├── ModelKeyRefused  the key is wrong
    │       └── ModelUnknown     no such model, no such address, or an account that is used up
    ├── SettingsError            settings are missing or wrong; all of them told at once
    └── InputError               a file given on the command line cannot be used; every bad line told

No error holds personal data: texts name kinds, counts and line numbers, never what a person wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that is still to be put into somebody's language.

    ``message`` is the English text and the catalogue's key; ``values`` fill its ``{placeholders}``. One of them may be a
    phrase itself, such as a command, which goes by another name in another language.
    """

    message: str
    values: "Mapping[str, str | int | Phrase | Called]" = field(
        default_factory=dict[str, "str | int | Phrase | Called"]
    )


@dataclass(frozen=True, slots=True)
class Called:
    """What is typed, and goes by another name in another language: a command, or one of its words. ``names`` by language;
    ``name`` where there is none."""

    name: str
    names: Mapping[str, str]


def phrase(message: str, /, **values: str | int | Phrase | Called) -> Phrase:
    """Makes a :class:`Phrase`; the name is one that the catalogue's extractor looks for."""
    return Phrase(message, values)


class BrobyggerError(Exception):
    """The root: catches everything that this program raises on purpose."""


class Sorry(BrobyggerError):
    """A kind sentence to the person who asked; nothing was changed."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said.message)
        self.said = said

    def __reduce__(self) -> tuple[type["Sorry"], tuple[Phrase]]:
        """Comes whole out of another process, where the planner works."""
        return type(self), (self.said,)


class NotUnderstood(Sorry):
    """What was typed cannot be read; the sentence says what can be typed instead."""


class NotAllowed(Sorry):
    """The person may not do this."""


class NoProfile(NotAllowed):
    """The person has told nothing about themself yet, and can do so at once."""


class NotThere(Sorry):
    """The thing is over, gone, or was never in this workspace."""


class Conflict(Sorry):
    """Somebody else (or the same person in another window) was faster."""


class TooFast(Sorry):
    """More was asked for than one person may ask for in so short a time."""


class ChatError(BrobyggerError):
    """A platform did not do what was asked."""


class TryLater(ChatError):
    """Not now, and surely nothing was stored there. ``after``: seconds, where the platform named them."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Refused(ChatError):
    """Never: the person takes no messages, the account is deactivated, the channel is archived."""


class Gone(ChatError):
    """The message, room or channel that was meant no longer exists."""


class Doubtful(ChatError):
    """It may or may not have happened (time-out, lost answer): ask the platform before doing it again. ``after``: seconds,
    where it is known when the platform can be asked."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class StorageError(BrobyggerError):
    """The database did not do what was asked; the unit of work was rolled back whole."""


class Unavailable(StorageError):
    """The database cannot be reached, or another process holds its file."""


class Full(StorageError):
    """There is no space left where the database writes."""


class Taken(StorageError):
    """A row with this unique key is already there."""


class ModelError(BrobyggerError):
    """A model that we ask about meaning gave no answer. Nothing depends on it: we go on without. ``reason`` names no text."""


class ModelAway(ModelError):
    """It is not reachable, too slow, or too busy just now. ``after``: seconds, where it named them."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class ModelBusy(ModelAway):
    """Its server lets us ask no more just now."""


class ModelRefused(ModelError):
    """It will never answer with these settings: a wrong key, no such model, an answer that is none."""


class ModelKeyRefused(ModelRefused):
    """Its server does not know the key, or lets it do nothing."""


class ModelUnknown(ModelRefused):
    """There is no such model or address, or its account is used up."""


class SettingsError(BrobyggerError):
    """Settings are missing or wrong; ``problems`` has one sentence for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class InputError(BrobyggerError):
    """A file cannot be used. ``problems`` has one phrase for each bad line, in the order of the lines."""

    def __init__(self, problems: Sequence[Phrase]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the input")
        self.problems = tuple(problems)
