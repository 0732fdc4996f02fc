"""The weekly rule in words: what was understood, the next dates, and the buttons that make it so."""

from collections.abc import Sequence
from datetime import datetime

from bot.introductions.actions import SetWeekly, StopWeekly
from bot.introductions.weekly import WeeklyRule, in_words, next_dates, rule_of
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Confirm,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import Code, Text, plain
from bot.schedules.domain import CatchUp, Schedule
from bot.schedules.missed import after_a_stop, missed_rounds
from bot.words import Words


def understood_card(schedule: Schedule, current: Schedule | None, words: Words, now: datetime) -> Card:
    """What the rule would be; nothing has changed yet."""
    rule = rule_of(schedule)
    title = words.say("This is how I understand it")
    elements: list[Element] = [Heading(title), Paragraph(plain(in_words(rule, words))), *_dates(schedule, words, now)]
    if current is not None:
        before = in_words(rule_of(current), words)
        elements.append(Paragraph(plain(words.say("It takes the place of today's rule: {rule}", rule=before))))
    elements.append(Buttons((Button(words.say("Do it like that"), set_weekly(rule), Weight.MAIN),)))
    return Card(title, tuple(elements), Accent.ASK)


def rule_card(schedule: Schedule, missed: CatchUp, words: Words, now: datetime) -> Card:
    """The rule as it stands, with what changes and stops it. ``missed``: what happens after a stop."""
    rule = rule_of(schedule)
    title = words.say("The weekly round")
    other = WeeklyRule(rule.when, not rule.approval)
    change = words.say("Send by itself") if rule.approval else words.say("Let an organiser look first")
    stop = Confirm(
        words.say("Stop the weekly round?"),
        words.say("Rounds that were sent go on as they are. No new one is drawn by itself."),
        words.say("Stop it"),
        words.say("Keep it"),
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(in_words(rule, words))),
            *_dates(schedule, words, now),
            Buttons(
                (
                    Button(change, set_weekly(other)),
                    Button(words.say("Stop"), StopWeekly(), Weight.DANGER, stop),
                )
            ),
            Paragraph(_another(words)),
            Footnote(plain(after_a_stop(missed_rounds(words)[missed], words))),
        ),
        Accent.GOOD,
    )


def no_rule_card(words: Words) -> Card:
    """Nothing happens by itself, and how to change that."""
    said = words.say("No round is drawn by itself.")
    return Card(said, (Paragraph(plain(said)), Paragraph(_another(words))))


def set_weekly(rule: WeeklyRule) -> SetWeekly:
    """The intent that makes this the rule."""
    return SetWeekly(rule.when.weekday, rule.when.at.hour, rule.when.at.minute, int(rule.approval))


def _dates(schedule: Schedule, words: Words, now: datetime) -> Sequence[Element]:
    dates: list[Text] = [(words.moment(at),) for at in next_dates(schedule, now)]
    return (Paragraph(plain(words.say("The next ones:"))), Bullets(tuple(dates)))


def _another(words: Words) -> Text:
    example = words.say('/match schedule every:"tuesday 09:00" approval:yes')
    return words.text("Another time: {example}", example=Code(example))
