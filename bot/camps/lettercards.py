"""What people are sent about a camp beside its invitation: a seat, a reminder, what is new, that it is cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.camps.actions import AnswerCamp, ShowProgramme
from bot.camps.calendar_actions import AddToCalendar
from bot.camps.cards import agenda, camp_card, facts, hours, standing, when
from bot.camps.changes import CHECK_IN, DAY, HOST, HOURS, NAME, PLACE, PROGRAMME
from bot.camps.domain import Answer, Camp
from bot.camps.seeing import Seen
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Heading,
    Paragraph,
    Quote,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain
from bot.words import Words

_SOON = timedelta(hours=1)


def seat_card(seen: Seen, words: Words) -> Card:
    """Somebody on the waiting list has a seat now."""
    camp = seen.camp
    title = words.say("There is a seat for you at {camp}", camp=camp.name)
    said = words.say(
        "You were on the waiting list, and now somebody has made room. If you can't come after all, tell me."
    )
    row = (Button(words.say("Add to calendar"), AddToCalendar(camp.id)), _cannot(camp, words))
    return Card(title, (Heading(title), Paragraph(plain(said)), *facts(seen, words), Buttons(row)), Accent.GOOD)


def question_card(seen: Seen, words: Words, now: datetime) -> Card:
    """Whether they come, once more, for those who have not settled."""
    return camp_card(seen, words, now, title=words.say("Are you coming to {camp}?", camp=seen.camp.name))


def reminder_card(seen: Seen, words: Words, now: datetime) -> Card:
    """Soon, for those who come."""
    camp = seen.camp
    title = _soon(camp, words, now)
    row = [_cannot(camp, words)]
    if camp.programme:
        row.insert(0, Button(words.say("The programme"), ShowProgramme(camp.id)))
    elements: tuple[Element, ...] = (Heading(title), *facts(seen, words), Buttons(tuple(row)))
    return Card(title, elements)


def news_card(seen: Seen, changed: Mapping[str, tuple[str, str]], words: Words, now: datetime) -> Card:
    """What is new, by the fact: before and now."""
    camp = seen.camp
    title = words.say("{camp}: something has changed", camp=camp.name)
    elements: list[Element] = [Heading(title), *news(camp, changed, words)]
    elements.append(Paragraph((Bold(standing(seen, words, now)),)))
    row = [Button(words.say("Add to calendar"), AddToCalendar(camp.id))]
    if seen.mine.answer is Answer.MAYBE:
        row.insert(0, Button(words.say("I'm coming"), AnswerCamp(camp.id, Answer.YES), Weight.MAIN))
    row.append(_cannot(camp, words))
    return Card(title, (*elements, Buttons(tuple(row))), Accent.ASK)


def news(camp: Camp, changed: Mapping[str, tuple[str, str]], words: Words) -> Sequence[Element]:
    """The changes as people read them."""
    lines = [_line(fact, before, camp, words) for fact, (before, _) in changed.items() if fact != PROGRAMME]
    elements: list[Element] = [Bullets(tuple(lines))] if lines else []
    if PROGRAMME in changed:
        elements += agenda(camp, words) or [Paragraph(plain(words.say("The programme is not settled any more.")))]
    return elements


def cancelled_card(seen: Seen, words: Words) -> Card:
    """It does not take place."""
    camp = seen.camp
    title = words.say("{camp} is cancelled", camp=camp.name)
    said = words.say("It would have been {when}.", when=when(camp, words))
    reason = (Quote(plain(camp.reason)),) if camp.reason else ()
    row = Buttons((Button(words.say("Take it out of my calendar"), AddToCalendar(camp.id)),))
    return Card(title, (Heading(title), Paragraph(plain(said)), *reason, row), Accent.WARN)


def fact_name(fact: str, words: Words) -> str:
    """What a fact is called: ``the place``."""
    names = {
        NAME: words.say("the name"),
        DAY: words.say("the day"),
        HOURS: words.say("the hours"),
        CHECK_IN: words.say("the check-in"),
        PLACE: words.say("the place"),
        HOST: words.say("the host"),
        PROGRAMME: words.say("the programme"),
    }
    return names[fact]


def _line(fact: str, before: str, camp: Camp, words: Words) -> Text:
    now, was = _told(fact, camp, words), before
    if fact == DAY:
        was = words.date(date.fromisoformat(before), "full")
    if fact == HOURS:
        begins, _, ends = before.partition("-")
        was = hours(_clock(begins), _clock(ends), words)
    if fact == CHECK_IN and before:
        was = words.clock(_clock(before))
    if not now:
        return (Plain(words.say("Not settled any more: {fact}", fact=fact_name(fact, words))),)
    label = _new(words)[fact]
    earlier = f" ({words.say('before: {before}', before=was)})" if was else ""
    return (Plain(f"{label}: "), Bold(now), Plain(earlier)) if earlier else (Plain(f"{label}: "), Bold(now))


def _clock(fact: str) -> time:
    return time.fromisoformat(fact.replace(".", ":"))


def _new(words: Words) -> Mapping[str, str]:
    return {
        NAME: words.say("New name"),
        DAY: words.say("New day"),
        HOURS: words.say("New hours"),
        CHECK_IN: words.say("New check-in"),
        PLACE: words.say("New place"),
        HOST: words.say("New host"),
    }


def _told(fact: str, camp: Camp, words: Words) -> str:
    match fact:
        case "day":
            return words.date(camp.day, "full")
        case "hours":
            return hours(camp.begins, camp.ends, words)
        case "check_in":
            return "" if camp.check_in is None else words.clock(camp.check_in)
        case "place":
            return camp.place
        case "host":
            return camp.host
        case _:
            return camp.name


def _soon(camp: Camp, words: Words, now: datetime) -> str:
    first = camp.instant(camp.opens())
    if first - now <= _SOON:
        return words.say("{camp} begins at {clock}", camp=camp.name, clock=words.clock(camp.opens()))
    days = (camp.day - now.astimezone(first.tzinfo).date()).days
    if not days:
        return words.say("{camp} is today", camp=camp.name)
    if days == 1:
        return words.say("{camp} is tomorrow", camp=camp.name)
    return words.count("{camp} is in {number} day", "{camp} is in {number} days", days, camp=camp.name)


def _cannot(camp: Camp, words: Words) -> Button:
    return Button(words.say("I can't come"), AnswerCamp(camp.id, Answer.NO))
