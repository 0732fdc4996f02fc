"""How people, sectors, themes and hints of a challenge are said: one place, so that all cards say the same."""

from collections.abc import Iterable
from typing import assert_never

from bot.bank.marks import named_marks
from bot.challenges.domain import Answer, Invitation, WhyAsked
from bot.challenges.hints import Hint
from bot.challenges.pointing import Mark
from bot.challenges.standing import Standing
from bot.members.domain import Member
from bot.messages.text import shortened
from bot.privacy import Kind
from bot.words import Words

_TAG = 80


def sector_name(shown: Standing, key: str, words: Words) -> str:
    """What a sector is called; its key where the academy no longer has it."""
    found = shown.sectors.get(key)
    return key if found is None else found.name(words.language)


def sectors_named(shown: Standing, keys: Iterable[str], words: Words) -> str:
    """Several in one line, in the order of the language."""
    return words.all_of(words.in_order(sector_name(shown, key, words) for key in keys))


def person(shown: Standing, member: Member, words: Words) -> str:
    """Who somebody is, in one line: name, organisation and sector."""
    return f"{member.name} ({', '.join((member.organisation, sector_name(shown, member.sector, words)))})"


def answerer(shown: Standing, answer: Answer, words: Words) -> str:
    """Who answered; their sector where they have left."""
    member = shown.people.get(answer.member)
    return sector_name(shown, answer.sector, words) if member is None else person(shown, member, words)


def themes_named(shown: Standing, words: Words) -> str:
    """The themes of the question."""
    found = [shown.themes[key].name(words.language) for key in shown.challenge.themes if key in shown.themes]
    return words.all_of(words.in_order(found))


def why_asked(shown: Standing, invitation: Invitation, words: Words) -> str:
    """Spoken to the one who is asked: their own words in their profile."""
    term = shortened(invitation.term, _TAG)
    match invitation.why:
        case WhyAsked.THEME:
            theme = next((one for one in shown.themes.values() if one.goes_by(invitation.term)), None)
            name = term if theme is None else theme.name(words.language)
            return words.say("I ask you because you work on {theme}.", theme=name)
        case WhyAsked.OFFER:
            return words.say("I ask you because you offer {offer}.", offer=term)
        case _:
            assert_never(invitation.why)


def hint_text(hint: Hint, words: Words) -> str:
    """What could be better, with an example."""
    match hint:
        case Hint.NOT_A_QUESTION:
            return words.say(
                "Make it a question: “How do we …?” or “What does it take for …?” invites people to answer."
            )
        case Hint.NO_PERSON:
            return words.say(
                "Whose life is it about? Name them: a senior who lives alone, a family, somebody who is ill."
            )
        case Hint.SERVICE:
            return words.say(
                "It starts from the service. Try the citizen's life: not “How do we improve elder care?” but “How do we create"
                " the best possible life for our seniors?”"
            )
        case Hint.YES_OR_NO:
            return words.say("It can be answered with yes or no. “How …?” or “What …?” opens it.")
        case Hint.ANSWER_INSIDE:
            return words.say(
                "It has an answer in it already. Leave the solution to the others: what should be different?"
            )
        case Hint.SEVERAL:
            return words.say("There are several questions in it. One at a time gets better answers.")
        case Hint.LONG:
            return words.say("It is long. One sentence is read by more; the rest fits under how you see it.")
        case _:
            assert_never(hint)


def marks_named(marks: Iterable[Mark], words: Words) -> str:
    """What looks personal: names as they were written, numbers by their kind."""
    every = list(marks)
    names = [f"“{mark.text}”" for mark in every if mark.kind is Kind.PERSON]
    kinds = list(dict.fromkeys(mark.kind for mark in every if mark.kind is not Kind.PERSON))
    told = [words.say("{names} looks like somebody's name.", names=words.all_of(names))] if names else []
    told += [words.say("There seems to be {what} in it.", what=named_marks(kinds, words))] if kinds else []
    return " ".join(told)
