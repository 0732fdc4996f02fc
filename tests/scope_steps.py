"""What one academy tries in several steps to do to the things of another: with things of the same ids at home."""

from dataclasses import replace
from datetime import timedelta

from bot import ports
from bot.bank.repository import Learned, Outcome
from tests.storage_things import Things
from tests.storage_values import NOW

FOREVER = NOW + timedelta(days=999)


async def say(work: ports.UnitOfWork, its: Things) -> None:
    await work.playground.ensure(its.conversation)
    await work.playground.put(replace(its.message, body="X"))


async def give_code(work: ports.UnitOfWork, its: Things) -> None:
    await work.members.put(its.member)
    await work.codes.put("BROGYNGE", replace(its.code, good_until=FOREVER))


async def sign_up(work: ports.UnitOfWork, its: Things) -> None:
    await work.camps.put(replace(its.camp, name="X"))
    await work.camps.put_signups([replace(its.signup, guests=9)])


async def another_key(work: ports.UnitOfWork, its: Things) -> None:
    await work.members.put(its.member)
    await work.calendar_keys.put(its.member.id, "another", FOREVER)


async def seat(work: ports.UnitOfWork, its: Things) -> None:
    await work.camps.put(replace(its.camp, name="X"))
    await work.stations.put(replace(its.stations, seed=9))


async def vote(work: ports.UnitOfWork, its: Things) -> None:
    await work.polls.put(replace(its.poll, question="X"))
    await work.polls.cast([replace(its.ballot, choices=("3",))])


async def vote_unseen(work: ports.UnitOfWork, its: Things) -> None:
    work.polls.hide_order()
    await vote(work, its)


async def try_it(work: ports.UnitOfWork, its: Things) -> None:
    await work.bank.put(replace(its.entry, place="X"))
    await work.bank.put_trial(replace(its.trial, outcome=Outcome.NOT))


async def learn(work: ports.UnitOfWork, its: Things) -> None:
    await work.bank.put(replace(its.entry, place="X"))
    await work.bank.learn("model", [Learned(its.entry.note, 2, b"X")])


async def publish(work: ports.UnitOfWork, its: Things) -> None:
    await work.notes.put(replace(its.note, place="X"))
    await work.notes.add_version(replace(its.version, place="X"))


async def object_to(work: ports.UnitOfWork, its: Things) -> None:
    await work.notes.put(replace(its.note, place="X"))
    await work.notes.add_objection(replace(its.objection, reason="X"))


async def wait(work: ports.UnitOfWork, its: Things) -> None:
    await work.notes.put(replace(its.note, place="X"))
    await work.notes.keep_waiting(replace(its.waiting, stored="X"))


async def send(work: ports.UnitOfWork, its: Things) -> None:
    await work.notes.put(replace(its.note, place="X"))
    await work.notes.add_sending(replace(its.sending, model="X"))


async def answer(work: ports.UnitOfWork, its: Things) -> None:
    await work.challenges.put(replace(its.challenge, question="X"))
    await work.challenges.put_answer(replace(its.answer, sees="X"))


async def invite(work: ports.UnitOfWork, its: Things) -> None:
    await work.challenges.put(replace(its.challenge, question="X"))
    await work.challenges.put_invitations([replace(its.invitation, term="X")])


async def round_off(work: ports.UnitOfWork, its: Things) -> None:
    await work.camps.put(replace(its.camp, name="X"))
    await work.handovers.put(replace(its.hand_over, notes="X"))


async def sweep_lanes(work: ports.UnitOfWork, its: Things) -> None:
    await work.deliveries.forget_lanes([its.delivery.lane, *await work.deliveries.empty_lanes(FOREVER, 10)])


async def carry(work: ports.UnitOfWork, its: Things) -> None:
    await work.rounds.add(its.round)
    await work.rounds.add_intros([its.intro])
    await work.lines.add(replace(its.line, text="X"))
