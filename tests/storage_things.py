"""One of everything that an academy can hold, for tests that go through all tables and all methods."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.announcements.domain import Announcement
from bot.bank.repository import Entry, Learned, Outcome, Trial
from bot.camps.domain import Camp, Signup
from bot.camps.handover.domain import HandOver
from bot.camps.stations.domain import StationPlan
from bot.challenges.domain import Answer, Challenge, ChallengeState, Invitation
from bot.deliveries.domain import Delivery, DeliveryState, Letter
from bot.identity import ChallengeId, DeliveryId, LineId, NoteId, WorkspaceId, new_id
from bot.introductions.domain import Intro, IntroState, Line, Round
from bot.members.domain import Block, LinkCode, LinkKind, Member, Synonyms
from bot.notes.domain import Job, Note, NoteState, Objection, Sending, Version, Waiting
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.polls.domain import Ballot, Poll, VoterKey
from bot.repositories import FormDraft, Home
from bot.schedules.domain import Occurrence, Schedule
from tests.bank_notes import TRANSPORT, an_entry
from tests.challenge_values import a_challenge, an_answer, an_invitation
from tests.databases import Storage
from tests.note_values import a_job, a_note, a_sending, a_version, an_objection, what_waits
from tests.poll_values import a_poll
from tests.storage_values import (
    NOW,
    a_camp,
    a_conversation,
    a_delivery,
    a_hand_over,
    a_member,
    a_message,
    a_round,
    a_schedule,
    a_signup,
    an_announcement,
    an_intro,
    an_occurrence,
    some_stations,
)


@dataclass(frozen=True, slots=True)
class Things:
    """One of everything, in one academy."""

    member: Member
    other: Member
    block: Block
    round: Round
    planned: Intro
    intro: Intro
    schedule: Schedule
    occurrence: Occurrence
    delivery: Delivery
    conversation: Conversation
    message: Message
    reply: Message
    home: Home
    draft: FormDraft
    code: LinkCode
    line: Line
    announcement: Announcement
    camp: Camp
    signup: Signup
    stations: StationPlan
    poll: Poll
    ballot: Ballot
    hand_over: HandOver
    entry: Entry
    trial: Trial
    note: Note
    version: Version
    objection: Objection
    waiting: Waiting
    sending: Sending
    job: Job
    challenge: Challenge
    answer: Answer
    invitation: Invitation


def things(letter: Letter) -> Things:
    member, other, round_, schedule = a_member(), a_member(), a_round(), a_schedule()
    occurrence = an_occurrence(schedule.id)
    conversation = a_conversation(member.id, kind=ConversationKind.CHANNEL)
    camp = a_camp(member.id)
    poll = a_poll(member.id)
    intro = an_intro(member.id, other.id, round_=round_.id)
    entry = an_entry(TRANSPORT, author=member.id)
    note = a_note(member.id)
    message = a_message(conversation.id, member.id, key="message")
    challenge = a_challenge(member.id)
    return Things(
        member=member,
        other=other,
        block=Block(member.id, other.id, NOW),
        round=round_,
        planned=an_intro(member.id, other.id, round_=round_.id, state=IntroState.PLANNED),
        intro=intro,
        schedule=schedule,
        occurrence=occurrence,
        delivery=replace(a_delivery(letter), occurrence=occurrence.id),
        conversation=conversation,
        message=message,
        reply=a_message(conversation.id, other.id, thread=message.id, at=NOW + timedelta(minutes=1)),
        home=Home(member.accounts[0], "digest", NOW),
        draft=FormDraft(member.accounts[0], "profile.1", {"name": "Åse", "themes": ("ageing",)}, {"name": "m"}, 1, NOW),
        code=LinkCode(LinkKind.PROFILE, member.id, member.accounts[0], NOW + timedelta(minutes=10)),
        line=Line(LineId(new_id()), intro.id, member.id, other.id, "Hvornår passer det?", NOW),
        announcement=an_announcement(member.id),
        camp=camp,
        signup=a_signup(camp.id, member.id),
        stations=some_stations(camp.id, member.id, other.id),
        poll=poll,
        ballot=Ballot(poll.id, VoterKey(str(member.id)), ("1",)),
        hand_over=a_hand_over(camp.id, member.id),
        entry=entry,
        trial=Trial(entry.note, member.id, Outcome.WORKED, "Vejle", "Det gik godt.", NOW),
        note=note,
        version=a_version(note.id),
        objection=an_objection(note.id, member.id),
        waiting=what_waits(note.id, member.id),
        sending=a_sending(note.id, member.id),
        job=a_job(member.id),
        challenge=challenge,
        answer=an_answer(challenge.id, member.id),
        invitation=an_invitation(challenge.id, member.id),
    )


async def fill(storage: Storage, workspace: WorkspaceId, its: Things) -> None:
    async with storage.units(workspace) as work:
        await work.members.put_all([its.member, its.other])
        await work.members.block(its.block)
        await work.vocabulary.put_synonyms(Synonyms("minibus", ("minibus", "kørsel")))
        await work.vectors.add("model", {"mark": b"vector"})
        await work.rounds.add(its.round)
        await work.rounds.add_intros([its.planned, its.intro])
        await work.schedules.put(its.schedule)
        await work.schedules.add_occurrence(its.occurrence)
        over = replace(its.delivery, id=DeliveryId(new_id()), key="over", state=DeliveryState.CANCELLED)
        await work.deliveries.add([its.delivery, over])
        await work.playground.ensure(its.conversation)
        await work.playground.add(its.message)
        await work.playground.add(its.reply)
        await work.playground.mark_read(its.member.id, its.conversation.id, its.message.id)
        await work.arrivals.first_time("arrival", NOW)
        await work.homes.put(its.home)
        await work.landmarks.put("slack", "room", "key", "C1", NOW)
        await work.drafts.put(its.draft)
        await work.codes.put("BROGYNGE", its.code)
        await work.lines.add(its.line)
        await work.announcements.put(its.announcement)
        await work.calendar_keys.put(its.member.id, f"key of {its.member.id}", NOW)
        await work.camps.put(its.camp)
        await work.camps.put_signups([its.signup])
        await work.stations.put(its.stations)
        await work.polls.put(its.poll)
        await work.polls.cast([its.ballot])
        await work.handovers.put(its.hand_over)
        others = [replace(its.note, id=NoteId(new_id()), state=one) for one in (NoteState.DRAFT, NoteState.WITHDRAWN)]
        for note in (its.note, *others):
            await work.notes.put(note)
        await work.notes.add_version(its.version)
        await work.notes.add_objection(its.objection)
        await work.notes.keep_waiting(its.waiting)
        await work.notes.add_sending(its.sending)
        await work.notes.put_job(its.job)
        ended = replace(its.challenge, id=ChallengeId(new_id()), state=ChallengeState.CLOSED)
        for challenge in (its.challenge, ended):
            await work.challenges.put(challenge)
        await work.challenges.put_answer(its.answer)
        await work.challenges.put_invitations([its.invitation])
        withdrawn = replace(its.entry, note=NoteId(its.round.id))
        await work.bank.put_all([its.entry, withdrawn])
        await work.bank.remove(withdrawn.note)
        await work.bank.put_trial(its.trial)
        await work.bank.learn("model", [Learned(its.entry.note, 1, b"vector")])
        await work.commit()
