"""From what was said on a platform to a transcript: people only, by the names and sectors of the academy's roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.identity import Account, MemberId
from bot.members.domain import Member
from bot.notes.transcript import Line, Transcript
from bot.ports import UnitOfWork
from bot.threads import Author, Said


@dataclass(frozen=True, slots=True)
class Heard:
    """A conversation that was read. ``took_part``: the members whose messages it has, in the order in which they spoke first;
    ``others``: how many who are no members, and ``names`` by what they go. ``said_by``: which member wrote a message."""

    transcript: Transcript
    took_part: tuple[MemberId, ...] = ()
    others: int = 0
    names: tuple[str, ...] = field(default=(), repr=False)
    said: Sequence[Said] = field(default=(), repr=False)
    said_by: Mapping[str, MemberId] = field(default_factory=dict[str, MemberId], repr=False)


async def heard(work: UnitOfWork, said: Sequence[Said], title: str = "") -> Heard:
    """What people said. What bots wrote, and what has no words, is left out; of a file its name counts as said."""
    spoken = [one for one in said if one.author is Author.PERSON and _words(one)]
    members = await _members(work, [one.account for one in spoken if one.account is not None])
    kept = {one.id for one in spoken}
    lines: list[Line] = []
    strangers: dict[str, str] = {}
    for one in spoken:
        member = None if one.account is None else members.get(one.account)
        if member is None:
            strangers[one.name if one.account is None else one.account.user] = one.name
        answers = one.reply_to if one.reply_to in kept and one.reply_to != one.id else ""
        name = one.name if member is None else member.name
        sector = "" if member is None else member.sector
        lines.append(Line(one.id, name, _words(one), sector, one.at, answers))
    spoke = {one.id: members[one.account].id for one in spoken if one.account is not None and one.account in members}
    names = tuple(filter(None, strangers.values()))
    took_part = tuple(dict.fromkeys(spoke.values()))
    return Heard(Transcript(tuple(lines), title), took_part, len(strangers), names, spoken, spoke)


async def _members(work: UnitOfWork, accounts: Sequence[Account]) -> dict[Account, Member]:
    found: dict[Account, Member] = {}
    for account in dict.fromkeys(accounts):
        member = await work.members.by_account(account)
        if member is not None and member.erased_at is None:
            found[account] = member
    return found


def _words(said: Said) -> str:
    return "\n".join(filter(None, (said.text.strip(), *said.files)))
