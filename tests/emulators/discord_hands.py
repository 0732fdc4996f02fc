"""What somebody presses, chooses, fills and submits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.discord_asking import NO_ANSWER, Outcome
from tests.emulators.discord_json import role_json
from tests.emulators.discord_modal import ShownModal, listed, option_value
from tests.emulators.discord_shown import Control
from tests.emulators.discord_sight import Sight
from tests.emulators.discord_state import DM, Attachment, Channel, Json, Message, Role, User

Where = Message | Channel | str | None


@dataclass(slots=True, eq=False, repr=False)
class Hands(Sight):
    # Files that she put into fields or options, by id.
    _given: dict[str, Attachment] = field(default_factory=dict[str, Attachment])

    async def presses(self, label: str, where: Where = None) -> Outcome:
        """A button: in a message, the newest with these words, or the newest that has the button."""
        message, control = self._find(label, where, buttons=True)
        assert not control.element.get("disabled"), f"{label!r} is disabled"
        if control.element["style"] == 5:
            # A link leads away; the bot is not told.
            return Outcome()
        return await self._press(
            message, {"component_type": 2, "custom_id": control.custom_id, "id": control.element["id"]}
        )

    async def chooses(self, label: str, value: object, where: Where = None) -> Outcome:
        """In a select of a message, named by its placeholder or the words above it: labels, people, roles or channels."""
        message, control = self._find(label, where, buttons=False)
        element = control.element
        assert not element.get("disabled"), f"{label!r} is disabled"
        chosen = listed(value)
        least, most = element.get("min_values", 1), element.get("max_values", 1)
        assert least <= len(chosen) <= most, f"{label!r} takes {least} to {most} choices"
        data: Json = {
            "component_type": control.kind, "custom_id": control.custom_id, "id": element["id"],
            "values": [option_value(control, one) for one in chosen],
        }  # fmt: skip
        if control.kind != 3:
            data["resolved"] = self._resolved(self.parts.world.channels[message.channel], chosen)
        return await self._press(message, data)

    async def _press(self, message: Message, data: Json) -> Outcome:
        channel = self.parts.world.channels[message.channel]
        return self._seen(await self.parts.asking.ask(3, self.user, channel, data, message=message))

    # Modals

    async def fills(self, values: Mapping[str, object]) -> None:
        """Into the fields of the open modal, by label. Texts, labels of options, people, True, files as (name, bytes)."""
        modal = self._modal()
        for label, value in values.items():
            control = modal.control(label)
            if control.kind == 19:
                modal.upload(control, [self.gives(name, data) for name, data in listed(value)])
            else:
                modal.put(control, value)

    async def submits(self) -> Outcome:
        """Presses the modal's own button; Discord itself refuses what is missing."""
        modal = self._modal()
        if missing := modal.missing():
            modal.errors.update(missing)
            return Outcome("incomplete")
        opened = modal.interaction
        data = modal.submission()
        if resolved := self._resolved(opened.channel, self._chosen(modal)):
            data["resolved"] = resolved
        asking = self.parts.asking
        outcome = await asking.ask(5, self.user, opened.channel, data, message=opened.message, opener=opened)
        if outcome.ok and asking.modals.get(self.id) is opened:
            del asking.modals[self.id]
        return self._seen(outcome)

    async def closes(self) -> None:
        """The modal's cross; nobody is told."""
        self._modal()
        del self.parts.asking.modals[self.id]

    def _modal(self) -> ShownModal:
        assert self.modal is not None, f"{self.name} has no modal open"
        return self.modal

    def _chosen(self, modal: ShownModal) -> list[object]:
        world = self.parts.world
        found: list[object] = []
        for control in modal.controls:
            if control.kind == 19:
                found += modal.files.get(control.custom_id, [])
            elif control.kind in (5, 6, 7, 8):
                for key in modal.values[control.custom_id]:
                    found.append(world.users.get(key) or self.guild.roles.get(key) or world.channels[key])
        return found

    def gives(self, name: str, data: bytes) -> Attachment:
        """A file of hers, uploaded."""
        made = self.parts.world.file(name, data)
        made.ephemeral = True
        return made

    def _resolved(self, channel: Channel, chosen: Sequence[Any]) -> Json:
        plain = [getattr(one, "user", one) for one in chosen]
        if channel.type == DM:
            # Nobody else is in a direct conversation, and Discord offers nobody else there.
            there = (self.user, self.parts.world.bot)
            absent = [
                one for one in plain if isinstance(one, Role | Channel) or (isinstance(one, User) and one not in there)
            ]
            assert not absent, f"Discord does not offer {absent[0].name} in a direct conversation"
        roles = [role_json(one) for one in plain if isinstance(one, Role)]
        people, channels = (
            [one for one in plain if isinstance(one, User)],
            [one for one in plain if isinstance(one, Channel)],
        )
        return self.parts.asking.resolved(
            channel, people, channels, roles, [one for one in plain if isinstance(one, Attachment)]
        )

    # Looking for controls

    def _messages(self, where: Where) -> list[Message]:
        match where:
            case Message():
                return [where]
            case Channel():
                return list(reversed(self.reads(where)))
            case str():
                return [self.finds(where)]
            case None:
                return self._all()

    def _find(self, label: str, where: Where, *, buttons: bool) -> tuple[Message, Control]:
        seen: list[str] = []
        for message in self._messages(where):
            for control in self.controls(message):
                if (control.kind == 2) is not buttons:
                    continue
                near = () if buttons else control.near.split("\n")
                if label in (control.label, control.custom_id, *near):
                    return message, control
                seen.append(control.label)
        raise AssertionError(f"{self.name} sees no {'button' if buttons else 'select'} {label!r}, only {seen}")

    def _seen(self, outcome: Outcome) -> Outcome:
        if outcome.error == "no answer" and outcome.interaction is not None:
            return self._told(NO_ANSWER[outcome.interaction.type], outcome)
        return outcome

    def _told(self, sentence: str, outcome: Outcome) -> Outcome:
        self.errors.append(sentence)
        self.parts.world.told.append((self.id, sentence))
        return outcome
