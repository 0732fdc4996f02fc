"""Results in words and bars."""

from collections.abc import Mapping, Sequence

from bot.members.domain import Sector
from bot.messages.elements import Bullets, Element, Footnote, Heading, Paragraph
from bot.messages.text import Bold, Plain, Text, plain
from bot.polls.chart import letter
from bot.polls.counting import Bar, Result, Round, result_of
from bot.polls.domain import FEWEST_BALLOTS, Poll, PollKind, PollState, SectorTurnout
from bot.polls.naming import key_name
from bot.polls.standing import Standing
from bot.words import Words

_WIDE = 10


def numbers(shown: Standing, words: Words) -> list[Element]:
    """The bars, and what they come to."""
    poll = shown.poll
    if poll.anonymous and poll.state is PollState.CLOSED and shown.ballots < FEWEST_BALLOTS:
        told = words.say("Fewer than three people voted. So that nobody's vote can be guessed, nothing more is told.")
        return [Paragraph(plain(told))]
    result = result_of(poll, shown.tally)
    whole = max((bar.votes + bar.maybe for bar in result.bars), default=0)
    lines = [_line(poll, bar, whole, result.ballots, words) for bar in result.bars]
    found: list[Element] = [Bullets(tuple(lines))]
    if poll.kind is PollKind.RANKED:
        found = [Paragraph(plain(words.say("Who was put in first place:"))), *found]
    if poll.kind is PollKind.RANKED and len(result.rounds) > 1:
        found += _rounds(poll, result, words)
    if result.mean is not None:
        found.append(Paragraph(plain(words.say("On average {mean} of 5.", mean=words.number(round(result.mean, 1))))))
    return found


def outcome(shown: Standing, words: Words) -> str:
    """The result in one sentence; empty where there is none to tell."""
    poll, result = shown.poll, result_of(shown.poll, shown.tally)
    named = [key_name(poll, key, words) for key in result.first]
    if not named:
        return ""
    if poll.kind is PollKind.RANKED:
        return _won(poll, result, named[0], words)
    if len(named) > 1:
        return words.say("As many for each of these: {options}.", options=words.all_of(named))
    return words.say("Most for: {option}.", option=named[0])


def _won(poll: Poll, result: Result, winner: str, words: Words) -> str:
    drawn = [key_name(poll, key, words) for key in result.draw()]
    if drawn:
        return words.say(
            "A draw: {options} had as many in the end. Only the rule for draws puts {winner} first.",
            options=words.all_of(drawn),
            winner=winner,
        )
    return words.count(
        "{winner} wins: first for more than half.",
        "{winner} wins after {number} rounds.",
        len(result.rounds),
        winner=winner,
    )


def legend(shown: Standing, words: Words) -> str:
    """The result in one line of words: what a picture's letters mean, and its numbers."""
    poll = shown.poll
    told = [
        f"{letter(place)}: {key_name(poll, one.key, words)} {one.votes}" + (f"+{one.maybe}" if one.maybe else "")
        for place, one in enumerate(result_of(poll, shown.tally).bars)
    ]
    return f"{poll.question} {' · '.join(told)}"


def turnout(poll: Poll, sectors: Mapping[str, Sector], words: Words) -> list[Element]:
    """How many of each sector voted, as far as that tells nobody apart."""
    if poll.closing is None or poll.state is not PollState.CLOSED or not poll.closing.ballots:
        return []
    told = {_sector(one.sector, sectors, words): one for one in poll.closing.turnout}
    if not told:
        few = words.say("How many of each sector took part is not told here: somebody could be told apart by it.")
        return [Footnote(plain(few))]
    named = sorted(told, key=words.sort_key)
    lines = tuple(_turnout(name, told[name], words) for name in named)
    # In steps, so that nobody can work out who did not vote.
    return [Heading(words.say("Who took part")), Bullets(lines)]


def bar(part: int, whole: int, maybe: int = 0) -> str:
    """``▰▰▰▨▨▱▱▱▱▱``: so many of the whole, and so many more if need be."""
    filled = round(_WIDE * part / whole) if whole else 0
    shaded = round(_WIDE * (part + maybe) / whole) - filled if whole else 0
    return "▰" * filled + "▨" * shaded + "▱" * (_WIDE - filled - shaded)


def _line(poll: Poll, one: Bar, whole: int, ballots: int, words: Words) -> Text:
    name = key_name(poll, one.key, words)
    if poll.kind is PollKind.DATES:
        counted = words.say("{yes} yes, {maybe} if need be", yes=one.votes, maybe=one.maybe)
    else:
        share = f"{round(100 * one.votes / ballots)} %" if ballots else ""
        counted = f"{words.number(one.votes)} ({share})" if share else words.number(one.votes)
    # The bar last: whoever listens hears what it is about first.
    return (Bold(name), Plain(f" {counted} {bar(one.votes, whole, one.maybe)}"))


def _sector(key: str, sectors: Mapping[str, Sector], words: Words) -> str:
    sector = sectors.get(key)
    return key if sector is None else sector.name(words.language)


def _turnout(name: str, one: SectorTurnout, words: Words) -> Text:
    if not one.fewest:
        counted = words.say("at most {most} of {members}", most=one.most, members=one.members)
    elif one.most == one.members:
        counted = words.say("at least {fewest} of {members}", fewest=one.fewest, members=one.members)
    else:
        counted = words.say("{fewest} to {most} of {members}", fewest=one.fewest, most=one.most, members=one.members)
    return (Bold(name), Plain(f" {counted} {bar(one.fewest, one.members, one.most - one.fewest)}"))


def _rounds(poll: Poll, result: Result, words: Words) -> list[Element]:
    lines = [_round(poll, place, one, words) for place, one in enumerate(result.rounds, start=1)]
    return [Paragraph(plain(words.say("How it was counted:"))), Bullets(tuple(map(plain, lines)))]


def _round(poll: Poll, place: int, one: Round, words: Words) -> str:
    votes: Sequence[str] = [f"{key_name(poll, key, words)} {count}" for key, count in one.votes.items()]
    told = words.say("Round {number}: {votes}.", number=place, votes=", ".join(votes))
    if one.spent:
        told += " " + words.count(
            "{number} ballot names none of them.", "{number} ballots name none of them.", one.spent
        )
    if one.out:
        told += " " + words.say("{option} goes out.", option=key_name(poll, one.out, words))
    if one.tied:
        told += " " + words.say(
            "Several were last: the one with fewer in the rounds before goes out, then the one further down."
        )
    return told
