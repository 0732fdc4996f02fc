"""Announcements from the first word to the last copy: drafted, looked at, scheduled, changed, cancelled, read up on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.announcements.approving import UNSENT, Approvals, Asked, ask_or_correct, ask_or_settle, take_back, told_anew
from bot.announcements.audience import EVERYONE, Audience, Known, read_audience
from bot.announcements.campers import camps_to_ask
from bot.announcements.channels import look_up
from bot.announcements.correcting import Corrected, Corrections, correction_to_make
from bot.announcements.domain import MOST_CHARACTERS, NOW, Announcement, AnnouncementState, Plan, without
from bot.announcements.planning import Planned, read_plan
from bot.announcements.quiet import Waits
from bot.announcements.seeing import Ledger, Listed, Preview, ledger, listed, preview
from bot.announcements.sending import expand, left_out
from bot.announcements.settling import Passed, Scheduled, cancel, gone, over, there, to_come
from bot.announcements.stopping import Stops
from bot.announcements.text import read_text
from bot.errors import Conflict, NotThere, NotUnderstood, Phrase, phrase
from bot.identity import Account, Address, AnnouncementId, Channel, MemberId, WorkspaceId, new_id
from bot.ports import Chats, Clock, UnitOfWork, Units
from bot.schedules.domain import ScheduleKind
from bot.schedules.rules import next_after, planned, read_zone
from bot.schedules.service import Expander
from bot.words import Words

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Written:
    """What an organiser typed. Where ``plan`` is given, the times were left as they were; where ``wait`` is empty, for whom it
    waits. ``channels``: those in ``to``, by what was typed for them, once they were looked up."""

    text: str
    when: str = ""
    repeat: str = ""
    to: str = ""
    wait: str = ""
    plan: Plan | None = None
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])


class AnnouncementService:
    """Use cases around announcements; all of them are an organiser's."""

    def __init__(self, units: Units, clock: Clock, chats: Chats) -> None:
        self.corrections = Corrections(units, clock)
        self.stops = Stops(units, clock)
        self.approvals = Approvals(units, clock)
        self._units = units
        self._clock = clock
        self._chats = chats

    async def looked_up(
        self, workspace: WorkspaceId, asker: Account, typed: Written, before: Audience | None = None
    ) -> Written:
        """With the channels that were named, as the asker's platform knows them; those of ``before`` stay what they were.
        Raises NotUnderstood. The platform is asked, so no unit of work may be open."""
        return replace(typed, channels=await look_up(self._chats, workspace, asker, typed.to, before))

    async def draft(self, workspace: WorkspaceId, author: MemberId, typed: Written, words: Words) -> Preview:
        """Keeps a draft and shows it. Raises NotUnderstood for what cannot be read; then nothing is kept."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            written = Announcement(AnnouncementId(new_id()), author, "", EVERYONE, now)
            filled = await _filled(work, written, typed, now, words)
            await work.announcements.put(filled)
            shown = await preview(work, filled, now)
            await work.commit()
        return shown

    async def problems(self, workspace: WorkspaceId, typed: Written, words: Words) -> Mapping[str, Phrase]:
        """What cannot be read of what was typed, by the field that it stands in."""
        now = self._clock.now()
        async with self._units(workspace, reading=True) as work:
            known = await _known(work, typed, now, words)
        repeat = "" if typed.plan is not None else typed.repeat
        when = "" if typed.plan is not None else typed.when
        readers: Sequence[tuple[str, Callable[[], object]]] = (
            ("text", lambda: read_text(typed.text, MOST_CHARACTERS)),
            ("when", lambda: read_plan(when, "", now, words)),
            ("repeat", lambda: read_plan("", repeat, now, words)),
            ("to", lambda: _audience(typed, known)),
        )
        problems: dict[str, Phrase] = {}
        for place, read in readers:
            try:
                read()
            except NotUnderstood as sorry:
                problems[place] = sorry.said
        return problems

    async def get(self, workspace: WorkspaceId, announcement: AnnouncementId) -> Announcement:
        """One announcement. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await there(work, announcement)

    async def change(
        self, workspace: WorkspaceId, announcement: AnnouncementId, revision: int, typed: Written, words: Words
    ) -> Preview:
        """Changes a draft. One that is scheduled stays as it is until the changed one, a draft in its place, is scheduled.

        Raises Conflict where somebody changed it meanwhile, NotThere where it has gone out."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await there(work, announcement)
            _check(before, revision)
            if before.state is AnnouncementState.SCHEDULED:
                await to_come(work, before)
                fresh = replace(before, id=AnnouncementId(new_id()), created_at=now, schedule=None, revision=0)
                before = replace(fresh, state=AnnouncementState.DRAFT, replaces=announcement, decided_by=None)
            elif before.state not in UNSENT or before.corrects is not None:
                raise NotThere(over())
            again = replace(before, revision=before.revision + 1, state=AnnouncementState.DRAFT, declined="")
            filled = await _filled(work, again, typed, now, words)
            await work.announcements.put(filled)
            await told_anew(work, before, now)
            shown = await preview(work, filled, now)
            await work.commit()
        return shown

    async def choose(self, workspace: WorkspaceId, announcement: AnnouncementId, revision: int, place: int) -> Preview:
        """Settles which of several times was meant."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await _draft(work, announcement)
            _check(before, revision)
            if not 0 <= place < len(before.choices):
                raise NotUnderstood(phrase("Choose one of the times from the list."))
            settled = replace(before, plan=before.choices[place], choices=(), question="", revision=before.revision + 1)
            await work.announcements.put(settled)
            shown = await preview(work, settled, now)
            await work.commit()
        return shown

    async def wait(self, workspace: WorkspaceId, announcement: AnnouncementId, revision: int, waits: Waits) -> Preview:
        """Settles for whom a draft waits, where it is night or a day off."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await _draft(work, announcement)
            _check(before, revision)
            settled = replace(before, waits=waits, revision=before.revision + 1)
            await work.announcements.put(settled)
            shown = await preview(work, settled, now)
            await work.commit()
        return shown

    async def schedule(
        self,
        workspace: WorkspaceId,
        announcement: AnnouncementId,
        revision: int,
        asker: MemberId,
        shown_in: Address | None = None,
        *,
        at_once: bool = False,
    ) -> Scheduled | Preview | Passed | Asked:
        """Settles it as it was seen: now, or at its time; or asks the other organisers, where the academy wants that. Where it
        was changed meanwhile, or it would reach nobody, or is still unclear, shows it instead; where its time is over, says
        so and does nothing (``at_once`` sends it then). ``shown_in``: the message that tells the asker from now on how it
        goes, if that message can be edited."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            draft = await _unsent(work, announcement)
            shown = await preview(work, draft, now)
            if draft.revision != revision:
                return replace(shown, told=phrase("It was changed meanwhile. This is how it is now."))
            if draft.is_unclear() or shown.reaches_nobody():
                return shown
            meant = replace(draft, asked_by=asker, plan=NOW if at_once else draft.plan)
            done = await ask_or_settle(work, meant, now, shown.count, shown_in)
            await work.commit()
        return done

    async def drop(self, workspace: WorkspaceId, announcement: AnnouncementId) -> None:
        """Throws away a draft, also one that others were asked to approve; one that is gone already is fine."""
        async with self._units(workspace) as work:
            found = await work.announcements.get(announcement)
            if found is not None and found.state not in UNSENT:
                raise NotThere(_settled())
            if found is not None:
                await take_back(work, found, self._clock.now())
            await work.commit()

    async def correct(
        self, workspace: WorkspaceId, draft: AnnouncementId, asker: MemberId, shown_in: Address | None = None
    ) -> Corrected | Asked:
        """Makes a correction as it was seen, in every copy; or asks the other organisers, where the academy wants that. Raises
        NotThere once it was made or thrown away, Conflict where somebody corrected it meanwhile."""
        async with self._units(workspace) as work:
            written = await correction_to_make(work, draft)
            done = await ask_or_correct(work, replace(written, asked_by=asker), self._clock.now(), shown_in)
            await work.commit()
        return done

    async def every(self, workspace: WorkspaceId) -> Sequence[Listed]:
        """Those that wait for a second organiser; those that are to come, the next one first; and those that went out or were
        cancelled, newest first."""
        async with self._units(workspace, reading=True) as work:
            asked = await work.announcements.in_states((AnnouncementState.AWAITING,), _LISTED)
            coming = await work.announcements.in_states((AnnouncementState.SCHEDULED,), _LISTED * 5)
            over = await work.announcements.in_states((AnnouncementState.ENDED, AnnouncementState.CANCELLED), _LISTED)
            waiting = [await listed(work, one) for one in asked]
            found = [await listed(work, one) for one in (*coming, *over) if one.corrects is None]
        ahead = [(one.next_at, one) for one in found if one.is_to_come() and one.next_at is not None]
        past = [one for one in found if not one.is_to_come()]
        past.sort(key=lambda one: one.last.at if one.last else one.announcement.created_at, reverse=True)
        return [*waiting, *(one for _, one in sorted(ahead, key=lambda pair: pair[0])), *past[:_LISTED]]

    async def ledger(self, workspace: WorkspaceId, announcement: AnnouncementId) -> Ledger:
        """What became of it. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found = await there(work, announcement)
            if found.state is AnnouncementState.DRAFT:
                raise NotThere(gone())
            return await ledger(work, found)

    async def cancel(
        self, workspace: WorkspaceId, announcement: AnnouncementId, shown_in: Address | None = None
    ) -> Ledger:
        """Nothing more of it goes out. ``shown_in``: the message that says so already. Raises NotThere where there is nothing
        left to cancel."""
        async with self._units(workspace) as work:
            await cancel(work, await there(work, announcement), self._clock.now(), shown_in)
            told = await ledger(work, await there(work, announcement))
            await work.commit()
        return told

    async def skip(self, workspace: WorkspaceId, announcement: AnnouncementId, at: datetime) -> Ledger:
        """Leaves out the next time of a repeated one, if that is still the one that was seen."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await there(work, announcement)
            schedule = await to_come(work, found)
            due = next_after(schedule, now)
            if due is None or not schedule.rule or not schedule.next_at == due.at == at:
                raise Conflict(
                    phrase("Another time is the next one by now, so I left nothing out. Look at it once more.")
                )
            local = at.astimezone(read_zone(schedule.zone)).replace(tzinfo=None, fold=0)
            wall = local if due.nominal.endswith("Z") else datetime.fromisoformat(due.nominal)
            skipped = planned(replace(schedule, rule=without(schedule.rule, wall)), now)
            await work.schedules.put(skipped)
            state = AnnouncementState.SCHEDULED if skipped.next_at else AnnouncementState.ENDED
            plan = replace(found.plan, rule=skipped.rule)
            await work.announcements.put(replace(found, plan=plan, state=state, revision=found.revision + 1))
            told = await ledger(work, await there(work, announcement))
            await work.commit()
        return told

    def expanders(self) -> Mapping[ScheduleKind, Expander]:
        """What the timekeeper does when an announcement comes due."""
        return {ScheduleKind.ANNOUNCEMENT: expand}

    def missed(self) -> Mapping[ScheduleKind, Expander]:
        """What it does when one did not go out, and it is too late by now."""
        return {ScheduleKind.ANNOUNCEMENT: left_out}


async def _filled(
    work: UnitOfWork, announcement: Announcement, typed: Written, now: datetime, words: Words
) -> Announcement:
    audience = _audience(typed, await _known(work, typed, now, words))
    text = read_text(typed.text, MOST_CHARACTERS)
    found = Planned((typed.plan,)) if typed.plan is not None else read_plan(typed.when, typed.repeat, now, words)
    unclear = bool(found.question)
    return replace(
        announcement,
        text=text,
        audience=audience,
        waits=Waits(typed.wait) if typed.wait else announcement.waits,
        plan=NOW if unclear else found.plans[0],
        choices=found.plans if unclear else (),
        question=found.question,
    )


async def _known(work: UnitOfWork, typed: Written, now: datetime, words: Words) -> Known:
    sectors, themes = await work.vocabulary.sectors(), await work.vocabulary.themes()
    return Known(sectors, themes, now, await camps_to_ask(work), words.language, typed.channels)


def _audience(typed: Written, known: Known) -> Audience:
    return read_audience(typed.to, known) if typed.to.strip() else EVERYONE


async def _unsent(work: UnitOfWork, announcement: AnnouncementId) -> Announcement:
    found = await there(work, announcement)
    if found.state not in UNSENT or found.corrects is not None:
        raise NotThere(_settled())
    return found


async def _draft(work: UnitOfWork, announcement: AnnouncementId) -> Announcement:
    found = await there(work, announcement)
    if found.state is not AnnouncementState.DRAFT:
        raise NotThere(_settled())
    return found


def _check(announcement: Announcement, revision: int) -> None:
    if announcement.revision != revision:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))


def _settled() -> Phrase:
    return phrase("It is scheduled already. {list} shows it, and cancels it.", list=phrase("/announce list"))
