"""Forms that were sent: the outcome goes into the acknowledgement, or where it takes long into the view that stays open.

What was typed is never lost: a problem stands at its field, and a sentence at the top of the same form.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from adapters.slack.answers import Answers
from adapters.slack.arriving import Arriving, TurnedAway
from adapters.slack.asker import Asker, Opened
from adapters.slack.dialogs import Dialogs, together
from adapters.slack.forms import PickedUser, RawValue, Uploaded, with_problem
from adapters.slack.front import Front
from adapters.slack.listening import Touched
from adapters.slack.parse import Sent
from adapters.slack.reading import part_at, text_at
from adapters.slack.shapes import Json, record, sequence
from adapters.slack.telling import named
from bot.errors import ChatError, Phrase, Refused, StorageError, phrase
from bot.interactions import Submission
from bot.messages.elements import Card, File
from bot.messages.forms import FormInput
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies, Reply

_log = logging.getLogger(__name__)

Acknowledge = Callable[[Json], Awaitable[None]]

# The most that a file may have where the form no longer says, and how much later than its acknowledgement a view changes:
# Slack would otherwise show the one after the other in any order.
_BYTES, _AFTER_ACK = 5_000_000, 0.3


@dataclass(slots=True)
class _Read:
    """A form's values as the core takes them, and what is wrong with those that only Slack knows."""

    values: dict[str, FormInput] = field(default_factory=dict[str, FormInput])
    problems: dict[str, Phrase] = field(default_factory=dict[str, Phrase])


class Submissions:
    """Takes forms."""

    def __init__(self, front: Front, arriving: Arriving, dialogs: Dialogs, answers: Answers, touched: Touched) -> None:
        self._front = front
        self._arriving = arriving
        self._dialogs = dialogs
        self._answers = answers
        self._touched = touched

    async def sent(self, sent: Sent, acknowledge: Acknowledge) -> None:
        """Acknowledges in any case; what nobody had foreseen leaves the form as it was, with a sentence on top."""
        try:
            await self._sent(sent, acknowledge)
        except Exception as error:  # noqa: BLE001 - the form would close as if all were well
            _log.exception("a form could not be taken (%s)", named(error))
            words = self._front.house_words()
            said = words.say("Something went wrong on my side. Please try once more.")
            await acknowledge(_update(with_problem(sent.view, said)))

    async def _sent(self, sent: Sent, acknowledge: Acknowledge) -> None:
        """With the outcome, or with a waiting view where the outcome takes its time."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._front.patience.submission
        arrival = await self._arriving.arrival(sent.asked.sender, sent.asked.origin, sent.asked.id())
        if isinstance(arrival, TurnedAway):
            await acknowledge(_update(with_problem(sent.view, arrival.said)))
            return
        asker = Asker(arrival, sent.asked.origin)
        handling = asyncio.create_task(self._handled(sent, asker))
        try:
            done, _ = await asyncio.wait({handling}, timeout=until - loop.time())
            if not done:
                await acknowledge(_update(self._dialogs.waiting_view(asker)))
                await self._front.pause(_AFTER_ACK)
                await self._late(sent, asker, await handling)
                return
            replies = await handling
        finally:
            handling.cancel()
        left = await self._outcome(sent, asker, replies, acknowledge)
        # A file or an answer in a conversation follows the acknowledgement, which closes the form.
        self._front.working.start("answer", lambda: self._rest(asker, left))

    async def _rest(self, asker: Asker, replies: Replies) -> None:
        await self._answers.give(replies, asker)
        self._touched(asker.workspace, asker.user)

    async def _handled(self, sent: Sent, asker: Asker) -> Replies:
        try:
            read = await self._read(sent, asker)
        except StorageError:
            # The desk cannot reach its memory either, and says so in the words that it has for that.
            read = _Read({key: value for key, value in sent.values.items() if isinstance(value, str | tuple)})
        if read.problems:
            words = await self._dialogs.words(asker)
            return (Correct({key: words.tell(said) for key, said in read.problems.items()}),)
        async with self._front.working.turn():
            return await self._front.desk.submit(
                Submission(asker.arrival, sent.wire, read.values, sent.asked.origin.seen)
            )

    async def _outcome(self, sent: Sent, asker: Asker, replies: Replies, acknowledge: Acknowledge) -> Replies:
        """Acknowledges with what the view shows now. Returns the replies that go elsewhere."""
        for reply in replies:
            if isinstance(reply, Correct):
                await acknowledge(_corrected(sent, reply))
                return _without(replies, [reply])
            if isinstance(reply, Private) and reply.sorry:
                await acknowledge(_update(with_problem(sent.view, reply.card.notice)))
                return _without(replies, [reply])
            if isinstance(reply, OpenForm):
                await acknowledge(_update(await self._dialogs.form_view(reply.form, asker)))
                return _without(replies, [reply])
        # The card under a form in a modal is changed afterwards; the Home tab has no card that could be.
        here = Private | Replace if asker.origin.home else Private
        shown = [one for one in replies if isinstance(one, here)] if asker.origin.in_view() else []
        if not shown:
            await acknowledge({})
            return replies
        try:
            view = await self._dialogs.card_view(together([one.card for one in shown]), asker)
        except ChatError:
            await acknowledge({})
            return replies
        await acknowledge(_update(view))
        return _without(replies, shown)

    async def _late(self, sent: Sent, asker: Asker, replies: Replies) -> None:
        """The waiting view becomes the form again, or says what came of it; it cannot be closed from here."""
        opened = Opened(sent.view_id)
        for reply in replies:
            problem = _problem(sent, reply.problems) if isinstance(reply, Correct) else ""
            if isinstance(reply, Private) and reply.sorry:
                problem = reply.card.notice
            if problem:
                view = _remembering(sent, with_problem(sent.view, problem), reply)
                await self._shown_late(asker, opened, view, problem)
                await self._rest(asker, _without(replies, [reply]))
                return
        if any(isinstance(reply, OpenForm) for reply in replies):
            await self._answers.give(replies, asker, opened)
        else:
            shown = [one for one in replies if isinstance(one, Private)]
            card = together([one.card for one in shown]) if shown else await self._saved(asker)
            await self._shown_late(asker, opened, await self._dialogs.card_view(card, asker), card.notice)
            await self._answers.give(_without(replies, shown), asker)
        self._touched(asker.workspace, asker.user)

    async def _shown_late(self, asker: Asker, opened: Opened, view: Mapping[str, object], said: str) -> None:
        """In the view, or where the person closed it beside what they did."""
        try:
            await self._dialogs.change(asker, opened, view)
        except ChatError:
            await self._answers.give((Private(self._answers.sentence(said)),), asker)

    async def _saved(self, asker: Asker) -> Card:
        words = await self._dialogs.words(asker)
        return self._answers.sentence(words.say("Saved. You may close this."))

    async def _read(self, sent: Sent, asker: Asker) -> _Read:
        read = _Read()
        for key, value in sent.values.items():
            given = await self._value(key, value, asker)
            if isinstance(given, Phrase):
                read.problems[key] = given
            else:
                read.values[key] = given
        return read

    async def _value(self, key: str, value: RawValue, asker: Asker) -> FormInput | Phrase:
        match value:
            case PickedUser(user):
                return await self._picked(user, asker)
            case Uploaded(files):
                return await self._file(files[0], asker.origin.sizes.get(key, _BYTES), asker) if files else ""
            case _:
                return value

    async def _picked(self, user: str, asker: Asker) -> str | Phrase:
        member = await self._front.member_of(asker.workspace, user)
        if member is None:
            return phrase(
                "This person has not joined the academy yet. Ask them to type {command} once, then choose them again.",
                command=phrase("/profile"),
            )
        return str(member.id)

    async def _file(self, own: str, most: int, asker: Asker) -> File | Phrase:
        """The file's size is asked before anything of it is fetched."""
        too_large = phrase("This file is too large; at most {limit} MB, please.", limit=max(1, most // 1_000_000))
        try:
            about = part_at(await self._front.api.call(asker.workspace, "files.info", file=own), "file")
            size = about.get("size")
            if not isinstance(size, int) or size > most:
                return too_large
            url = text_at(about, "url_private_download") or text_at(about, "url_private")
            content = await self._front.api.fetch(asker.workspace, url, most)
        except Refused as error:
            return too_large if str(error) == "too_large" else _unreadable()
        except ChatError:
            return _unreadable()
        return File(text_at(about, "name"), text_at(about, "mimetype"), content)


def _unreadable() -> Phrase:
    return phrase("Slack did not give me this file. Please choose it once more.")


def _update(view: Mapping[str, object]) -> Json:
    return {"response_action": "update", "view": view}


def _corrected(sent: Sent, reply: Correct) -> Json:
    """Errors at their fields where each has one; else all of them on top, so that none is lost. What the view remembers
    can only be changed with the view."""
    if reply.problems and reply.seen is None and sent.fields().issuperset(reply.problems):
        return {"response_action": "errors", "errors": dict(reply.problems)}
    return _update(_remembering(sent, with_problem(sent.view, _problem(sent, reply.problems)), reply))


def _remembering(sent: Sent, view: Json, reply: Reply) -> Json:
    """The view with the marks of what stands behind it now."""
    if not isinstance(reply, Correct) or reply.seen is None:
        return view
    return {**view, "private_metadata": replace(sent.asked.origin, seen=reply.seen).memory()}


def _problem(sent: Sent, problems: Mapping[str, str]) -> str:
    """The problems as sentences, each with the label of its field where it has one."""
    blocks = {str(block.get("block_id")): block for block in map(record, sequence(sent.view.get("blocks")))}
    labels = {key: text_at(part_at(block, "label"), "text") for key, block in blocks.items()}
    return "\n".join(f"{labels[key]}: {said}" if labels.get(key) else said for key, said in problems.items())


def _without(replies: Replies, given: object) -> Replies:
    done = [id(one) for one in sequence(given)]
    return tuple(reply for reply in replies if id(reply) not in done)
