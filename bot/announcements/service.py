"""Announcements from the first word to the last copy: drafted, looked at, scheduled, changed, cancelled, read up on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.announcements.audience import EVERYONE, Audience, read_audience
from bot.announcements.channels import look_up
from bot.announcements.correcting import Corrections
from bot.announcements.domain import MOST_CHARACTERS, NOW, Announcement, AnnouncementState, Plan, without
from bot.announcements.planning import Planned, read_plan
from bot.announcements.quiet import Waits
from bot.announcements.seeing import Ledger, Listed, Preview, first_time, ledger, listed, preview
from bot.announcements.sending import expand, schedule_of
from bot.announcements.text import read_text
from bot.errors import Conflict, NotThere, NotUnderstood, Phrase, phrase
from bot.identity import Account, AnnouncementId, Channel, MemberId, WorkspaceId, new_id
from bot.members.domain import Sector, Theme
from bot.ports import Chats, Clock, UnitOfWork, Units
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.rules import next_after, planned, read_zone
from bot.schedules.service import Expander
from bot.words import Words

# So long after its time a press still means what it says.
_STILL_FINE = timedelta(minutes=10)
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


@dataclass(frozen=True, slots=True)
class Scheduled:
    """It is settled. ``count`` readers as of now; ``at_once``: it is on its way; ``late``: its time had just passed."""

    announcement: Announcement
    next_at: datetime
    count: int
    at_once: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """Its time is over, so nothing was done."""

    announcement: Announcement
    at: datetime


class AnnouncementService:
    """Use cases around announcements; all of them are an organiser's."""

    def __init__(self, units: Units, clock: Clock, chats: Chats) -> None:
        self.corrections = Corrections(units, clock)
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
            sectors, themes = await work.vocabulary.sectors(), await work.vocabulary.themes()
        repeat = "" if typed.plan is not None else typed.repeat
        when = "" if typed.plan is not None else typed.when
        readers: Sequence[tuple[str, Callable[[], object]]] = (
            ("text", lambda: read_text(typed.text, MOST_CHARACTERS)),
            ("when", lambda: read_plan(when, "", now, words)),
            ("repeat", lambda: read_plan("", repeat, now, words)),
            ("to", lambda: _audience(typed, sectors, themes)),
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
            return await _there(work, announcement)

    async def change(
        self, workspace: WorkspaceId, announcement: AnnouncementId, revision: int, typed: Written, words: Words
    ) -> Preview:
        """Changes a draft. One that is scheduled stays as it is until the changed one, a draft in its place, is scheduled.

        Raises Conflict where somebody changed it meanwhile, NotThere where it has gone out."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await _there(work, announcement)
            _check(before, revision)
            if before.state is AnnouncementState.SCHEDULED:
                await _to_come(work, before)
                fresh = replace(before, id=AnnouncementId(new_id()), created_at=now, schedule=None, revision=0)
                before = replace(fresh, state=AnnouncementState.DRAFT, replaces=announcement)
            elif before.state is not AnnouncementState.DRAFT:
                raise NotThere(_over())
            filled = await _filled(work, replace(before, revision=before.revision + 1), typed, now, words)
            await work.announcements.put(filled)
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
        self, workspace: WorkspaceId, announcement: AnnouncementId, revision: int, *, at_once: bool = False
    ) -> Scheduled | Preview | Passed:
        """Settles it as it was seen: now, or at its time. Where it was changed meanwhile, or it would reach nobody, or is still
        unclear, shows it instead; where its time is over, says so and does nothing (``at_once`` sends it then)."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            draft = await _draft(work, announcement)
            shown = await preview(work, draft, now)
            if draft.revision != revision:
                return replace(shown, told=phrase("It was changed meanwhile. This is how it is now."))
            if draft.is_unclear() or shown.reaches_nobody():
                return shown
            plan = NOW if at_once else draft.plan
            first = first_time(plan, now)
            late = first is None and not plan.repeats()
            if first is None:
                if plan.start is None or plan.repeats():
                    raise NotUnderstood(phrase("That repeat never happens. Choose another day or interval."))
                if now - plan.instant(plan.start) > _STILL_FINE:
                    return Passed(draft, plan.instant(plan.start))
                plan = NOW
            if draft.replaces is not None:
                await _cancel(work, await _there(work, draft.replaces))
            settled = schedule_of(draft, plan, now)
            await work.schedules.put(settled)
            written = replace(draft, state=AnnouncementState.SCHEDULED, schedule=settled.id, replaces=None)
            await work.announcements.put(written)
            await work.commit()
        return Scheduled(written, first or now, shown.count, plan.start is None, late)

    async def drop(self, workspace: WorkspaceId, announcement: AnnouncementId) -> None:
        """Throws a draft away; one that is gone already is fine."""
        async with self._units(workspace) as work:
            found = await work.announcements.get(announcement)
            if found is not None and found.state is not AnnouncementState.DRAFT:
                raise NotThere(_settled())
            await work.announcements.remove(announcement)
            await work.commit()

    async def every(self, workspace: WorkspaceId) -> Sequence[Listed]:
        """Those that are to come, the next one first, and then those that went out or were cancelled, newest first."""
        states = (AnnouncementState.SCHEDULED, AnnouncementState.ENDED, AnnouncementState.CANCELLED)
        async with self._units(workspace, reading=True) as work:
            coming = await work.announcements.in_states(states[:1], _LISTED * 5)
            over = await work.announcements.in_states(states[1:], _LISTED)
            found = [await listed(work, one) for one in (*coming, *over)]
        ahead = [(one.next_at, one) for one in found if one.is_to_come() and one.next_at is not None]
        past = [one for one in found if not one.is_to_come()]
        past.sort(key=lambda one: one.last.at if one.last else one.announcement.created_at, reverse=True)
        return [*(one for _, one in sorted(ahead, key=lambda pair: pair[0])), *past[:_LISTED]]

    async def ledger(self, workspace: WorkspaceId, announcement: AnnouncementId) -> Ledger:
        """What became of it. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found = await _there(work, announcement)
            if found.state is AnnouncementState.DRAFT:
                raise NotThere(_gone())
            return await ledger(work, found)

    async def cancel(self, workspace: WorkspaceId, announcement: AnnouncementId) -> Ledger:
        """Nothing more of it goes out. Raises NotThere where there is nothing left to cancel."""
        async with self._units(workspace) as work:
            await _cancel(work, await _there(work, announcement))
            told = await ledger(work, await _there(work, announcement))
            await work.commit()
        return told

    async def skip(self, workspace: WorkspaceId, announcement: AnnouncementId, at: datetime) -> Ledger:
        """Leaves out the next time of a repeated one, if that is still the one that was seen."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await _there(work, announcement)
            schedule = await _to_come(work, found)
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
            told = await ledger(work, await _there(work, announcement))
            await work.commit()
        return told

    def expanders(self) -> Mapping[ScheduleKind, Expander]:
        """What the timekeeper does when an announcement comes due."""
        return {ScheduleKind.ANNOUNCEMENT: expand}


async def _filled(
    work: UnitOfWork, announcement: Announcement, typed: Written, now: datetime, words: Words
) -> Announcement:
    audience = _audience(typed, await work.vocabulary.sectors(), await work.vocabulary.themes())
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


def _audience(typed: Written, sectors: Sequence[Sector], themes: Sequence[Theme]) -> Audience:
    return read_audience(typed.to, sectors, themes, typed.channels) if typed.to.strip() else EVERYONE


async def _there(work: UnitOfWork, announcement: AnnouncementId) -> Announcement:
    found = await work.announcements.get(announcement)
    if found is None:
        raise NotThere(_gone())
    return found


async def _draft(work: UnitOfWork, announcement: AnnouncementId) -> Announcement:
    found = await _there(work, announcement)
    if found.state is not AnnouncementState.DRAFT:
        raise NotThere(_settled())
    return found


def _check(announcement: Announcement, revision: int) -> None:
    if announcement.revision != revision:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))


async def _to_come(work: UnitOfWork, announcement: Announcement) -> Schedule:
    """The schedule of one that still has something to send. Raises NotThere for the others."""
    schedule = None if announcement.schedule is None else await work.schedules.get(announcement.schedule)
    if announcement.state is not AnnouncementState.SCHEDULED or schedule is None or schedule.next_at is None:
        raise NotThere(_over())
    return schedule


async def _cancel(work: UnitOfWork, announcement: Announcement) -> None:
    """Nothing more of it goes out; what it sent before stays to be read. Raises NotThere where nothing more would."""
    await work.schedules.remove((await _to_come(work, announcement)).id)
    await work.announcements.put(replace(announcement, state=AnnouncementState.CANCELLED))


def _gone() -> Phrase:
    return phrase("That announcement is not there any more.")


def _over() -> Phrase:
    return phrase("Nothing more of it will go out, so there is nothing to change or to cancel.")


def _settled() -> Phrase:
    return phrase("It is scheduled already. {list} shows it, and cancels it.", list=phrase("/announce list"))
