"""The first steps: what a newcomer does next, read from what is so in the academy now, so that it is never behind.

It leads to the first opened introduction in a handful of presses, whatever else was pressed in between, and then offers
three more things to try. It keeps nothing of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.demo.past import ROUNDS
from bot.errors import Phrase, phrase
from bot.identity import MemberId, WorkspaceId
from bot.introductions.domain import Answer, Intro, IntroState, Part, Round, RoundState
from bot.matching.domain import ReasonKind
from bot.members.domain import Member
from bot.ports import UnitOfWork, Units
from bot.words import Words

_ON_THE_WAY = frozenset({IntroState.OFFERED, IntroState.ACCEPTED})
# Reasons that a newcomer understands at once.
_TELLING = frozenset({ReasonKind.NEED_OFFER, ReasonKind.THEME})
_NO = frozenset({Answer.NOT_NOW, Answer.NOT_THIS_PERSON})


@dataclass(frozen=True, slots=True)
class Become:
    """The step's button makes the person at the keyboard this member."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class Perform:
    """The step's button sends a slash command, as ``member`` where one is named."""

    command: str
    member: MemberId | None = None


Does: TypeAlias = Become | Perform


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. A step that is done, or that waits for an earlier one, has no button."""

    text: Phrase
    done: bool = False
    button: Phrase | None = None
    does: Does | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What to show beside the chat: a title and the steps."""

    title: Phrase
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the guide has to know, read in one unit of work. ``round``: the newest that is drafted or open."""

    viewer: MemberId | None
    members: Mapping[MemberId, Member]
    round: Round | None
    intros: tuple[Intro, ...]
    opened: Intro | None

    def in_state(self, state: RoundState) -> bool:
        """Whether the newest round is in this state."""
        return self.round is not None and self.round.state is state

    def organiser(self) -> Member | None:
        """Who plans: whose draft it is, else the viewer where that is an organiser, else the first one."""
        drafter = self.round.created_by if self.round else None
        organisers = [member for member in self.members.values() if member.is_organiser()]
        organisers.sort(key=lambda member: (member.id != drafter, member.id != self.viewer, member.roster_id))
        return organisers[0] if organisers else None

    def people(self, intro: Intro) -> Sequence[Member]:
        """The introduction's members who are still here."""
        return [self.members[member] for member in intro.members() if member in self.members]


async def guide(units: Units, workspace: WorkspaceId, words: Words, viewer: MemberId | None = None) -> Guide | None:
    """What comes next for somebody who is ``viewer`` now; None where there is nobody left to plan a round.

    ``words`` are the reader's: an introduction between members who read the same language is easier to follow.
    """
    async with units(workspace, reading=True) as work:
        scene = await _look(work, viewer)
    if scene.opened is not None:
        return _more(scene, scene.opened, words)
    organiser = scene.organiser()
    if organiser is None:
        return None
    chosen = min(_hopeful(scene), key=lambda intro: _ease(scene, intro, words), default=None)
    sent = scene.in_state(RoundState.OPEN)
    planned = sent or scene.in_state(RoundState.DRAFT)
    steps = [_plan(organiser, done=planned), _send(organiser, done=sent), *_answers(scene, chosen)]
    return Guide(phrase("Your first introduction, in two minutes"), _one_button(steps))


async def _look(work: UnitOfWork, viewer: MemberId | None) -> _Scene:
    members = {member.id: member for member in await work.members.everybody()}
    rounds = [found for found in await work.rounds.latest() if found.number > ROUNDS]
    newest = next((found for found in rounds if found.state in {RoundState.DRAFT, RoundState.OPEN}), None)
    intros = tuple(await work.rounds.intros_of(newest.id)) if newest else ()
    new = {found.id for found in rounds}
    there = await work.rounds.intros_in((IntroState.OPENED, IntroState.ENDED))
    opened = [intro for intro in there if intro.opened_at and (intro.round is None or intro.round in new)]
    opened.sort(key=lambda intro: (viewer not in intro.members(), intro.id))
    return _Scene(viewer, members, newest, intros, opened[0] if opened else None)


def _plan(organiser: Member, *, done: bool) -> Step:
    return Step(
        phrase("You are {name}, an organiser. Let me plan this week's round.", name=organiser.name),
        done,
        phrase("Plan the round"),
        Perform("/match round", organiser.id),
    )


def _send(organiser: Member, *, done: bool) -> Step:
    return Step(
        phrase("Look who meets whom, and why. Then send the round with the button on the card."),
        done,
        phrase("Show the card again"),
        Perform("/match preview", organiser.id),
    )


def _answers(scene: _Scene, chosen: Intro | None) -> Sequence[Step]:
    if chosen is None:
        return (Step(phrase("Then two members say yes, and a room opens for them.")),)
    here = [part for part in chosen.parts if part.member in scene.members]
    agreed = all(part.answer is Answer.YES for part in here)
    waits = Step(
        phrase("All have said yes: their room opens in a moment.") if agreed else phrase("Then a room opens for them.")
    )
    return [*(_answer(scene, scene.members[part.member], part) for part in here), waits]


def _answer(scene: _Scene, member: Member, part: Part) -> Step:
    if part.answer is Answer.YES:
        return Step(phrase("{name} said yes.", name=member.name), done=True)
    if member.id == scene.viewer:
        text, button = phrase("A card just came to you, {name}. Say yes.", name=member.name), phrase("Show me the card")
    else:
        text = phrase("Now be {name}, and say yes on the card that just came.", name=member.name)
        button = phrase("Be {name}", name=member.name)
    return Step(text, button=button, does=Become(member.id))


def _hopeful(scene: _Scene) -> Sequence[Intro]:
    """Those of the open round that can still become a room."""
    return [
        intro
        for intro in scene.intros
        if intro.state in _ON_THE_WAY and not any(part.answer in _NO for part in intro.parts)
    ]


def _ease(scene: _Scene, intro: Intro, words: Words) -> tuple[int, int, int, bool, bool, int, str]:
    """Smaller is easier to follow: begun, of two people, in the reader's language, a need that is met, the viewer's own."""
    kinds = [reason.kind for reason in intro.reasons]
    return (
        -sum(part.answer is Answer.YES for part in intro.parts),
        len(intro.parts),
        sum(member.language != words.language for member in scene.people(intro)),
        ReasonKind.NEED_OFFER not in kinds,
        scene.viewer not in intro.members(),
        -sum(kind in _TELLING for kind in kinds),
        str(intro.id),
    )


def _one_button(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Only the first step that is not done keeps its button."""
    now = next((place for place, step in enumerate(steps) if not step.done), len(steps))
    return tuple(step if place == now else replace(step, button=None, does=None) for place, step in enumerate(steps))


def _more(scene: _Scene, opened: Intro, words: Words) -> Guide:
    people = scene.people(opened)
    there = phrase(
        "{names} have a room of their own now, under Rooms.", names=words.all_of([one.name for one in people])
    )
    steps = [
        Step(
            phrase("Find somebody who has rooms to lend."),
            button=phrase("Find rooms"),
            does=Perform('/match find "lokaler"'),
        ),
        Step(
            phrase("See what you look for here, and what you give."),
            button=phrase("See my profile"),
            does=Perform("/profile show"),
        ),
        Step(phrase("See everything that I can do for you."), button=phrase("Show me"), does=Perform("/help")),
    ]
    if people and scene.viewer not in opened.members():
        look = Step(
            phrase("Look into their room: why they meet, and a way to begin."),
            button=phrase("Be {name}", name=people[0].name),
            does=Become(people[0].id),
        )
        steps = [look, *steps[:2]]
    built = [Step(there, done=True)] if people else []
    return Guide(phrase("A bridge is built. Three more things to try"), (*built, *steps))
