"""What it means to be forgotten, and what is handed to somebody who asks what is known about them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.bank.people import trials_of
from bot.camps.domain import Signup
from bot.camps.stations.domain import station_of
from bot.challenges.people import challenges_of
from bot.deliveries.domain import Delivery, DeliveryState, ToMember
from bot.errors import NotAllowed, phrase
from bot.identity import Account, ConversationId, MemberId, MessageId
from bot.introductions.domain import Intro, IntroState, Line
from bot.matching.domain import Reason
from bot.members.domain import Member
from bot.members.recognising import HANDLE
from bot.notes.people import notes_of
from bot.playground.domain import Message
from bot.polls.domain import Ballot, Poll
from bot.polls.people import ballots_of
from bot.ports import UnitOfWork

_ALL = 100_000
_PAGE = 500
_NAMES_WERE_SHOWN = frozenset({IntroState.ACCEPTED, IntroState.OPENED, IntroState.ENDED})


async def forget(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Leaves a nameless row; everything else that is about the member goes. Harmless to do twice."""
    waiting = await _deliveries_to(work, member, (DeliveryState.WAITING,))
    await work.deliveries.cancel([delivery.key for delivery in waiting])
    await work.playground.forget_author(member)
    await work.members.forget(member, now)


async def keep_one_organiser(work: UnitOfWork, member: Member) -> None:
    """Raises NotAllowed where the member is the only organiser."""
    if member.is_organiser() and await work.members.organiser_count() <= 1:
        raise NotAllowed(
            phrase(
                "You are the only organiser here, and somebody has to hold the keys. Name another one first: {command}.",
                command=phrase("/academy organiser"),
            )
        )


async def everything_about(work: UnitOfWork, member: Member, now: datetime) -> bytes:
    """All that is stored about the member, as JSON. Of others: their organisation, and their name where it was shown."""
    intros = [
        intro for intro in await work.rounds.intros_with(member.id, _ALL) if intro.state is not IntroState.PLANNED
    ]
    blocks = await work.members.blocks_by(member.id)
    others = {other for intro in intros for other in intro.others(member.id)} | {block.other for block in blocks}
    options = await work.vocabulary.options()
    named = others if options.names_before_yes else _met(member.id, intros)
    people = _People(await work.members.many(sorted(others)), frozenset(named))
    whole = {
        "exported_at": now.isoformat(),
        "profile": _profile(member),
        "accounts": [await _account(work, account) for account in member.accounts],
        "consent": {"answer": member.consent.value, "at": _iso(member.consent_at)},
        "blocks": [{"at": _iso(block.at), "person": people.shown(block.other)} for block in blocks],
        "introductions": [await _intro(work, intro, member.id, people, now) for intro in intros],
        "carried_messages": [_line(line) for line in await _own_lines(work, intros, member.id)],
        "camps": [await _camp(work, signup) for signup in await work.camps.signups_of(member.id)],
        "votes": [_vote(poll, ballot) for poll, ballot in await ballots_of(work, member.id)],
        "case_notes": await notes_of(work, member.id),
        "challenges": await challenges_of(work, member.id),
        "trials": await trials_of(work, member.id),
        "calendar_key": await work.calendar_keys.get(member.id),
        "messages": [_message(message) for message in await _own_messages(work, member.id)],
        "deliveries": [_delivery(delivery) for delivery in await _deliveries_to(work, member.id, tuple(DeliveryState))],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _People:
    """Other members, as much of them as the one who asks has seen. Somebody who has left is nobody any more."""

    members: Mapping[MemberId, Member]
    named: frozenset[MemberId]

    def shown(self, other: MemberId) -> dict[str, str]:
        found = self.members.get(other)
        if found is None:
            return {}
        return {"name": found.name if other in self.named else "", "organisation": found.organisation}


def _met(member: MemberId, intros: Sequence[Intro]) -> set[MemberId]:
    return {other for intro in intros if intro.state in _NAMES_WERE_SHOWN for other in intro.others(member)}


async def _camp(work: UnitOfWork, signup: Signup) -> dict[str, object]:
    camp = await work.camps.get(signup.camp)
    plan = await work.stations.get(signup.camp)
    after = await work.handovers.get(signup.camp)
    return {
        "camp": "" if camp is None else camp.name,
        "day": None if camp is None else camp.day.isoformat(),
        "answer": signup.answer.value,
        "seat": signup.seat.value,
        "guests": signup.guests,
        "guest_names": list(signup.guest_names),
        "invited_at": _iso(signup.invited_at),
        "answered_at": _iso(signup.answered_at),
        "attended": signup.attended,
        "station": None if plan is None else station_of(plan.told, signup.member),
        "said_how_it_was": after is not None and signup.member in after.answered,
    }


def _vote(poll: Poll, ballot: Ballot) -> dict[str, object]:
    chosen = [poll.option(choice.partition(":")[0]) for choice in ballot.choices]
    texts = [one.text or (one.at.isoformat() if one.at else one.key) for one in chosen if one is not None]
    return {"poll": poll.question, "answers": list(ballot.choices), "options": texts}


def _profile(member: Member) -> dict[str, object]:
    return {
        "id": str(member.id),
        "name": member.name,
        "organisation": member.organisation,
        "sector": member.sector,
        "themes": list(member.themes),
        "needs": list(member.needs),
        "offers": list(member.offers),
        "language": member.language,
        "email": member.email,
        "email_shown": member.shares_email,
        "roster_id": member.roster_id,
        "role": member.role.value,
        "paused_until": member.paused_until.isoformat() if member.paused_until else None,
        "intros_per_round": member.intros_per_round,
        "timezone": member.timezone,
        "announcements": not member.announcements_muted,
        "told_of_case_notes": not member.notes_muted,
        "asked_about_challenges": not member.challenges_muted,
        "joined_at": _iso(member.joined_at),
    }


async def _intro(work: UnitOfWork, intro: Intro, member: MemberId, people: _People, now: datetime) -> dict[str, object]:
    part = intro.part_of(member)
    round_ = await work.rounds.get(intro.round) if intro.round is not None else None
    return {
        "round": round_.number if round_ is not None else None,
        "state": _state_seen(intro, now).value,
        "with": [people.shown(other) for other in intro.others(member)],
        "reasons": [
            _reason(reason, member) for reason in intro.reasons if str(member) in (reason.giver, reason.receiver)
        ],
        "my_answer": part.answer.value if part else None,
        "my_answer_at": _iso(part.answered_at) if part else None,
        "my_outcome": part.outcome.value if part else None,
        "created_at": _iso(intro.created_at),
        "opened_at": _iso(intro.opened_at),
    }


def _state_seen(intro: Intro, now: datetime) -> IntroState:
    """Until the time to answer is over, an introduction that somebody declined looks like one that waits: a no is private."""
    waiting = intro.answer_until is not None and now < intro.answer_until
    return IntroState.OFFERED if intro.state is IntroState.LAPSED and waiting else intro.state


def _reason(reason: Reason, member: MemberId) -> dict[str, str]:
    """The member's own side of a reason."""
    mine = reason.offered if reason.giver == str(member) and reason.offered else reason.term
    return {"kind": reason.kind.value, "mine": mine}


async def _own_messages(work: UnitOfWork, member: MemberId) -> list[Message]:
    found: list[Message] = []
    for conversation in await work.playground.conversations_of(member):
        threads = await work.playground.thread_sizes(conversation.id)
        for thread in (None, *threads):
            found += [
                message for message in await _read(work, conversation.id, member, thread) if message.author == member
            ]
    return sorted({message.id: message for message in found}.values(), key=lambda message: message.id)


async def _read(
    work: UnitOfWork, conversation: ConversationId, reader: MemberId, thread: MessageId | None
) -> list[Message]:
    pages: list[Message] = []
    before: MessageId | None = None
    while True:
        page = await work.playground.messages(conversation, reader, thread=thread, before=before, limit=_PAGE)
        pages += page
        if len(page) < _PAGE:
            return pages
        before = page[0].id


async def _account(work: UnitOfWork, account: Account) -> dict[str, str]:
    handle = await work.landmarks.get(account.platform, HANDLE, account.user)
    known = {"platform": account.platform, "user": account.user}
    return known if handle is None else {**known, "name": handle}


async def _own_lines(work: UnitOfWork, intros: Sequence[Intro], member: MemberId) -> list[Line]:
    return [line for intro in intros for line in await work.lines.between(intro.id) if line.author == member]


def _line(line: Line) -> dict[str, str | None]:
    return {"at": _iso(line.at), "text": line.text}


def _message(message: Message) -> dict[str, str | None]:
    return {"at": _iso(message.at), "edited_at": _iso(message.edited_at), "text": message.body}


async def _deliveries_to(work: UnitOfWork, member: MemberId, states: Sequence[DeliveryState]) -> Sequence[Delivery]:
    return [
        delivery
        for delivery in await work.deliveries.in_states(states, _ALL)
        if isinstance(delivery.target, ToMember) and delivery.target.member == member
    ]


def _delivery(delivery: Delivery) -> dict[str, str | None]:
    return {
        "kind": delivery.letter.code,
        "state": delivery.state.value,
        "created_at": _iso(delivery.created_at),
        "sent_at": _iso(delivery.sent_at),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
