"""The challenge that is open when the demo begins: asked by one sector, answered by three, and one still to be heard."""

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict, cast

from bot.challenges.closing import scheduled
from bot.challenges.domain import Answer, Challenge, ChallengePlace, ChallengeState
from bot.challenges.outgoing import posted
from bot.demo.academy import DemoCast
from bot.demo.cast import DATA
from bot.demo.talk import GENERAL
from bot.identity import Account, ChallengeId, WorkspaceId, new_id
from bot.ports import Chat, Units

FILE = DATA / "challenge.toml"


class _Said(TypedDict):
    by: str
    ago: int
    sees: str
    suggests: str


class _Asked(TypedDict):
    by: str
    ago: int
    question: str
    view: str
    themes: list[str]
    answer: list[_Said]


async def pose(units: Units, chat: Chat | None, workspace: WorkspaceId, cast_: DemoCast, now: datetime) -> None:
    """Asks it in the channel that all are in, in an academy that was made just now; its card is posted as any other is."""
    if chat is None or not cast_.settled_now:
        return
    read = cast("_Asked", tomllib.loads(FILE.read_text("utf-8")))
    async with units(workspace, reading=True) as work:
        people = {member.roster_id: member for member in await work.members.everybody()}
        author = people[read["by"]]
        every = await work.playground.conversations_of(author.id)
    title = next(one.title for one in every if one.key == GENERAL)
    place = ChallengePlace((await chat.channel(title, Account(chat.platform, str(author.id)))).address, name=title)
    asked_at = now - timedelta(hours=read["ago"])
    challenge = Challenge(
        ChallengeId(new_id()),
        author.id,
        read["question"],
        asked_at,
        read["view"],
        tuple(read["themes"]),
        ChallengeState.OPEN,
        place,
        opened_at=asked_at,
    )
    anchored, card = posted(challenge, place, now)
    async with units(workspace) as work:
        await work.challenges.put(await scheduled(work, replace(challenge, place=anchored), now))
        for said in read["answer"]:
            member, at = people[said["by"]], now - timedelta(hours=said["ago"])
            answer = Answer(challenge.id, member.id, member.sector, at, said["sees"], said["suggests"])
            await work.challenges.put_answer(answer)
        await work.deliveries.add([card])
        await work.commit()
