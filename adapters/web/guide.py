"""The guided first steps as a panel above the messages; what it says is read anew whenever something has happened."""

from dataclasses import dataclass
from typing import assert_never

from jinja2 import Environment
from markupsafe import Markup

from adapters.web.front import Front
from adapters.web.render import Pieces
from adapters.web.visits import Visit
from adapters.web.wording import interface
from bot.demo.guide import Become, Perform, Step
from bot.words import Words


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    done: bool
    button: str
    member: str
    command: str


class GuidePanel:
    """Renders the guide that the front was given, if it was given one."""

    def __init__(self, front: Front, templates: Environment) -> None:
        self._front = front
        self._pieces = Pieces(templates, "guide.html")

    async def panel(self, visit: Visit) -> Markup | None:
        """The steps for this member; None where there is nothing to guide to."""
        if self._front.guide is None:
            return None
        guide = await self._front.guide(visit.member.id, visit.words)
        if guide is None:
            return None
        return self._pieces.make(
            "guide",
            title=visit.words.tell(guide.title),
            steps=[_line(step, visit, visit.words) for step in guide.steps],
            t=interface(visit.words),
        )


def _line(step: Step, visit: Visit, words: Words) -> _Line:
    text, button = words.tell(step.text), words.tell(step.button) if step.button else ""
    match step.does:
        case None:
            return _Line(text, step.done, "", "", "")
        case Perform(command, member):
            return _Line(text, step.done, button, str(member or visit.member.id), command)
        case Become(member):
            return _Line(text, step.done, button, str(member), "")
        case _:
            assert_never(step.does)
