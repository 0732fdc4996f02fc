"""A workspace as a test sets it up."""

from dataclasses import dataclass, field
from typing import Any

from tests.emulators.slack_parts import Parts
from tests.emulators.slack_person import Person
from tests.emulators.slack_state import MPIM, PRIVATE, PUBLIC, Channel, Message, State, User


@dataclass(slots=True, eq=False, repr=False)
class Team(State):
    people: dict[str, Person] = field(default_factory=dict)
    _parts: Parts | None = None

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    @property
    def parts(self) -> Parts:
        assert self._parts is not None
        return self._parts

    @parts.setter
    def parts(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def token_value(self) -> str:
        """The bot's token here, as an installation gives it."""
        assert self.token is not None, f"the application is not in {self.name}"
        return self.token.value

    @property
    def bot_user(self) -> User:
        return self.parts.world.bot_of(self)

    def person(self, name: str, **about: Any) -> Person:
        """Somebody, made when first named. ``about``: tz, tz_offset, locale, email, takes_messages, deleted, bot."""
        if name not in self.people:
            handle = name.lower().replace(" ", ".")
            user = User(self.parts.world.names.next("U"), self.id, name, handle, **about)
            if user.bot:
                user.bot_id = self.parts.world.names.next("B")
            self.users[user.id] = user
            self.people[name] = Person(self.parts, self, user)
        return self.people[name]

    def channel(self, name: str, *people: Person, private: bool = False, bot: bool = True) -> Channel:
        """A channel with these people in it, and the bot unless told otherwise; a second call gives the same one."""
        found = self.named(name)
        if found is None:
            kind = PRIVATE if private else PUBLIC
            found = Channel(self.parts.world.names.next("C"), self.id, name, kind)
            self.channels[found.id] = found
            if bot:
                found.members.append(self.bot_user.id)
        found.members += [person.id for person in people if person.id not in found.members]
        return found

    def room(self, *people: Person) -> Channel | None:
        """The conversation of several people with the bot, if there is one."""
        return self.of_members({*(person.id for person in people), self.bot_user.id})

    def rooms(self) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.kind == MPIM]

    def messages(self) -> list[Message]:
        """Everything that was said anywhere here, the oldest first."""
        return sorted(self.all_messages(), key=lambda message: float(message.ts))
