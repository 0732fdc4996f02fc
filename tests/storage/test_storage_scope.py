"""Nothing of one academy can be read or changed from another.

The test goes through every method of every repository port by looking at the ports themselves: one that is added and has
no line here makes it fail.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import get_type_hints

from bot import ports
from bot.announcements.domain import AnnouncementState
from bot.camps.domain import CampState
from bot.challenges.domain import ChallengeState
from bot.deliveries.domain import DeliveryState, Letter
from bot.homes import Installation
from bot.identity import NoteId, WorkspaceId
from bot.introductions.domain import IntroState, RoundState
from bot.members.domain import SECTORS, THEMES, Sector, Synonyms, Theme, WorkspaceOptions
from bot.notes.domain import Audience, NoteState
from bot.polls.domain import PollState
from storage.schema import TABLES
from tests import scope_steps as steps
from tests.databases import Storage
from tests.scope_steps import FOREVER
from tests.storage_things import Things, fill, things
from tests.storage_values import NOW

Call = Callable[[ports.UnitOfWork, Things], Awaitable[object]]
STATES = (DeliveryState.WAITING, DeliveryState.SENDING)

# What each reading method finds of another academy's things: nothing.
READS: Mapping[str, tuple[Call, object]] = {
    "members.get": (lambda work, its: work.members.get(its.member.id), None),
    "members.many": (lambda work, its: work.members.many([its.member.id]), {}),
    "members.by_account": (lambda work, its: work.members.by_account(its.member.accounts[0]), None),
    "members.readers": (lambda work, its: work.members.readers(its.member.accounts), {}),
    "members.everybody": (lambda work, _: work.members.everybody(), []),
    "members.organiser_count": (lambda work, _: work.members.organiser_count(), 0),
    "members.blocks": (lambda work, _: work.members.blocks(), []),
    "members.blocks_by": (lambda work, its: work.members.blocks_by(its.member.id), []),
    "vocabulary.options": (lambda work, _: work.vocabulary.options(), WorkspaceOptions()),
    "vocabulary.homes": (lambda work, _: work.vocabulary.homes(), [Installation("team:T2", "Akademiet")]),
    "vocabulary.sectors": (lambda work, _: work.vocabulary.sectors(), list(SECTORS)),
    "vocabulary.themes": (lambda work, _: work.vocabulary.themes(), list(THEMES)),
    "vocabulary.synonyms": (lambda work, _: work.vocabulary.synonyms(), []),
    "vectors.known": (lambda work, _: work.vectors.known("model"), {}),
    "rounds.get": (lambda work, its: work.rounds.get(its.round.id), None),
    "rounds.latest": (lambda work, _: work.rounds.latest(), []),
    "rounds.intro": (lambda work, its: work.rounds.intro(its.intro.id, for_change=True), None),
    "rounds.intros_of": (lambda work, its: work.rounds.intros_of(its.round.id), []),
    "rounds.intros_with": (lambda work, its: work.rounds.intros_with(its.member.id), []),
    "rounds.intros_since": (lambda work, _: work.rounds.intros_since(NOW), []),
    "rounds.intros_in": (lambda work, _: work.rounds.intros_in(list(IntroState)), []),
    "schedules.get": (lambda work, its: work.schedules.get(its.schedule.id), None),
    "schedules.every": (lambda work, _: work.schedules.every(), []),
    "schedules.due": (lambda work, _: work.schedules.due(FOREVER), []),
    "schedules.next_at": (lambda work, _: work.schedules.next_at(), None),
    "schedules.occurrences": (lambda work, its: work.schedules.occurrences(its.schedule.id), []),
    "schedules.recorded_after": (lambda work, _: work.schedules.recorded_after(NOW - timedelta(days=1)), []),
    "deliveries.get": (lambda work, its: work.deliveries.get(its.delivery.id), None),
    "deliveries.by_key": (lambda work, its: work.deliveries.by_key(its.delivery.key), None),
    "deliveries.by_keys": (lambda work, its: work.deliveries.by_keys([its.delivery.key]), {}),
    "deliveries.in_states": (lambda work, _: work.deliveries.in_states(STATES), []),
    "deliveries.of_occurrence": (lambda work, its: work.deliveries.of_occurrence(its.occurrence.id, STATES), []),
    "deliveries.tally": (lambda work, its: work.deliveries.tally(its.occurrence.id), {}),
    "deliveries.moved_since": (lambda work, its: work.deliveries.moved_since(its.occurrence.id, NOW), False),
    "deliveries.done_before": (lambda work, _: work.deliveries.done_before(FOREVER, 10), []),
    "deliveries.count_by_state": (lambda work, _: work.deliveries.count_by_state(), {}),
    "playground.conversation": (lambda work, its: work.playground.conversation(its.conversation.id), None),
    "playground.conversations_of": (lambda work, its: work.playground.conversations_of(its.member.id), []),
    "playground.message": (lambda work, its: work.playground.message(its.message.id), None),
    "playground.by_key": (lambda work, its: work.playground.by_key(its.conversation.id, its.message.key), None),
    "playground.messages": (lambda work, its: work.playground.messages(its.conversation.id, its.member.id), []),
    "playground.thread_sizes": (lambda work, its: work.playground.thread_sizes(its.conversation.id), {}),
    "playground.unread": (lambda work, its: work.playground.unread(its.other.id), {}),
    "homes.get": (lambda work, its: work.homes.get(its.home.account), None),
    "landmarks.get": (lambda work, _: work.landmarks.get("slack", "room", "key"), None),
    "drafts.get": (lambda work, its: work.drafts.get(its.draft.account, its.draft.wire), None),
    "codes.find": (lambda work, _: work.codes.find("BROGYNGE"), None),
    "lines.get": (lambda work, its: work.lines.get(its.line.id), None),
    "announcements.get": (lambda work, its: work.announcements.get(its.announcement.id), None),
    "calendar_keys.get": (lambda work, its: work.calendar_keys.get(its.member.id), None),
    "camps.get": (lambda work, its: work.camps.get(its.camp.id), None),
    "camps.in_states": (lambda work, _: work.camps.in_states(list(CampState)), []),
    "camps.signup": (lambda work, its: work.camps.signup(its.camp.id, its.member.id), None),
    "camps.signups": (lambda work, its: work.camps.signups(its.camp.id), []),
    "camps.waiting": (lambda work, its: work.camps.waiting(its.camp.id), []),
    "camps.tally": (lambda work, its: work.camps.tally(its.camp.id), {}),
    "camps.signups_of": (lambda work, its: work.camps.signups_of(its.member.id), []),
    "polls.get": (lambda work, its: work.polls.get(its.poll.id), None),
    "polls.many": (lambda work, its: work.polls.many([its.poll.id]), {}),
    "polls.in_states": (lambda work, _: work.polls.in_states(list(PollState)), []),
    "polls.ballot": (lambda work, its: work.polls.ballot(its.poll.id, its.ballot.voter), None),
    "polls.ballots": (lambda work, its: work.polls.ballots(its.poll.id), {}),
    "polls.count": (lambda work, its: work.polls.count(its.poll.id), 0),
    "polls.tally": (lambda work, its: work.polls.tally(its.poll.id), {}),
    "bank.get": (lambda work, its: work.bank.get(its.entry.note), None),
    "bank.many": (lambda work, its: work.bank.many([its.entry.note]), {}),
    "bank.withdrawn": (lambda work, its: work.bank.withdrawn(NoteId(its.round.id)), False),
    "bank.known": (lambda work, _: work.bank.known(["~transport"], ["trans"]), {}),
    "bank.alike": (lambda work, _: work.bank.alike("transport"), {}),
    "bank.candidates": (lambda work, _: work.bank.candidates((("~transport",),), 9), []),
    "bank.outdated": (lambda work, _: work.bank.outdated(9), []),
    "bank.newest": (lambda work, _: work.bank.newest(list(Audience), 9), []),
    "bank.count": (lambda work, _: work.bank.count(list(Audience)), 0),
    "bank.changed_at": (lambda work, _: work.bank.changed_at(list(Audience)), None),
    "bank.trials": (lambda work, its: work.bank.trials([its.entry.note]), []),
    "bank.trials_by": (lambda work, its: work.bank.trials_by(its.member.id), []),
    "bank.unlearned": (lambda work, _: work.bank.unlearned("another", 9), []),
    "bank.learned_mark": (lambda work, _: work.bank.learned_mark("model"), "0:0"),
    "bank.learned": (lambda work, _: work.bank.learned("model", 9), []),
    "notes.get": (lambda work, its: work.notes.get(its.note.id), None),
    "notes.of_author": (lambda work, its: work.notes.of_author(its.member.id, list(NoteState)), []),
    "notes.with_member": (lambda work, its: work.notes.with_member(its.member.id, list(NoteState)), []),
    "notes.in_states": (lambda work, _: work.notes.in_states(list(NoteState)), []),
    "notes.versions": (lambda work, its: work.notes.versions(its.note.id), []),
    "notes.objections": (lambda work, its: work.notes.objections(its.note.id), []),
    "notes.objections_by": (lambda work, its: work.notes.objections_by(its.member.id), []),
    "notes.waiting": (lambda work, its: work.notes.waiting(its.note.id), None),
    "notes.sendings": (lambda work, _: work.notes.sendings(), []),
    "notes.job": (lambda work, its: work.notes.job(its.job.id), None),
    "notes.jobs_seen_before": (lambda work, _: work.notes.jobs_seen_before(FOREVER), []),
    "notes.expired": (lambda work, _: work.notes.expired(FOREVER), []),
    "notes.withdrawn_before": (lambda work, _: work.notes.withdrawn_before(FOREVER), []),
    "challenges.get": (lambda work, its: work.challenges.get(its.challenge.id), None),
    "challenges.in_states": (lambda work, _: work.challenges.in_states(list(ChallengeState)), []),
    "challenges.answer": (lambda work, its: work.challenges.answer(its.challenge.id, its.member.id), None),
    "challenges.answers": (lambda work, its: work.challenges.answers(its.challenge.id), []),
    "challenges.answers_by": (lambda work, its: work.challenges.answers_by(its.member.id), []),
    "challenges.invitations": (lambda work, its: work.challenges.invitations(its.challenge.id), []),
    "challenges.invitations_to": (lambda work, its: work.challenges.invitations_to(its.member.id), []),
    "challenges.invited_since": (lambda work, _: work.challenges.invited_since(NOW), []),
    "challenges.closed_before": (lambda work, _: work.challenges.closed_before(FOREVER), []),
    "handovers.get": (lambda work, its: work.handovers.get(its.camp.id), None),
    "handovers.naming": (lambda work, its: work.handovers.naming(its.member.id), []),
    "stations.get": (lambda work, its: work.stations.get(its.camp.id), None),
    "stations.told_since": (lambda work, _: work.stations.told_since(NOW), []),
    "stations.naming": (lambda work, its: work.stations.naming(its.member.id), []),
    "announcements.in_states": (lambda work, _: work.announcements.in_states(list(AnnouncementState)), []),
    "lines.between": (lambda work, its: work.lines.between(its.intro.id), []),
}

# What each writing method is asked to do to another academy's things: it must leave them as they are.
WRITES: Mapping[str, Call] = {
    "members.put": lambda work, its: work.members.put(replace(its.member, name="X")),
    "members.put_all": lambda work, its: work.members.put_all([replace(its.member, name="X", accounts=())]),
    "members.block": lambda work, its: work.members.block(replace(its.block, at=FOREVER)),
    "members.unblock": lambda work, its: work.members.unblock(its.block.member, its.block.other),
    "members.forget": lambda work, its: work.members.forget(its.member.id, NOW),
    "vocabulary.set_options": lambda work, _: work.vocabulary.set_options(WorkspaceOptions(language="en")),
    "vocabulary.put_sector": lambda work, _: work.vocabulary.put_sector(Sector("business", {"en": "X"})),
    "vocabulary.put_theme": lambda work, _: work.vocabulary.put_theme(Theme("ageing", {"en": "X"})),
    "vocabulary.remove_sector": lambda work, _: work.vocabulary.remove_sector("business"),
    "vocabulary.remove_theme": lambda work, _: work.vocabulary.remove_theme("ageing"),
    "vocabulary.put_synonyms": lambda work, _: work.vocabulary.put_synonyms(Synonyms("minibus", ("X",))),
    "vocabulary.remove_synonyms": lambda work, _: work.vocabulary.remove_synonyms("minibus"),
    "vectors.add": lambda work, _: work.vectors.add("model", {"mark": b"X"}),
    "vectors.keep_only": lambda work, _: work.vectors.keep_only("model", []),
    "rounds.add": lambda work, its: work.rounds.add(replace(its.round, state=RoundState.DROPPED)),
    "rounds.put": lambda work, its: work.rounds.put(replace(its.round, state=RoundState.DROPPED)),
    "rounds.add_intros": lambda work, its: work.rounds.add_intros([replace(its.intro, round=None, score=0.0)]),
    "rounds.put_intro": lambda work, its: work.rounds.put_intro(replace(its.intro, round=None, score=0.0)),
    "rounds.remove_planned": lambda work, its: work.rounds.remove_planned(its.round.id),
    "schedules.put": lambda work, its: work.schedules.put(replace(its.schedule, next_at=None)),
    "schedules.remove": lambda work, its: work.schedules.remove(its.schedule.id),
    "schedules.take_back": lambda work, _: work.schedules.take_back(NOW - timedelta(days=1)),
    "schedules.forget_before": lambda work, _: work.schedules.forget_before(FOREVER, 10),
    "schedules.move": lambda work, its: work.schedules.move(its.schedule, FOREVER),
    "schedules.add_occurrence": lambda work, its: work.schedules.add_occurrence(replace(its.occurrence, reason="X")),
    "deliveries.add": lambda work, its: work.deliveries.add([replace(its.delivery, lane="X")]),
    "deliveries.revise": lambda work, its: work.deliveries.revise(replace(its.delivery, lane="X")),
    "deliveries.cancel": lambda work, its: work.deliveries.cancel([its.delivery.key]),
    "deliveries.forget": lambda work, its: work.deliveries.forget([its.delivery.id]),
    "deliveries.empty_lanes": steps.sweep_lanes,
    "deliveries.forget_lanes": steps.sweep_lanes,
    "deliveries.give_to": lambda work, its: work.deliveries.give_to(its.member.id, its.other.id),
    "playground.ensure": lambda work, its: work.playground.ensure(replace(its.conversation, title="X")),
    "playground.add": steps.say,
    "playground.put": steps.say,
    "playground.mark_read": lambda work, its: work.playground.mark_read(
        its.other.id, its.conversation.id, its.message.id
    ),
    "playground.forget_author": lambda work, its: work.playground.forget_author(its.member.id),
    "arrivals.first_time": lambda work, _: work.arrivals.first_time("arrival", FOREVER),
    "arrivals.first_times": lambda work, _: work.arrivals.first_times(["arrival"], FOREVER),
    "arrivals.forget_before": lambda work, _: work.arrivals.forget_before(FOREVER),
    "homes.put": lambda work, its: work.homes.put(replace(its.home, digest="X")),
    "homes.forget": lambda work, its: work.homes.forget(its.home.account),
    "homes.forget_before": lambda work, _: work.homes.forget_before(FOREVER),
    "landmarks.put": lambda work, _: work.landmarks.put("slack", "room", "key", "X", FOREVER),
    "landmarks.forget": lambda work, _: work.landmarks.forget("slack", "room", "key"),
    "landmarks.forget_before": lambda work, _: work.landmarks.forget_before("room", FOREVER),
    "drafts.put": lambda work, its: work.drafts.put(replace(its.draft, step=9)),
    "drafts.forget": lambda work, its: work.drafts.forget(its.draft.account, its.draft.wire),
    "drafts.forget_before": lambda work, _: work.drafts.forget_before(FOREVER),
    "codes.put": steps.give_code,
    "codes.missed": lambda work, _: work.codes.missed("BROGYNGE", 1),
    "codes.forget": lambda work, _: work.codes.forget("BROGYNGE"),
    "codes.forget_before": lambda work, _: work.codes.forget_before(FOREVER),
    "calendar_keys.put": steps.another_key,
    "calendar_keys.give_to": lambda work, its: work.calendar_keys.give_to(its.member.id, its.other.id),
    "calendar_keys.forget": lambda work, its: work.calendar_keys.forget(its.member.id),
    "camps.put": lambda work, its: work.camps.put(replace(its.camp, name="X")),
    "camps.put_signups": steps.sign_up,
    "polls.put": lambda work, its: work.polls.put(replace(its.poll, question="X")),
    "polls.remove": lambda work, its: work.polls.remove(its.poll.id),
    "polls.cast": steps.vote,
    "polls.hide_order": steps.vote_unseen,
    "polls.withdraw": lambda work, its: work.polls.withdraw(its.poll.id, [its.ballot.voter]),
    "polls.clear": lambda work, its: work.polls.clear(its.poll.id),
    "polls.give_to": lambda work, its: work.polls.give_to(its.member.id, its.other.id),
    "polls.forget_drafts_before": lambda work, _: work.polls.forget_drafts_before(FOREVER),
    "bank.put": lambda work, its: work.bank.put(replace(its.entry, place="X")),
    "bank.put_all": lambda work, its: work.bank.put_all([replace(its.entry, place="X")]),
    "bank.remove": lambda work, its: work.bank.remove(its.entry.note),
    "bank.put_trial": steps.try_it,
    "bank.remove_trial": lambda work, its: work.bank.remove_trial(its.entry.note, its.member.id),
    "bank.give_to": lambda work, its: work.bank.give_to(its.member.id, its.other.id),
    "bank.learn": steps.learn,
    "notes.put": lambda work, its: work.notes.put(replace(its.note, place="X")),
    "notes.remove": lambda work, its: work.notes.remove(its.note.id),
    "notes.add_version": steps.publish,
    "notes.add_objection": steps.object_to,
    "notes.keep_waiting": steps.wait,
    "notes.drop_waiting": lambda work, its: work.notes.drop_waiting(its.note.id),
    "notes.add_sending": steps.send,
    "notes.put_job": lambda work, its: work.notes.put_job(replace(its.job, done=9)),
    "notes.give_to": lambda work, its: work.notes.give_to(its.member.id, its.other.id),
    "notes.forget_member": lambda work, its: work.notes.forget_member(its.member.id),
    "notes.forget_before": lambda work, _: work.notes.forget_before(jobs=FOREVER, sendings=FOREVER),
    "challenges.put": lambda work, its: work.challenges.put(replace(its.challenge, question="X")),
    "challenges.remove": lambda work, its: work.challenges.remove(its.challenge.id),
    "challenges.put_answer": steps.answer,
    "challenges.remove_answer": lambda work, its: work.challenges.remove_answer(its.challenge.id, its.member.id),
    "challenges.put_invitations": steps.invite,
    "challenges.remove_invitation": lambda work, its: work.challenges.remove_invitation(
        its.challenge.id, its.member.id
    ),
    "challenges.give_to": lambda work, its: work.challenges.give_to(its.member.id, its.other.id),
    "challenges.forget_said": lambda work, its: work.challenges.forget_said(its.challenge.id),
    "challenges.forget_drafts_before": lambda work, _: work.challenges.forget_drafts_before(FOREVER),
    "handovers.put": steps.round_off,
    "handovers.forget_who_answered_before": lambda work, _: work.handovers.forget_who_answered_before(FOREVER.date()),
    "stations.put": steps.seat,
    "stations.remove": lambda work, its: work.stations.remove(its.camp.id),
    "camps.give_to": lambda work, its: work.camps.give_to(its.member.id, its.other.id),
    "camps.forget": lambda work, its: work.camps.forget(its.member.id),
    "camps.forget_guests_before": lambda work, _: work.camps.forget_guests_before(FOREVER.date()),
    "announcements.put": lambda work, its: work.announcements.put(replace(its.announcement, text="X")),
    "announcements.remove": lambda work, its: work.announcements.remove(its.announcement.id),
    "announcements.give_to": lambda work, its: work.announcements.give_to(its.member.id, its.other.id),
    "announcements.forget_drafts_before": lambda work, _: work.announcements.forget_drafts_before(FOREVER, FOREVER),
    "lines.add": steps.carry,
    "lines.give_to": lambda work, its: work.lines.give_to(its.member.id, its.other.id),
    "lines.forget_before": lambda work, _: work.lines.forget_before(FOREVER),
}


async def everything(storage: Storage, workspace: WorkspaceId, its: Things) -> dict[str, object]:
    """All that the reading methods tell, and whether an interaction is known."""
    async with storage.units(workspace) as work:
        told = {name: await read(work, its) for name, (read, _) in READS.items()}
        return {**told, "arrivals": await work.arrivals.first_time("arrival", NOW)}


def repositories() -> dict[str, type[object]]:
    """The ports of the repositories by the name that a unit of work has for them."""
    return {
        name: get_type_hints(entry.fget)["return"]
        for name, entry in vars(ports.UnitOfWork).items()
        if isinstance(entry, property) and name != "workspace"
    }


def methods(port: type[object]) -> dict[str, Callable[..., object]]:
    return {name: entry for name, entry in vars(port).items() if callable(entry) and not name.startswith("_")}


def test_every_method_of_every_repository_is_here() -> None:
    assert {f"{name}.{method}" for name, port in repositories().items() for method in methods(port)} == {
        *READS,
        *WRITES,
    }


def test_no_method_takes_a_workspace() -> None:
    for port in repositories().values():
        for method in methods(port).values():
            assert WorkspaceId not in get_type_hints(method).values()


def test_every_table_belongs_to_a_workspace() -> None:
    for table in TABLES:
        # The library's own say which workspace a request comes from, so that they cannot be in one.
        if table.name == "workspaces" or table.name.startswith("slack_"):
            continue
        assert next(iter(table.primary_key)).name == "workspace_id", table.name
        assert any(key.column.table.name == "workspaces" for key in table.c.workspace_id.foreign_keys), table.name
        for key in table.foreign_key_constraints:
            assert "workspace_id" in key.column_keys, table.name


async def test_nothing_of_another_academy_can_be_read(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    its = things(greeting())
    await fill(storage, here, its)
    elsewhere = await storage.workspace("team:T2")
    async with storage.units(elsewhere, reading=True) as work:
        for name, (read, nothing) in READS.items():
            if name != "schedules.due":  # this one locks
                assert await read(work, its) == nothing, name
    async with storage.units(here) as work:
        for name, (read, nothing) in READS.items():
            if not name.startswith("vocabulary.") and name != "bank.outdated":  # all words are read as they are today
                assert await read(work, its) != nothing, f"{name} finds nothing at home either"


async def test_nothing_of_another_academy_can_be_changed(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    its = things(greeting())
    await fill(storage, here, its)
    before = await everything(storage, here, its)
    for repository, names in groupby(sorted(WRITES), lambda name: name.partition(".")[0]):
        for name in names:
            async with storage.units(await storage.workspace(f"team:{name}")) as work:
                await WRITES[name](work, its)
                await work.commit()
        after = await everything(storage, here, its)
        assert {name for name in before if after[name] != before[name]} == set(), f"{repository} writes elsewhere"
