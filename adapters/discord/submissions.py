"""Forms that were sent, whole or step by step. What was typed is kept until all of it is there and was taken; a problem is a
card with a button that opens the step again, with everything in it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from adapters.discord.answers import Answers
from adapters.discord.asker import Asker
from adapters.discord.dialogs import Begun, Dialogs, Kept
from adapters.discord.forms import PickedUser, RawValue, Typed, Uploaded, settled, steps_of
from adapters.discord.front import Front
from adapters.discord.ids import tag_of
from adapters.discord.inputs import KEPT_FILE
from adapters.discord.naming import called
from adapters.discord.parse import Attached, Sent
from adapters.discord.telling import named
from adapters.discord.untouched import may_stay, with_the_rest
from adapters.discord.views import correcting_page, step_page
from bot.errors import ChatError, Phrase, StorageError, phrase
from bot.interactions import Submission
from bot.messages.actions import encode_action
from bot.messages.elements import File
from bot.messages.forms import FileField, Form, FormInput, MemberField
from bot.messages.replies import Correct, Private, Replies
from bot.words import Words

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Read:
    """A form's values as the core takes them, and what is wrong with those that only Discord knows."""

    values: dict[str, FormInput] = field(default_factory=dict[str, FormInput])
    problems: dict[str, Phrase] = field(default_factory=dict[str, Phrase])


class Submissions:
    """Takes forms."""

    def __init__(self, front: Front, dialogs: Dialogs, answers: Answers) -> None:
        self._front = front
        self._dialogs = dialogs
        self._answers = answers

    async def sent(self, sent: Sent, asker: Asker, came: Callable[[], None]) -> None:
        """Takes a form or a step of it. ``came`` is called when it is known what to answer. Raises ChatError."""
        form = await self._front.desk.form(asker.arrival, sent.custom.wire)
        if form is None:
            # The desk knows why, and says it kindly.
            replies = await self._submitted(asker, sent.custom.wire, {}, {})
            came()
            await self._answers.give(replies, asker)
            return
        before = await self._dialogs.begun(asker, sent.custom.wire)
        words = await self._dialogs.words(asker)
        if before is None and sent.custom.number:
            await self._lost(asker, words, came)
            return
        begun = before or Begun()
        begun = _with_step(begun, form, sent, self._front.clock.now().astimezone(words.zone).date())
        asker = _back_at(asker, begun)
        if begun.step < len(steps_of(form)):
            await self._next(form, begun, asker, words, came)
        else:
            await self._whole(form, begun, asker, words, came)

    async def _next(self, form: Form, begun: Begun, asker: Asker, words: Words, came: Callable[[], None]) -> None:
        """Some steps are still to come."""
        wire = encode_action(form.action)
        try:
            await self._dialogs.keep(asker, wire, begun)
        except StorageError as error:
            _log.error("a step could not be kept (%s)", named(error))
            came()
            said = words.say(
                "I can't reach my memory right now, so this step is not kept. Please send it again in a minute."
            )
            await self._answers.give((Private(self._answers.sentence(said), sorry=True),), asker)
            return
        came()
        rest = may_stay(form, begun.step)
        await self._answers.show(asker, step_page(form, begun.step, tag_of(asker.workspace), words, may_stay=rest))

    async def as_it_stands(self, form: Form, asker: Asker, came: Callable[[], None]) -> None:
        """Takes a form whose last steps nobody opened. Raises ChatError."""
        words = await self._dialogs.words(asker)
        begun = await self._dialogs.begun(asker, encode_action(form.action))
        if begun is None:
            await self._lost(asker, words, came)
            return
        await self._whole(form, with_the_rest(form, begun), _back_at(asker, begun), words, came)

    async def _lost(self, asker: Asker, words: Words, came: Callable[[], None]) -> None:
        """A second device had the same step open, or a day went by."""
        came()
        said = words.say(
            "This form was sent already, or longer than a day ago. Type the command again to see how things stand."
        )
        await self._answers.give((Private(self._answers.sentence(said)),), asker)

    async def _whole(self, form: Form, begun: Begun, asker: Asker, words: Words, came: Callable[[], None]) -> None:
        wire = encode_action(form.action)
        read = await self._read(form, begun.values, asker)
        if read.problems:
            replies: Replies = (Correct({key: words.tell(said) for key, said in read.problems.items()}),)
        else:
            replies = await self._submitted(asker, wire, read.values, begun.seen)
        came()
        problems: Mapping[str, str] = {}
        for reply in replies:
            if isinstance(reply, Correct):
                problems = {**problems, **reply.problems}
                begun = begun if reply.seen is None else replace(begun, seen=reply.seen)
            elif isinstance(reply, Private) and reply.sorry:
                problems = {**problems, "": reply.card.notice}
        if not problems:
            self._front.working.start("draft", lambda: self._dialogs.forget(asker, wire))
            await self._answers.give(replies, asker)
            return
        if form.secret:
            await self._answers.show(asker, correcting_page(form, problems, tag_of(asker.workspace), words))
            return
        try:
            await self._dialogs.keep(asker, wire, _without_refused_files(begun, form, problems))
        except StorageError as error:
            _log.error("a form could not be kept (%s)", named(error))
        await self._answers.show(asker, correcting_page(form, problems, tag_of(asker.workspace), words))

    async def _submitted(
        self, asker: Asker, wire: str, values: Mapping[str, FormInput], seen: Mapping[str, str]
    ) -> Replies:
        async with self._front.working.turn():
            return await self._front.desk.submit(Submission(asker.arrival, wire, values, seen))

    async def _read(self, form: Form, kept: Mapping[str, Kept], asker: Asker) -> _Read:
        read = _Read()
        for one in form.fields:
            value = kept.get(one.key, "")
            given: FormInput | Phrase
            match one:
                case MemberField() if isinstance(value, str) and value:
                    given = await self._picked(value, asker)
                case FileField() if isinstance(value, tuple) and value:
                    given = await self._file(value, one.max_bytes)
                case _:
                    given = value
            if isinstance(given, Phrase):
                read.problems[one.key] = given
            elif one.key in kept:
                read.values[one.key] = given
        return read

    async def _picked(self, user: str, asker: Asker) -> str | Phrase:
        try:
            if not user.isdecimal():
                return await self._called(user, asker)
            member = await self._front.member_of(asker.workspace, user)
        except StorageError:
            # The desk cannot reach its memory either, and says so in the words that it has for that.
            return ""
        if member is None:
            return phrase(
                "This person has not joined the academy yet. Ask them to type {command} once, then choose them again.",
                command=phrase("/profile"),
            )
        return str(member.id)

    async def _called(self, name: str, asker: Asker) -> str | Phrase:
        """In a direct conversation Discord offers nobody, so that a name is typed."""
        async with self._front.units(asker.workspace, reading=True) as work:
            found = called(name, await work.members.everybody())
        if found is None:
            return phrase("I find nobody by that name, or several. Write the whole name, and the organisation as well.")
        return str(found.id)

    async def _file(self, kept: tuple[str, ...], most: int) -> File | Phrase:
        """The file's size is known before anything of it is fetched."""
        _, name, url, size, media_type = kept
        if int(size) > most:
            return phrase("This file is too large; at most {limit} MB, please.", limit=max(1, most // 1_000_000))
        try:
            content = await self._front.fetch(url, most)
        except ChatError:
            return phrase("Discord did not give me this file. Please choose it once more.")
        return File(name, media_type, content)


def _with_step(begun: Begun, form: Form, sent: Sent, today: date) -> Begun:
    """What is there with this step. A file that was sent before stays where no other was chosen."""
    values: dict[str, Kept] = dict(begun.values)
    for key, value in settled(form, sent.values, today).items():
        kept = _kept(value, sent.files)
        if kept or not _is_file(values.get(key)):
            values[key] = kept
    card = begun.card if sent.asked.origin.passing else _card(sent)
    return replace(begun, values=values, step=max(begun.step, sent.custom.number + 1), card=card)


def _without_refused_files(begun: Begun, form: Form, problems: Mapping[str, str]) -> Begun:
    """A file that was not taken is chosen anew."""
    refused = {one.key for one in form.fields if isinstance(one, FileField) and one.key in problems}
    return replace(begun, values={key: value for key, value in begun.values.items() if key not in refused})


def _card(sent: Sent) -> str:
    """The message that the form was opened from, where others see it as well."""
    origin = sent.asked.origin
    return "" if origin.ephemeral else origin.message


def _back_at(asker: Asker, begun: Begun) -> Asker:
    """What follows from a later step belongs to the message from which the form was opened at first."""
    if not asker.origin.passing:
        return asker
    origin = replace(asker.origin, about=begun.card)
    return replace(asker, origin=origin, arrival=replace(asker.arrival, place=origin.place(asker.user)))


def _kept(value: RawValue, files: Mapping[str, Attached]) -> Kept:
    match value:
        case PickedUser(user):
            return user
        case Uploaded(ids):
            found = files.get(ids[0]) if ids else None
            return (KEPT_FILE, found.name, found.url, str(found.size), found.media_type) if found else ""
        case Typed(text):
            return text
        case _:
            return value


def _is_file(kept: Kept | None) -> bool:
    return isinstance(kept, tuple) and kept[:1] == (KEPT_FILE,)
