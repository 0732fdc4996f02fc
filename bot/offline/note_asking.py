"""``brobygger note`` with a language model: shows what would be sent, asks at the terminal, and asks the model after a yes.

Who is not asked (``--offline``, no model set, nobody at the terminal) gets the note by the rules of this house.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.terminal import ProgressLine, read_file, run_async, say

if TYPE_CHECKING:
    from bot.notes.asking import Asker
    from bot.notes.casenote import Answer, CaseNote
    from bot.notes.prepared import Prepared
    from bot.notes.transcript import Transcript
    from bot.words import Words


@dataclass(frozen=True, slots=True)
class Asking:
    """``approved``: the yes is given already; ``members``: a roster, whose names are masked in every spelling."""

    approved: bool
    members: Path | None


def note_by_model(
    transcript: "Transcript", language: str, line: ProgressLine, words: "Words", asking: "Asking"
) -> "CaseNote | None":
    """The model's note; None where there is no model, no yes or no answer."""
    found = _prepared(transcript, language, "", words, asking)
    return None if found is None else run_async(_note(*found, line, words))


async def _note(asker: "Asker", prepared: "Prepared", line: ProgressLine, words: "Words") -> "CaseNote | None":
    async def how_far(share: float) -> None:
        line.show(share, 1)

    asked = await asker.ask(prepared, how_far)
    line.clear()
    if asked.trouble is not None:
        say(words.say("The model did not write it ({reason}), so it is made by rules.", reason=str(asked.trouble)))
        return None
    cost = asked.written.cost
    took = words.say(
        "{model} read {read} tokens and wrote {written}.",
        model=asked.written.model,
        read=words.number(cost.tokens_in),
        written=words.number(cost.tokens_out),
    )
    price = "" if cost.money is None else words.say("That costs {price}.", price=words.number(round(cost.money, 4)))
    say(f"{took} {price}".rstrip())
    return asked.written.note


def answer_by_model(
    transcript: "Transcript", language: str, question: str, words: "Words", asking: "Asking"
) -> "Answer | None":
    """The model's answer, in the same way."""
    found = _prepared(transcript, language, question, words, asking)
    return None if found is None else run_async(_answer(*found, words))


async def _answer(asker: "Asker", prepared: "Prepared", words: "Words") -> "Answer | None":
    answered = await asker.ask_about(prepared)
    if answered.trouble is not None:
        reason = str(answered.trouble)
        say(words.say("The model did not answer ({reason}), so the answer is found by rules.", reason=reason))
        return None
    return answered.answer


def _prepared(
    transcript: "Transcript", language: str, question: str, words: "Words", asking: "Asking"
) -> "tuple[Asker, Prepared] | None":
    """Who is asked and what is sent, after a yes."""
    from bot.settings import read_settings

    settings = read_settings()
    if not settings.openai_model:
        return None
    from adapters.summarisers.choice import asker_for

    asker = asker_for(settings)
    prepared = run_async(asker.prepare(transcript, _names(asking.members), language, question))
    if not prepared.requests:
        return None
    if not asking.approved and not sys.stdin.isatty():
        say(
            words.say(
                "Nothing is sent to {model} without a yes: answer at a terminal, or give --approve. Made by rules.",
                model=prepared.model,
            )
        )
        return None
    _show(prepared, words)
    if asking.approved or typer.confirm(words.say("Send it?"), err=True):
        return asker, prepared
    say(words.say("Nothing was sent. Made by rules."))
    return None


def _names(members: Path | None) -> list[str]:
    from bot.members.roster import read_roster

    return [] if members is None else [line.name for line in read_roster(read_file(members), any_sector=True)]


def _show(prepared: "Prepared", words: "Words") -> None:
    """On stderr, so that what is printed stays the note alone."""
    say(words.say("This, and nothing else of the conversation, is what {model} would be sent:", model=prepared.model))
    say(f"{prepared.question}\n{prepared.text}" if prepared.question else prepared.text)
    say(words.count("About {number} token.", "About {number} tokens.", prepared.tokens))
    if prepared.in_parts:
        say(
            words.say("It is long, so it goes in parts; then the model puts together what it wrote itself about these.")
        )
