"""What adapters find again, half-filled forms, codes and carried lines, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Taken
from bot.identity import Account, IntroId, LineId, MemberId
from bot.introductions.domain import Line
from bot.members.domain import LinkCode
from bot.repositories import FormDraft
from tests.fake_books import Drafts, Given


class MemoryLandmarks:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def get(self, platform: str, kind: str, key: str) -> str | None:
        found = self._drafts.landmarks.get((platform, kind, key))
        return None if found is None else found[0]

    async def put(self, platform: str, kind: str, key: str, value: str, at: datetime) -> None:
        self._drafts.landmarks.put((platform, kind, key), (value, at))

    async def forget(self, platform: str, kind: str, key: str) -> None:
        self._drafts.landmarks.remove([(platform, kind, key)])

    async def forget_before(self, kind: str, at: datetime) -> int:
        old = [key for key, (_, written) in self._drafts.landmarks.items() if key[1] == kind and written < at]
        self._drafts.landmarks.remove(old)
        return len(old)


class MemoryDrafts:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def get(self, account: Account, wire: str) -> FormDraft | None:
        return self._drafts.form_drafts.get((account, wire))

    async def put(self, draft: FormDraft) -> None:
        self._drafts.form_drafts.put((draft.account, draft.wire), draft)

    async def forget(self, account: Account, wire: str) -> None:
        self._drafts.form_drafts.remove([(account, wire)])

    async def forget_before(self, at: datetime) -> int:
        old = [key for key, draft in self._drafts.form_drafts.items() if draft.at < at]
        self._drafts.form_drafts.remove(old)
        return len(old)


def finder_of(code: str) -> str:
    return code[: len(code) // 2]


class MemoryCodes:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, code: str, given: LinkCode) -> None:
        there = self._drafts.codes.items()
        earlier = [f for f, old in there if (old.link.member, old.link.kind) == (given.member, given.kind)]
        self._drafts.codes.remove(earlier)
        if self._drafts.codes.get(finder_of(code)) is not None:
            raise self._drafts.pen.fail(Taken("a row with this key is already there"))
        self._drafts.codes.put(finder_of(code), Given(code, given))

    async def find(self, code: str) -> LinkCode | None:
        found = self._drafts.codes.get(finder_of(code))
        return None if found is None else replace(found.link, proven=found.code == code)

    async def missed(self, code: str, most: int) -> None:
        found = self._drafts.codes.get(finder_of(code))
        if found is not None:
            self._drafts.codes.put(finder_of(code), replace(found, missed=found.missed + 1))
            if found.missed + 1 >= most:
                await self.forget(code)

    async def forget(self, code: str) -> None:
        self._drafts.codes.remove([finder_of(code)])

    async def forget_before(self, at: datetime) -> int:
        old = [finder for finder, given in self._drafts.codes.items() if given.link.good_until <= at]
        self._drafts.codes.remove(old)
        return len(old)


class MemoryLines:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def add(self, line: Line) -> None:
        self._drafts.lines.put(line.id, line)

    async def get(self, line: LineId) -> Line | None:
        return self._drafts.lines.get(line)

    async def between(self, intro: IntroId) -> Sequence[Line]:
        found = [line for line in self._drafts.lines.values() if line.intro == intro]
        return sorted(found, key=lambda line: (line.at, line.id))

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        for line in self._drafts.lines.values():
            by = another if line.author == author else line.author
            to = another if line.to == author else line.to
            self._drafts.lines.put(line.id, replace(line, author=by, to=to))

    async def forget_before(self, at: datetime) -> int:
        old = [line.id for line in self._drafts.lines.values() if line.at < at]
        self._drafts.lines.remove(old)
        return len(old)
