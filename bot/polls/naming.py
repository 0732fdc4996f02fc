"""How options, answers and rules of a poll are said: one place, so that card, form, result and file say the same."""

from typing import assert_never

from bot.polls.domain import Choices, Fits, Poll, PollKind, PollOption, Showing, dated
from bot.times import in_words
from bot.words import Words


def option_name(poll: Poll, option: PollOption, words: Words) -> str:
    """What an option is called."""
    if option.at is not None:
        return (
            words.date(option.at.astimezone(words.zone).date(), "full") if option.whole_day else words.when(option.at)
        )
    if poll.kind is PollKind.YES_NO:
        return {"yes": words.say("Yes"), "no": words.say("No"), "abstain": words.say("I abstain")}[option.key]
    if poll.kind is PollKind.RATING:
        return "★" * int(option.key)
    return option.text


def key_name(poll: Poll, key: str, words: Words) -> str:
    """The same by its key; empty for an option that is not there."""
    option = poll.option(key)
    return "" if option is None else option_name(poll, option, words)


def said(poll: Poll, choices: Choices, words: Words) -> str:
    """A ballot in words."""
    match poll.kind:
        case PollKind.RANKED:
            return " · ".join(f"{place}. {key_name(poll, key, words)}" for place, key in enumerate(choices, start=1))
        case PollKind.DATES:
            fits = dated(choices)
            yes = [key_name(poll, key, words) for key, one in fits.items() if one is Fits.YES]
            maybe = [key_name(poll, key, words) for key, one in fits.items() if one is Fits.MAYBE]
            parts = [words.say("yes: {days}", days=words.all_of(yes))] if yes else []
            parts += [words.say("if need be: {days}", days=words.all_of(maybe))] if maybe else []
            return "; ".join(parts) or words.say("none of the days")
        case _:
            return words.all_of([key_name(poll, key, words) for key in choices])


def repeats(poll: Poll, words: Words) -> str:
    """When it repeats; empty for one that is asked once."""
    reading = None if poll.repeat is None else poll.repeat.reading()
    return "" if reading is None else in_words(reading, words, poll.created_at)


def how_to_vote(poll: Poll, words: Words) -> str:
    """What is asked of whoever votes."""
    match poll.kind:
        case PollKind.SINGLE | PollKind.YES_NO:
            return words.say("One answer each.")
        case PollKind.MULTIPLE if poll.most:
            return words.say("Up to {most} answers each.", most=poll.most)
        case PollKind.MULTIPLE:
            return words.say("As many answers as you like.")
        case PollKind.RANKED:
            return words.say("Put the answers in your order; what you like best comes first.")
        case PollKind.DATES:
            return words.say("Which days fit you, and which only if need be?")
        case PollKind.RATING:
            return words.say("From 1 to 5 stars.")
        case _:
            assert_never(poll.kind)


def who_sees(poll: Poll, words: Words) -> str:
    """Who will see what, said before one votes."""
    if poll.anonymous:
        return words.say(
            "Anonymous: nobody can see who voted what, not even whoever asked. All see the result when it closes."
        )
    names = words.say("Whoever asked, and the organisers, can see who voted what.")
    match poll.showing:
        case Showing.LIVE:
            return f"{names} {words.say('All see the numbers as they come in.')}"
        case Showing.AFTER_VOTE:
            return f"{names} {words.say('You see the numbers once you have voted, and all do when it closes.')}"
        case Showing.AT_CLOSE:
            return f"{names} {words.say('All see the numbers when it closes.')}"
        case _:
            assert_never(poll.showing)
